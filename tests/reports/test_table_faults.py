"""What is wrong in the tables of a result is found before a report is made of them."""

from __future__ import annotations

import pandas as pd
import pytest

from caresim.reports.folder import row_counts
from caresim.reports.table_faults import (
    NUMBERS_OF_A_RUN,
    lost_rows,
    wrong_values,
)

from . import synthetic, synthetic_decision


def test_a_text_among_numbers_is_named_with_its_column_and_row() -> None:
    table = pd.DataFrame({"people": [1, None, "three"], "place": ["a", "b", "c"]})
    assert list(wrong_values({"flow": table}, NUMBERS_OF_A_RUN)) == [
        ("flow", "column people must hold a number in every row, got 'three' in row 3")
    ]


def test_numbers_written_as_texts_are_no_numbers() -> None:
    found = list(wrong_values({"flow": pd.DataFrame({"people": ["1", "2"]})}, NUMBERS_OF_A_RUN))
    assert found == [("flow", "column people must hold a number in every row, got '1' in row 1")]


def test_a_column_without_values_may_be_of_any_kind() -> None:
    table = pd.DataFrame({"people": [None, None], "month": [None, None]})
    assert list(wrong_values({"flow": table}, NUMBERS_OF_A_RUN)) == []


@pytest.mark.parametrize("left", [0, 2, 4])
def test_a_table_that_has_not_as_many_rows_as_were_written_is_noticed(left: int) -> None:
    table = pd.DataFrame({"people": range(left)})
    assert list(lost_rows({"flow": table}, {"flow": 3})) == [
        ("flow", f"has {left} rows, but manifest.json says that 3 were written")
    ]
    assert list(lost_rows({"flow": table}, {"flow": left})) == []


def test_nothing_is_wrong_with_whole_tables() -> None:
    from caresim.reports.decision.tables import NUMBERS

    whole = synthetic.tables(2, 2)
    assert [*wrong_values(whole, NUMBERS_OF_A_RUN), *lost_rows(whole, row_counts(whole))] == []
    compared = synthetic_decision.tables()
    assert [*wrong_values(compared, NUMBERS), *lost_rows(compared, row_counts(compared))] == []

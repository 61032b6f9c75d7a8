"""What is wrong in the tables of a result is found before a report is made of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from caresim.reports.checked import (
    NUMBERS_OF_A_RUN,
    SHOWN_BY,
    emptied_of_a_comparison,
    emptied_of_a_run,
    wrong_values,
)
from caresim.reports.facts import COLUMNS
from caresim.reports.words import MEASURES

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


@pytest.mark.parametrize("name", SHOWN_BY)
def test_a_table_that_lost_its_rows_is_noticed_where_the_summary_counts_what_it_held(name: str) -> None:
    nothing = pd.DataFrame({"people": []})
    for mean, found in ((3.0, 1), (0.0, 0), (np.nan, 0)):
        summary = pd.DataFrame({"measure": [SHOWN_BY[name][-1]], "mean": [mean]})
        assert len(list(emptied_of_a_run({"summary": summary, name: nothing}))) == found


def test_what_shows_that_rows_are_lost_is_there() -> None:
    assert {measure for measures in SHOWN_BY.values() for measure in measures} <= set(MEASURES)
    assert set(SHOWN_BY) <= set(COLUMNS)


def test_nothing_is_wrong_with_whole_tables() -> None:
    from caresim.reports.decision.tables import NUMBERS

    whole = synthetic.tables(2, 2)
    assert [*wrong_values(whole, NUMBERS_OF_A_RUN), *emptied_of_a_run(whole)] == []
    compared = synthetic_decision.tables()
    assert [*wrong_values(compared, NUMBERS), *emptied_of_a_comparison(compared)] == []

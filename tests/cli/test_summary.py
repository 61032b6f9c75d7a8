"""How the terminal writes numbers."""

from __future__ import annotations

import pytest

from caresim.cli.summary import number, span


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (22_140_000.0, "pounds", "22.14m"),
        (-1_250_000.0, "pounds", "-1.25m"),
        (33_604.2, "people", "33,604"),
        (84.62, "beds", "84.6"),
        (0.5512, "share", "0.551"),
        (0.0, "people", "0"),
        (float("nan"), "share", "none"),
    ],
)
def test_a_number_is_written_as_a_reader_of_its_unit_expects(value: float, unit: str, written: str) -> None:
    assert number(value, unit) == written


def test_one_replication_has_no_interval() -> None:
    assert span(float("nan"), float("nan"), "people") == "none"


def test_an_interval_says_from_where_to_where() -> None:
    assert span(20_500_000, 23_000_000, "pounds") == "20.50m to 23.00m"

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


def test_a_narrow_interval_does_not_look_like_a_point() -> None:
    assert span(0.5501, 0.5503, "share", 0.5502) == "within 0.001"

"""An interval never looks like a point."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from caresim.reports import words
from caresim.reports.decision import phrases
from caresim.reports.ranges import between, last_digit, with_ends


def test_a_range_says_from_where_to_where() -> None:
    assert between(3.1e6, 3.4e6, words.pounds, 3.2e6) == "£3.1m to £3.4m"


def test_ends_that_are_written_alike_say_how_near_they_are_to_the_number_beside_them() -> None:
    assert between(3.26e6, 3.28e6, words.pounds, 3.27e6) == "to within £0.1m"
    assert between(-6.41, -6.36, words.one_decimal, -6.4) == "to within 0.1"


def test_ends_that_are_alike_and_stand_beside_nothing_or_another_number_are_written_once_as_about() -> None:
    assert between(3.26e6, 3.28e6, words.pounds) == "about £3.3m"
    assert between(3.26e6, 3.28e6, words.pounds, 3.4e6) == "about £3.3m"


def test_a_range_without_width_is_its_one_value() -> None:
    assert between(0.0, 0.0, words.pounds, 0.0) == "£0"


@pytest.mark.parametrize(
    ("value", "write", "digit"),
    [
        (3.27e6, words.pounds, "£0.1m"),
        (49_000.0, words.pounds, "£1"),
        (822e3, phrases.pounds, "£10,000"),
        (-822e3, phrases.gain, "£10,000"),
        (0.05, words.one_decimal, "0.1"),
        (27_963.2, words.whole, "1"),
    ],
)
def test_the_last_digit_is_that_of_the_way_of_writing(value: float, write: Callable[[float], str], digit: str) -> None:
    assert last_digit(value, write) == digit


def test_a_number_stands_above_its_range_if_it_has_one() -> None:
    assert with_ends(2.0, 1.0, 3.0, words.one_decimal) == "2.0\n1.0 to 3.0"
    assert with_ends(2.0, 1.99, 2.01, words.one_decimal) == "2.0\nto within 0.1"
    assert with_ends(2.0, math.nan, math.nan, words.one_decimal) == "2.0"
    assert with_ends(0.0, 0.0, 0.0, words.one_decimal) == "0.0"

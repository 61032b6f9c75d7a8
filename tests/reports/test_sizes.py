"""A size and its range are said in words."""

from __future__ import annotations

import pytest

from caresim.reports.sizes import end_of, size_and_range, size_of


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("times", 0.85, 0.75, 0.95, "factor"), "multiplied by 0.85 (0.75 to 0.95)"),
        (("plus", 10, 5, 15, "slots"), "plus 10 slots (5 to 15)"),
        (("plus", -2.5, -4, 1, "hours a week"), "minus 2.5 hours a week (minus 4 to plus 1)"),
        (("plus", 0.25, 0.15, 0.35, "share"), "plus 25 percentage points (15 to 35)"),
        (("reach", 0.35, 0.2, 0.5, "share"), "35% of those meant (20% to 50%)"),
        (("revenue_a_year", 720_000, 480_000, 1_050_000, ""), "£720,000 a year (£480,000 to £1,050,000)"),
        (("revenue_a_year", -50_000, -80_000, 0, ""), "\N{MINUS SIGN}£50,000 a year (\N{MINUS SIGN}£80,000 to £0)"),
        (("pounds", 17.36, 15, 20, ""), "£17.36 each (£15 to £20)"),
        (("times", 1.0, None, None, ""), "multiplied by 1"),
        (("times", 1.0, float("nan"), float("nan"), ""), "multiplied by 1"),
        (("", 0.4, 0.2, 0.6, "share"), "0.4 (0.2 to 0.6)"),
    ],
)
def test_a_size_is_said_with_its_range(given: tuple[str, float, float, float, str], said: str) -> None:
    assert size_and_range(*given) == said


def test_a_bar_says_its_ends_shortly() -> None:
    assert [end_of("times", 0.75), end_of("plus", 0.25, "share"), end_of("reach", 0.2)] == [
        "times 0.75", "plus 25 points", "20%",
    ]  # fmt: skip


def test_what_is_no_number_is_said_as_it_is() -> None:
    assert size_of("plus", None, "slots") == "not set"

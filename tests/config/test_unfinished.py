"""First 52 weeks that a run does not simulate to their end are noted."""

from __future__ import annotations

from typing import Any

import pytest

import caresim
from caresim.config.unfinished import unfinished, unstarted

from .conftest import BASELINE

FALLS = {"by_age": {"18-64": 0, "65-74": 0, "75-84": 0, "85+": 3}}
PRICED = {"demand": {"population": 9, "admissions": {"fall": FALLS}}, "prices": {"home_care": 20}}
NOTE = (
    "the end of the run cuts off the first 52 weeks of those who leave hospital in the last {} days reported, and the "
    "hospital-driven cost counts only what is simulated of them: set calendar.run_out_weeks to 52, or "
    "calendar.run_out_days to 364"
)


def notes(calendar: dict[str, Any], config: dict[str, Any]) -> list[str]:
    return list(unfinished(caresim.load({**config, "calendar": {"starts": "2020-04-01", **calendar}}).config))


@pytest.mark.parametrize(
    ("calendar", "days"),
    [
        ({"years": 2}, 364),
        ({"years": 2, "run_out_days": 363}, 1),
        ({"years": 2, "run_out_weeks": 50}, 14),
        ({"days": 30, "run_out_weeks": 10}, 30),  # all that are reported
    ],
)
def test_a_short_run_out_is_noted_with_the_days_it_cuts_off(calendar: dict[str, Any], days: int) -> None:
    assert notes(calendar, PRICED) == [NOTE.format(days)]


@pytest.mark.parametrize("run_out", [{"run_out_weeks": 52}, {"run_out_days": 364}, {"run_out_weeks": 53}])
def test_a_run_out_of_52_weeks_is_long_enough(run_out: dict[str, int]) -> None:
    assert notes({"years": 1, **run_out}, PRICED) == []


def test_people_in_hospital_at_the_start_are_enough_to_leave_it() -> None:
    beds = {"pools": {"acute_beds": {"at_start": {"in_use": 1}}}, "prices": {"nursing": 900}}
    assert notes({"years": 1}, beds) == [NOTE.format(364)]


@pytest.mark.parametrize("only", ["demand", "prices"])
def test_nothing_is_noted_where_nobody_is_in_hospital_or_support_has_no_price(only: str) -> None:
    assert notes({"years": 1}, {only: PRICED[only]}) == []


def test_the_baselines_run_long_enough() -> None:
    for name in ("baseline", "baseline_in_year"):
        assert list(unfinished(caresim.load(BASELINE.with_name(f"{name}.yaml")).config)) == []


@pytest.mark.parametrize(
    ("config", "noted"),
    [
        (PRICED, True),
        ({**PRICED, "at_start": {"people": {"by_setting": {"nursing": 1}}}}, False),
        ({"demand": PRICED["demand"]}, False),  # nothing has a price
    ],
)
def test_a_county_in_which_nobody_is_in_care_at_the_start_is_noted(config: dict[str, Any], noted: bool) -> None:
    calendar = {"starts": "2020-04-01", "days": 9}
    found = list(unstarted(caresim.load({**config, "calendar": calendar}).config))
    assert [note.split(":")[0] for note in found] == ["nobody is in care when the run begins (at_start.people)"] * noted

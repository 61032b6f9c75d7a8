"""One person's journey in words."""

from __future__ import annotations

from typing import Any

import pytest

import caresim
from caresim.model.codes import EVENTS
from caresim.studies.journey import LEAVES, TELL
from caresim.studies.trace import CAVEAT, Trace
from caresim.studies.trace import trace as traced
from tests.measures import worked
from tests.measures.worlds import priced

FIRST = """\
Wed  1 Apr 2020 00:00  Is there when the run begins.
Sat 11 Apr 2020 12:00  Is ready to leave after 10 days in hospital and needs 16 hours of care a week.
Sun 12 Apr 2020 12:00  Is referred to social care, 24 hours after being ready; need is now 16 hours a week. \
A social worker takes on the assessment.
Tue 14 Apr 2020 12:00  The assessment is done: should have reablement at home.
Wed 15 Apr 2020 12:00  Goes home to reablement after 14 days in hospital (£4,350), 4 days of it ready to leave. \
Reablement at home begins.
Tue  5 May 2020 12:00  The episode is completed: less support is needed.
Thu  7 May 2020 12:00  Home care of 8 hours a week begins, at £160 a week. Reablement at home ends after 22 days.
Wed 15 Jul 2020 12:00  91 days after leaving hospital: at home.
Fri 11 Jun 2021 12:00  Home care ends after 57 weeks. Is not followed any further: lives without support."""


def told(trace: Trace) -> str:
    """Give a journey as it is printed."""
    return "\n".join(f"{when}  {words}" for when, words in trace.journey.lines)


def people(config: dict[str, Any]) -> list[int]:
    """Give the numbers of all people, in order."""
    log = caresim.run(config, replications=1, events=True).events()
    return sorted(set(log.loc[log["person"] >= 0, "person"]))


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_the_first_of_three_people_has_this_life(engine: str) -> None:
    first = people(worked.config())[0]
    trace = traced(caresim.load(worked.config()), person=first, engine=engine)
    assert (trace.journey.age, trace.journey.place) == ("85+", "Northby")
    assert told(trace) == FIRST


def test_with_a_change_the_same_person_is_told_again() -> None:
    second = people(worked.config())[1]
    scenario = caresim.load(worked.config())
    change = caresim.load(worked.config(), overrides={"pools.assessment.capacity": 3})
    trace = traced(scenario, change, person=second)
    assert trace.changed is not None
    before, after = dict(trace.journey.lines), dict(trace.changed.lines)
    assert "A social worker takes on the assessment after 2 days of waiting." in before["Tue 14 Apr 2020 12:00"]
    assert after["Sat 11 Apr 2020 12:00"] == before["Sat 11 Apr 2020 12:00"]
    assert "after 14 days in hospital" in after["Wed 15 Apr 2020 12:00"]
    assert trace.caveat == CAVEAT


def test_a_change_without_effect_tells_the_same_journey() -> None:
    trace = traced(caresim.load(priced()), caresim.load(priced()))
    assert trace.changed == trace.journey


def test_a_scenario_may_be_given_as_to_a_run() -> None:
    scenario = caresim.load(priced())
    assert traced(priced(), priced()) == traced(scenario, scenario)


def test_somebody_is_chosen_where_nobody_is_named_and_rather_one_whom_the_change_reaches() -> None:
    scenario, change = caresim.load(priced()), caresim.load(priced(), overrides={"need.first": {"fixed": {"hours": 9}}})
    assert traced(scenario).journey.lines
    trace = traced(scenario, change)
    assert trace.changed is not None
    assert trace.changed.lines != trace.journey.lines


def test_everybody_s_journey_can_be_told() -> None:
    scenario = caresim.load(priced())
    for person in people(priced())[::40]:
        trace = traced(scenario, person=person)
        assert trace.journey.lines
        assert all(words for _, words in trace.journey.lines)


def test_every_event_of_a_person_has_its_words() -> None:
    silent = {"leaves", "capacity", "handed_over"}
    assert {EVENTS[code] for code in TELL} == set(EVENTS) - silent
    assert EVENTS[LEAVES] == "leaves"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"person": 5}, "there is no person 5 in replication 0 of seed 1"),
        ({"person": "5"}, "person must be a whole number, got '5'"),
        ({"replication": 1.5}, "replication must be a whole number, got 1.5"),
        ({"replication": -1}, "replication must be 0 or more, got -1"),
        ({"engine": "fast"}, "there is no engine 'fast'"),
    ],
)
def test_what_cannot_be_told_is_said(given: dict[str, Any], said: str) -> None:
    with pytest.raises(caresim.CaresimError) as error:
        traced(caresim.load(worked.config()), **given)
    assert said in str(error.value)

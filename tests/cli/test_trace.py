"""`caresim trace`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import caresim as package
from tests.cli.calls import Call


def test_a_journey_opens_with_what_it_is_not(caresim: Call, world: Path) -> None:
    code, out, _ = caresim("trace", world, "--quiet")
    assert code == 0
    assert out.startswith("Illustrative paired simulation, not a prediction for a person.\nA small world, seed 1")
    assert "Comes to hospital after a fall." in out


def test_an_override_tells_the_journey_again(caresim: Call, world: Path) -> None:
    change = "hospital.stay.fall={exponential: {mean_days: 8}}"
    code, out, _ = caresim("trace", world, "--set", change, "--quiet")
    assert code == 0
    before, after = out.split(f"\nAnd with the change ({change}):\n")
    assert before.count("Person ") == after.count("Person ") == 1


def test_a_trace_in_python_prints_what_the_command_tells(caresim: Call, world: Path) -> None:
    scenario = package.load(world)
    changed = package.load(scenario, {"hospital.stay.fall": {"exponential": {"mean_days": 8}}})
    assert f"{package.trace(scenario)}\n" == caresim("trace", world, "--quiet").out
    told = str(package.trace(scenario, changed))
    assert "\n\nAnd with the change:\n\nPerson " in told
    again = package.trace(scenario, package.load(scenario))
    assert str(again).endswith("\n\nAnd with the change:\n\nThe journey is the same.")


def test_json_has_both_journeys(caresim: Call, world: Path) -> None:
    said = json.loads(caresim("trace", world, "--json", "--quiet").out)
    assert said["changed"] is None
    assert said["journey"]["person"] > 0


def test_a_person_who_is_not_there_is_a_wrong_command_line(caresim: Call, world: Path) -> None:
    code, out, err = caresim("trace", world, "--person", 3, "--quiet")
    assert (code, out) == (2, "")
    assert "Invalid value for --person: there is no person 3 in replication 0 of seed 1" in err


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("calendar.starts=2020-01-07", "its calendar is not that"),
        ("geography.county=Elsewhere", "its county, Elsewhere"),
    ],
)
def test_a_journey_is_told_again_only_where_the_same_people_live(
    caresim: Call, world: Path, change: str, why: str
) -> None:
    code, out, err = caresim("trace", world, "--set", change, "--quiet")
    assert (code, out) == (2, "")
    assert f"Invalid value for --set: A small world: {why}" in err
    other = world.with_name("other.yaml")
    other.write_text(world.read_text(encoding="utf-8").replace("days: 28", "days: 27"), encoding="utf-8")
    code, _, err = caresim("trace", world, "--against", other, "--quiet")
    assert code == 2
    assert "Invalid value for --against: A small world: its calendar" in err

"""The changes that are shipped: each fits the baseline, says what it rests on, and is in the table of the docs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caresim.config import Scenario, check, load
from caresim.config.schema.interventions import Cost, Effect, Intervention
from caresim.config.values import Quantity

from .conftest import BASELINE, ROOT

KINDS = {"interventions": "intervention", "structures": "structure", "ico": "ico", "models": "council_model"}
FILES = sorted(path for folder in KINDS for path in (ROOT / "configs" / folder).glob("*.yaml"))
TWINS = [path for path in FILES if path.stem.endswith("_no_effect")]
SIZES, AMOUNTS = ("times", "plus", "reach"), ("revenue_a_year", "capital", "one_off", "pounds")


def scenario_with(*paths: Path) -> Scenario:
    return load({"extends": str(BASELINE), "interventions": [str(path) for path in paths]})


def change_of(path: Path) -> Intervention:
    return scenario_with(path).config.interventions[0]


def parts_of(change: Intervention) -> tuple[Effect | Cost, ...]:
    return (*change.effects, *change.costs)


def numbers(part: Effect | Cost) -> Iterator[Quantity]:
    names = SIZES if isinstance(part, Effect) else AMOUNTS
    yield from (value for name in names if isinstance(value := getattr(part, name), Quantity))


def of_file(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=of_file)
def test_a_change_can_be_made_to_the_baseline_and_says_what_it_is(path: Path) -> None:
    change = change_of(path)
    assert change.kind == KINDS[path.parent.name]
    assert change.description
    assert change.evidence


@pytest.mark.parametrize("path", FILES, ids=of_file)
def test_every_number_has_a_grade_and_a_source(path: Path) -> None:
    for part in parts_of(change_of(path)):
        for number in numbers(part):
            assert number.notes.grade, part
            assert number.notes.source, part
            words = number.notes.source.split(":")[0]
            assert number.notes.grade != "A" or words not in ("assumption",), part


@pytest.mark.parametrize("path", FILES, ids=of_file)
def test_the_range_of_a_size_holds_the_size(path: Path) -> None:
    for part in parts_of(change_of(path)):
        for number in numbers(part):
            low, high = number.notes.low, number.notes.high
            assert (low is None) == (high is None), part
            assert low is None or float(low) <= number.value <= float(high or 0), part


@pytest.mark.parametrize("path", TWINS, ids=of_file)
def test_a_twin_costs_what_its_original_costs(path: Path) -> None:
    original = change_of(path.with_name(path.name.replace("_no_effect", "")))
    assert change_of(path).costs == original.costs


def test_all_interventions_can_be_made_together() -> None:
    together = [path for path in FILES if path.parent.name == "interventions" and path not in TWINS]
    assert len(scenario_with(*together).config.interventions) == len(together)


def test_every_change_is_on_the_page_about_them() -> None:
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    assert [of_file(path) for path in FILES if f"`{path.stem}`" not in page] == []


@pytest.mark.parametrize("path", FILES, ids=of_file)
def test_a_change_is_right_by_itself(path: Path) -> None:
    assert check(path) == []


@pytest.mark.parametrize("path", TWINS, ids=of_file)
def test_a_twin_does_nothing_but_what_it_was_decided_to_do(path: Path) -> None:
    for effect in change_of(path).effects:
        size = effect.times or effect.plus
        assert size is not None
        chosen = str(size.notes.source).startswith("a choice")
        assert chosen or size.value == (1 if effect.times else 0)


def test_a_change_with_mistakes_is_told_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "change.yaml"
    path.write_text("name: x\neffects:\n  - on: need.frist\n    tims: 2\n  - on: need.frist\n    times: 2\n")
    faults = check(path)
    assert [(f.line, "times" in f.message or "need.first" in f.message) for f in faults] == [(4, True)]
    path.write_text("name: x\neffects:\n  - on: need.frist\n    times: 2\ncosts:\n  - {payer: council, capital: 3}\n")
    assert [f.line for f in check(path)] == [3, 6]

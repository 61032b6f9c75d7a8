<<<<<<< HEAD
"""The changes that are shipped: each can be made to the baseline, says what it rests on, and is in the table of the docs."""

from __future__ import annotations

from collections.abc import Iterator
=======
"""The library of changes: every file is right, for the county too, and says what it rests on."""

from __future__ import annotations

>>>>>>> 02ac77d
from pathlib import Path

import pytest

<<<<<<< HEAD
from caresim.config import Scenario, load
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


def numbers(part: Effect | Cost) -> Iterator[Quantity]:
    names = SIZES if isinstance(part, Effect) else AMOUNTS
    yield from (value for name in names if isinstance(value := getattr(part, name), Quantity))


def of_file(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=of_file)
def test_a_change_can_be_made_to_the_baseline_and_says_what_it_is(path: Path) -> None:
    change = change_of(path)
    assert change.kind == KINDS[path.parent.name]
    assert change.description and change.evidence


@pytest.mark.parametrize("path", FILES, ids=of_file)
def test_every_number_has_a_grade_and_a_source(path: Path) -> None:
    change = change_of(path)
    for part in (*change.effects, *change.costs):
        for number in numbers(part):
            assert number.notes.grade and number.notes.source, part
            words = number.notes.source.split(":")[0]
            assert number.notes.grade != "A" or words not in ("assumption",), part


@pytest.mark.parametrize("path", FILES, ids=of_file)
def test_the_range_of_a_size_holds_the_size(path: Path) -> None:
    change = change_of(path)
    for part in (*change.effects, *change.costs):
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
=======
import caresim
from caresim.config import check
from caresim.config.scenario import Scenario
from caresim.config.schema.interventions import Intervention

ROOT = Path(__file__).parents[2]
KINDS = {"interventions": "intervention", "structures": "structure", "ico": "ico", "models": "council_model"}
FILES = sorted(p for folder in KINDS for p in (ROOT / "configs" / folder).glob("*.yaml"))
BASELINE = ROOT / "configs" / "northamptonshire" / "baseline.yaml"
NOTED = ("times", "plus", "reach", "revenue_a_year", "capital", "one_off", "pounds")


@pytest.fixture(scope="module")
def baseline() -> Scenario:
    return caresim.load(BASELINE)


def change_of(baseline: Scenario, path: Path) -> Intervention:
    return caresim.load(baseline, {"interventions": [str(path)]}).config.interventions[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_change_is_right_alone_and_for_the_county(path: Path, baseline: Scenario) -> None:
    assert check(path) == []
    change = change_of(baseline, path)
    assert change.kind == KINDS[path.parent.name]
    assert change.description
    assert change.evidence


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_size_has_a_source_and_a_grade(path: Path, baseline: Scenario) -> None:
    change = change_of(baseline, path)
    for part in (*change.effects, *change.costs):
        for name in NOTED:
            size = getattr(part, name, None)
            if size is not None and size.value != 0:
                assert size.notes.source, f"{name} of {change.name}"
                assert size.notes.grade in ("A", "B", "C"), f"{name} of {change.name}"


def test_a_twin_without_effect_costs_the_same_and_does_nothing(baseline: Scenario) -> None:
    twins = [p for p in FILES if p.stem.endswith("_no_effect") and (p.parent / f"{p.stem[:-10]}.yaml").exists()]
    assert len(twins) >= 3
    for path in twins:
        twin, real = change_of(baseline, path), change_of(baseline, path.parent / f"{path.stem[:-10]}.yaml")
        assert [c.model_dump(exclude={"note"}) for c in twin.costs] == [
            c.model_dump(exclude={"note"}) for c in real.costs
        ]
        for effect in twin.effects:
            assert effect.times is None or effect.times.value == 1
            assert effect.plus is None or effect.plus.value == 0
            assert effect.becomes is None


def test_a_change_with_mistakes_is_told_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "change.yaml"
    path.write_text("name: x\neffects:\n  - on: need.frist\n    tims: 2\n  - on: need.frist\n    times: 2\n")
    faults = check(path)
    assert [(f.line, "times" in f.message or "need.first" in f.message) for f in faults] == [(4, True)]
    path.write_text("name: x\neffects:\n  - on: need.frist\n    times: 2\ncosts:\n  - {payer: council, capital: 3}\n")
    assert [f.line for f in check(path)] == [3, 6]
>>>>>>> 02ac77d

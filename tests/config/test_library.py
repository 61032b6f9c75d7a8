"""The library of changes: every file is right, for the county too, and says what it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

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

"""Every path that a reader may meet has plain words, and they say whom it is about."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from caresim.config import load
from caresim.config.effect_targets import NOT_OVER_TIME
from caresim.config.kinds import NOTES
from caresim.config.path_words import PATHS
from caresim.config.paths import known_paths
from caresim.config.wording import cost_in_words, in_words, is_said, reach_in_words

from .conftest import BASELINE, ROOT

CONFIGS = sorted((ROOT / "configs").rglob("*.yaml"))
LONGEST = 85  # characters: two lines of a label


def effects_in(file: Path) -> list[dict[str, object]]:
    written = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    changes = [written, *(c for c in written.get("interventions") or () if isinstance(c, dict))]
    return [effect for change in changes for effect in change.get("effects") or ()]


@pytest.mark.parametrize("file", CONFIGS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_effect_of_the_library_is_on_something_with_words(file: Path) -> None:
    assert [e["on"] for e in effects_in(file) if not is_said(str(e["on"]))] == []


def test_every_number_of_the_baselines_has_words() -> None:
    for name in ("baseline.yaml", "baseline_in_year.yaml"):
        rows = load(BASELINE.with_name(name)).rows()
        assert [row["path"] for row in rows if not is_said(row["path"])] == []


def test_whatever_an_effect_may_be_on_has_words() -> None:
    changeable = [
        known.path
        for known in known_paths()
        if known.path.rsplit(".", 1)[-1] not in NOTES and not known.path.startswith(tuple(NOT_OVER_TIME))
    ]
    assert [path for path in changeable if path not in PATHS] == []


def test_words_are_of_paths_that_there_are() -> None:
    sections = {".".join(k.path.split(".")[:n]) for k in known_paths() for n in range(1, len(k.path.split(".")) + 1)}
    shares = {path.rsplit(".", 1)[0] for path in PATHS if ".outcomes." in path or ".endings." in path}
    lost = [p for p in PATHS if p not in sections and p.rsplit(".", 1)[0] not in shares and p != "admissions.rate"]
    assert lost == []


def test_words_are_short_and_show_no_code() -> None:
    assert [words for words in PATHS.values() if len(words) > LONGEST or "_" in words] == []
    assert [w for w in PATHS.values() if w[0].islower()] == []


def test_no_two_paths_have_the_same_words() -> None:
    same = {words: path for path, words in PATHS.items() if path not in ("admissions.rate", "demand.admissions")}
    assert len(same) == len(PATHS) - 2


def test_an_effect_is_said_with_whom_it_is_for() -> None:
    older = {"age": ["65-74", "75-84", "85+"]}
    where = {"place": ["Corby", "Northampton"], "age": ["75-84", "85+"]}
    assert in_words("demand.admissions.fall", where) == (
        "Emergency admissions for falls (in Corby and Northampton; aged 75 and over)"
    )
    assert in_words("waiting.assessment", {"work": "review"}) == "Working time of one assessment (kind of work: review)"
    assert in_words("hospital.stay", {"cause": ["emergency", "fall"], "age": "65-74"}).endswith(
        "(emergencies other than falls and falls; aged 65 to 74)"
    )
    assert reach_in_words("demand.admissions.other_emergency", older) == (
        "How many are reached: emergency admissions other than for falls (aged 65 and over)"
    )


def test_a_number_of_the_baseline_is_said_with_its_place_age_and_parameter() -> None:
    said = in_words("packages.lifetime.home_care.by_age.85+.exponential.mean_days")
    assert said == "Days for which home care lasts (aged 85 and over; mean)"
    assert in_words("demand.admissions.weekday_factor.values.6").endswith("(Sunday)")
    assert in_words("waiting.arrangement.by_pathway.pathway_2.exponential.mean_days") == (
        "Days to arrange care after the assessment (intermediate care bed; mean)"
    )


def test_a_path_without_words_is_said_with_its_own_names() -> None:
    assert in_words("something.not_yet.thought_of") == "Something: not yet, thought of"
    assert in_words("") == ""
    assert in_words('an "odd one') == 'An "odd one'


def test_a_cost_is_said_with_its_payer() -> None:
    assert cost_in_words("revenue_a_year", "icb") == "Yearly cost to the integrated care board"
    assert cost_in_words("one_off", "person") == "One-off cost to people and their families"
    said = cost_in_words("pounds", "icb", "discharged_pathway_1", {"unitary": ["West"]})
    assert said == "Cost to the integrated care board for each discharge to home with reablement (in West)"

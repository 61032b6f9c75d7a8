"""A scenario says what is in force and where it comes from, and is never changed."""

import json
import pickle
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

import caresim
from caresim.config import ConfigError, Scenario, check, explain_rows, json_schema, known_paths, load
from caresim.config.reading import parse_yaml
from caresim.config.tree import plain

from .conftest import ROOT, Write

CHANGES = ("interventions", "structures", "ico", "models")  # folders of changes, not of configs
CONFIGS = sorted(p for p in (ROOT / "configs").rglob("*.yaml") if p.parent.name not in CHANGES)


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.name)
def test_every_config_that_is_shipped_is_right(path: Path) -> None:
    assert check([path]) == []


def test_a_scenario_is_never_changed(baseline: Scenario) -> None:
    with pytest.raises(AttributeError, match="never changed"):
        baseline.name = "x"  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        baseline.config.calendar.years = 3
    with pytest.raises(TypeError, match="never changed"):
        baseline.config.geography.places["x"] = 3  # type: ignore[assignment]
    with pytest.raises(TypeError, match="never changed"):
        baseline.config.demand.population.cells["x"] = 3  # type: ignore[index]


def test_a_scenario_is_pickled_and_hashed(baseline: Scenario) -> None:
    again = pickle.loads(pickle.dumps(baseline))
    assert again == baseline
    assert hash(again) == hash(baseline)
    assert again.rows() == baseline.rows()
    assert len({again, baseline, load(baseline, {"calendar.years": 2})}) == 2


def test_what_is_resolved_loads_to_an_equal_scenario(baseline: Scenario) -> None:
    assert load(baseline.resolved()) == baseline
    assert load(json.loads(json.dumps(baseline.resolved()))).digest == baseline.digest


def test_what_is_resolved_can_be_written_as_yaml(baseline: Scenario, write: Write) -> None:
    with open(write("", "config.resolved.yaml"), "w", encoding="utf-8") as stream:
        YAML(typ="safe", pure=True).dump(baseline.resolved(), stream)
    assert load("config.resolved.yaml") == baseline


def test_the_digest_does_not_depend_on_layout(write: Write) -> None:
    write("prices: {home_care: 17, nursing: {value: 680, grade: B}}", "p.yaml")
    one = load(write("extends: p.yaml\nname: a\ncalendar: {years: 2}\n"))
    other = load(
        write("calendar: {years: 2}\nprices:\n  nursing: {grade: B, value: 680.0}\n  home_care: 17\nname: a", "y.yaml")
    )
    assert one.digest == other.digest
    assert one.digest != load(one, {"prices.home_care": 18}).digest
    assert len(one.digest) == 64


def test_digests_of_the_files_are_kept(baseline: Scenario) -> None:
    assert [name.rpartition("/")[2] for name in baseline.inputs] == [
        "baseline.yaml", "fitted.yaml", "county.yaml", "england.yaml", "population.csv",
    ]  # fmt: skip


def test_values_by_place_age_and_key(baseline: Scenario) -> None:
    config = baseline.config
    assert config.demand.population.at("Corby", "85+") == 1071
    assert config.hospital.stay.emergency.at("Corby", "85+").family == "lognormal"
    assert config.packages.at_home.at("Corby", "85+")["supported_living"] == 0
    review = config.waiting.assessment.at("review").at("Corby", "85+")
    assert review is not None
    assert review.family == "exponential"
    assert len(config.demand.admissions.month_factor.values) == 12
    assert config.waiting.arrangement.at("pathway_0").at() is None
    assert config.pools.intermediate_care.capacity.at("North Northamptonshire") is not None
    assert config.geography.members("unitary") == ("North Northamptonshire", "West Northamptonshire")


def test_the_source_of_a_number_is_the_line_that_sets_it(baseline: Scenario) -> None:
    path = "need.deconditioning.factor"
    source = baseline.source_of(path)
    line = (ROOT / "configs" / "england.yaml").read_text(encoding="utf-8").splitlines()[source.line - 1]
    assert line.strip().startswith("factor: {value:")
    assert (source.low, source.high, source.grade) == (1.0, 2.0, "C")
    assert baseline.number(path) == baseline.number(f"{path}.value") == baseline.config.need.deconditioning.factor.value


def test_a_path_that_does_not_exist_is_an_error(baseline: Scenario) -> None:
    said = rf"^{re.escape(baseline.name)}: need\.frst does not exist; did you mean need\.first\?$"
    with pytest.raises(ConfigError, match=said):  # no line: it stands in no file
        baseline.number("need.frst")
    with pytest.raises(ConfigError, match=r"need\.first is not a number"):
        baseline.number("need.first")
    with pytest.raises(ConfigError, match="has an empty name"):
        baseline.source_of("")


def test_rows_are_numbers_and_explain_shows_the_rest(baseline: Scenario) -> None:
    rows = baseline.rows()
    assert all(isinstance(row["value"], (int, float)) and not isinstance(row["value"], bool) for row in rows)
    assert list(rows[0]) == ["path", "value", "unit", "source", "grade", "low", "high", "file", "line"]
    assert all(row["value"] == baseline.number(row["path"]) for row in rows)
    shown = {row["path"]: row for row in explain_rows(baseline)}
    assert shown["need.deconditioning.rule"]["value"] == "step"
    assert shown["pools.acute_beds.capacity"]["value"] == "unlimited"
    assert shown["pools.nursing.binding"]["file"] == "default"


def test_every_number_that_a_file_sets_has_a_unit_and_a_grade(baseline: Scenario) -> None:
    known = {"calendar", "prices.base_year", "demand.population_date", "pools"}
    for row in baseline.rows():
        if row["file"] == "default" or row["path"].split(".")[0] in known or row["path"] in known:
            continue
        assert row["unit"], row
        assert row["grade"], row


def test_shares_of_trusts_have_the_source_that_is_given_for_all_of_them(baseline: Scenario) -> None:
    source = baseline.source_of("geography.places.Corby.trusts.Kettering General")
    assert (source.unit, source.grade) == ("share", "C")
    assert source.source is not None
    assert source.source.startswith("assumption: nearest hospital")


def test_rows_under_a_path(baseline: Scenario) -> None:
    rows = explain_rows(baseline, "need.deconditioning")
    assert [row["path"].rpartition(".")[2] for row in rows] == [
        "rule", "after_days", "factor", "per_day", "cap_hours", "recovery_share", "recovery_half_life_days",
    ]  # fmt: skip
    assert explain_rows(baseline, "need.deconditioning.factor.value")[0]["value"] == 2.0
    with pytest.raises(ConfigError, match="did you mean"):
        explain_rows(baseline, "need.decondition")


def test_defaults_are_listed_as_such() -> None:
    assert {row["file"] for row in load({}).rows(everything=True)} == {"default"}


def test_neutral_defaults_do_nothing() -> None:
    config = load({}).config
    assert config.demand.population.value == 0
    assert config.hospital.death_share.value == 0
    assert config.pools.acute_beds.capacity.single is None
    assert config.calendar.total_days == 365
    assert config.packages.review_every_days is None


def test_a_small_scenario_needs_few_lines() -> None:
    scenario = load(
        {
            "name": "queue",
            "calendar": {"days": 181},
            "demand": {"population": 1000, "admissions": {"other_emergency": 195, "netted": False}},
            "hospital": {"stay": {"emergency": {"lognormal": {"median_days": 30, "mean_days": 34.06}}}},
            "pools": {"acute_beds": {"capacity": 61, "name": "queue"}},
        }
    )
    assert scenario.config.pools.acute_beds.name == "queue"
    assert scenario.source_of("calendar.days").file == "dict"


def test_numpy_values_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    scenario = load({"prices": {"home_care": numpy.float64(3.5), "base_year": numpy.int64(2019)}})
    assert scenario.number("prices.home_care") == 3.5


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema())


def test_the_json_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.name)
def test_the_json_schema_accepts_the_configs(validator: jsonschema.Draft202012Validator, path: Path) -> None:
    assert validator.is_valid(plain(parse_yaml(path.read_text(encoding="utf-8"), "x")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"nam": "a"},
        {"discharge": {"referred_above": 2}},
        {"discharge": {"referred_above": {"value": 2}}},
        {"discharge": {"referred_above": {"value": 1, "grade": "D"}}},
        {"hospital": {"stay": {"fall": {"exponential": {"mean_hours": 2}}}}},
        {"hospital": {"death_share": {"by_age": {"85+": 1}}}},
        {"pools": {"reablement": {"capcity": 3}}},
        {"pools": {"reablement": {"capacity": -3}}},
        {"waiting": {"assessment": {"by_work": {"revew": "none"}}}},
        {"calendar": {"starts": 2018}},
    ],
)
def test_the_json_schema_refuses_what_is_wrong(
    validator: jsonschema.Draft202012Validator, wrong: dict[str, object]
) -> None:
    assert not validator.is_valid(wrong)


def test_the_json_schema_accepts_what_is_resolved(
    validator: jsonschema.Draft202012Validator, baseline: Scenario
) -> None:
    assert validator.is_valid(baseline.resolved())
    assert validator.is_valid(load({}).resolved())


def test_every_path_of_the_format_is_documented(baseline: Scenario) -> None:
    paths = known_paths()
    assert all(path.description for path in paths)
    known = {path.path for path in paths}
    for row in baseline.rows():
        assert any(row["path"] == path or row["path"].startswith(path + ".") for path in known), row["path"]
    (days,) = [path for path in paths if path.path == "packages.held_open_days"]
    assert days[:4] == ("packages.held_open_days", "days", ("by_setting", "by_place", "by_age"), 0)


def test_the_public_names() -> None:
    assert caresim.load is load
    assert caresim.ConfigError is ConfigError
    assert issubclass(caresim.ConfigError, caresim.CaresimError)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = caresim.nothing
    assert "run" in dir(caresim)


def test_config_errors_can_be_pickled() -> None:
    with pytest.raises(ConfigError) as caught:
        load({"nam": 1})
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.faults == caught.value.faults
    assert str(again) == str(caught.value)


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, caresim, caresim.config.vocabulary; print([m for m in ('pydantic', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"

"""Budgets and targets in a config: what they name exists, what they say has a source, faults say where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import caresim
from caresim.config import ConfigError
from caresim.config.vocabulary import MEASURES
from caresim.money.summary import UNITS

WHERE = {"geography": {"places": {"A": {"unitary": "North"}, "B": {"unitary": "South"}}}}
COUNTY = Path(__file__).parents[2] / "configs" / "northamptonshire"
TARGETS = Path(__file__).parents[2] / "experiments" / "00_baseline_calibration" / "targets.yaml"


def line(**changes: Any) -> dict[str, Any]:
    return {**WHERE, "budgets": [{"name": "Care", "services": ["home_care"], **changes}]}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"services": ["home_car"]}, "budgets.0.services.0 unknown name 'home_car'; did you mean 'home_care'?"),
        ({"partners": ["counsil"]}, "budgets.0.partners.0 unknown name 'counsil'; did you mean 'council'?"),
        ({"unitary": "Nort"}, "budgets.0.unitary unknown name 'Nort'; did you mean 'North'?"),
        ({"servces": 1}, "budgets.0.servces unknown name 'servces'; did you mean 'services'?"),
        ({"pounds": {"by_year": {"201x": 1}}}, "budgets.0.pounds.by_year.201x must be a year"),
        ({"share": 1.2}, "budgets.0.share must be"),
        ({"share": {"by_place": {"A": 0.1, "B": 0.2}}}, "budgets.0.share must be one number"),
    ],
)
def test_a_fault_of_a_budget_says_where_it_is_and_what_would_do(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as error:
        caresim.load(line(**changes))
    assert message in str(error.value)


def test_a_line_that_says_nothing_or_stands_twice_is_refused() -> None:
    with pytest.raises(ConfigError) as error:
        caresim.load({"budgets": [{"name": "Care"}, {"name": "Care", "pounds": 5}]})
    assert "budgets.0 is empty: give services, pounds or overspent" in str(error.value)
    assert "budgets.1.name is given twice: 'Care'" in str(error.value)


def test_a_target_is_of_a_measure_that_there_is() -> None:
    target = {"measure": "dtoc_bed", "role": "fitted", "figure": 85, "year": "18"}
    with pytest.raises(ConfigError) as error:
        caresim.load({"targets": [target]})
    assert "targets.0.measure unknown name 'dtoc_bed'; did you mean 'dtoc_beds'?" in str(error.value)
    with pytest.raises(ConfigError, match="must be a year such as 2019"):
        caresim.load({"targets": [{**target, "measure": "dtoc_beds"}]})


def test_a_year_of_a_target_may_be_written_as_a_number() -> None:
    target = {"measure": "deaths", "role": "held_out", "figure": 1}
    assert caresim.load({"targets": [{**target, "year": 2018}]}).config.targets[0].year == "2018"


def test_every_measure_of_the_summary_may_be_a_target() -> None:
    assert tuple(UNITS) == MEASURES


def test_explain_gives_a_budget_its_source_and_grade() -> None:
    amount = {"by_year": {"2018-19": 5.0}, "grade": "B", "source": "budget book"}
    rows = {row["path"]: row for row in caresim.load(line(pounds=amount)).rows()}
    row = rows["budgets.0.pounds.by_year.2018-19"]
    assert (row["value"], row["grade"], row["source"], row["unit"]) == (5.0, "B", "budget book", "pounds")


def test_the_county_s_targets_are_those_that_it_was_fitted_to() -> None:
    from ruamel.yaml import YAML

    written = YAML(typ="safe", pure=True).load(TARGETS.read_text("utf-8"))
    targets = caresim.load(COUNTY / "baseline.yaml").config.targets
    assert {target.role for target in targets} == {"fitted", "held_out"}
    for target in targets:
        told = written[target.role][target.measure]
        assert target.figure == told["value"]
        assert (target.grade, target.source) == (told["grade"], told["source"])


def test_the_county_makes_up_no_budget() -> None:
    budgets = caresim.load(COUNTY / "baseline.yaml").config.budgets
    assert not [b.name for b in budgets if b.agreement is None and b.pounds is not None]
    for budget in budgets:
        for amount in (budget.pounds, budget.overspent):
            assert amount is None or (amount.notes.grade and amount.notes.source), budget.name
        assert budget.share.value == 1
        mapped = budget.agreement is not None and budget.services is not None and budget.services != ("payment",)
        assert not mapped or budget.share.notes.grade == "C", budget.name

"""The budget book at the inputs of the run is the appraisal."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import caresim
from caresim.config.vocabulary import COST_LINES
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.price_growth import rates, real_growth, years_before
from caresim.reports.decision.workbook.lines import CARE, PAYMENT, lines, present
from caresim.studies.comparison import Comparison
from tests.measures.worlds import priced

FEWER = {
    "name": "Fewer",
    "effects": [{"on": "admissions.rate", "times": 0.5}],
    "costs": [{"payer": "council", "revenue_a_year": 1000}],
}


def decision_of(comparison: Comparison) -> Decision:
    config = comparison.baseline.scenario.config
    facts = {"county": config.geography.county, "unitaries": list(config.geography.unitaries)}
    scenarios = [{"key": key, "name": key} for key in comparison.results]
    rows = {"baseline": comparison.baseline.scenario.rows()}
    return Decision(comparison.tables(), {**facts, "scenarios": scenarios}, rows)


@pytest.mark.parametrize("base_year", [2018, 2015])
def test_the_value_of_the_lines_is_the_net_present_value_of_the_appraisal(base_year: int) -> None:
    uplift = {line: 0.01 * (i % 6) for i, line in enumerate(COST_LINES)}
    weighed = {"discount_rate": 0.035, "inflation": 0.02, "uplift": {"by_service": uplift}}
    calendar = {"starts": "2018-04-01", "years": 3}
    config = {**priced(base_year=base_year), "appraisal": weighed, "calendar": calendar}
    base = caresim.load(config)
    comparison = caresim.compare(base, {"fewer": caresim.load(base, {"interventions": [FEWER]})}, replications=2)
    decision = decision_of(comparison)
    mine = [line for line in lines(decision) if line.public]
    assert years_before(decision) == 2018 - base_year
    assert abs(decision.worth("fewer").mean) > 100
    assert sum(present(decision, line) for line in mine) == pytest.approx(decision.worth("fewer").mean, rel=1e-9)


def told(**numbers: Any) -> Decision:
    years = [{"scenario": "x", "measure": "investment", "year": year} for year in ("2018-19", "2019-20", "2020-21")]
    rows = [{"path": path.replace("__", "."), "value": value} for path, value in numbers.items()]
    return Decision({"appraisal": pd.DataFrame(years)}, {}, {"baseline": rows})


def test_growth_is_what_a_service_grows_above_inflation() -> None:
    decision = told(prices__base_year=2018, appraisal__inflation=0.02, appraisal__uplift__by_service__nursing=0.05)
    assert real_growth(decision, "nursing", CARE) == pytest.approx(1.05 / 1.02 - 1)
    assert real_growth(decision, "nursing", PAYMENT) == 0.0
    assert real_growth(decision, "home_care", CARE) == 0.0


def test_rates_that_differ_by_year_lead_to_the_same_price_in_the_last_year() -> None:
    years = {"appraisal__uplift__by_service__nursing__by_year__2019-20": 0.1,
             "appraisal__uplift__by_service__nursing__by_year__2020-21": 0.0}  # fmt: skip
    decision = told(prices__base_year=2018, appraisal__inflation=0.0, **years)
    assert (1 + real_growth(decision, "nursing", CARE)) ** 2 == pytest.approx(1.1)
    assert rates(decision, "appraisal.nothing") is None

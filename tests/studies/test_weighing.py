"""What the worth of a scenario hangs on: slopes that are known, unknowns that are counted once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import caresim
from caresim.studies.weighing import fitted, hung_on

BASE: dict[str, Any] = {
    "calendar": {"starts": "2020-01-01", "years": 1, "run_out_weeks": 53},
    "demand": {"population": {"by_age": {"18-64": 900, "65-74": 400, "75-84": 300, "85+": 100}},
               "admissions": {"fall": 30, "other_emergency": 200}},
    "hospital": {"stay": {kind: {"exponential": {"mean_days": 6}} for kind in ("emergency", "fall", "planned")}},
    "prices": {"acute_bed_day": 300},
}  # fmt: skip


@given(st.integers(1, 5), st.integers(0, 10_000))
def test_a_straight_line_is_found_again(sizes: int, seed: int) -> None:
    draws = np.random.default_rng(seed)
    values, slopes = draws.normal(size=(40, sizes)), draws.normal(size=sizes)
    assert fitted(values, values @ slopes + 3.0) == pytest.approx(slopes)


def test_few_draws_give_one_line_for_each_size_and_what_never_varies_has_none() -> None:
    values = np.asarray([[0.0, 5.0], [1.0, 5.0], [2.0, 5.0]])
    assert fitted(values, np.asarray([1.0, 3.0, 5.0])).tolist() == [2.0, 0.0]
    assert fitted(values[:1], np.asarray([1.0])).tolist() == [0.0, 0.0]


@given(st.integers(0, 10_000))
def test_errors_of_slopes_are_those_of_least_squares_and_known_slopes_have_none(seed: int) -> None:
    draws = np.random.default_rng(seed)
    values = draws.normal(size=(40, 3))
    worth = values @ np.asarray([2.0, 1.0, 5.0]) + draws.normal(size=40)
    slopes, errors = hung_on(values, worth, np.asarray([np.nan, np.nan, 5.0]))
    assert (slopes[2], errors[2]) == (5.0, 0.0)
    table = np.column_stack([np.ones(40), values[:, :2]])
    rest = worth - values[:, 2] * 5.0
    exact, left, *_ = np.linalg.lstsq(table, rest, rcond=None)
    assert slopes[:2] == pytest.approx(exact[1:])
    spread = np.sqrt(np.diag(np.linalg.inv(table.T @ table)) * left[0] / 37)
    assert errors[:2] == pytest.approx(spread[1:])


@pytest.fixture(scope="module")
def compared() -> Any:
    from caresim.studies.compare import compare

    size = {"value": 100_000, "low": 50_000, "high": 150_000, "grade": "C", "source": "made up"}
    costs = [{"payer": "council", "revenue_a_year": size, "until": "2020-07"},
             {"payer": "council", "revenue_a_year": size, "from": "2020-07"}]  # fmt: skip
    fewer = [{"on": "admissions.rate", "times": {"value": 0.8, "low": 0.7, "high": 0.9}}]
    change = {"name": "Fewer", "effects": fewer, "costs": costs}
    return compare(BASE, {"fewer": {**BASE, "interventions": [change]}}, replications=4, draws=14, seed=3)


def test_one_unknown_in_two_places_is_one_bar(compared: Any) -> None:
    bars = compared.tables()["tornado"].set_index("assumption")
    assert sorted(bars.index) == ["Fewer: admissions to hospital", "Fewer: yearly cost to the council"]
    cost = bars.loc["Fewer: yearly cost to the council"]
    assert cost["at_low"] - cost["at_high"] == pytest.approx(100_000, rel=0.01)  # one for one, chance has no part in it
    assert cost["error"] == 0
    weighed = compared.tables()["appraisal"].set_index(["measure", "partner", "year", "basis", "corrected"])
    as_assumed = weighed.loc[("net_present_value", "public", "all", "present", False), "mean"]
    assert (cost["at_low"] + cost["at_high"]) / 2 == pytest.approx(as_assumed)  # the size lies in the middle
    assert bars.loc["Fewer: admissions to hospital", "at_low"] > bars.loc["Fewer: admissions to hospital", "at_high"]


def test_positions_of_all_partners_add_up_to_the_whole_cost(compared: Any) -> None:
    positions = compared.tables()["positions"]
    for key, result in {"baseline": compared.baseline, **compared.results}.items():
        money = result.table("money")
        whole = money["pounds"].sum() / money["replication"].nunique()
        mine = positions[positions["scenario"] == key]
        assert mine["cost"].sum() == pytest.approx(whole)
        assert -mine["net"].sum() == pytest.approx(whole)


def test_the_same_size_has_the_same_draw_and_another_has_its_own(compared: Any) -> None:
    for compiled in compared.drawn["fewer"].runs.own:
        change = compiled.scenario.config.interventions[0]
        first, second = (c.revenue_a_year.value for c in change.costs)
        assert first == second
    assert len({c.scenario.config.interventions[0].costs[0].revenue_a_year.value
                for c in compared.drawn["fewer"].runs.own}) == 14  # fmt: skip
    assert caresim.load(BASE).config.interventions == ()

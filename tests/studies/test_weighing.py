"""What the worth of a scenario hangs on: slopes that are known, unknowns that are counted once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import caresim
from caresim.studies.unknowns import labels, sizes_of
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


def bars_of(costs: list[dict[str, Any]], effects: list[dict[str, Any]] | None = None) -> list[str]:
    """Give the names of the unknowns of one change, in their order."""
    change = {"name": "Hubs", "effects": effects or [], "costs": costs}
    runs = caresim.run({**BASE, "interventions": [change]}, replications=1).runs
    return list(labels(dict(sizes_of(runs, frozenset()))).values())


ONE, OTHER = {"value": 10, "low": 5, "high": 20}, {"value": 10, "low": 4, "high": 20}


def test_a_cost_that_two_share_names_both_and_one_that_two_bear_apart_is_two() -> None:
    first, then = {"payer": "council", "revenue_a_year": ONE}, {"payer": "icb", "revenue_a_year": ONE}
    council, board = "Hubs: yearly cost to the council", "Hubs: yearly cost to the integrated care board"
    assert bars_of([first, then]) == ["Hubs: yearly cost to the council and the integrated care board"]
    assert bars_of([first, {**then, "revenue_a_year": OTHER}]) == [council, board]
    each = "Hubs: cost to the council for each day in a hospital bed"
    assert bars_of([first, {"payer": "council", "per": "bed_day", "pounds": ONE}]) == [council, each]


def test_two_costs_to_one_payer_are_told_apart_by_their_months_or_numbered() -> None:
    first, then = {"payer": "council", "revenue_a_year": ONE}, {"payer": "council", "revenue_a_year": OTHER}
    yearly = "Hubs: yearly cost to the council"
    dated = [{**first, "until": "2020-07"}, {**then, "from": "2020-07"}]
    assert bars_of(dated) == [f"{yearly} (until July 2020)", f"{yearly} (from July 2020)"]
    assert bars_of([first, then]) == [f"{yearly}, number 1 of 2", f"{yearly}, number 2 of 2"]


def test_one_size_of_several_effects_names_them() -> None:
    size = {"value": 0.9, "low": 0.8, "high": 1.0}
    prices = [{"on": f"prices.{name}", "times": size} for name in ("residential", "nursing")]
    assert bars_of([], prices) == ["Hubs: price of a week in a residential home and price of a week in a nursing home"]
    more = [{"on": f"prices.{name}", "times": size} for name in ("home_care", "reablement")]
    assert bars_of([], prices + more)[0].endswith("nursing home and 2 more")


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


def test_lines_and_funds_have_what_chance_and_what_the_evidence_leave_open(compared: Any) -> None:
    """The cost of the change is drawn: chance leaves nothing open of it, the evidence does."""
    tables = compared.tables()
    at = ["measure", "partner", "service", "year"]
    chance, drawn = (tables[name].set_index(at) for name in ("cash_by_line", "drawn_cash_by_line"))
    cost = ("cashable_saving", "council", "investment", "all")
    spent = [
        sum(c.revenue_a_year.value / 2 for c in own.scenario.config.interventions[0].costs)
        for own in compared.drawn["fewer"].runs.own
    ]
    assert chance.loc[cost, ["low", "mean", "high"]].tolist() == pytest.approx([-100_000] * 3, rel=0.01)
    ends = [-end for end in np.percentile(spent, [95, 5])]
    assert drawn.loc[cost, ["p05", "p95"]].tolist() == pytest.approx(ends, rel=0.01)
    beds = ("saving", "acute_trust", "acute_beds", "all")
    assert chance.loc[beds, "low"] < chance.loc[beds, "mean"] < chance.loc[beds, "high"]
    assert "drawn_fund_balances" not in tables  # no fund, no rows

"""Comparisons: paired, never simulated twice, the same after an interruption."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import caresim
from caresim.config import Scenario
from caresim.config.sizes import drawn
from caresim.studies import study
from caresim.studies.compare import best_fork
from caresim.studies.comparison import Comparison
from caresim.studies.differences import ALL_PARTNERS, ALL_PLACES, ALL_SERVICES, ALL_YEARS
from caresim.studies.run import FEWEST
from caresim.studies.store import kept_in, remove
from tests.measures import worked
from tests.measures.worlds import PRICES, priced

FALLS = {
    "name": "Fewer falls",
    "effects": [{"on": "demand.admissions.fall", "times": {"value": 0.5, "low": 0.3, "high": 0.9}}],
}
SLOTS = {"name": "More reablement", "effects": [{"on": "pools.reablement.capacity", "times": 2}]}
DEAR = {"prices.home_care": 2.0 * PRICES["home_care"]}


@pytest.fixture(scope="module")
def base() -> Scenario:
    return caresim.load(priced())


@pytest.fixture(scope="module")
def falls(base: Scenario) -> Scenario:
    return caresim.load(base, {"interventions": [FALLS]})


@pytest.fixture(scope="module")
def compared(base: Scenario, falls: Scenario) -> Comparison:
    return caresim.compare(base, {"falls": falls, "dear": caresim.load(base, DEAR)}, replications=8)


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count what is simulated: the numbers of the replications, in no order."""
    numbers: list[int] = []
    original = study.engine_of

    def counting(name: str, shares: bool) -> Any:
        engine = original(name, shares)

        def simulate(tables: Any, seed: int, number: int, events: bool) -> Any:
            numbers.append(number)
            return engine(tables, seed, number, events)

        return simulate

    monkeypatch.setattr(study, "engine_of", counting)
    return numbers


def one(table: pd.DataFrame, **where: str) -> pd.Series[Any]:
    """Find the one row with these names."""
    for column, name in where.items():
        table = table[table[column] == name]
    assert len(table) == 1, table
    return table.iloc[0]


def same(first: Comparison, second: Comparison) -> None:
    for name, table in first.tables().items():
        pd.testing.assert_frame_equal(table, second.tables()[name])


def test_a_scenario_equal_to_the_baseline_differs_by_exactly_nothing_and_is_not_simulated(
    base: Scenario, simulated: list[int]
) -> None:
    comparison = caresim.compare(base, {"same": priced()}, replications=3)
    assert sorted(simulated) == [0, 1, 2]
    for table in (comparison.differences, comparison.differences_by_place, comparison.money_differences):
        assert (table[["mean", "low", "high"]].dropna() == 0.0).all(axis=None)
    assert comparison.results["same"].precision == 0.0


def test_prices_alone_are_no_reason_to_simulate_and_their_difference_is_exact(
    base: Scenario, simulated: list[int]
) -> None:
    comparison = caresim.compare(base, {"dear": caresim.load(base, DEAR)}, replications=3)
    assert sorted(simulated) == [0, 1, 2]
    money = comparison.baseline.table("money")
    council = money[(money["partner"] == "council") & (money["service"] == "home_care")]["pounds"].sum() / 3
    row = one(
        comparison.money_differences,
        partner="council", service="home_care", unitary="County", year=ALL_YEARS,
    )  # fmt: skip
    assert row["mean"] == pytest.approx(council)
    assert one(comparison.differences, measure="bed_days", area="County", year=ALL_YEARS)["mean"] == 0.0


def test_the_other_way_round_every_difference_has_the_other_sign(base: Scenario, falls: Scenario) -> None:
    there = caresim.compare(base, {"x": falls}, replications=4).differences
    back = caresim.compare(falls, {"x": base}, replications=4).differences
    np.testing.assert_array_equal(there["mean"], -back["mean"])
    np.testing.assert_array_equal(there["low"], -back["high"])
    np.testing.assert_allclose(there["p05"], -back["p95"], rtol=1e-12)
    np.testing.assert_allclose(there["p20"], -back["p80"], rtol=1e-12)
    np.testing.assert_array_equal(there["share_lower"], back["share_higher"])
    np.testing.assert_array_equal(there["variance_ratio"], back["variance_ratio"])


def test_fewer_falls_mean_fewer_admissions_in_every_replication_and_pairing_shows_it(compared: Comparison) -> None:
    row = one(compared.differences, scenario="falls", measure="admissions", area="County", year=ALL_YEARS)
    assert row["high"] < 0
    assert row["share_lower"] == 1.0
    assert row["variance_ratio"] > 1
    assert row["low_unpaired"] < row["low"]
    assert row["high"] < row["high_unpaired"]


def test_three_people_and_two_more_social_workers_are_worked_out_by_hand() -> None:
    config = worked.config()
    comparison = caresim.compare(config, {"more": caresim.load(config, {"pools.assessment.capacity": 3})}, 2)
    days = one(comparison.differences, measure="delayed_days", area="County", year=ALL_YEARS)
    assert (days["mean"], days["low"], days["high"]) == (-6.0, -6.0, -6.0)  # the second by 2 days, the third by 4
    north = one(comparison.differences_by_place, place="Northby", age="all ages", measure="bed_days", year=ALL_YEARS)
    assert north["mean"] == pytest.approx(-4.0)
    saved = one(comparison.differences_by_place, place="Northby", measure="nhs_cost", year=ALL_YEARS)
    assert saved["mean"] == pytest.approx(-4 * worked.BED)
    beds = one(
        comparison.money_differences,
        partner="acute_trust", service=ALL_SERVICES, unitary="County", year=ALL_YEARS,
    )  # fmt: skip
    assert beds["mean"] == pytest.approx(-6 * worked.BED)


def test_twice_the_people_are_twice_the_admissions() -> None:
    config = priced()
    people = config["demand"]["population"]
    doubled = {"demand.population": {"by_age": {age: 2 * n for age, n in people["by_age"].items()}}}
    comparison = caresim.compare(config, {"more": caresim.load(config, doubled)}, replications=20)
    row = one(comparison.differences_by_place, measure="planned_admissions", place=ALL_PLACES, age="all ages",
              year=ALL_YEARS)  # fmt: skip
    base = comparison.baseline.table("flow")
    base = base[base["event"] == "admitted_planned"]["people"].sum() / 20
    assert row["low"] < base < row["high"]


@pytest.mark.parametrize("workers", [1, 3])
def test_results_do_not_depend_on_the_number_of_workers(
    base: Scenario, falls: Scenario, compared: Comparison, workers: int
) -> None:
    scenarios = {"falls": falls, "dear": caresim.load(base, DEAR)}
    same(compared, caresim.compare(base, scenarios, replications=8, workers=workers))


def test_scenarios_that_keep_the_name_of_the_baseline_are_told_apart(
    compared: Comparison, base: Scenario, falls: Scenario
) -> None:
    assert base.name == falls.name
    assert compared.labels == {"falls": "Falls", "dear": "Dear"}
    named = caresim.load(base, {"name": "Another name"})
    given = caresim.compare(base, {"one_more": falls, "b": named, "c": falls}, replications=1, labels={"c": "As given"})
    assert given.labels == {"one_more": "One more", "b": "Another name", "c": "As given"}


def test_a_scenario_is_what_a_run_of_it_alone_gives(compared: Comparison, falls: Scenario) -> None:
    alone = caresim.run(falls, replications=8)
    pd.testing.assert_frame_equal(compared.results["falls"].summary, alone.summary)
    summary = compared.summary
    assert list(summary["scenario"].unique()) == ["baseline", "falls", "dear"]


def test_places_and_ages_add_up_to_what_the_summary_says(compared: Comparison) -> None:
    by_place = compared.differences_by_place
    chosen = by_place[(by_place["scenario"] == "falls") & (by_place["measure"] == "emergency_admissions")]
    chosen = chosen[(chosen["year"] == ALL_YEARS) & ~chosen["age"].isin(["18-64", "all ages"])]
    total = chosen[chosen["place"] != ALL_PLACES]["mean"].sum()
    row = one(compared.differences, scenario="falls", measure="emergency_admissions_65_plus", area="County",
              year=ALL_YEARS)  # fmt: skip
    assert total == pytest.approx(row["mean"])
    assert chosen[chosen["place"] == ALL_PLACES]["mean"].sum() == pytest.approx(row["mean"])
    delayed = one(by_place, scenario="falls", measure="delayed_days", place=ALL_PLACES, year=ALL_YEARS)
    assert delayed["age"] == "all ages"


def test_costs_by_place_add_up_to_the_county_s_and_a_change_costs_where_it_is_made(base: Scenario) -> None:
    first, *others = base.config.geography.places
    cost = {"payer": "icb", "revenue_a_year": 36525, "where": {"place": first}}
    scenario = caresim.load(base, {"interventions": [{**FALLS, "costs": [cost]}]})
    comparison = caresim.compare(base, {"falls": scenario}, replications=3)
    by_place = comparison.differences_by_place
    by_place = by_place[(by_place["unit"] == "pounds") & (by_place["year"] == ALL_YEARS)]
    pounds = by_place.set_index(["measure", "place"])["mean"]
    for measure in ("hospital_driven_cost", "council_net_cost", "nhs_cost", "investment_cost"):
        county = one(comparison.differences, measure=measure, area="County", year=ALL_YEARS)["mean"]
        assert county != 0
        assert pounds[measure, ALL_PLACES] == pytest.approx(county)
        assert sum(pounds[measure, place] for place in (first, *others)) == pytest.approx(county)
    assert [pounds["investment_cost", place] for place in others] == [0.0] * len(others)
    for place in (first, *others):
        parts = [pounds[measure, place] for measure in ("council_net_cost", "nhs_cost", "investment_cost")]
        assert pounds["public_cost", place] == pytest.approx(sum(parts))


def test_partners_and_services_add_up_to_what_the_summary_says(compared: Comparison) -> None:
    money = compared.money_differences
    money = money[(money["scenario"] == "falls") & (money["unitary"] == "County") & (money["year"] == ALL_YEARS)]
    council = one(compared.differences, scenario="falls", measure="council_net_cost", area="County", year=ALL_YEARS)
    assert one(money, partner="council", service=ALL_SERVICES)["mean"] == pytest.approx(council["mean"])
    lines = money[money["service"] != ALL_SERVICES]
    assert lines[lines["partner"] == "council"]["mean"].sum() == pytest.approx(council["mean"])
    assert lines["mean"].sum() == pytest.approx(one(money, partner=ALL_PARTNERS)["mean"])


def test_over_all_years_days_are_added_and_levels_are_not(compared: Comparison) -> None:
    table = compared.differences[
        (compared.differences["scenario"] == "falls") & (compared.differences["area"] == "County")
    ]
    by_year = {m: t.set_index("year")["mean"] for m, t in table.groupby("measure")}
    assert by_year["bed_days"][ALL_YEARS] == pytest.approx(by_year["bed_days"].drop(ALL_YEARS).sum())
    beds = by_year["delayed_beds"].drop(ALL_YEARS)
    assert beds.min() <= by_year["delayed_beds"][ALL_YEARS] <= beds.max()
    days = by_year["delayed_days"][ALL_YEARS]
    assert by_year["delayed_beds"][ALL_YEARS] == pytest.approx(days / 250)


def test_another_way_of_paying_moves_money_and_makes_none(base: Scenario, simulated: list[int]) -> None:
    block = {"name": "a block", "rule": "block", "payer": "icb", "payee": "council", "pounds_a_year": 36525}
    paid = caresim.load(base, {"payment": {"name": "Block", "rules": [block]}})
    comparison = caresim.compare(base, {"block": paid}, replications=2)
    assert sorted(simulated) == [0, 1]
    money = comparison.money_differences
    money = money[(money["unitary"] == "County") & (money["year"] == ALL_YEARS)]
    council, icb = (one(money, partner=name, service="payment")["mean"] for name in ("council", "icb"))
    assert council == pytest.approx(-icb)
    assert icb == pytest.approx(250 * 100, rel=0.01)
    assert one(money, partner=ALL_PARTNERS)["mean"] == pytest.approx(0.0, abs=1e-6)


def test_what_is_paid_for_the_care_there_is_anyway_is_no_gain_from_a_change(base: Scenario) -> None:
    rule = {"name": "a tariff", "rule": "activity_tariff", "payer": "icb", "payee": "acute_trust",
            "per": "admitted_emergency", "pounds": 1000}  # fmt: skip
    way = {"name": "Paid by activity", "payment": {"name": "Tariff", "rules": [rule]}}
    scenarios = {
        "falls": caresim.load(base, {"interventions": [FALLS]}),
        "both": caresim.load(base, {"interventions": [FALLS, way]}),
        "way": caresim.load(base, {"interventions": [way]}),
    }
    comparison = caresim.compare(base, scenarios, replications=3)
    alike, money = comparison.paid_alike, comparison.money_differences
    assert set(alike["scenario"]) == {"both", "way"}
    found = {"unitary": "County", "year": ALL_YEARS, "partner": "icb", "service": "payment"}
    fewer = one(comparison.differences_by_place, scenario="falls", measure="emergency_admissions", place=ALL_PLACES,
                age="all ages", year=ALL_YEARS)["mean"]  # fmt: skip
    assert fewer < 0
    assert one(alike, scenario="both", **found)["mean"] == pytest.approx(1000 * fewer)
    assert one(alike, scenario="way", **found)["mean"] == 0.0
    anyway = one(money, scenario="way", **found)["mean"]
    assert anyway > 0
    assert one(money, scenario="both", **found)["mean"] == pytest.approx(anyway + 1000 * fewer)


def test_appraisals_are_those_of_the_runs_and_their_sums_by_month_end_at_the_total(base: Scenario) -> None:
    cost = {"payer": "council", "revenue_a_year": {"value": 36525, "low": 20000, "high": 60000}}
    scenario = caresim.load(base, {"interventions": [{**FALLS, "costs": [cost]}]})
    comparison = caresim.compare(base, {"falls": scenario}, replications=3, draws=3)
    tables = comparison.tables()
    assert {"appraisal", "drawn_appraisal", "cumulative", "drawn_cumulative"} <= set(tables)
    where = {"partner": "council", "area": "County"}
    path = tables["cumulative"]
    path = path[(path["partner"] == "council") & (path["area"] == "County")]
    table = tables["appraisal"][~tables["appraisal"]["corrected"]]
    net = one(table, measure="net_saving", basis="real", year="all", **where)["mean"]
    assert path["mean"].iloc[-1] == pytest.approx(net)
    assert path["month"].is_monotonic_increasing
    spent = one(comparison.money_differences, partner="council", service="investment", unitary="County",
                year=ALL_YEARS)["mean"]  # fmt: skip
    assert spent == pytest.approx(one(table, measure="investment", basis="base_year", year="all", **where)["mean"])
    drawn_cost = tables["drawn_appraisal"]
    row = one(drawn_cost[~drawn_cost["corrected"]], measure="investment", basis="base_year", year="all", **where)
    assert row["p95"] > row["p05"]


# ---- stopping and going on


class StoppedError(Exception):
    """What the tests stop a comparison with."""


def stop_after(number: int) -> Any:
    def tell(done: int, of: int) -> None:
        if done >= number:
            raise StoppedError

    return tell


def test_what_was_stopped_goes_on_and_gives_the_same_bits(
    base: Scenario, falls: Scenario, tmp_path: Path, simulated: list[int]
) -> None:
    scenarios, store = {"falls": falls}, tmp_path / "out.partial"
    whole = caresim.compare(base, scenarios, replications=6, draws=2)
    of_whole = len(simulated)
    with pytest.raises(StoppedError):
        caresim.compare(base, scenarios, replications=6, draws=2, store=store, progress=stop_after(4), workers=1)
    kept = kept_in(store)
    assert 4 <= kept < of_whole
    simulated.clear()
    resumed = caresim.compare(base, scenarios, replications=6, draws=2, store=store)
    assert len(simulated) == of_whole - kept
    same(whole, resumed)
    remove(store)
    assert list(tmp_path.iterdir()) == []


def test_what_was_kept_is_used_for_nothing_but_itself(
    base: Scenario, falls: Scenario, tmp_path: Path, simulated: list[int]
) -> None:
    caresim.compare(base, {"falls": falls}, replications=2, store=tmp_path)
    assert len(simulated) == 4
    for given in (
        {"seed": 2},
        {"baseline": caresim.load(base, {"pools.reablement.capacity": 4}), "seed": 1},
        {"engine": "reference"},
    ):
        simulated.clear()
        caresim.compare(**{"baseline": base, "scenarios": {"falls": given.get("baseline", falls)}, "replications": 2,
                           "store": tmp_path, **given})  # fmt: skip
        assert len(simulated) == (2 if "baseline" in given else 4), given


def test_new_code_uses_nothing_that_old_code_kept(
    base: Scenario, tmp_path: Path, simulated: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    caresim.compare(base, {"same": base}, replications=2, store=tmp_path)
    monkeypatch.setattr("caresim.studies.store.code_digest", lambda: "other")
    caresim.compare(base, {"same": base}, replications=2, store=tmp_path)
    assert sorted(simulated) == [0, 0, 1, 1]


def test_a_file_that_is_damaged_is_simulated_again(base: Scenario, tmp_path: Path, simulated: list[int]) -> None:
    whole = caresim.compare(base, {"same": base}, replications=3, store=tmp_path)
    first, second, _ = sorted(tmp_path.glob("*.npz"))
    first.write_bytes(first.read_bytes()[:1000])
    second.write_bytes(b"")
    simulated.clear()
    same(whole, caresim.compare(base, {"same": base}, replications=3, store=tmp_path))
    assert len(simulated) == 2


def test_a_folder_with_something_else_in_it_stays_when_what_was_kept_goes(base: Scenario, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("chapter 1", encoding="utf-8")
    caresim.compare(base, {"same": base}, replications=1, store=tmp_path)
    remove(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_progress_counts_everything_once_and_ends_with_all_done(base: Scenario, falls: Scenario) -> None:
    told: list[tuple[int, int]] = []
    caresim.compare(base, {"falls": falls}, replications=3, draws=2, progress=lambda *x: told.append(x))
    assert told[-1] == (10, 10)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


# ---- precision, draws, parts


def test_a_comparison_until_a_precision_stops_and_says_what_it_reached(base: Scenario, falls: Scenario) -> None:
    comparison = caresim.compare(base, {"falls": falls, "same": base}, until_precision=0.03)
    result = comparison.results["falls"]
    assert result.precision is not None
    assert result.precision <= 0.03
    assert comparison.results["same"].precision == 0.0
    assert result.precision == pytest.approx(max(reached(comparison, "falls", "hospital_driven_cost")))
    n = len(result.runs.replications)
    assert comparison.replications_for(result.precision / 2)["falls"] in (4 * n, 4 * n + 1)


def reached(comparison: Comparison, scenario: str, measure: str) -> list[float]:
    """Give half the interval of each year's difference over the baseline's mean of that year."""
    found = []
    for year in sorted({*comparison.baseline.summary["year"]} - {"all years"}):
        row = one(comparison.differences, scenario=scenario, measure=measure, area="County", year=year)
        mean = one(comparison.baseline.summary, measure=measure, area="County", year=year)["mean"]
        assert row["replications"] >= FEWEST
        found.append((row["high"] - row["low"]) / 2 / mean)
    return found


@pytest.mark.parametrize(
    ("first", "fork"), [([], 0), ([0, 0], 0), ([30, 27, 30], 27), ([1, 30, 30], 30), ([0, 24], 24)]
)
def test_scenarios_part_where_sharing_saves_most(first: list[int], fork: int) -> None:
    assert best_fork(first) == fork


def test_the_year_that_is_known_least_counts() -> None:
    """A change that begins late hardly touches its first year, which would be known best."""
    base = caresim.load({**priced(), "calendar": {**priced()["calendar"], "starts": "2018-04-01", "days": 731}})
    late = [{"on": "demand.admissions.fall", "times": 0.5, "from": "2019-03"}]
    changed = caresim.load(base, {"interventions": [{"name": "Late", "effects": late}]})
    comparison = caresim.compare(base, {"late": changed}, replications=FEWEST)
    first, second = reached(comparison, "late", "hospital_driven_cost")
    assert 0 < first < second
    assert comparison.results["late"].precision == pytest.approx(second)


def test_each_draw_lives_through_its_own_scenario_with_the_luck_of_its_number(base: Scenario, falls: Scenario) -> None:
    comparison = caresim.compare(base, {"falls": falls}, replications=3, draws=3, seed=5)
    runs = comparison.drawn["falls"].runs
    for k, (own, replication) in enumerate(runs.each()):
        scenario = drawn(falls, 5, k)
        assert own.scenario == scenario
        alone = caresim.run(scenario, replications=k + 1, seed=5).runs.replications[k]
        np.testing.assert_array_equal(replication.flow, alone.flow)
    assert comparison.drawn_baseline is not None
    pd.testing.assert_frame_equal(comparison.drawn_baseline.summary, comparison.baseline.summary)
    assert comparison.has_uncertain_sizes("falls")


def test_a_draw_that_cannot_be_run_is_named_with_where_it_is_written() -> None:
    base = {"calendar": {"days": 30}, "demand": {"population": 900}, "pools": {"reablement": {"capacity": 10}}}
    fewer = [{"on": "pools.reablement.capacity", "plus": {"value": -4, "low": low}} for low in (-9, -8)]
    scenario = caresim.load({**base, "interventions": [{"name": "Fewer", "effects": fewer}]})
    with pytest.raises(caresim.ConfigError, match=r"^dict: pools.reablement.capacity .* with the sizes of draw \d+;"):
        caresim.compare(base, {"fewer": scenario}, replications=1, draws=30)


def test_what_the_evidence_leaves_open_widens_the_spread(base: Scenario, falls: Scenario) -> None:
    comparison = caresim.compare(base, {"falls": falls}, replications=20, draws=20)
    where = {"measure": "admissions", "area": "County", "year": ALL_YEARS}
    plain, open_ = one(comparison.differences, **where), one(comparison.drawn_differences, **where)
    assert open_["p95"] - open_["p05"] > plain["p95"] - plain["p05"]


def test_uncertain_costs_are_no_reason_to_simulate_again(base: Scenario, simulated: list[int]) -> None:
    dear = {"name": "Dear", "costs": [{"payer": "council", "revenue_a_year": {"value": 9, "low": 5, "high": 20}}]}
    comparison = caresim.compare(base, {"dear": caresim.load(base, {"interventions": [dear]})}, 2, draws=2)
    assert sorted(simulated) == [0, 1]
    assert comparison.has_uncertain_sizes("dear")


def test_parts_and_interaction_add_up_to_the_total(base: Scenario) -> None:
    both = caresim.load(base, {"interventions": [FALLS, SLOTS], **DEAR})
    comparison = caresim.compare(base, {"both": both}, replications=3, bridge=["both"])
    table = comparison.bridge
    assert list(table["part"].unique()) == ["other changes", "Fewer falls", "More reablement", "interaction", "total"]
    wide = table.pivot_table(index=["measure", "area", "year"], columns="part", values="mean", sort=False)
    parts = wide[["other changes", "Fewer falls", "More reablement", "interaction"]].sum(axis=1)
    np.testing.assert_allclose(parts, wide["total"], atol=1e-6)
    total = one(table, part="total", measure="bed_days", area="County", year=ALL_YEARS)
    whole = one(comparison.differences, measure="bed_days", area="County", year=ALL_YEARS)
    assert total["mean"] == whole["mean"]
    only_falls = caresim.compare(base, {"x": caresim.load(base, {"interventions": [FALLS]})}, replications=3)
    alone = one(only_falls.differences, measure="bed_days", area="County", year=ALL_YEARS)
    assert one(table, part="Fewer falls", measure="bed_days", area="County", year=ALL_YEARS)["mean"] == alone["mean"]


def test_interventions_of_the_baseline_are_no_part_of_the_bridge(falls: Scenario) -> None:
    both = caresim.load(falls, {"interventions": [FALLS, SLOTS]})
    comparison = caresim.compare(falls, {"both": both}, replications=2, bridge=["both"])
    assert list(comparison.bridge["part"].unique()) == ["More reablement", "interaction", "total"]


def test_event_logs_are_kept_if_they_were_asked_for(base: Scenario, falls: Scenario) -> None:
    comparison = caresim.compare(base, {"falls": falls}, replications=1, events=True)
    alone = caresim.run(falls, replications=1, events=True)
    pd.testing.assert_frame_equal(comparison.results["falls"].events(), alone.events())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"replications": 0}, "replications must be from 1 to 100,000, got 0"),
        ({"replications": 100_001}, "replications must be from 1 to 100,000, got 100001"),
        ({"draws": -1}, "draws must be from 0 to 100,000, got -1"),
        ({"draws": 10**9}, "draws must be from 0 to 100,000, got 1000000000"),
        ({"draws": 1.5}, "draws must be a whole number, got 1.5"),
        ({"bridge": ["flals"]}, "bridge: there is no scenario 'flals'; there are: falls"),
        ({"bridge": ["falls"], "scenarios": {"falls": priced()}}, "has no interventions that could be run one by one"),
        ({"scenarios": {}}, "there is no scenario to compare with the baseline"),
        ({"engine": "fast"}, "there is no engine 'fast'"),
        ({"scenarios": [priced()]}, "scenarios must be a mapping of short names to scenarios, got list"),
        ({"scenarios": {"baseline": priced()}}, "a scenario cannot be called 'baseline'"),
        ({"scenarios": {1: priced()}}, "a scenario cannot be called 1"),
    ],
)
def test_what_cannot_be_compared_is_said(base: Scenario, falls: Scenario, given: dict[str, Any], said: str) -> None:
    with pytest.raises(caresim.CaresimError) as error:
        caresim.compare(**{"baseline": base, "scenarios": {"falls": falls}, "replications": 1, **given})
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"calendar.days": 20}, "x: its calendar is not that of the baseline, so they cannot be paired"),
        ({"geography.county": "Elsewhere"}, "x: its county, Elsewhere, is not the baseline's, County"),
        (
            {"geography.places": {"Here": {}, "There": {}}},
            "x: its places are not those of the baseline, so they cannot be paired",
        ),
    ],
)
def test_other_days_places_or_another_county_cannot_be_paired(change: dict[str, Any], said: str) -> None:
    plain = {"calendar": {"days": 30}}
    with pytest.raises(caresim.CaresimError) as error:
        caresim.compare(plain, {"x": caresim.load(plain, change)}, replications=1)
    assert str(error.value) == said


@pytest.mark.parametrize("precision", [0.0, -0.1, 2.0])
def test_a_precision_out_of_its_range_is_named(compared: Comparison, precision: float) -> None:
    with pytest.raises(caresim.CaresimError, match="a precision must be above 0 and at most 1"):
        compared.replications_for(precision)

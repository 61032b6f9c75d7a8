"""Appraisals: by hand on small arrays, and what holds when a small county is simulated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import caresim
from caresim.config.vocabulary import COST_LINES, PARTNERS
from caresim.measures.runs import Runs
from caresim.money.appraisal import Appraisal, appraise
from caresim.money.by_line import cash_by_line
from caresim.money.outcomes import appraisal_table, fund_balances, net_present_value, payback, split_of_npv
from caresim.money.payments import positions
from caresim.studies.result import Result
from tests.measures.worlds import priced
from tests.money.books import CONFIG, months

ASSUMPTIONS = {
    "discount_rate": 0.1,
    "inflation": 0.02,
    "uplift": {"by_service": {line: 0.05 if line == "residential" else 0.02 for line in COST_LINES}},
    "cashable": {"by_service": {line: 0.0 if line == "acute_beds" else 1.0 for line in COST_LINES}},
    "cost_uplift": {"by_grade": {"A": 0.1, "B": 0.2, "C": 0.5}},
    "benefit_haircut": {"by_grade": {"A": 0.1, "B": 0.25, "C": 0.5}},
}
COUNCIL, ICB, TRUST = (PARTNERS.index(p) for p in ("council", "icb", "acute_trust"))
ACCOUNTS = (*PARTNERS, "pilot")


def by_hand() -> Appraisal:
    """Two years and one replication: 1,200 spent at once by the fund, 100 a month saved from then on.

    Half is on residential care, which the council pays for, half on beds, which the trust has; the trust is paid 20 a
    month less, by the ICB.
    """
    shape = (1, 24, 1, len(ACCOUNTS))
    saving, received, invested = np.zeros((*shape, len(COST_LINES))), np.zeros(shape), np.zeros((*shape, 3))
    saving[:, :, :, COUNCIL, COST_LINES.index("residential")] = 50
    saving[:, :, :, TRUST, COST_LINES.index("acute_beds")] = 50
    received[..., TRUST], received[..., ICB] = -20, 20
    invested[:, 0, :, ACCOUNTS.index("pilot"), 1] = 1200
    time = months()
    return Appraisal(
        name="by hand", assumptions=caresim.load({**CONFIG, "appraisal": ASSUMPTIONS}).config.appraisal,
        numbers=(0,), months=time.starts, year=time.year, begins=time.begins, years=("2018-19", "2019-20"),
        county="County", unitaries=("County",), accounts=ACCOUNTS, funds={"pilot": (1000.0, 200.0, 0.5)},
        days=time.share_of_year, saving=saving, received=received, investment=invested, own_received=received,
        own_investment=invested, grade="B", same_payment=True, base_year=2018,
    )  # fmt: skip


def value(table: pd.DataFrame, measure: str, partner: str = "everybody", year: str = "all", **where: Any) -> float:
    """Look a mean up."""
    chosen = {"basis": "base_year", "corrected": False, **where, "measure": measure, "partner": partner, "year": year}
    for column, wanted in chosen.items():
        table = table[table[column] == wanted]
    (found,) = table["mean"]
    return float(found)


@pytest.fixture(scope="module")
def hand() -> pd.DataFrame:
    """Make the table of the appraisal by hand."""
    return appraisal_table(by_hand())


def test_savings_costs_and_payments_are_kept_apart(hand: pd.DataFrame) -> None:
    assert value(hand, "gross_saving") == pytest.approx(2400)
    assert value(hand, "cashable_saving") == pytest.approx(1200)
    assert value(hand, "capacity_released") == pytest.approx(1200)
    assert value(hand, "investment") == pytest.approx(1200)
    assert value(hand, "net_saving") == pytest.approx(1200)
    assert value(hand, "net_cashable_saving") == pytest.approx(0)
    assert value(hand, "net_saving", year="2018-19") == pytest.approx(0)


def test_payments_say_who_gains_from_what_another_saves(hand: pd.DataFrame) -> None:
    assert value(hand, "payments_received") == pytest.approx(0)
    assert value(hand, "payments_received", "icb") == pytest.approx(480)
    assert value(hand, "net_cashable_saving", "acute_trust") == pytest.approx(-480)  # it saves no cash and loses income
    assert value(hand, "net_saving", "acute_trust") == pytest.approx(1200 - 480)
    assert value(hand, "net_saving", "pilot") == pytest.approx(-1200)


def test_bases_differ_by_inflation_uplift_and_discount(hand: pd.DataFrame) -> None:
    def council(basis: str, year: str) -> float:
        return value(hand, "gross_saving", "council", year, basis=basis)

    assert council("nominal", "2018-19") == pytest.approx(600)
    assert council("nominal", "2019-20") == pytest.approx(600 * 1.05)
    assert council("real", "2019-20") == pytest.approx(600 * 1.05 / 1.02)
    assert council("present", "2019-20") == pytest.approx(600 * 1.05 / 1.02 / 1.1)
    assert value(hand, "gross_saving", "acute_trust", "2019-20", basis="real") == pytest.approx(600)
    assert value(hand, "payments_received", "icb", "2019-20", basis="nominal") == pytest.approx(240 * 1.02)


def test_net_present_value_and_ratio_by_hand(hand: pd.DataFrame) -> None:
    benefit = 1200 + (600 * 1.05 / 1.02 + 600) / 1.1
    assert value(hand, "net_present_value", basis="present") == pytest.approx(benefit - 1200)
    assert value(hand, "benefit_cost_ratio", basis="present") == pytest.approx(benefit / 1200)
    assert value(hand, "probability_npv_above_0", basis="present") == 1
    assert net_present_value(by_hand())[0, 0, 0] == pytest.approx(benefit - 1200)


def test_payback_by_hand(hand: pd.DataFrame) -> None:
    assert value(hand, "payback_month", basis="real") == 12
    assert value(hand, "payback_month_cashable", basis="real") == 24  # 1,200 real at 50, then at 51.47 a month
    assert value(hand, "probability_of_payback", basis="real") == 1
    assert np.isnan(value(hand, "payback_month", "council", basis="real"))  # it spent nothing
    assert np.isnan(value(hand, "probability_of_payback", "council", basis="real"))
    assert np.isnan(payback(by_hand())[0, 0, 2 + ACCOUNTS.index("pilot")])  # it gets nothing back


def test_optimism_bias_makes_costs_dearer_and_savings_smaller(hand: pd.DataFrame) -> None:
    assert value(hand, "gross_saving", corrected=True) == pytest.approx(2400 * 0.75)
    assert value(hand, "investment", corrected=True) == pytest.approx(1200 * 1.2)
    assert value(hand, "payments_received", "icb", corrected=True) == pytest.approx(480 * 0.75)
    assert (
        value(hand, "payback_month", basis="real", corrected=True) == 20
    )  # 1,440 at 75 a month, 76 in the second year


def test_a_loss_is_not_made_smaller_by_optimism_bias() -> None:
    a = by_hand()
    worse = appraisal_table(replace(a, saving=-a.saving))
    assert value(worse, "gross_saving", corrected=True) == pytest.approx(-2400)


def test_with_fewer_replications_corrected_and_cashable_sums_err_downwards_if_at_all() -> None:
    hand, luck = by_hand(), np.random.default_rng(5)
    saving = luck.normal(0.0, 100.0, (6, *hand.saving.shape[1:]))
    whole = replace(hand, numbers=tuple(range(6)), saving=saving)
    parts = [replace(hand, numbers=(i,), saving=saving[[i]]) for i in range(6)]
    for corrected, cash in ((True, False), (False, True)):
        of_one = np.mean([part.savings("base_year", corrected, cash).sum() for part in parts])
        assert of_one < whole.savings("base_year", corrected, cash).sum() / 6 < whole.savings().sum() / 6
    error = saving.sum(axis=1).std(axis=0, ddof=1) / np.sqrt(6)
    low = whole.savings().sum() / 6 - whole.savings(corrected=True).sum() / 6  # nothing is saved: all of it is chance
    assert 0 < low < 2 * 0.4 * 0.25 * error.sum()


def test_payments_under_another_way_of_paying_are_not_corrected() -> None:
    table = appraisal_table(replace(by_hand(), same_payment=False))
    assert value(table, "payments_received", "icb", corrected=True) == pytest.approx(480)


def test_what_costs_more_costs_cash_though_a_saving_there_would_not() -> None:
    hand = by_hand()
    hand.saving[:, :, :, TRUST, COST_LINES.index("acute_beds")] = -50
    table = appraisal_table(hand)
    assert value(table, "cashable_saving", "acute_trust") == pytest.approx(-1200)
    assert value(table, "capacity_released", "acute_trust") == 0


def test_a_fund_is_given_back_its_share_of_what_is_saved_in_cash() -> None:
    balance = fund_balances(by_hand())
    assert balance["recycled"].tolist() == pytest.approx([300, 315])
    assert balance["closing"].tolist() == pytest.approx([1000 + 200 - 1200 + 300, 300 + 200 + 315])


def of_four(a: Appraisal, *factors: float) -> Appraisal:
    """Live the same years through several times, with more or less saved."""
    saving = np.concatenate([a.saving * f for f in factors])
    others = {name: np.concatenate([getattr(a, name)] * len(factors))
              for name in ("received", "investment", "own_received", "own_investment")}  # fmt: skip
    return replace(a, numbers=tuple(range(len(factors))), saving=saving, **others)


def test_a_balance_has_its_interval_and_the_range_of_replications() -> None:
    """300 are given back in the first year, and 0.8, 0.9, 1.1 and 1.2 times as much."""
    balance = fund_balances(of_four(by_hand(), 0.8, 0.9, 1.1, 1.2)).iloc[0]
    closing = np.asarray([240, 270, 330, 360])
    half = 3.182446 * closing.std(ddof=1) / 2  # Student's t with three degrees of freedom
    ends = {"closing": 300, "closing_low": 300 - half, "closing_high": 300 + half, "closing_p05": 244.5,
            "closing_p95": 355.5, "replications": 4}  # fmt: skip
    assert balance[list(ends)].to_dict() == pytest.approx(ends)
    alone = fund_balances(by_hand()).iloc[0]
    assert np.isnan(alone["closing_low"])
    assert alone["closing"] == pytest.approx(300)


def test_a_fund_gets_nothing_back_in_a_year_in_which_nothing_is_saved_on_average() -> None:
    assert fund_balances(of_four(by_hand(), 1.0, -1.1))["recycled"].tolist() == [0, 0]
    assert fund_balances(of_four(by_hand(), 1.1, -1.0))["recycled"].tolist() == pytest.approx([15, 15.75])


def test_what_lines_save_and_what_of_it_is_cash_adds_up_to_the_appraisal() -> None:
    hand = of_four(by_hand(), 0.8, 1.2)
    table, weighed = cash_by_line({"x": hand}), appraisal_table(hand)
    line = table[table["service"].eq("acute_beds") & table["year"].eq("2018-19") & table["partner"].eq("public")]
    assert line.set_index("measure")["mean"].to_dict() == pytest.approx({"saving": 600, "cashable_saving": 0})
    assert line.set_index("measure").loc["saving", ["p05", "p95"]].tolist() == pytest.approx([492, 708])
    whole = table[table["service"].eq("all services")]
    for mine, theirs in (("saving", "net_saving"), ("cashable_saving", "net_cashable_saving")):
        for row in whole[whole["measure"].eq(mine)].itertuples():
            assert row.mean == pytest.approx(value(weighed, theirs, str(row.partner), str(row.year)))
    assert set(table["service"]) == {"residential", "acute_beds", "investment", "payment", "all services"}
    assert set(table[table["service"].eq("residential")]["partner"]) == {"everybody", "public", "council"}


def test_the_balance_of_a_fund_has_what_the_baseline_spends_too() -> None:
    """The fund pays 500 a year to the council and 1,000 for a change on both sides, and 2,000 for what is new."""
    grant = {"name": "grant", "rule": "block", "payer": "pilot", "payee": "council", "pounds_a_year": 500}
    fund = {"opening": 10_000, "recycled_share": 0.5}
    old, new = ({"name": name, "costs": [{"payer": "pilot", "revenue_a_year": pounds}]}
                for name, pounds in (("Old", 1000), ("New", 2000)))  # fmt: skip
    config = {**CONFIG, "payment": {"name": "x", "rules": [grant], "funds": {"pilot": fund}}}
    before, after = (
        caresim.run({**config, "interventions": changes}, replications=1) for changes in ([old], [old, new])
    )
    a = appraise(before.runs, after.runs)
    balance = fund_balances(a)
    assert balance["spent"].tolist() == pytest.approx([3000, 3000])
    assert balance["received"].tolist() == pytest.approx([-500, -500])
    assert balance["recycled"].tolist() == [0, 0]
    assert balance["closing"].tolist() == pytest.approx([6500, 3000])
    assert a.costs().sum() == pytest.approx(4000)  # what the scenario has in common with its baseline is no cost of it
    assert not a.payments().any()


def test_the_horizon_cuts_off_what_lies_beyond_it() -> None:
    runs = caresim.run({**CONFIG, "appraisal": {**ASSUMPTIONS, "horizon_years": 1}}, replications=1).runs
    a = appraise(runs, runs)
    assert (len(a.months), a.years) == (12, ("2018-19",))


def test_the_variance_of_the_net_present_value_is_split() -> None:
    a = by_hand()
    four = replace(a, numbers=(0, 1, 2, 3), **{
        name: np.concatenate([getattr(a, name) * f for f in (0.8, 1.2, 0.8, 1.2)])
        for name in ("saving", "received", "investment")
    })  # fmt: skip
    wide = replace(four, saving=four.saving.mean(axis=0) + 2 * (four.saving - four.saving.mean(axis=0)))
    split = split_of_npv(four, wide)
    assert split.total[0, 0] > split.chance[0, 0] > 0
    assert split_of_npv(four, four).share_of_size[0, 0] == 0


# ---- a county that is simulated

RULES = [
    {"name": "tariff", "rule": "activity_tariff", "payer": "icb", "payee": "acute_trust", "per": "admitted_emergency",
     "pounds": 2000},
    {"name": "pool", "rule": "pooled_fund", "bears": ["home_care", "residential", "tariff"],
     "shares": {"council": 0.5, "icb": 0.5}},
]  # fmt: skip
FALLS = {
    "name": "Falls",
    "effects": [{"on": "demand.admissions.fall", "times": {"value": 0.5, "grade": "B"}, "ramp_months": 2}],
    "costs": [{"payer": "pilot", "capital": 3000, "on": "2019-04"}, {"payer": "council", "revenue_a_year": 5000}],
}  # fmt: skip


def county(*changes: dict[str, Any], rules: Any = (), **prices: float) -> Result:
    """Run the world with prices."""
    payment = {"name": "x", "rules": list(rules), "funds": {"pilot": {"opening": 5000}}}
    config = {**priced(**prices), "payment": payment, "interventions": list(changes), "appraisal": ASSUMPTIONS}
    return caresim.run(config, replications=3)


@pytest.fixture(scope="module")
def base() -> Result:
    """Run the county as it is."""
    return county(rules=RULES)


@pytest.fixture(scope="module")
def changed() -> Result:
    """Run the county with fewer falls."""
    return county(FALLS, rules=RULES)


def test_a_change_with_no_effect_saves_nothing_at_all(base: Result) -> None:
    none = county({"name": "None", "effects": [{"on": "demand.admissions.fall", "times": 1}]}, rules=RULES)
    a = appraise(base.runs, none.runs)
    assert not a.saving.any()
    assert not a.received.any()
    assert not a.investment.any()


def test_the_appraisal_is_the_difference_of_the_two_ledgers(base: Result, changed: Result) -> None:
    a = appraise(base.runs, changed.runs)
    before, after = base.table("money"), changed.table("money")
    care = [t[~t["service"].isin(["investment", "payment"])]["pounds"].sum() / 3 for t in (before, after)]
    table = appraisal_table(a)
    assert value(table, "gross_saving", area="County") == pytest.approx(care[0] - care[1])
    spent = after[after["service"] == "investment"]["pounds"].sum() / 3
    assert value(table, "investment", area="County") == pytest.approx(spent)
    assert value(table, "payments_received", area="County") == pytest.approx(0, abs=0.005)


def test_areas_and_years_and_partners_add_up(base: Result, changed: Result) -> None:
    table = appraisal_table(appraise(base.runs, changed.runs))
    table = table[(table["unit"] == "pounds") & (table["measure"] != "net_present_value")]
    wide = table.pivot_table(
        index=["measure", "basis", "corrected", "partner", "year"], columns="area", values="mean", observed=True
    )
    assert (wide["County"] - wide["North"] - wide["South"]).abs().max() < 0.01
    flows = table[~table["measure"].str.startswith("net_present")]
    years = flows.pivot_table(
        index=["measure", "basis", "corrected", "partner", "area"], columns="year", values="mean", observed=True
    )
    assert (years["all"] - years.drop(columns="all").sum(axis=1)).abs().max() < 0.01
    who = table.pivot_table(
        index=["measure", "basis", "corrected", "area", "year"], columns="partner", values="mean", observed=True
    )
    assert (who["everybody"] - who[[*PARTNERS, "pilot"]].sum(axis=1)).abs().max() < 0.01
    assert (who["public"] - who["everybody"] + who["person"]).abs().max() < 0.01


def test_comparing_ways_of_paying_changes_no_total(base: Result, changed: Result) -> None:
    totals = []
    for payment in (base.scenario.config.payment, county().scenario.config.payment):
        table = positions(changed.runs, base.runs, payment)
        assert table["paid"].sum() == pytest.approx(table["received"].sum(), abs=0.01)
        totals.append(table.groupby(["replication", "year", "unitary"], observed=True)["net"].sum().to_numpy())
    assert totals[0] == pytest.approx(totals[1], abs=0.005)


def test_the_money_table_adds_up_to_the_same_under_every_way_of_paying(changed: Result) -> None:
    by = ["replication", "year", "unitary"]
    with_rules, without = (
        t.groupby(by, observed=True)["pounds"].sum() for t in (changed.table("money"), county(FALLS).table("money"))
    )
    assert (with_rules - without).abs().max() < 0.005


def test_measures_are_before_payments(changed: Result) -> None:
    pd.testing.assert_frame_equal(changed.summary, county(FALLS).summary)


def test_a_way_of_paying_that_a_change_brings_takes_the_place_of_the_scenarios() -> None:
    brought = {"name": "ICO", "kind": "ico", "payment": {"name": "y", "rules": RULES[:1]}, "costs": FALLS["costs"]}
    money = county(brought).table("money")
    assert set(money[money["service"] == "payment"]["line"]) == {"tariff"}
    assert "pilot" in set(money["partner"])  # the funds stay


def test_replications_are_paired_by_number(base: Result, changed: Result) -> None:
    some = Runs(changed.runs.compiled, changed.runs.replications[1:])
    a, whole = appraise(base.runs, some), appraise(base.runs, changed.runs)
    assert a.numbers == (1, 2)
    assert a.saving == pytest.approx(whole.saving[1:])
    several = [Runs(changed.runs.compiled, [r]) for r in changed.runs.replications]
    assert appraise(base.runs, several).saving == pytest.approx(whole.saving)


def test_runs_that_cannot_be_paired_are_refused(base: Result, changed: Result) -> None:
    other = caresim.run({**CONFIG}, replications=1)
    with pytest.raises(caresim.CaresimError, match="report different months"):
        appraise(base.runs, other.runs)
    none = Runs(changed.runs.compiled, [replace(changed.runs.replications[0], number=99)])
    with pytest.raises(caresim.CaresimError, match="give both the same numbers"):
        appraise(base.runs, none)


def test_a_price_that_changes_on_the_way_is_that_of_the_month() -> None:
    plain = county()
    halved = county({"name": "Cheaper", "effects": [{"on": "prices.residential", "times": 0.5, "from": "2019-06"}]})
    a = appraise(plain.runs, halved.runs)
    saved = a.saving[..., COST_LINES.index("residential")].sum(axis=(0, 2, 3))
    began = [m.month == 6 for m in a.months].index(True)
    assert not saved[:began].any()
    before = county(residential=320)
    whole = appraise(plain.runs, before.runs).saving[..., COST_LINES.index("residential")].sum(axis=(0, 2, 3))
    assert saved[began:] == pytest.approx(whole[began:])


def test_a_price_may_change_in_one_place_only() -> None:
    effect = {"on": "prices.home_care", "times": 2, "where": {"unitary": "North"}}
    a = appraise(county().runs, county({"name": "Dearer", "effects": [effect]}).runs)
    by_unitary = a.saving.sum(axis=(0, 1, 3, 4))
    assert by_unitary[0] < 0
    assert by_unitary[1] == 0


def test_the_columns_of_the_table(base: Result, changed: Result) -> None:
    table = appraisal_table({"one": appraise(base.runs, changed.runs)})
    assert list(table.columns) == [
        "scenario", "measure", "unit", "basis", "corrected", "partner", "area", "year", "mean", "low", "high", "p05",
        "p95", "replications", "p20", "p80",
    ]  # fmt: skip
    assert set(table["scenario"]) == {"one"}
    worth = table[table["measure"].eq("net_present_value") & table["replications"].gt(1)]
    assert len(worth)
    assert (worth["p05"] <= worth["p20"]).all()
    assert (worth["p20"] <= worth["p80"]).all()
    assert not table.duplicated(["measure", "basis", "corrected", "partner", "area", "year"]).any()
    shares = table[table["unit"] == "share"]["mean"].dropna()
    assert shares.between(0, 1).all()

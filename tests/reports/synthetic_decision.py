"""Make up the tables of a comparison, so that reports for a decision can be tested without a simulation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from caresim.reports.decision.tables import COLUMNS
from tests.reports import synthetic

COUNTY, UNITARIES = synthetic.COUNTY, synthetic.UNITARIES
AREAS = {COUNTY: 1.0, UNITARIES[0]: 0.48, UNITARIES[1]: 0.52}
YEARS = tuple(synthetic.year_name(i) for i in range(5))
PUBLIC_PARTNERS = ("council", "icb", "acute_trust", "community_trust", "business_rates_pilot")
PARTNERS = (*PUBLIC_PARTNERS, "person")
DIFFERENCE = tuple(f"difference_{name}" for name in ("mean", "low", "high", "p05", "p95"))
AGES = ("18-64", "65-74", "75-84", "85+")

# Saved in the last year (pounds of hospital-driven cost, emergency admissions, delayed days), and what it costs a year.
TRUTH: dict[str, tuple[str, float, float, float, float]] = {
    "reablement": ("Reablement growth", 1.9e6, 40, 2_600, 0.75e6),
    "falls": ("Falls prevention", 0.45e6, 180, 420, 0.41e6),
    "falls_no_effect": ("Falls prevention, no effect", 0.0, 0, 0, 0.41e6),
    "seven_day": ("Seven-day discharge", 0.8e6, 0, 5_200, 1.1e6),
    "portfolio": ("The three together", 2.9e6, 215, 7_600, 2.26e6),
}
SPLIT = {"council": 0.55, "icb": 0.08, "acute_trust": 0.3, "community_trust": 0.02, "person": 0.05}
PAYERS = {"council": 0.6, "icb": 0.2, "business_rates_pilot": 0.2}
SERVICES = {"home_care": 0.4, "residential": 0.35, "reablement": -0.2, "acute_beds": 0.45}
EVIDENCE = "For: a trial found fewer falls (A). Against: PreFIT, a large English trial, found no fewer fractures (A)."


def ramp(year: int) -> float:
    """How far a saving has grown by a year."""
    return min(1.0, 0.1 + 0.25 * year)


class Maker:
    """Rows of every table from the same truth."""

    def __init__(self, replications: int, draws: int) -> None:
        self.n, self.draws = replications, draws

    def spread(self, mean: float, sd: float, n: int) -> tuple[float, ...]:
        """Mean, low, high, p05, p95."""
        if n < 2:
            return (mean, np.nan, np.nan, mean, mean)
        half = 2 * sd / np.sqrt(n)
        return (mean, mean - half, mean + half, mean - 1.64 * sd, mean + 1.64 * sd)

    def years(self) -> list[tuple[str, float]]:
        each = [(year, ramp(i)) for i, year in enumerate(YEARS)]
        return [*each, ("all years", sum(factor for _, factor in each))]

    def changes(self, key: str, measure: str) -> float:
        _, saved, admissions, days, cost = TRUTH[key]
        sizes = {
            "hospital_driven_cost": -saved, "hospital_driven_cost_in_year": -saved * 0.6,
            "new_demand_cost_in_year": -saved * 0.6, "hospital_driven_cost_net": -saved * 0.8,
            "council_gross_cost": -saved * 1.2 + cost, "council_net_cost": -saved + cost, "nhs_cost": -saved * 0.4,
            "emergency_admissions_65_plus": -admissions, "admissions": -admissions, "delayed_days": -days,
            "delayed_beds": -days / 365, "dtoc_days": -days * 0.8, "dtoc_beds": -days * 0.8 / 365,
            "bed_days": -days * 1.1 - admissions * 9, "days_at_home": days + admissions * 11,
            "people_supported": -saved / 25_000, "home_care_hours_a_week": -saved / 3_000,
        }  # fmt: skip
        return sizes.get(measure, 0.0)

    def summary(self) -> pd.DataFrame:
        maker = synthetic._Maker(max(self.n, 1), len(YEARS), np.random.default_rng(1))
        base = maker.summary().assign(scenario="baseline")
        others = []
        for key in TRUTH:
            factor = base["year"].map({year: ramp(i) for i, year in enumerate(YEARS)})
            change = base["measure"].map(lambda m, key=key: self.changes(key, m)) * factor * base["area"].map(AREAS)
            moved = {c: base[c] + change for c in ("mean", "low", "high", "p05", "p95")}
            others.append(base.assign(scenario=key, **moved))
        return pd.concat([base, *others], ignore_index=True)[list(COLUMNS["summary"])]

    def differences(self, n: int, wider: float = 1.0) -> pd.DataFrame:
        units = {name: unit for name, (unit, *_) in synthetic.MEASURES.items()}
        rows = []
        for key in TRUTH:
            for measure, unit in units.items():
                for area, share in AREAS.items():
                    for year, factor in self.years():
                        mean = self.changes(key, measure) * share * factor
                        sd = abs(mean) * 0.07 * wider
                        ratio = np.nan if mean == 0 else 40.0
                        tail = (mean - 3 * sd, mean + 3 * sd, ratio, float(mean < 0), float(mean > 0),
                                mean - 0.84 * sd, mean + 0.84 * sd)  # fmt: skip
                        rows.append((key, measure, unit, area, year, *self.spread(mean, sd, n), n, *tail))
        return pd.DataFrame(rows, columns=list(COLUMNS["differences"]))

    def places(self) -> pd.DataFrame:
        rows = []
        for key, (_, saved, admissions, days, cost) in TRUTH.items():
            for place, (_, share) in {**synthetic.PLACES, "all places": ("", 1.0)}.items():
                target = 1.0 if key != "falls" else 2.2 if place in {"Corby", "Northampton"} else 0.1
                for age, part in {**dict(zip(AGES, (0.05, 0.15, 0.4, 0.4), strict=True)), "all ages": 1.0}.items():
                    sizes = {"emergency_admissions": -admissions, "people_supported": -saved / 25_000,
                             "days_not_at_home": -days, "new_care_home_council": -saved / 60_000}  # fmt: skip
                    for measure, size in sizes.items():
                        for year, factor in self.years():
                            mean = size * share * part * factor * (target if place != "all places" else 1.0)
                            mean, low, high, *_ = self.spread(mean, abs(mean) * 0.5 + 0.2 * bool(size), self.n)
                            rows.append((key, place, age, measure, "people", year, mean, low, high, self.n))
                money = {"hospital_driven_cost": -saved, "council_net_cost": -saved * 1.1, "nhs_cost": -saved * 0.4,
                         "investment_cost": cost, "public_cost": cost - saved * 1.5}  # fmt: skip
                for measure, size in money.items():
                    for year, factor in self.years():
                        mean = size * share * factor * (target if place != "all places" else 1.0)
                        mean, low, high, *_ = self.spread(mean, abs(mean) * 0.3, self.n)
                        rows.append((key, place, "all ages", measure, "pounds", year, mean, low, high, self.n))
        return pd.DataFrame(rows, columns=list(COLUMNS["differences_by_place"]))

    def saved(self, key: str, partner: str) -> float:
        return TRUTH[key][1] * 1.8 * SPLIT.get(partner, 0.0)

    def spent(self, key: str, partner: str) -> float:
        return TRUTH[key][4] * PAYERS.get(partner, 0.0)

    def money(self) -> pd.DataFrame:
        rows = []
        for key in TRUTH:
            for area, share in AREAS.items():
                for i, year in enumerate((*YEARS, "all years")):
                    reached = ramp(i) if year in YEARS else sum(ramp(j) for j in range(5))
                    years = 1 if year in YEARS else 5
                    whole = 0.0
                    for partner in PARTNERS:
                        total = -self.saved(key, partner) * reached * share
                        for service, part in SERVICES.items():
                            rows.append((key, year, area, partner, service, *self.spread(
                                total * part, abs(total * part) * 0.1, self.n)[:3], self.n))  # fmt: skip
                        cost = self.spent(key, partner) * years * share
                        if cost:
                            rows.append((key, year, area, partner, "investment", cost, cost, cost, self.n))
                        net = total + cost
                        whole += net
                        numbers = self.spread(net, abs(total) * 0.08, self.n)[:3]
                        rows.append((key, year, area, partner, "all services", *numbers, self.n))
                    numbers = self.spread(whole, abs(whole) * 0.08, self.n)[:3]
                    rows.append((key, year, area, "all partners", "all services", *numbers, self.n))
        return pd.DataFrame(rows, columns=list(COLUMNS["money_differences"]))

    def bridge(self) -> pd.DataFrame:
        parts = {"Reablement growth": 1.9e6, "Falls prevention": 0.45e6, "Seven-day discharge": 0.8e6}
        parts |= {"interaction": 2.9e6 - sum(parts.values()), "total": 2.9e6}
        rows = []
        for part, size in parts.items():
            for area, share in AREAS.items():
                for year, factor in self.years():
                    mean, low, high, *_ = self.spread(-size * share * factor, abs(size) * 0.05 * share, self.n)
                    rows.append(
                        ("portfolio", part, "hospital_driven_cost", "pounds", area, year, mean, low, high, self.n)
                    )
        return pd.DataFrame(rows, columns=list(COLUMNS["bridge"]))

    def appraisal(self, n: int, wider: float = 1.0) -> pd.DataFrame:
        rows = []
        members = {"everybody": PARTNERS, "public": PUBLIC_PARTNERS, **{p: (p,) for p in PARTNERS}}
        for key in TRUTH:
            for corrected in (False, True):
                for partner, group in members.items():
                    for area, share in AREAS.items():
                        rows += self.weighed(key, corrected, partner, group, area, share, n, wider)
        return pd.DataFrame(rows, columns=list(COLUMNS["appraisal"]))

    def weighed(
        self, key: str, corrected: bool, partner: str, group: tuple[str, ...], area: str, share: float, n: int,
        wider: float,
    ) -> list[tuple[object, ...]]:  # fmt: skip
        rows: list[tuple[object, ...]] = []
        cut, more = (0.6, 1.4) if corrected else (1.0, 1.0)
        yearly, cost = sum(self.saved(key, p) for p in group) * cut, sum(self.spent(key, p) for p in group) * more
        who = (corrected, partner, area)

        def add(measure: str, unit: str, basis: str, year: str, values: tuple[float, ...]) -> None:
            mean, _, _, p05, p95 = values
            fifths = (mean - (mean - p05) * 0.84 / 1.64, mean + (p95 - mean) * 0.84 / 1.64)
            rows.append((key, measure, unit, basis, *who, year, *values, n, *fifths))

        totals = np.zeros(3)
        for i, year in enumerate(YEARS):
            gross = yearly * ramp(i) * share
            totals += (gross, cost * share, (gross - cost * share) * 1.035**-i)
            flows = {"gross_saving": gross, "investment": cost * share, "net_saving": gross - cost * share,
                     "cashable_saving": gross * 0.5, "capacity_released": gross * 0.5, "payments_received": 0.0,
                     "net_cashable_saving": gross * 0.5 - cost * share}  # fmt: skip
            for measure, value in flows.items():
                add(measure, "pounds", "base_year", year, self.spread(value, abs(gross) * 0.08 * wider, n))
        gross, spent, value = totals
        for measure, number in {"gross_saving": gross, "investment": spent, "net_saving": gross - spent,
                                "cashable_saving": gross / 2, "capacity_released": gross / 2,
                                "payments_received": 0.0}.items():  # fmt: skip
            add(measure, "pounds", "base_year", "all", self.spread(number, abs(gross) * 0.08 * wider, n))
        add("net_present_value", "pounds", "present", "all", self.spread(value, abs(gross) * 0.08 * wider, n))
        cash = value - gross / 2
        add("net_present_value_cashable", "pounds", "present", "all", self.spread(cash, gross * 0.04 * wider, n))
        ratio = (value + spent) / spent if spent else np.nan
        add("benefit_cost_ratio", "ratio", "present", "all", self.spread(ratio, abs(ratio) * 0.08 * wider, n))
        month = 24.0 if value > 0 and spent else np.nan
        add("payback_month", "month", "real", "all", (month, np.nan, np.nan, month - 4 * wider, month + 6 * wider))
        late = month + 20 if value > gross / 2 else np.nan
        add("payback_month_cashable", "month", "real", "all", (late, *(np.nan,) * 4))
        paid = (0.92 if value > 0 else 0.18) if spent else np.nan
        add("probability_of_payback", "share", "real", "all", (paid, paid - 0.04, paid + 0.04, np.nan, np.nan))
        add("probability_of_payback_cashable", "share", "real", "all", (paid / 2, *(np.nan,) * 4))
        return rows

    def cumulative(self, n: int, wider: float = 1.0) -> pd.DataFrame:
        rows = []
        for key in TRUTH:
            saved, cost = (sum(f(key, p) for p in PUBLIC_PARTNERS) for f in (self.saved, self.spent))
            total = 0.0
            for m in range(60):
                total += (saved * ramp(m // 12) - cost) / 12
                sd = saved * 0.08 * wider * np.sqrt((m + 1) / 12)
                month = pd.Timestamp(2018 + (m + 3) // 12, (m + 3) % 12 + 1, 1)
                rows.append((key, month, "public", COUNTY, *self.spread(total, sd, n)))
        return pd.DataFrame(rows, columns=list(COLUMNS["cumulative"]))

    def funds(self, n: int, wider: float = 1.0) -> pd.DataFrame:
        rows, opening = [], 21e6
        for year in YEARS:
            spent = TRUTH["portfolio"][4] * 0.2
            closing, *ends = self.spread(opening - spent, 5e4 * wider, n)
            rows.append(("portfolio", "business_rates_pilot", year, opening, 0.0, spent, 0.0, 0.0, closing, *ends, n))
            opening -= spent
        return pd.DataFrame(rows, columns=list(COLUMNS["fund_balances"]))

    def cash_by_line(self, n: int, wider: float = 1.0) -> pd.DataFrame:
        """The council's lines in the county; a tenth of what home care saves is no cash."""
        rows = []
        for key in TRUTH:
            lines = {service: self.saved(key, "council") * part for service, part in SERVICES.items()}
            lines |= {"investment": -self.spent(key, "council")}
            cash = {**lines, "home_care": lines["home_care"] * 0.9}
            for measure, found in (("saving", lines), ("cashable_saving", cash)):
                for service, pounds in {**found, "all services": sum(found.values())}.items():
                    for year, factor in self.years():
                        name = "all" if year == "all years" else year
                        told = self.spread(pounds * factor, 2e4 * wider, n)
                        rows.append((key, measure, "council", service, COUNTY, name, *told, n))
        return pd.DataFrame(rows, columns=list(COLUMNS["cash_by_line"]))

    def budgets(self) -> pd.DataFrame:
        told = {"note": "", "share": 1.0, "share_grade": "C", "share_source": "assumption: all of it"}
        kinds = (
            ("Home care", "", "home_care", 20e6, "A", np.nan),
            ("All care", "", "home_care, residential", np.nan, "", 14e6),
            ("Reablement", "Better Care Fund", "reablement", np.nan, "", np.nan),
            ("The plan", "Section 75", "", 107e6, "A", np.nan),
        )
        rows = []
        for key in ("baseline", *TRUTH):
            for line, agreement, services, budget, grade, overspent in kinds:
                for i, year in enumerate(YEARS):
                    saved = TRUTH[key][1] * ramp(i) if key in TRUTH else 0.0
                    spend = (*self.spread(21e6 - saved, 2e5, self.n), 21e6 - saved - 1.7e5, 21e6 - saved + 1.7e5)
                    numbers = spend if services else (np.nan,) * 7
                    change = self.spread(-saved, 1e5, self.n)[:5] if services else (np.nan,) * 5
                    first = i == 0
                    rows.append({
                        "scenario": key, "line": line, "agreement": agreement, "partners": "council",
                        "services": services, "area": COUNTY, **told, "year": year, "days": 365, "days_of_year": 365,
                        **dict(zip(("mean", "low", "high", "p05", "p95", "p20", "p80"), numbers, strict=True)),
                        "replications": self.n,
                        **dict(zip(DIFFERENCE, change, strict=True)),
                        "budget": budget, "budget_grade": grade, "budget_source": "committee paper" if grade else "",
                        "overspent": overspent if first else np.nan, "overspent_grade": "A",
                        "overspent_source": "prospectus",
                    })  # fmt: skip
        return pd.DataFrame(rows)[list(COLUMNS["budgets"])]

    def targets(self) -> pd.DataFrame:
        tail = ("people", YEARS[0], 1000.0, np.nan, np.nan, 50.0)
        rows = [
            ("fitted", "hospital_referrals", *tail, 1010.0, 1000.0, 1020.0, 10.0, "yes", "A", "prospectus", ""),
            ("held_out", "reablement_starts", *tail, 900.0, 880.0, 920.0, -100.0, "no", "B", "statistics", "weak"),
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS["targets"]))

    def warm_up(self) -> pd.DataFrame:
        rows = [
            ("people_supported", 364.0, "5", 7049.0, 6885.0, 164.0, *((64.0, 264.0) if self.n > 1 else (np.nan,) * 2),
             self.n),
            ("waiting_for_assessment", 364.0, "5", 9.0, 9.1, -0.1, *((-1.0, 0.8) if self.n > 1 else (np.nan,) * 2),
             self.n),
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(COLUMNS["warm_up"]))

    def ledger_lines(self) -> pd.DataFrame:
        rows = [
            (key, YEARS[-1], COUNTY, "icb", line, level, *self.spread(-TRUTH[key][1] * 0.02, 1e3, self.n)[:3], self.n)
            for key in TRUTH
            for line, level in (("nursing contribution", 9e6), ("continuing care", 2e7))
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS["line_differences"]))

    def pressure(self) -> pd.DataFrame:
        parts = {"demand": -0.5, "length_of_stay": -0.3, "delay": -0.4, "intensity": 0.2, "price": 0.0, "total": -1.0}
        rows = [
            (key, area, year, part, "pounds", *self.spread(TRUTH[key][1] * share * factor * size,
             2e4 * bool(size), self.n)[:3], self.n)
            for key in TRUTH
            for area, share in AREAS.items()
            for year, factor in self.years()
            for part, size in parts.items()
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(COLUMNS["pressure"]))

    def tornado(self) -> pd.DataFrame:
        rows = [
            ("reablement", "Reablement growth: places", 1.2, 1.05, 1.35, "factor", 0.9e6, 5.1e6, "C", "assumption"),
            ("reablement", "Reablement growth: revenue a year", 0.75e6, 0.5e6, 1.2e6, "pounds a year", 4.2e6, 1.1e6,
             "B", "prospectus"),
            ("reablement", "Share of those meant who are reached", 0.35, 0.2, 0.5, "share", 1.9e6, 4.0e6, "C",
             "assumption"),
            ("falls", "Falls prevention: admissions", 0.88, 0.7, 1.0, "factor", 2e6, -1.6e6, "C", "trial"),
        ]  # fmt: skip
        how = ("times", "revenue_a_year", "reach", "times")
        rows = [(*row[:8], 1e4, "net_present_value", *row[8:], kind) for row, kind in zip(rows, how, strict=True)]
        return pd.DataFrame(rows, columns=list(COLUMNS["tornado"]))


def tables(replications: int = 20, draws: int = 20) -> dict[str, pd.DataFrame]:
    """Return every table of a comparison."""
    make = Maker(replications, draws)
    return {
        "summary": make.summary(), "differences": make.differences(replications),
        "drawn_differences": make.differences(draws, 4.0), "differences_by_place": make.places(),
        "money_differences": make.money(), "bridge": make.bridge(), "appraisal": make.appraisal(replications),
        "drawn_appraisal": make.appraisal(draws, 4.0), "cumulative": make.cumulative(replications),
        "drawn_cumulative": make.cumulative(draws, 4.0), "fund_balances": make.funds(replications),
        "drawn_fund_balances": make.funds(draws, 4.0), "cash_by_line": make.cash_by_line(replications),
        "drawn_cash_by_line": make.cash_by_line(draws, 4.0), "tornado": make.tornado(),
        "budgets": make.budgets(), "targets": make.targets(), "warm_up": make.warm_up(),
        "line_differences": make.ledger_lines(), "pressure": make.pressure(),
    }  # fmt: skip


def change(name: str, evidence: str = "") -> dict[str, Any]:
    """Return a change as its file says it."""
    size = {"value": 0.88, "low": 0.7, "high": 1.0, "grade": "C", "source": "evidence: falls_exercise"}
    reach = {"value": 0.35, "low": 0.2, "high": 0.5, "grade": "B", "source": "uptake in PreFIT"}
    effects = [{"on": "demand.admissions.fall", "times": size, "reach": reach}]
    costs = [{"payer": "council", "revenue_a_year": {"value": 410_000, "low": 2.5e5, "high": 7e5, "grade": "C"}}]
    return {"name": name, "kind": "intervention", "evidence": evidence, "effects": effects, "costs": costs}


def manifest(replications: int = 20, draws: int = 20, **changes: Any) -> dict[str, Any]:
    """Return the manifest of a comparison."""
    scenarios = [
        {"key": key, "name": name, "digest": "ab" * 32, "precision_reached": 0.004,
         "changes": [change(name, EVIDENCE if key.startswith("falls") else "For: the county's own figures (B).")]}
        for key, (name, *_) in TRUTH.items()
    ]  # fmt: skip
    given = {
        **synthetic.manifest(replications), "kind": "comparison", "name": "What to invest in", "draws": draws,
        "question": "Which prevention investments pay against the hospital-driven cost?", "scenarios": scenarios,
        "years": list(YEARS), "start": "2018-04-01", "bridge": ["portfolio"],
        "command": "caresim compare experiments/01_invest/experiment.yaml",
    }  # fmt: skip
    return {**given, **changes}


def assumptions() -> dict[str, list[dict[str, Any]]]:
    """Return the numbers in force by scenario."""
    base = synthetic.assumptions()
    rows = {"baseline": base}
    for key in TRUTH:
        own = dict(zip(("path", "value", "unit"), ("interventions.0.effects.0.times", 0.88, "factor"), strict=True))
        own |= {"source": "evidence", "grade": "C", "low": 0.7, "high": 1.0, "file": "falls.yaml", "line": 15}
        rows[key] = [own, *base]
    return rows

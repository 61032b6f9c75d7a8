"""Make up plausible tables in the shape of the contract, so that reports can be tested without a simulation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from caresim.reports.facts import OPTIONAL

AGES = ("18-64", "65-74", "75-84", "85+")
UNITARIES = ("North Northamptonshire", "West Northamptonshire")
COUNTY = "Northamptonshire"
PLACES = {
    "Corby": (UNITARIES[0], 0.09),
    "Kettering": (UNITARIES[0], 0.14),
    "East Northamptonshire": (UNITARIES[0], 0.14),
    "Wellingborough": (UNITARIES[0], 0.11),
    "Northampton": (UNITARIES[1], 0.27),
    "Daventry": (UNITARIES[1], 0.12),
    "South Northamptonshire": (UNITARIES[1], 0.13),
}
SHARES = {UNITARIES[0]: 0.48, UNITARIES[1]: 0.52}

# Events a year in the county, 65 and over, by origin.
EVENTS = {
    "hospital": {
        "admitted_emergency": 33_400, "admitted_planned": 6_300, "readmitted_within_30_days": 4_700,
        "readmitted": 7_600, "died_in_hospital": 2_250, "assessment_asked": 7_250, "referred": 7_250,
        "discharged_pathway_0": 24_000, "discharged_pathway_1": 2_140, "discharged_pathway_1_home_care": 260,
        "discharged_pathway_2": 697, "discharged_pathway_3": 730, "discharged_restart": 3_300,
        "reablement_started": 2_140, "intermediate_care_started": 697, "temporary_placement_started": 285,
        "reablement_independent": 1_340, "reablement_smaller": 210, "reablement_same": 180, "reablement_care_home": 58,
        "intermediate_care_independent": 330, "intermediate_care_same": 145, "intermediate_care_care_home": 140,
        "temporary_placement_independent": 66, "temporary_placement_same": 80, "temporary_placement_care_home": 121,
        "started_home_care": 520, "started_direct_payment": 60, "started_extra_care": 55, "started_residential": 420,
        "started_nursing": 230, "new_support": 3_900, "new_care_home_council": 470, "day_91_at_home": 2_300,
        "day_91_not_at_home": 500,
    },
    "community": {
        "assessment_asked": 3_960, "reablement_started": 661, "started_home_care": 205, "started_residential": 70,
        "started_nursing": 30, "reablement_independent": 440, "new_support": 1_000, "new_care_home_council": 60,
    },
    "safeguarding": {"assessment_asked": 1_880, "started_home_care": 80, "new_support": 90},
    "coming_of_age": {"assessment_asked": 90, "started_supported_living": 60, "started_direct_payment": 30},
    "self_funder": {"started_home_care": 230, "started_residential": 330, "started_nursing": 170},
}  # fmt: skip
WAITS = {
    ("pathway_1", "assessment"): 9, ("pathway_2", "assessment"): 3, ("pathway_3", "assessment"): 8,
    ("pathway_1", "adaptation"): 4, ("pathway_1", "arrangement"): 4, ("pathway_1", "capacity"): 4,
    ("pathway_1_home_care", "arrangement"): 5, ("pathway_1_home_care", "capacity"): 7,
    ("pathway_2", "arrangement"): 1.5, ("pathway_2", "capacity"): 13, ("pathway_3", "arrangement"): 15.5,
    ("pathway_3", "capacity"): 3.5, ("restart", "arrangement"): 3,
}  # fmt: skip
WORK = {"hospital": (7_250, 0.6), "community": (3_960, 1.4), "safeguarding": (1_880, 0.5), "review": (5_900, 9.0)}
REVIEWS = {"more": (900, 3.0), "same": (4_000, 0.0), "fewer": (1_000, 4.0)}  # a year, hours a week each
DISCHARGES = {"pathway_0": (24_000, 0.0), "pathway_1": (2_140, 4_900.0), "pathway_3": (730, 9_800.0)}
STOCK = {"home_care": 1870, "direct_payment": 1150, "supported_living": 1420, "extra_care": 170, "residential": 2290,
         "nursing": 1120}  # fmt: skip
HOURS = {"home_care": 14.2, "direct_payment": 12.0}
SERVICE_SHARES = {"home_care": 0.29, "residential": 0.27, "nursing": 0.15, "reablement": 0.12,
                  "intermediate_care": 0.10, "temporary_placement": 0.04, "direct_payment": 0.03}  # fmt: skip
POOLS = {
    "assessment": (COUNTY, 62, 0.93, 14_000, 0.9), "adaptations": (COUNTY, 12, 0.7, 420, 1.4),
    "reablement": (COUNTY, 311, 0.955, 2_801, 0.5),
    "intermediate_care": (UNITARIES, 31, 0.94, 350, 6.9),
}  # fmt: skip
MARKETS = {"home_care": (UNITARIES, 13_500, 0.95, 900, 0.0), "residential": (UNITARIES, 1_300, 0.94, 450, 0.0)}


def tables(replications: int = 12, years: int = 5, seed: int = 1) -> dict[str, pd.DataFrame]:
    """Return every table of a county run."""
    make = _Maker(replications, years, np.random.default_rng(seed))
    return {
        "summary": make.summary(), "flow": make.flow(), "waits": make.waits(), "pools": make.pools(),
        "daily": make.daily(), "stock": make.stock(), "money": make.money(), "stays": make.stays(),
        "readings": make.readings(), "dtoc": make.dtoc(), "chains": make.chains(),
        "assessments": make.assessments(), "reviews": make.reviews(), "pathway_costs": make.pathway_costs(),
        "pressure": make.pressure(),
    }  # fmt: skip


def year_name(number: int) -> str:
    """Name a financial year, 0 for 2018-19."""
    return f"{2018 + number}-{19 + number}"


class _Maker:
    """Noise and growth shared by all tables."""

    def __init__(self, replications: int, years: int, random: np.random.Generator) -> None:
        self.replications, self.years, self.random = range(replications), range(years), random
        self.months = [(month, 2018 + (month + 3) // 12, (month + 3) % 12 + 1) for month in range(12 * years)]
        self.n = replications

    def noise(self, sd: float) -> float:
        return float(self.random.normal(1, sd))

    def month_rows(self) -> list[tuple[int, pd.Timestamp, float]]:
        rows = []
        for number, year, month in self.months:
            growth = 1.025 ** (number / 12)
            winter = 1.08 if month in {12, 1, 2} else 0.98
            rows.append((number, pd.Timestamp(year, month, 1), growth * winter))
        return rows

    def flow(self) -> pd.DataFrame:
        rows = [
            (r, when, unitary, place, "75-84", origin, event, self.random.poisson(yearly * share * factor / 12))
            for r in self.replications
            for _, when, factor in self.month_rows()
            for place, (unitary, share) in PLACES.items()
            for origin, events in EVENTS.items()
            for event, yearly in events.items()
        ]
        frame = pd.DataFrame(
            rows, columns=["replication", "month", "unitary", "place", "age", "origin", "event", "people"]
        )
        young = frame[frame["event"].eq("discharged_pathway_0")].assign(age="18-64")
        return pd.concat([frame, young], ignore_index=True)

    def waits(self) -> pd.DataFrame:
        rows = [
            (r, when, unitary, *key, beds * share * 6, beds * 30.4 * share * factor * self.noise(0.1))
            for r in self.replications
            for _, when, factor in self.month_rows()
            for unitary, share in SHARES.items()
            for key, beds in WAITS.items()
        ]
        return pd.DataFrame(rows, columns=["replication", "month", "unitary", "pathway", "reason", "people", "days"])

    def dtoc(self) -> pd.DataFrame:
        waits = self.waits().drop(columns="people")
        return pd.concat([waits.assign(body=body, days=waits["days"] / 3) for body in ("nhs", "social_care", "both")])

    def pools(self) -> pd.DataFrame:
        rows = []
        for r in self.replications:
            for number, when, factor in self.month_rows():
                for pool, (members, capacity, use, starts, wait) in {**POOLS, **MARKETS}.items():
                    for member in (members,) if isinstance(members, str) else members:
                        grown = round(capacity * 1.02 ** (number // 12))
                        begun = self.random.poisson(starts / 12 * factor)
                        in_use = min(grown, grown * use * self.noise(0.01))
                        waited = begun * wait * factor * self.noise(0.2)
                        rows.append((r, when, pool, member, grown, in_use, waited / 30.4, begun, begun, waited, 0))
                for trust in ("Kettering General", "Northampton General"):
                    rows.append((r, when, "acute_beds", trust, np.inf, 520 * factor, 0.0, 1700, 1700, 0.0, 0))
        columns = ["replication", "month", "pool", "member", "capacity", "in_use", "waiting", "requests", "starts"]
        return pd.DataFrame(rows, columns=[*columns, "wait_days", "overflowed"])

    def daily(self) -> pd.DataFrame:
        dates = pd.date_range("2018-04-01", periods=round(365.25 * len(self.years)), freq="D")
        parts = []
        for member, share in {COUNTY: 1.0, **SHARES}.items():
            day = np.arange(len(dates))
            wave = 1 + 0.12 * np.cos(2 * np.pi * (dates.day_of_year.to_numpy() - 20) / 365.25)
            mean = 81 * share * 1.025 ** (day / 365.25) * wave * (1 + 0.04 * (dates.day_of_week.to_numpy() == 6))
            spread = np.sqrt(mean) * 1.6
            quantiles = {"p05": -1.64, "p25": -0.67, "p50": 0.0, "p75": 0.67, "p95": 1.64}
            bands = {name: np.maximum(0, mean + z * spread) for name, z in quantiles.items()}
            frame = pd.DataFrame(
                {"date": dates, "pool": "delayed", "member": member, "quantity": "in_use", "mean": mean, **bands}
            )
            parts.append(frame)
        return pd.concat(parts, ignore_index=True)

    def stock(self) -> pd.DataFrame:
        rows = []
        for r in self.replications:
            for number, when, _ in self.month_rows():
                for place, (unitary, share) in PLACES.items():
                    for setting, people in STOCK.items():
                        for funding, part in (("council", 0.75), ("self", 0.25)):
                            for origin, from_ in (("hospital", 0.6), ("at_start", 0.4)):
                                size = people * share * part * from_ * 1.02 ** (number / 12) * self.noise(0.02)
                                hours = size * HOURS.get(setting, 0.0)
                                rows.append((r, when, unitary, place, setting, origin, funding, size, hours))
        columns = ["replication", "month", "unitary", "place", "setting", "origin", "funding", "people", "hours"]
        return pd.DataFrame(rows, columns=columns)

    def money(self) -> pd.DataFrame:
        rows = []
        contribution = {"home_care": 0.12, "residential": 0.28, "nursing": 0.28, "direct_payment": 0.12}
        for r in self.replications:
            for year in self.years:
                for unitary, share in SHARES.items():
                    key = (r, year_name(year), unitary)
                    for service, part in SERVICE_SHARES.items():
                        for origin, size in (("hospital", 60e6), ("community", 12e6), ("at_start", 70e6)):
                            gross = size * part * share * 1.025**year * self.noise(0.02)
                            paid = gross * contribution.get(service, 0.0)
                            rows.append((*key, "council", service, origin, "care, net of contributions", gross - paid))
                            if paid:
                                rows.append((*key, "person", service, origin, "contributions", paid))
                            rows.append((*key, "person", service, origin, "own care", gross * 0.4))
                    for line, pounds in (("assessments", 4.6e6), ("reviews", 1.1e6)):
                        rows.append((*key, "council", "assessment", "hospital", line, pounds * share))
                    bed_days = 300_000 * 346 * share * self.noise(0.01)
                    rows.append((*key, "acute_trust", "acute_beds", "hospital", "bed days", bed_days))
        columns = ["replication", "year", "unitary", "partner", "service", "origin", "line", "pounds"]
        return pd.DataFrame(rows, columns=columns)

    def chains(self) -> pd.DataFrame:
        rows = [
            (r, year_name(year), unitary, window, service, size * part * share * 1.025**year * self.noise(0.02))
            for r in self.replications
            for year in self.years
            for unitary, share in SHARES.items()
            for window, size in (("in_year", 15.7e6), ("first_52_weeks", 24.5e6))
            for service, part in SERVICE_SHARES.items()
        ]
        return pd.DataFrame(rows, columns=["replication", "year", "unitary", "window", "service", "pounds"])

    def stays(self) -> pd.DataFrame:
        rows = []
        stay = np.arange(121)
        for age, median, people in (("65-74", 4.0, 9_900), ("75-84", 5.0, 12_300), ("85+", 6.2, 11_200)):
            weights = np.exp(-0.5 * (np.log((stay + 0.5) / median) / 1.14) ** 2) / (stay + 0.5)
            weights[0] += weights.sum() * 0.2
            weights /= weights.sum()
            for r in self.replications:
                for year in self.years:
                    for unitary, share in SHARES.items():
                        counts = self.random.poisson(weights * people * share)
                        rows += [
                            (r, year_name(year), unitary, age, int(d), int(c))
                            for d, c in zip(stay, counts, strict=True)
                        ]
        return pd.DataFrame(rows, columns=["replication", "year", "unitary", "age", "days", "people"])

    def readings(self) -> pd.DataFrame:
        sizes = {"in_year": 15.7e6, "all_new_in_year": 22.1e6, "first_52_weeks": 24.5e6}
        rows = [
            (r, year_name(year), unitary, reading, pounds * share * 1.025**year * self.noise(0.02))
            for r in self.replications
            for year in self.years
            for unitary, share in SHARES.items()
            for reading, pounds in sizes.items()
        ]
        return pd.DataFrame(rows, columns=["replication", "year", "unitary", "reading", "pounds"])

    def assessments(self) -> pd.DataFrame:
        rows = []
        for r in self.replications:
            for _, when, factor in self.month_rows():
                for unitary, share in SHARES.items():
                    for work, (asked, wait) in WORK.items():
                        begun = int(self.random.poisson(asked / 12 * share * factor))
                        waited = begun * wait * self.noise(0.2)
                        rows.append((r, when, unitary, work, waited / 30.4, begun, begun, waited))
        columns = ["replication", "month", "unitary", "work", "waiting", "requests", "starts", "wait_days"]
        return pd.DataFrame(rows, columns=columns)

    def reviews(self) -> pd.DataFrame:
        rows = [
            (
                r,
                when,
                unitary,
                "council",
                result,
                people := int(self.random.poisson(yearly / 12 * share)),
                people * each,
            )
            for r in self.replications
            for _, when, _ in self.month_rows()
            for unitary, share in SHARES.items()
            for result, (yearly, each) in REVIEWS.items()
        ]
        return pd.DataFrame(rows, columns=["replication", "month", "unitary", "funding", "result", "people", "hours"])

    def pathway_costs(self) -> pd.DataFrame:
        rows = [
            (r, year_name(y), unitary, pathway, left := int(self.random.poisson(yearly * share)), left * each)
            for r in self.replications
            for y in self.years
            for unitary, share in SHARES.items()
            for pathway, (yearly, each) in DISCHARGES.items()
        ]
        return pd.DataFrame(rows, columns=["replication", "year", "unitary", "pathway", "discharges", "pounds"])

    def pressure(self) -> pd.DataFrame:
        pounds = {"demand": 2e6, "length_of_stay": 5e5, "delay": -3e5, "intensity": 4e5, "price": 0.0, "total": 2.6e6}
        names = [(year_name(y), 1.0) for y in self.years[1:]]
        if len(names) > 1:
            names.append((f"{year_name(0)} to {year_name(self.years[-1])}", float(len(names))))
        half = 1e5 if self.n > 1 else np.nan
        rows = [
            (area, year, part, "pounds", cost := mean * share * times, cost - half * bool(mean),
             cost + half * bool(mean), self.n)
            for area, share in {COUNTY: 1.0, **SHARES}.items()
            for year, times in names
            for part, mean in pounds.items()
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(OPTIONAL["pressure"]))

    def summary(self) -> pd.DataFrame:
        rows = []
        for year in self.years:
            for area, share in {COUNTY: 1.0, **SHARES}.items():
                for measure, (unit, value, sd) in MEASURES.items():
                    size = value if unit == "share" else value * share * 1.025**year
                    half = size * sd * 2 / np.sqrt(self.n) if self.n > 1 else np.nan
                    spread = 1.64 * size * sd
                    band = (size - spread, size + spread) if self.n > 1 else (np.nan, np.nan)
                    rows.append((measure, unit, area, year_name(year), size, size - half, size + half, self.n, *band))
        columns = ["measure", "unit", "area", "year", "mean", "low", "high", "replications", "p05", "p95"]
        return pd.DataFrame(rows, columns=columns)


MEASURES: dict[str, tuple[str, float, float]] = {
    "admissions": ("admissions", 81_000, 0.006), "emergency_admissions_65_plus": ("admissions", 33_420, 0.006),
    "bed_days": ("days", 402_000, 0.008), "delayed_days": ("days", 29_600, 0.04),
    "delayed_beds": ("people a day", 81.0, 0.04), "stays_over_7_days_share": ("share", 0.352, 0.006),
    "hospital_referrals": ("people", 7_250, 0.012), "hospital_share_of_new_demand": ("share", 0.55, 0.006),
    "people_supported": ("people", 6_940, 0.01), "people_supported_in_year": ("people", 11_700, 0.01),
    "people_65_plus_share": ("share", 0.49, 0.005), "reablement_starts": ("people", 2_801, 0.02),
    "reablement_independent_share": ("share", 0.74, 0.01), "home_at_91_days_share": ("share", 0.82, 0.008),
    "new_residential_and_nursing_65_plus": ("people", 770, 0.035), "home_care_hours_a_week": ("hours", 17_900, 0.02),
    "readmitted_30_days_share": ("share", 0.15, 0.01), "days_at_home": ("days", 9_100_000, 0.01),
    "deaths": ("people", 5_400, 0.015), "dtoc_days": ("days", 28_000, 0.04),
    "hospital_share_of_new_support": ("share", 0.73, 0.008), "people_supported_long_term": ("people", 6_300, 0.01),
    "hospital_driven_cost": ("pounds", 24.5e6, 0.022), "hospital_driven_cost_in_year": ("pounds", 15.7e6, 0.022),
    "new_demand_cost_in_year": ("pounds", 22.1e6, 0.02), "hospital_driven_cost_net": ("pounds", 20.1e6, 0.022),
    "council_gross_cost": ("pounds", 142e6, 0.01), "council_net_cost": ("pounds", 118e6, 0.01),
    "nhs_cost": ("pounds", 104e6, 0.01),
}  # fmt: skip


def manifest(replications: int = 12, **changes: Any) -> dict[str, Any]:
    """Return the manifest of a county run."""
    given = {
        "name": "Northamptonshire baseline, 2018-19", "seed": 1, "engine": "kernel", "replications": replications,
        "versions": {"caresim": "0.1.0", "python": "3.11.9"}, "digest": "3f" * 32,
        "command": f"caresim run configs/northamptonshire/baseline.yaml --replications {replications}",
        "duration_seconds": 61.2, "starts": "2018-04-01", "years": 5, "places": list(PLACES),
        "unitaries": list(UNITARIES), "county": COUNTY,
    }  # fmt: skip
    return {**given, **changes}


def assumptions() -> list[dict[str, Any]]:
    """Return a handful of the numbers in force."""
    england = "configs/england.yaml"
    rows = [
        ("need.deconditioning.factor", 2.0, "", "the client's assertion; structural uncertainty", "C", 1.0, 2.0),
        ("need.deconditioning.after_days", 7, "days", "the client's assertion; no published source found", "C"),
        ("discharge.pathway_1_hours", 7, "hours a week", "fitted", "C"),
        ("packages.lifetime.home_care.by_age.75-84.exponential.mean_days", 570, "days", "fitted", "C"),
        ("pools.reablement.capacity", 311, "slots", "fitted", "C"),
        ("prices.home_care", 17.36, "pounds an hour", "evidence: homecare_hour_price 17.48 (16.12-18.01)", "B"),
        ("prices.direct_payment", 13.50, "pounds an hour", "assumption", "C"),
        ("prices.supported_living", 820, "pounds a week", "assumption", "C"),
        ("prices.extra_care", 260, "pounds a week", "assumption", "C"),
        ("prices.residential", 640, "pounds a week", "evidence: residential_65plus_weekly 636", "B"),
        ("prices.nursing", 680, "pounds a week", "evidence: nursing_65plus_weekly 678", "B"),
        ("prices.temporary_placement", 700, "pounds a week", "assumption", "C"),
        ("prices.reablement", 49.1, "pounds an hour", "fitted to 1,336 an episode", "C"),
        ("prices.intermediate_care", 121, "pounds a day", "evidence: ic_bed_cost_per_day 125-200", "C"),
        ("prices.intermediate_care_council_share", 1.0, "", "to be decided; all charged to the council", "C"),
        ("prices.assessment", 350, "pounds each", "evidence: social_worker_hour 51 x about 7 hours", "C"),
        ("prices.review", 200, "pounds each", "evidence: social_worker_hour 51 x about 4 hours", "C"),
        ("prices.acute_bed_day", 346, "pounds a day", "evidence: acute_delay_bed_day", "A"),
        ("prices.contribution_share.by_service.home_care", 0.12, "", "evidence: client_contribution_share 0.22", "C"),
        ("prices.contribution_share.by_service.residential", 0.28, "", "evidence: client_contribution_share 0.22", "C"),
        ("prices.contribution_share.by_service.nursing", 0.28, "", "evidence: client_contribution_share 0.22", "C"),
        ("demand.population.Corby.85+", 1071, "people", "evidence: population by age, mid-2019", "A"),
        ("tricks.formula", "=1+1", "@home", "-not a formula, +neither", "C"),
    ]  # fmt: skip
    keys = ("path", "value", "unit", "source", "grade", "low", "high")
    filled = [(*row, *(None,) * (len(keys) - len(row))) for row in rows]
    return [
        {**dict(zip(keys, row, strict=True)), "file": england, "line": 10 + number} for number, row in enumerate(filled)
    ]


def textbook(replications: int = 4) -> tuple[dict[str, pd.DataFrame], dict[str, Any], list[dict[str, Any]]]:
    """Return a single queue for half a year: no hospital, no money, no unitaries to tell apart."""
    random = np.random.default_rng(2)
    months = pd.date_range("2018-01-01", periods=6, freq="MS")
    rows = [
        (r, month, "queue", "Textbook", 61, 55 + random.normal(), 8 + random.normal(), 66, 65, 240.0, 0)
        for r in range(replications)
        for month in months
    ]
    columns = ["replication", "month", "pool", "member", "capacity", "in_use", "waiting", "requests", "starts"]
    pools = pd.DataFrame(rows, columns=[*columns, "wait_days", "overflowed"])
    dates = pd.date_range("2018-01-01", periods=181, freq="D")
    band = {"mean": 8.0, "p05": 0.0, "p25": 2.0, "p50": 6.0, "p75": 12.0, "p95": 24.0}
    daily = pd.DataFrame({"date": dates, "pool": "queue", "member": "Textbook", "quantity": "waiting"}).assign(**band)
    summary = pd.DataFrame(
        [("admissions", "admissions", "Textbook", "2018", 0.0, 0.0, 0.0, replications, 0.0, 0.0)],
        columns=["measure", "unit", "area", "year", "mean", "low", "high", "replications", "p05", "p95"],
    )
    facts = manifest(replications, name="Textbook queue", starts="2018-01-01", years=0.5, places=["Textbook"])
    facts |= {"unitaries": ["Textbook"], "county": "Textbook"}
    return {"pools": pools, "daily": daily, "summary": summary}, facts, []

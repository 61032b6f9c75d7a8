"""Random small worlds in which everything happens: every stage, pool, clock and coincidence of the model.

A world is made from any source of choices that looks like `random.Random`: a seeded one, or hypothesis's, which can
make a failing world simpler.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

import caresim
from caresim.model.compile import compile_scenario

AGES = ("18-64", "65-74", "75-84", "85+")
QUEUES = ("acute_beds", "assessment", "adaptations", "reablement", "intermediate_care")
MARKETS = ("home_care", "supported_living", "extra_care", "residential", "nursing")
SETTINGS = ("home_care", "direct_payment", "supported_living", "extra_care", "residential", "nursing")
WORK = ("hospital", "discharge_to_assess", "community", "safeguarding", "coming_of_age", "review")
PATHWAYS = ("pathway_0", "pathway_1", "pathway_1_home_care", "pathway_2", "pathway_3", "restart")
SCOPES = ("county", "unitary", "hub", "trust", "place")
PLACES = {"Ashton": ("North", "Hill", {"Infirmary": 1}), "Barrow": ("South", "Hill", {"Infirmary": 0.4, "Royal": 0.6}),
          "Clay": ("South", "Vale", {"Royal": 1})}  # fmt: skip
MEMBERS = {"county": ["County"], "unitary": ["North", "South"], "hub": ["Hill", "Vale"],
           "trust": ["Infirmary", "Royal"], "place": list(PLACES)}  # fmt: skip
USUAL = {"acute_beds": 9, "assessment": 3, "adaptations": 1, "reablement": 3, "intermediate_care": 2,
         "home_care": 150, "supported_living": 3, "extra_care": 3, "residential": 6, "nursing": 6}  # fmt: skip
FIRST_DAY = datetime.date(2019, 2, 25)
MONTHS_RUN = ("2019-03", "2019-04", "2019-05", "2019-07")
LARGEST_PACKAGE = 24  # hours a week: nobody may ask for more than a pool could ever hold


@dataclass(frozen=True)
class World:
    """A scenario as a config and as tables; the grain of its clocks is set in the tables."""

    config: dict[str, Any]
    tables: Any


def seeded(seed: int, hands_over: bool = True) -> World:
    """Make the world of a seed; without handing over, its pools keep their people."""
    return make(random.Random(seed), hands_over)


def worlds() -> st.SearchStrategy[World]:
    """Make worlds by hypothesis's choices."""
    return st.randoms(use_true_random=False).map(make)


def make(r: random.Random, hands_over: bool = True) -> World:
    """Make a world."""
    config = config_of(r)
    if r.random() < 0.3:
        tighten(r, config)
    config["interventions"] = [
        {**change, "effects": [e for e in change["effects"] if hands_over or not e["on"].endswith(".scope")]}
        for change in interventions(r, config)
    ]
    tables = compile_scenario(caresim.load(config)).tables
    tables["grain"] = r.choice([1, 60, 1440, 1440])
    change_rules_on_the_way(r, tables)
    return World(config, tables)


def tighten(r: random.Random, config: dict[str, Any]) -> None:
    """Make people come back needing more of a home care market that binds, and wait there while packages lapse."""
    config["pools"]["home_care"] |= {
        "scope": "county", "capacity": r.choice([150, 300]), "binding": True, "overflow_after_days": "none",
        "grows_with_population": False, "changes": [], "starts_a_week": "none",
    }  # fmt: skip
    config["pools"]["assessment"]["capacity"] = "unlimited"
    config["pools"]["assessment"] |= {"changes": [], "grows_with_population": False, "at_start": {"in_use": 0}}
    config["at_start"]["people"] = {"by_setting": {"home_care": 10}}
    config["packages"]["at_home"] = {"home_care": 1}
    config["packages"]["held_open_days"] = {"by_setting": {"home_care": r.choice([4, 10])}}
    config["packages"]["sourcing"] = "none"
    config["discharge"] |= {"restart_factor": 0.8, "grown_to_care_home": 0, "grown_offered_reablement": 0}
    config["hospital"]["stay"] = {kind: {"exponential": {"mean_days": 2}} for kind in ("emergency", "fall", "planned")}


def change_rules_on_the_way(r: random.Random, tables: Any) -> None:
    """Let other rules hold from some month on, as an intervention does: shares change, stages are left out."""
    months = int(tables["months"][0])
    if months < 2 or r.random() < 0.4:
        return
    rules = tables["rules"][0]
    rules[1] = rules[0]
    tables["epoch"][0][r.randrange(1, months) :] = 1
    for name in ("to_assess", "adaptation_share", "death_while_waiting", "over_prescribed_in_bed"):
        rules[1][name] *= r.random()
    for name in ("assessing", "arrangement", "restart", "sourcing", "referral"):
        if r.random() < 0.3:
            stage = rules[1][name]["family"]
            (stage if stage.ndim == 2 else stage[r.randrange(len(stage))])[:] = -1
    if r.random() < 0.3:
        rules[1]["review_every_days"] *= r.choice([0.0, 0.5])


def interventions(r: random.Random, config: dict[str, Any]) -> list[dict[str, Any]]:
    """Let pools change their scope, teams their days, capacities and rates from some month on."""
    if r.random() < 0.4:
        return []
    effects: list[dict[str, Any]] = []
    splits = [*QUEUES[1:], *MARKETS]
    if config["pools"]["home_care"].get("binding"):
        splits.remove("home_care")  # a part of its hours may be less than the largest package
    for name in r.sample(splits, r.randrange(1, 5)):
        month = r.choice(MONTHS_RUN)
        later = [m for m in MONTHS_RUN if m > month]
        until = {"until": r.choice(later)} if later and r.random() < 0.5 else {}
        effects.append({"on": f"pools.{name}.scope", "becomes": r.choice(SCOPES), "from": month, **until})
        cap = config["pools"][name].get("starts_a_week", "none")
        if cap != "none":  # enough for each of the new members to start somebody
            config["pools"][name]["starts_a_week"] = dict.fromkeys(cap, 5)
    if r.random() < 0.5:
        effects.append({"on": "pools.assessment.working_days", "becomes": 7, "from": r.choice(MONTHS_RUN)})
    if r.random() < 0.5:
        effects.append({"on": "pools.reablement.capacity", "times": r.choice([0, 2]), "from": r.choice(MONTHS_RUN)})
    if r.random() < 0.5:
        effects.append({"on": "hospital.stay", "where": {"cause": "fall"}, "times": 0.5, "ramp_months": 2})
    if r.random() < 0.5:
        effects.append({"on": "admissions.rate", "times": r.choice([0, 3]), "from": r.choice(MONTHS_RUN)})
    return [{"name": "A change", "effects": effects}]


# ---- kinds of value


def span(r: random.Random, mean: float) -> dict[str, Any]:
    """Choose a distribution of days around a mean, of any family."""
    mean = round(mean * r.choice([0.3, 1, 2]), 3)
    made: dict[str, Any] = r.choice([
        {"exponential": {"mean_days": mean}},
        {"fixed": {"days": r.choice([0, 1, 7, mean])}},
        {"lognormal": {"median_days": mean * 0.6, "mean_days": mean}},
        {"weibull": {"shape": r.choice([0.7, 2]), "scale_days": mean}},
        {"gamma": {"mean_days": mean, "sd_days": mean * r.choice([0.3, 1.5])}},
        {"empirical": {"values": [0, round(mean * 0.5, 2), 1, mean, mean * 2, 7]}},
    ])  # fmt: skip
    if r.random() < 0.2:
        made["zero_share"] = round(r.random() * 0.6, 2)
    return made


def lasting(r: random.Random, mean: float) -> dict[str, Any]:
    """Choose a distribution of days that are not 0, as what is left of it at the start is wanted too."""
    return r.choice([
        {"exponential": {"mean_days": mean}},
        {"fixed": {"days": mean}},
        {"lognormal": {"median_days": mean * 0.6, "mean_days": mean}},
        {"weibull": {"shape": r.choice([0.8, 2]), "scale_days": mean}},
        {"gamma": {"mean_days": mean, "sd_days": mean * r.choice([0.3, 1.2])}},
        {"empirical": {"values": [1, mean * 0.5, mean, mean * 2]}},
    ])  # fmt: skip


def stage(r: random.Random, mean: float) -> Any:
    """Choose a distribution of days, or leave the stage out."""
    return "none" if r.random() < 0.15 else span(r, mean)


def slow(days: Any) -> Any:
    """Let something not happen every minute: a world of millions of events shows no more than one of thousands."""
    never_waits = isinstance(days, dict) and days.get("fixed") == {"days": 0}
    return {"fixed": {"days": 1}} if never_waits else days


def hours(r: random.Random, mean: float) -> dict[str, Any]:
    """Choose a distribution of hours a week, none above the largest package."""
    if r.random() < 0.3:
        return {"empirical": {"values": [0, 1, 3, 8, 14, LARGEST_PACKAGE]}}
    return {"empirical": {"values": [min(LARGEST_PACKAGE, round(mean * k / 4, 1)) for k in range(13)]}}


def share(r: random.Random) -> float:
    """Choose a share, often an extreme one."""
    return r.choice([0, 1, round(r.random(), 3), round(r.random(), 3), round(r.random(), 3)])


def shares(r: random.Random, names: tuple[str, ...]) -> dict[str, float]:
    """Choose shares that add up to one."""
    parts = [r.random() ** 2 + 0.02 for _ in names]
    total = sum(parts)
    return {name: part / total for name, part in zip(names, parts, strict=True)}


# ---- the parts of a config


def config_of(r: random.Random) -> dict[str, Any]:
    """Choose a whole config."""
    days = r.choice([35, 90, 160, 250])
    return {
        "name": "A random world",
        "calendar": {"starts": (FIRST_DAY + datetime.timedelta(days=14)).isoformat(), "days": days,
                     "warm_up_days": r.choice([0, 14]), "run_out_days": r.choice([0, 20])},
        "geography": {"county": "County", "places": {
            name: {"unitary": unitary, "hub": hub, "trusts": trusts}
            for name, (unitary, hub, trusts) in PLACES.items()}},
        "demand": demand(r),
        "hospital": hospital(r),
        "need": need(r),
        "discharge": discharge(r),
        "waiting": waiting(r),
        "reablement": {"planned": lasting(r, 20), "outcomes": outcomes(r), "smaller_factor": 0.6, "free_weeks": 2,
                       "visits": {"intensive_days": 7, "hours_a_week_first": 9, "hours_a_week_after": 5}},
        "intermediate_care": {"planned": lasting(r, 15), "outcomes": outcomes(r), "smaller_factor": 0.7,
                              "free_weeks": 1},
        "temporary_placement": {"share": share(r), "planned": span(r, 12), "outcomes": outcomes(r),
                                "smaller_factor": 0.8},
        "requests": {kind: {"reablement": 0.3, "package": 0.35, "care_home": 0.2}
                     for kind in ("community", "safeguarding", "coming_of_age")},
        "packages": packages(r),
        "pools": {name: pool(r, name, days) for name in (*QUEUES, *MARKETS)},
        "at_start": {"people": {"by_setting": {
                         name: {"by_age": {age: r.randrange(12) for age in AGES}} for name in SETTINGS}},
                     "hours": hours(r, 8)},
    }  # fmt: skip


def demand(r: random.Random) -> dict[str, Any]:
    """Choose who comes; the youngest and the oldest always do."""

    def rate(most: float) -> dict[str, Any]:
        return {"by_age": {age: round(r.uniform(0.1, 1) * most, 2) for age in AGES}}

    busy = r.choice([0.4, 1, 2])
    return {
        "population": {"by_age": dict.fromkeys(AGES, 700)},
        "growth_a_year": r.choice([0, 0.3]),
        "admissions": {"fall": rate(60 * busy), "other_emergency": rate(150 * busy), "planned": rate(40 * busy),
                       "share_from_care": 0.1, "month_factor": [r.choice([0.5, 1, 2]) for _ in range(12)],
                       "weekday_factor": [1, 1, 2, 1, 1, 0.5, r.choice([0, 1])]},
        "community": rate(60 * busy), "safeguarding": rate(30 * busy), "coming_of_age": rate(15),
        "self_funded_home_care": rate(30), "self_funded_care_home": rate(30),
    }  # fmt: skip


def hospital(r: random.Random) -> dict[str, Any]:
    """Choose stays and deaths."""
    return {
        "stay": {"emergency": lasting(r, 5), "fall": span(r, 8), "planned": span(r, 2)},
        "zero_share_from_care": share(r), "death_share": 0.08, "death_factor_home_care": 1.5,
        "death_share_care_home": 0.15, "death_factor_planned": 0.3, "death_factor_long_stay": 2,
        "death_while_waiting": r.choice([0, 2, 20]), "follow_up_days": r.choice([10, 30, 90]),
    }  # fmt: skip


def need(r: random.Random) -> dict[str, Any]:
    """Choose needs and what a stay does to them."""
    return {
        "first": hours(r, 4), "on_request": hours(r, 8),
        "deconditioning": {"rule": r.choice(["none", "step", "ramp"]), "after_days": r.choice([0, 3, 7]),
                           "factor": 2, "per_day": 0.1, "cap_hours": LARGEST_PACKAGE,
                           "recovery_share": r.choice([0, 0, 0.7]), "recovery_half_life_days": 10},
    }  # fmt: skip


def discharge(r: random.Random) -> dict[str, Any]:
    """Choose referral, pathways and what follows a discharge."""
    return {
        "referral_threshold_hours": 3, "referred_above": r.choice([0.9, 1]), "referred_below": r.choice([0, 0.3]),
        "pathway_1_hours": 2, "pathway_2_hours": r.choice([5, 10]), "pathway_3_hours": r.choice([10, 14]),
        "over_prescribed_in_bed": share(r), "over_prescribed_at_home": share(r),
        "to_assess": {"by_pathway": {name: r.choice([0, 0.5, share(r)]) for name in PATHWAYS}},
        "restart_factor": r.choice([0.8, 1.25]), "grown_to_care_home": share(r), "grown_offered_reablement": share(r),
        "reablement_offered": 0.7, "wrap_around_share": share(r), "readmitted_within_90_days": r.choice([0.2, 0.6]),
        "readmission_after": r.choice([{"exponential": {"mean_days": 8}}, {"gamma": {"mean_days": 9, "sd_days": 7}},
                                       {"fixed": {"days": 3}}]),
        "readmission_factor_support_missing": 1.5, "readmission_factor_wrap_around": 0.7,
        "death_within_91_days": 0.1, "death_within_91_days_supported": 0.2, "death_factor_pathway_2": 1.3,
    }  # fmt: skip


def waiting(r: random.Random) -> dict[str, Any]:
    """Choose the stages of waiting; any may be left out."""
    return {
        "referral": stage(r, 0.6), "assessment": {"by_work": {work: stage(r, 1.5) for work in WORK}},
        "assessment_factor_pathway_3": 2, "adaptation_share": {"by_pathway": {name: share(r) / 2 for name in PATHWAYS}},
        "adaptation": span(r, 3), "arrangement": {"by_pathway": {name: stage(r, 1) for name in PATHWAYS}},
        "restart": {"by_setting": {name: stage(r, 0.5) for name in SETTINGS}},
    }  # fmt: skip


def outcomes(r: random.Random) -> dict[str, float]:
    """Choose how episodes end."""
    return shares(r, ("independent", "smaller", "same", "care_home"))


def packages(r: random.Random) -> dict[str, Any]:
    """Choose packages whose lives, reviews and growth are fast."""
    funding = shares(r, ("council", "self", "nhs"))
    return {
        "at_home": shares(r, SETTINGS[:4]), "in_care_home": shares(r, SETTINGS[4:]),
        "funding_at_home": funding, "funding_in_care_home": funding, "money_runs_out": r.choice([0, 4]),
        "lifetime": {name: lasting(r, r.choice([25, 90])) for name in SETTINGS},
        "endings": {"at_home": shares(r, ("death", "care_home", "recovery")),
                    "in_care_home": shares(r, ("death", "care_home", "recovery"))},
        "admissions_a_year": {"at_home": r.choice([0, 3]), "in_care_home": 2}, "fall_share_from_care": 0.3,
        "review_every_days": r.choice(["none", 5, 20]), "review_factor": {"empirical": {"values": [0.6, 0.9, 1]}},
        "grows_every": slow(stage(r, 8)), "growth_factor": r.choice([1.02, 1.05]),
        "held_open_days": {"by_setting": {name: r.choice([0, 1, 3, 28]) for name in SETTINGS}},
        "sourcing": {"by_setting": {name: stage(r, 1.5) for name in SETTINGS}},
        "pressure": {"normal_occupancy": 0.8, "elasticity": 2, "floor": 0.5, "cap": 4},
    }  # fmt: skip


def pool(r: random.Random, name: str, days: int) -> dict[str, Any]:
    """Choose a pool: its scope, capacity over time, position at the start, patience, days and ranks."""
    scope = r.choice(SCOPES)
    per_member = len(PLACES) / len(MEMBERS[scope])
    usual = USUAL[name] * per_member

    def capacity() -> dict[str, int]:
        least = 2 * LARGEST_PACKAGE if name == "home_care" else 0
        return {m: max(least, int(usual * r.choice([0, 0.5, 1, 2, 4]))) for m in MEMBERS[scope]}

    limited = name not in ("acute_beds", "adaptations") or r.random() < 0.6
    made: dict[str, Any] = {
        "scope": scope, "capacity": capacity() if limited else "unlimited", "share_by": "population",
        "working_days": r.choice([5, 7, 7, ["Tuesday", "Saturday"]]),
        "grows_with_population": limited and r.random() < 0.2,
        "overflow_after_days": r.choice(["none", "none", 0, 1, 4]),
    }  # fmt: skip
    if limited and not made["grows_with_population"]:
        when = sorted(r.sample([k for k in (0, 7, 10, 14, 21, 28) if k < days], r.randrange(4)))
        made["changes"] = [
            {"from": (FIRST_DAY + datetime.timedelta(days=14 + k)).isoformat(),
             "capacity": {m: 0 if r.random() < 0.2 else c for m, c in capacity().items()}} for k in when
        ]  # fmt: skip
    if name in QUEUES:
        made["at_start"] = {"in_use": {m: r.randrange(4) for m in MEMBERS[scope]},
                            "waiting": {m: r.randrange(4) if limited else 0 for m in MEMBERS[scope]},
                            "waited_days": r.choice([0, 2, 9])}  # fmt: skip
    else:
        made["binding"] = r.random() < 0.5
        cap = r.choice(["none", "none", 1, 5])
        made["starts_a_week"] = cap if cap == "none" else dict.fromkeys(MEMBERS[scope], cap)
    if name == "assessment":
        made["priority"] = {work: r.choice([0, 1, 1, 2]) for work in WORK}
    return made

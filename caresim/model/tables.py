"""The shapes that compiled code works on: one record for the tables, one for a person, one for the counts.

Shapes come from constants, never from a config, so that the engine is compiled once. Unused places, months or pools
cost address space, not memory.
"""

from __future__ import annotations

import numpy as np

from caresim.config.vocabulary import COUNTED
from caresim.model.chance import CELLS, DAY
from caresim.model.codes import (
    AGES, BODIES, FUNDINGS, ORIGINS, OUTCOMES, PATHWAYS, POOLS, REASONS, REVIEW_RESULTS, ROLES, SERVICES, SETTINGS,
    SHORT_TERM, STREAMS, WORK,
)  # fmt: skip

PLACES, TRUSTS, UNITARIES = 16, 8, 16
MONTHS = 192  # sixteen years, warm-up and run-out included
YEARS = 18  # the sixteen that fifteen years touch, of which reporting may cut two in two
DAYS = 5860
POOL_MEMBERS = 64
STEPS = POOL_MEMBERS * MONTHS
LEVELS = 10  # strips of an arrival stream: [0,1), [1,2), [2,4), ... [256,512) people a day
CURVES = 256
SAMPLES = 1 << 16
EPOCHS = MONTHS  # parameters may change from month to month
HANDS_OVER = -2  # in place of a new capacity: the pool closes, others serve its people
LAYOUTS = 32  # ways in which pools serve places, and the days on which teams work
STARTERS = PLACES * len(AGES) * len(SETTINGS) + 2 * POOL_MEMBERS

PERSON_BITS = 30
FIRST_ARRIVAL = 1 << 24  # below: people who are there at the start
MOST_TOGETHER = FIRST_ARRIVAL // STARTERS  # of one cell of them: each has a number of their own
USES, AWAITS = 100, 200  # in start_code: plus the pool's number; below, a setting

N_AGES, N_STREAMS, N_ORIGINS, N_SERVICES = len(AGES), len(STREAMS), len(ORIGINS), len(SERVICES)
N_SETTINGS, N_FUNDINGS, N_PATHWAYS, N_REASONS = len(SETTINGS), len(FUNDINGS), len(PATHWAYS), len(REASONS)
N_POOLS, N_ROLES, N_WORK, N_OUTCOMES, N_BODIES = len(POOLS), len(ROLES), len(WORK), len(OUTCOMES), len(BODIES)
N_RESULTS, N_SHORT_TERM = len(REVIEW_RESULTS), len(SHORT_TERM)

DISTRIBUTION = np.dtype(
    [("family", "i8"), ("start", "i8"), ("count", "i8"), ("zero_share", "f8"), ("a", "f8"), ("b", "f8")], align=True
)

# Rules by place and age. The name of a field is the last part of its path in a config where that is clear enough;
# model/compile/registry.py says which path fills which field.
NUMBERS = (
    "zero_share_from_care", "death_share", "death_factor_home_care", "death_share_care_home", "death_factor_planned",
    "death_factor_long_stay", "death_while_waiting", "decondition_after_days", "decondition_factor",
    "decondition_per_day", "decondition_cap_hours", "recovery_share", "recovery_half_life_days",
    "referral_threshold_hours", "referred_above", "referred_below", "pathway_1_hours", "pathway_2_hours",
    "pathway_3_hours", "over_prescribed_in_bed", "over_prescribed_at_home", "restart_factor", "grown_to_care_home",
    "grown_offered_reablement", "reablement_offered", "wrap_around_share", "readmitted_within_90_days",
    "readmission_in_time", "readmission_factor_support_missing", "readmission_factor_wrap_around",
    "death_within_91_days", "death_within_91_days_supported", "death_factor_pathway_2", "assessment_factor_pathway_3",
    "reablement_smaller_factor", "intermediate_care_smaller_factor", "temporary_smaller_factor", "temporary_share",
    "money_runs_out", "fall_share_from_care", "review_every_days", "growth_factor",
)  # fmt: skip
KEYED_NUMBERS = {
    "to_assess": N_PATHWAYS,
    "adaptation_share": N_PATHWAYS,
    "held_open_days": N_SETTINGS,
    "request_reablement": N_ORIGINS,
    "request_package": N_ORIGINS,
    "request_care_home": N_ORIGINS,
}
DISTRIBUTIONS = (
    "first_need", "request_need", "start_hours", "readmission_after", "referral", "adaptation", "review_factor",
    "grows_every", "planned_reablement", "planned_intermediate_care", "planned_temporary",
)  # fmt: skip
KEYED_DISTRIBUTIONS = {
    "stay": 3,
    "assessing": N_WORK,
    "arrangement": N_PATHWAYS,
    "restart": N_SETTINGS,
    "lifetime": N_SETTINGS,
    "sourcing": N_SETTINGS,
}
SHARES = {  # cumulative
    "outcomes_reablement": N_OUTCOMES,
    "outcomes_intermediate_care": N_OUTCOMES,
    "outcomes_temporary": N_OUTCOMES,
    "setting_at_home": 4,
    "setting_in_care_home": 2,
    "funding_at_home": N_FUNDINGS,
    "funding_in_care_home": N_FUNDINGS,
    "endings_at_home": 3,
    "endings_in_care_home": 3,
}
VISITS = ("visit_intensive_days", "visit_hours_first", "visit_hours_after")
PRESSURE = ("pressure_normal", "pressure_elasticity", "pressure_floor", "pressure_cap")

GRID = (PLACES, N_AGES)
RULES = np.dtype(
    [(name, "f8", GRID) for name in NUMBERS]
    + [(name, "f8", (size, *GRID)) for name, size in KEYED_NUMBERS.items()]
    + [(name, DISTRIBUTION, GRID) for name in DISTRIBUTIONS]
    + [(name, DISTRIBUTION, (size, *GRID)) for name, size in KEYED_DISTRIBUTIONS.items()]
    + [(name, "f8", (*GRID, size)) for name, size in SHARES.items()]
    + [(name, "f8") for name in VISITS + PRESSURE]
    + [("free_weeks", "f8", N_SHORT_TERM), ("decondition_rule", "i8")],
    align=True,
)

TABLES = np.dtype(
    [
        # time, in minutes from the first day of the warm-up
        ("horizon", "i8"), ("grain", "i8"), ("months", "i8"), ("years", "i8"), ("first_weekday", "i8"),
        ("month_start", "i8", MONTHS + 1), ("month_of_day", "u8", DAYS + 1), ("year_of_month", "u8", MONTHS),
        ("year_start", "i8", YEARS + 1), ("epoch", "u8", MONTHS), ("follow_up", "i8"),
        # geography and pools
        ("places", "i8"), ("unitary_of", "u8", PLACES), ("trust_cdf", "f8", (PLACES, TRUSTS)), ("trusts", "i8"),
        ("layout", "u8", MONTHS), ("pool_of", "i8", (LAYOUTS, N_POOLS, PLACES, TRUSTS)), ("pools", "i8"),
        ("pool_kind", "i8", POOL_MEMBERS),
        ("queues", "i8", POOL_MEMBERS), ("limited", "i8", POOL_MEMBERS), ("capacity", "i8", POOL_MEMBERS),
        ("patience", "i8", POOL_MEMBERS),
        ("starts_a_week", "i8", POOL_MEMBERS), ("works", "i8", (LAYOUTS, POOL_MEMBERS, 7)), ("rank", "i8", N_WORK),
        ("steps", "i8"), ("step_minute", "i8", STEPS + 1), ("step_pool", "i8", STEPS + 1), ("step_to", "i8", STEPS + 1),
        # who arrives, and who is there at the start
        ("strips", "i8"), ("rate", "f8", (PLACES, N_AGES, N_STREAMS, MONTHS)), ("weekday", "f8", (N_STREAMS, 7)),
        ("top_level", "i8", (PLACES, N_AGES, N_STREAMS)),
        ("starters", "i8"), ("start_place", "i8", STARTERS), ("start_age", "i8", STARTERS),
        ("start_cell", "i8", STARTERS),
        ("start_people", "i8", STARTERS), ("start_waited", "i8", STARTERS), ("start_code", "i8", STARTERS),
        ("pool_trust", "i8", POOL_MEMBERS), ("pool_places", "f8", (POOL_MEMBERS, PLACES)), ("age_cdf", "f8", N_AGES),
        ("residual", DISTRIBUTION, (N_SETTINGS, *GRID)), ("residual_stay", DISTRIBUTION, GRID),
        ("residual_slot", DISTRIBUTION, (2, *GRID)),
        # hazard of admission while in care, added up from minute 0 to the start of each month
        ("hazard", "f8", (N_SETTINGS, *GRID, MONTHS + 1)),
        ("curves", "f8", (CURVES, CELLS + 1)), ("samples", "f8", SAMPLES),
        ("rules", RULES, EPOCHS),
    ],
    align=True,
)  # fmt: skip

# What is known of a person; an engine adds what it needs to keep time. What is looked at together stands together: at
# every moment; when support begins or ends and when somebody leaves; in hospital; and with a package.
PERSON_ALWAYS = [("in_bed", "i1"), ("setting", "i1"), ("service", "i1"), ("number", "i4")]
PERSON_COUNTED = [
    ("hours", "i4"), ("hours_unmet", "i4"), ("chain_from", "i4"), ("check_at", "i4"), ("awaits", "i1"), ("unmet", "i1"),
    ("away", "i1"), ("supported", "i1"), ("place", "u1"), ("age", "u1"), ("origin", "u1"), ("funding", "i1"),
    ("chain_origin", "i1"), ("chain_pathway", "i1"), ("counted_year", "i1"), ("counted_year_long", "i1"),
    ("left_at", "i8"),
]  # fmt: skip
PERSON_IN_HOSPITAL = [
    ("visits_from", "i4"), ("trust", "u1"), ("cause", "u1"), ("stage", "u1"), ("pathway", "i1"),
    ("support_missing", "i1"), ("at_home_first", "i1"), ("grown", "i1"), ("self_arranged", "i1"), ("spell", "i4"),
    ("came", "i4"), ("ready_at", "i4"), ("asked_at", "i4"), ("stage_since", "i4"), ("n0", "f8"),
    ("decondition", "f8"), ("deconditioned_at", "i4"), ("base_setting", "i4"), ("base_hours", "i4"),
]  # fmt: skip
PERSON_WAITED = [("waited", "i4", N_REASONS), ("midnights", "i4", N_REASONS), ("birthday", "i8"), ("entered", "i4")]
PERSON_WITH_PACKAGE = [
    ("hazard_left", "f8"), ("hazard_from", "i4"), ("package", "i4"), ("review", "i4"), ("growths", "i4"),
    ("asked_setting", "i4"), ("asked_hours", "i4"), ("moving", "i4"), ("left_over", "i4"), ("residual_first", "i4"),
    ("ask_work", "i4"),
]  # fmt: skip
PERSON = np.dtype(PERSON_ALWAYS + PERSON_COUNTED + PERSON_IN_HOSPITAL + PERSON_WAITED + PERSON_WITH_PACKAGE, align=True)

FLOWS = COUNTED
N_FLOWS = len(FLOWS)
F = {name: i for i, name in enumerate(FLOWS)}

STAY_BINS = 121
WINDOWS = ("in_year", "first_52_weeks")

COUNTS = np.dtype(
    [
        ("rows", "i8"),
        ("flow", "i4", (MONTHS, PLACES, N_AGES, N_ORIGINS, N_FLOWS)),
        # waits in the bed, by the month of leaving it: people, minutes, midnights
        ("waits", "i8", (MONTHS, PLACES, N_PATHWAYS, N_REASONS, 3)),
        # levels end in two numbers: minutes within the month of a change, and the change that lasts beyond it
        ("pool_use", "i8", (MONTHS, POOL_MEMBERS, 2, 2)),  # in use, waiting
        ("pool_count", "i8", (MONTHS, POOL_MEMBERS, 4)),  # requests, starts, minutes waited by starters, overflowed
        # assessment teams by class of work and where people live: minutes waiting within the month of a change, and the
        # change that lasts beyond it; requests, starts, minutes waited by starters
        ("work", "i8", (MONTHS, PLACES, N_WORK, 5)),
        # reviews by what they find: people; hours a week to be given or given back
        ("reviews", "i8", (MONTHS, PLACES, N_FUNDINGS, N_RESULTS, 2)),
        ("overflow", "i8", (MONTHS, POOL_MEMBERS, 2)),
        ("capacity", "i8", (MONTHS, POOL_MEMBERS, 2)),
        ("daily", "i4", (DAYS + 2, POOL_MEMBERS, 2)),  # changes of the level at midnight: in use, waiting
        ("delayed", "i4", (DAYS + 2, UNITARIES, 2)),  # changes at midnight: ready in a bed; of these, assessment asked
        ("beds", "i8", (MONTHS, PLACES, N_AGES, 2)),
        ("away", "i8", (MONTHS, PLACES, N_AGES, 2)),  # in hospital, a short-term bed or a care home
        # services: people and hours a week, within the month and lasting
        ("stock", "i8", (MONTHS, PLACES, N_SERVICES, N_ORIGINS, N_FUNDINGS, 2, 2)),
        # short-term services after the weeks that are free: as for stock, but the council's only
        ("charged", "i8", (MONTHS, PLACES, N_SHORT_TERM, N_ORIGINS, 2, 2)),
        # people who wait at home for support, and hours a week that are missing: within the month, and lasting
        ("unmet", "i8", (MONTHS, PLACES, 2, 2)),
        ("at_home_lost", "i8", (YEARS, PLACES, N_AGES)),  # minutes between death and the end of the year
        ("supported", "i4", (MONTHS, PLACES, N_AGES, 2)),  # changes: any council support, long-term council support
        ("distinct", "i4", (YEARS, PLACES, N_AGES, 2)),
        ("chain", "i8", (YEARS, PLACES, N_ORIGINS, N_SERVICES, 2, 2)),  # window; people-minutes, hour-minutes
        ("charged_chain", "i8", (YEARS, PLACES, N_ORIGINS, N_SHORT_TERM, 2, 2)),  # of these, after the free weeks
        # those begun at a hospital discharge, first 52 weeks, by the pathway of that discharge: people-, hour-minutes
        ("pathway_chain", "i8", (YEARS, PLACES, N_PATHWAYS, N_SERVICES, 2)),
        ("stays", "i4", (YEARS, PLACES, N_AGES, STAY_BINS)),  # emergency stays by whole days
    ],
    align=True,
)

NOBODY_ELSE = np.zeros(TABLES["rate"].shape)  # rates of arrival

LOG_COLUMNS = ("order", "minute", "person", "event", "place", "age", "pool", "value")


def new(dtype: np.dtype) -> np.ndarray:
    """Make one zeroed record of `dtype`, as an array of length 1 (memory is touched only where it is used)."""
    return np.zeros(1, dtype).view(np.recarray)


def used_counts(counts: np.ndarray, tables: np.ndarray) -> dict[str, np.ndarray]:
    """Give views of one record of COUNTS by field, as far as a run of one record of TABLES may use them."""
    t = tables[0]
    long = {MONTHS: int(t["months"]), YEARS: int(t["years"]), DAYS + 2: int(t["horizon"]) // DAY + 2}
    wide = {PLACES: int(t["places"]), POOL_MEMBERS: int(t["pools"])}  # unitaries are never more than places
    fields = {name: counts[name] for name in counts.dtype.names or ()}
    return {name: f[:, : long[f.shape[1]], : wide[f.shape[2]]] if f.ndim > 1 else f for name, f in fields.items()}

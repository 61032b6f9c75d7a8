"""What scenarios have in common, told from their tables: who comes, and all that happens before they begin to differ.

A digest covers all that the engine reads for it, and nothing else; tests spoil everything that it does not cover. Where
a curve or a sample is kept is left to each scenario's tables, so its content counts, not its place.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from caresim.model.chance import CURVE, DAY, EMPIRICAL
from caresim.model.codes import ACUTE_BEDS
from caresim.model.tables import DISTRIBUTION, RULES, TABLES

# All that telling an arrival's story reads.
READ = (
    "horizon", "grain", "months", "first_weekday", "month_start", "month_of_day", "year_of_month", "year_start",
    "follow_up", "places", "trust_cdf", "trusts", "pools", "pool_kind", "queues", "strips", "weekday",
)  # fmt: skip
RULES_READ = (
    "first_need", "stay", "death_share", "death_factor_planned", "death_factor_long_stay", "decondition_rule",
    "decondition_after_days", "decondition_factor", "decondition_per_day", "decondition_cap_hours", "recovery_share",
    "recovery_half_life_days", "referral_threshold_hours", "referred_above", "referred_below", "pathway_1_hours",
    "pathway_2_hours", "pathway_3_hours", "readmitted_within_90_days", "readmission_factor_support_missing",
    "readmission_factor_wrap_around", "wrap_around_share", "readmission_after", "readmission_in_time",
    "death_within_91_days", "fall_share_from_care",
)  # fmt: skip

# What may change from month to month: of these only what holds before the fork counts for what happens before it.
# Pools and the days on which teams work may be looked up ahead of time, and so may hazards: they count as a whole.
BY_MONTH = (
    "rate", "top_level", "epoch", "rules", "layout", "pool_of", "works", "steps", "step_minute", "step_pool", "step_to",
    "curves", "samples",
)  # fmt: skip


# What else tells who arrives.
RATES_READ = ("rate", "top_level")


def stories_of(tables: Any) -> str:
    """Give the digest of all that telling the stories of arrivals reads of one record of TABLES."""
    t, digest = tables[0], _Digest(tables[0])
    for name in READ:
        digest.add(t[name])
    months = int(t["months"])
    digest.add_rules(months, RULES_READ)
    digest.add(t["pool_of"][t["layout"][:months], ACUTE_BEDS])
    return digest.told()


def rates_of(tables: Any) -> str:
    """Give the digest of what else it depends on who arrives."""
    digest = _Digest(tables[0])
    for name in RATES_READ:
        digest.add(tables[0][name])
    return digest.told()


def what_is_lived(tables: Any, fork: int) -> str:
    """Give the digest of all that what happens before the month `fork` follows from."""
    t, digest = tables[0], _Digest(tables[0])
    for name in TABLES.names or ():
        if name not in BY_MONTH:
            digest.add(t[name])
    digest.add(t["rate"][..., :fork])
    digest.add_rules(fork, RULES.names or ())
    layouts = t["layout"][: int(t["months"])]
    digest.add(t["pool_of"][layouts])
    digest.add(t["works"][layouts])
    steps = steps_before(t, fork)
    for name in ("step_minute", "step_pool", "step_to"):
        digest.add(t[name][:steps])
    return digest.told()


def steps_before(t: Any, fork: int) -> int:
    """Count the changes of capacity before a month."""
    return int(np.searchsorted(t["step_minute"][: int(t["steps"])], int(t["month_start"][fork])))


def first_difference(tables: Any, others: Any) -> int:
    """Give the first month in which rates, rules or capacities of two records of TABLES differ; 0 where none do."""
    a, b, months = tables[0], others[0], int(tables[0]["months"])
    if months != int(b["months"]):
        return 0
    rates = np.flatnonzero((a["rate"] != b["rate"]).any(axis=(0, 1, 2)))
    pairs = list(zip(a["epoch"][:months].tolist(), b["epoch"][:months].tolist(), strict=True))
    differ = {pair: a["rules"][pair[0]].tobytes() != b["rules"][pair[1]].tobytes() for pair in set(pairs)}
    found = [*rates[:1].tolist(), *[month for month, pair in enumerate(pairs) if differ[pair]][:1]]
    steps = steps_of(a) ^ steps_of(b)
    if steps:
        found.append(int(a["month_of_day"][min(steps)[0] // DAY]))
    return min(found, default=0)


def steps_of(t: Any) -> set[tuple[int, ...]]:
    """Give the changes of capacity: minute, pool, what to."""
    rows = np.stack([t["step_minute"], t["step_pool"], t["step_to"]], axis=1)[: int(t["steps"])]
    return {tuple(row) for row in rows.tolist()}


class _Digest:
    """Add up arrays; distributions go by what they are, wherever their curves and samples are kept."""

    def __init__(self, t: Any) -> None:
        self._t = t
        self._digest = hashlib.blake2b()
        self._places: dict[tuple[int, int], int] = {}  # of curves and samples, in the order of their first use

    def add(self, values: Any) -> None:
        values = np.ascontiguousarray(values)
        if values.dtype == DISTRIBUTION:
            values = self._without_places(values)
        self._digest.update(str(values.shape).encode())
        self._digest.update(values.tobytes())

    def add_rules(self, months: int, names: tuple[str, ...]) -> None:
        """Add the rules in force in each of the first months."""
        told: dict[int, str] = {}
        for epoch in self._t["epoch"][:months].tolist():
            if epoch not in told:
                rules = _Digest(self._t)
                for name in names:
                    rules.add(self._t["rules"][epoch][name])
                told[epoch] = rules.told()
            self._digest.update(told[epoch].encode())

    def _without_places(self, values: Any) -> Any:
        """Give distributions whose place of storage is replaced by the rank of its content, which is added once."""
        values = values.copy()
        flat = values.reshape(-1)
        for i in np.flatnonzero((flat["family"] == CURVE) | (flat["family"] == EMPIRICAL)).tolist():
            family, start, count = int(flat["family"][i]), int(flat["start"][i]), int(flat["count"][i])
            if (family, start) not in self._places:
                self._places[family, start] = len(self._places)
                kept = self._t["curves"][start] if family == CURVE else self._t["samples"][start : start + count]
                self._digest.update(kept.tobytes())
            flat["start"][i] = self._places[family, start]
        return values

    def told(self) -> str:
        return self._digest.hexdigest()

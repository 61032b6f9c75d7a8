"""What scenarios share: people who come in the same way and meet nobody are told of once for a replication.

Scenarios of a comparison often differ only in what happens after a referral: teams, pools, reablement, packages. For
those, `expect` gives the same people and the same counts. Whether it does follows from the part of the tables that it
reads, and from nothing else.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any


from caresim.model.codes import ACUTE_BEDS

# All that `expect` reads. A test spoils everything else and sees no difference.
READ = (
    "horizon", "grain", "months", "first_weekday", "month_start", "month_of_day", "year_of_month", "year_start",
    "follow_up", "places", "trust_cdf", "trusts", "pools", "pool_kind", "queues", "strips", "rate", "weekday",
    "top_level", "curves", "samples",
)  # fmt: skip
RULES_READ = (
    "first_need", "stay", "death_share", "death_factor_planned", "death_factor_long_stay", "decondition_rule",
    "decondition_after_days", "decondition_factor", "decondition_per_day", "decondition_cap_hours", "recovery_share",
    "recovery_half_life_days", "referral_threshold_hours", "referred_above", "referred_below", "pathway_1_hours",
    "pathway_2_hours", "pathway_3_hours", "readmitted_within_90_days", "readmission_factor_support_missing",
    "readmission_factor_wrap_around", "wrap_around_share", "readmission_after", "death_within_91_days",
    "fall_share_from_care",
)  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """What `expect` leaves behind: who joins when, what has been counted, and what is in use at the end."""

    coming: Any = field(repr=False)
    whom: Any = field(repr=False)
    people: Any = field(repr=False)
    counts: Any = field(repr=False)
    in_use: Any = field(repr=False)
    told: int  # clock events
    unseen: int  # people inside at the end of whom nothing more is seen

    def kept(self) -> Expected:
        """Give one that stays as it is when the thread goes on to tell of others."""
        return replace(self, people=self.people.copy())


def what_is_expected(tables: Any) -> str:
    """Give the digest of all that `expect` reads of one record of TABLES."""
    t = tables[0]
    digest = hashlib.blake2b()
    for name in READ:
        digest.update(t[name].tobytes())
    months = int(t["months"])
    by_epoch: dict[int, bytes] = {}
    for epoch in t["epoch"][:months].tolist():
        if epoch not in by_epoch:
            rules = hashlib.blake2b()
            for name in RULES_READ:
                rules.update(t["rules"][epoch][name].tobytes())
            by_epoch[epoch] = rules.digest()
        digest.update(by_epoch[epoch])
    digest.update(t["pool_of"][t["layout"][:months], ACUTE_BEDS].tobytes())
    return digest.hexdigest()


class Shared:
    """Keeps what was expected last, so that the next scenario need not be told of it again."""

    def __init__(self, most: int = 4) -> None:
        self._most = most
        self._kept: OrderedDict[Any, Expected] = OrderedDict()
        self._turns: dict[Any, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, key: Any, make: Callable[[], Expected]) -> Expected:
        """Give what is kept under a key, or make it; who wants the same meanwhile waits."""
        with self._guard:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            found = self._kept.get(key) or make().kept()
            with self._guard:
                self._kept[key] = found
                self._kept.move_to_end(key)
                while len(self._kept) > self._most:
                    self._turns.pop(self._kept.popitem(last=False)[0], None)
            return found

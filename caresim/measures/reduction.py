"""Cutting an engine's counts down to what is reported, as the run goes on: a month that is over needs no more room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from caresim.engines.outcome import Outcome
from caresim.measures.replication import SHORT, Ints, Replication, month_minutes, narrow
from caresim.model.compile import Compiled

LONG = (np.int32,)


class Reduction:
    """Takes counts month by month and makes a Replication of them: levels as areas, within the reported time."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        time = compiled.time
        self.days = [(day - time.first).days for day in time.month_starts]  # on which each month begins, and the end
        self.lengths = month_minutes(compiled)
        self.months = slice(time.reported_months[0], time.reported_months[-1] + 1)
        self.parts: dict[str, list[Ints]] = {}
        self.levels: dict[str, Any] = {}

    def take(self, counts: Any, first: int, end: int) -> None:
        """Take what is counted of the months from `first` up to `end`, of which nothing more will be counted.

        They follow those taken before; the first month begins anew, as an engine does that has run out of room.

        Parameters
        ----------
        counts : one record of COUNTS
        """
        if first == 0:
            self.parts, self.levels = {}, {}
        c, run, reported = counts[0], slice(first, end), self.reported(first, end)
        p, k, u = len(self.compiled.places), len(self.compiled.pools), len(self.compiled.unitaries)
        inside = slice(reported.start - first, reported.stop - first)

        def area(name: str, changes: Any) -> Any:
            return self.area(name, changes[run], self.lengths[run])[inside]

        capacity = self.compiled.tables[0]["capacity"][:k] * self.lengths[reported, None]
        self.keep("flow", c["flow"][reported, :p], SHORT)
        self.keep("waits", c["waits"][reported, :p])
        self.keep("pool_use", area("pool_use", c["pool_use"][:, :k]))
        self.keep("pool_count", c["pool_count"][reported, :k])
        self.keep("work_waiting", area("work_waiting", c["work"][:, :p, :, :2]))
        self.keep("work_count", c["work"][reported, :p, :, 2:])
        self.keep("reviews", c["reviews"][reported, :p])
        self.keep("pool_capacity", capacity + area("pool_capacity", c["capacity"][:, :k]))
        self.keep("pool_overflow", area("pool_overflow", c["overflow"][:, :k]))
        self.keep("daily", self.at_midnight("daily", c["daily"][:, :k], first, end), SHORT)
        self.keep("delayed", self.at_midnight("delayed", c["delayed"][:, :u], first, end))
        self.keep("beds", area("beds", c["beds"][:, :p]))
        self.keep("away", area("away", c["away"][:, :p]))
        self.keep("stock", area("stock", c["stock"][:, :p]))
        self.keep("charged", area("charged", c["charged"][:, :p]))
        self.keep("unmet", area("unmet", c["unmet"][:, :p]))
        self.keep("supported", self.level("supported", c["supported"][run, :p])[inside])

    def made(self, outcome: Outcome, number: int) -> Replication:
        """Put together what was taken, and take what is counted by year."""
        c, y, p = outcome.counts[0], self.compiled.time.reported_years, len(self.compiled.places)
        return Replication(
            number=number,
            events=outcome.events,
            **{name: one_after_another(parts) for name, parts in self.parts.items()},
            distinct=narrow(c["distinct"][y][:, :p]),
            lost=narrow(c["at_home_lost"][y][:, :p]),
            chain=narrow(c["chain"][y][:, :p]),
            charged_chain=narrow(c["charged_chain"][y][:, :p]),
            pathway_chain=narrow(c["pathway_chain"][y][:, :p]),
            stays=narrow(c["stays"][y][:, :p]),
        )

    def reported(self, first: int, end: int) -> slice:
        """Tell which of some months are reported."""
        start = min(max(first, self.months.start), end)
        return slice(start, max(start, min(end, self.months.stop)))

    def keep(self, name: str, values: Any, kinds: Sequence[type[np.signedinteger[Any]]] = LONG) -> None:
        """Keep what is reported of some months."""
        self.parts.setdefault(name, []).append(narrow(values, kinds))

    def level(self, name: str, changes: Any) -> Any:
        """Turn changes, from the last level on, into levels."""
        levels = self.levels.get(name, 0) + np.cumsum(changes, axis=0, dtype=np.int64)
        self.levels[name] = levels[-1]
        return levels

    def area(self, name: str, changes: Any, lengths: Ints) -> Any:
        """Turn changes of levels into areas by month: minutes within the month of a change, full months after it."""
        before = np.broadcast_to(self.levels.get(name, 0), changes.shape[1:-1])
        levels = self.level(name, changes[..., 1])
        begins = np.concatenate([before[None], levels[:-1]])
        return changes[..., 0] + begins * lengths.reshape(-1, *[1] * (levels.ndim - 1))

    def at_midnight(self, name: str, changes: Any, first: int, end: int) -> Any:
        """Turn changes into the levels at the midnight that ends each reported day of some months."""
        time = self.compiled.time
        begins, ends = self.days[first], self.days[end]
        from_, to = ((day - time.first).days for day in (time.report_from, time.report_to))
        levels = self.level(name, changes[begins + 1 : ends + 1])  # a day's changes show at its end
        return levels[max(from_ - begins, 0) : max(to - begins, 0)]


def one_after_another(parts: list[Ints]) -> Ints:
    """Join parts in time, in as few bytes as they need together."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def reduce(compiled: Compiled, outcome: Outcome, number: int) -> Replication:
    """Cut all counts of a run down to the reported time and the places and pools there are."""
    reduction = Reduction(compiled)
    reduction.take(outcome.counts, 0, len(compiled.time.months))
    return reduction.made(outcome, number)

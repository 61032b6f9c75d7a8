"""What scenarios share: who comes, and what happens before they begin to differ, is lived through once a replication.

Scenarios of a comparison often differ only in what happens after a referral: teams, pools, reablement, packages. For
those, `expect` gives the same people and the same counts. And most changes begin years after the run does: until then,
people meet each other in the same way. What scenarios have in common is told from their tables (alike.py). Counts are
sums, so those of who comes and of who met until then are kept apart, and added.
"""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np

from caresim.engines.kernel.alike import rates_of, stories_of, what_is_lived
from caresim.engines.kernel.world import as_bytes
from caresim.model.tables import used_counts

T = TypeVar("T")
Counts = dict[str, Any]  # by field of COUNTS, as far as a run uses it


@dataclass(frozen=True)
class Coming:
    """Who joins the others when: moments in their order, and beside each the place of a person among those known."""

    moments: Any = field(repr=False)
    whom: Any = field(repr=False)  # -1 for whoever joins on arrival, of whom nothing need be known
    people: Any = field(repr=False)  # records of KNOWN

    def without(self, some: Coming) -> Coming:
        """Leave out some of those who come; what is known of them stays."""
        stays = ~np.isin(self.moments, some.moments, assume_unique=True)
        return replace(self, moments=self.moments[stays], whom=self.whom[stays])

    def together_with(self, others: Coming) -> Coming:
        """Let others come as well."""
        moments = np.concatenate([self.moments, others.moments])
        whom = np.concatenate([self.whom, np.where(others.whom < 0, others.whom, others.whom + len(self.people))])
        order = np.argsort(moments)
        return Coming(moments[order], whom[order], one_after_another(self.people, others.people))

    def kept(self) -> Coming:
        """Copy what is known of those who come, so that it is not the thread's."""
        return replace(self, people=one_after_another(self.people))

    def after(self, joined: int) -> Coming:
        """Give those who are still to come when the first so many have joined, and forget those."""
        moments, whom = self.moments[joined:], self.whom[joined:].copy()
        known = whom >= 0
        people = self.people[whom[known]]
        whom[known] = np.arange(len(people))
        return Coming(moments, whom, people)


def one_after_another(*several: Any) -> Any:
    """Copy records of people into one array."""
    return np.concatenate([as_bytes(people) for people in several]).view(several[0].dtype).view(np.recarray)


@dataclass(frozen=True)
class Expected:
    """What telling of a whole run leaves behind: who comes, what has been counted, and what is in use at the end."""

    coming: Coming = field(repr=False)
    counted: tuple[tuple[int, Any], ...] = field(repr=False)  # 1 or -1, and what it adds or takes away
    in_use: Any = field(repr=False)
    told: int  # clock events
    unseen: int  # people inside at the end of whom nothing more is seen
    tables: Any = field(repr=False)

    def without(self, some: Expected) -> Expected:
        """Leave out some of those expected."""
        return replace(self._plus(some, -1), coming=self.coming.without(some.coming))

    def together_with(self, others: Expected) -> Expected:
        """Expect others as well."""
        return replace(self._plus(others, 1), coming=self.coming.together_with(others.coming), tables=others.tables)

    def _plus(self, others: Expected, sign: int) -> Expected:
        return replace(
            self,
            counted=(*self.counted, *((sign * s, counts) for s, counts in others.counted)),
            in_use=self.in_use + sign * others.in_use,
            told=self.told + sign * others.told,
            unseen=self.unseen + sign * others.unseen,
        )


@dataclass(frozen=True)
class Beginning:
    """Where those who met were, and what had been counted of them, when scenarios began to differ."""

    world: dict[str, Any] = field(repr=False)  # by field, see world.py
    counts: Counts = field(repr=False)
    size: int  # the class of the world


def kept_counts(counts: Any, tables: Any) -> Counts:
    """Copy what has been counted, of which telling who comes leaves much at 0."""
    return {name: values.copy() for name, values in used_counts(counts, tables).items() if values.any()}


def add_up(counts: Counts, counted: Iterable[tuple[int, Counts]]) -> None:
    """Make counts the sum of what has been counted apart, whatever they were; the first part is one to be added."""
    (_, first), *others = counted
    for name, values in counts.items():
        np.copyto(values, first.get(name, 0))
        for sign, part in others:
            if name in part:
                (np.add if sign > 0 else np.subtract)(values, part[name], out=values)


class Shared:
    """Keeps what was lived through last, so that the next scenario need not live through it again.

    `fork` is the month from which on scenarios differ; 0 if they do from the start.
    """

    def __init__(self, fork: int = 0, most: int = 16) -> None:
        self.fork = fork
        self._most = most
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._turns: dict[Any, threading.Lock] = {}
        self._guard = threading.Lock()
        self._alike: dict[int, tuple[str, str, str]] = {}

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """Give what is kept under a key, or make it; who wants the same meanwhile waits."""
        with self._guard:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            found: T | None = self._kept.get(key)
            if found is None:
                found = make()
            with self._guard:
                self._kept[key] = found
                self._kept.move_to_end(key)
                while len(self._kept) > self._most:
                    self._turns.pop(self._kept.popitem(last=False)[0], None)
            return found

    def alike(self, tables: Any) -> tuple[str, str, str]:
        """Give the digests of arrivals' stories, of their rates and of what is lived before the fork.

        They are made once for each tables.
        """
        key = id(tables)
        if key not in self._alike:
            lived = what_is_lived(tables, self.fork) if self.fork else ""
            self._alike[key] = stories_of(tables), rates_of(tables), lived
            weakref.finalize(tables, self._alike.pop, key, None)
        return self._alike[key]

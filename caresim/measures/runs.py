"""The replications of one scenario: what every table is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from caresim.config import Scenario
from caresim.measures.replication import Replication
from caresim.model.compile import Compiled

T = TypeVar("T")


@dataclass(frozen=True)
class Runs:
    """A compiled scenario, its replications in order of their numbers, and their event logs if they were kept.

    Where each replication drew sizes of its own, `own` has the scenario that each of them lived through.
    """

    compiled: Compiled
    replications: Sequence[Replication] = field(repr=False)
    logs: Sequence[Any] = field(default=(), repr=False)
    own: Sequence[Compiled] = field(default=(), repr=False)

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.compiled.scenario

    def each(self) -> Iterator[tuple[Runs, Replication]]:
        """Give each replication with the runs it belongs to: runs of its own, where it has a scenario of its own."""
        if not self.own:  # kept in a list, they would keep themselves in memory
            return ((self, r) for r in self.replications)
        return zip(self._apart, self.replications, strict=True)

    @cached_property
    def _apart(self) -> list[Runs]:
        pairs = zip(self.own, self.replications, strict=True)
        return [replace(self, compiled=own, replications=(r,), logs=(), own=()) for own, r in pairs]

    def once(self, what: str, r: Replication, make: Callable[[], T]) -> T:
        """Make something of one of the replications, or give it back where it has been made before."""
        key = (what, r.number)
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]  # type: ignore[no-any-return]

    @cached_property
    def _made(self) -> dict[tuple[str, int], Any]:
        return {}

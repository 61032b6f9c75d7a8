"""The replications of one scenario: what every table is made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from caresim.config import Scenario
from caresim.measures.replication import Replication
from caresim.model.compile import Compiled


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
        for i, replication in enumerate(self.replications):
            if self.own:
                yield replace(self, compiled=self.own[i], replications=(replication,), logs=(), own=()), replication
            else:
                yield self, replication

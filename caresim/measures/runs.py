"""The replications of one scenario: what every table is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from caresim.config import Scenario
from caresim.measures.replication import Replication
from caresim.model.compile import Compiled


@dataclass(frozen=True)
class Runs:
    """A compiled scenario, its replications in order of their numbers, and their event logs if they were kept."""

    compiled: Compiled
    replications: Sequence[Replication] = field(repr=False)
    logs: Sequence[Any] = field(default=(), repr=False)

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.compiled.scenario

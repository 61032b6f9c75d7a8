"""An event whose place within its minute is written, not given by the order in which events were made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import simpy
from simpy.events import EventPriority

from caresim.engines.contract import KIND_BITS
from caresim.model.tables import PERSON_BITS

FIRST = 2  # SimPy's own priorities, with which a process goes on at once, are 0 and 1


class Clock(simpy.Environment):
    """SimPy's environment, whose time is whole minutes."""

    @property
    def now(self) -> int:
        """The minute it is."""
        return self._now  # type: ignore[return-value]


class Moment(simpy.Event):
    """Something that happens in a phase of a minute, to a person (or pool), by the clock of a kind.

    One that would come at or after the end of the run is made but never happens.
    """

    def __init__(
        self,
        env: Clock,
        end: int,
        minute: int,
        phase: int,
        who: int,
        kind: int,
        then: Callable[[Any], None],
    ) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        self.minute, self.kind = minute, kind
        self.callbacks.append(then)
        if minute < end:
            order = ((phase << PERSON_BITS | who) << KIND_BITS) | kind
            env.schedule(self, EventPriority(FIRST + order), minute - env.now)

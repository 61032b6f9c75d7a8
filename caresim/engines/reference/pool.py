"""A pool: a capacity, what is in use of it, and the queue of those who wait."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caresim.engines.contract import PHASE_SETTLE
from caresim.engines.reference import decisions
from caresim.model.chance import WEEK

if TYPE_CHECKING:
    from caresim.engines.reference.moment import Moment
    from caresim.engines.reference.person import Person
    from caresim.engines.reference.world import World


@dataclass(eq=False)
class Ask:
    """A request that waits; `then` is what its person does once it is met."""

    rank: int
    since: int
    person: Person
    pool: Pool
    role: int
    units: int
    then: Callable[[Person], None]

    @property
    def place(self) -> tuple[int, int, int]:
        """The place in the queue: priority class, then the minute of asking, then the person."""
        return self.rank, self.since, self.person.number


class Pool:
    """One member of a pool's scope; `number` is its place in the tables."""

    def __init__(self, world: World, number: int) -> None:
        tables = world.T[0]
        self.world = world
        self.number = number
        self.capacity = int(tables["capacity"][number])
        self.kind = int(tables["pool_kind"][number])
        self.is_limited = bool(tables["limited"][number])
        self.has_queue = bool(tables["queues"][number])
        self.patience = int(tables["patience"][number])
        self.starts_a_week = int(tables["starts_a_week"][number])
        self.in_use = 0
        self.queue: list[Ask] = []
        self.is_touched = False
        self.booked_week = self.booked = 0

    def join(self, ask: Ask) -> None:
        """Put a request into the queue; it is not met before the minute is settled."""
        insort(self.queue, ask, key=lambda waiting: waiting.place)
        self.touch()

    def remove(self, ask: Ask) -> None:
        """Take a request out of the queue."""
        self.queue.remove(ask)
        self.touch()

    def release(self, units: int) -> None:
        """Take back what is no longer used."""
        self.in_use -= units
        self.touch()

    def change_capacity(self, capacity: int) -> None:
        """Hold more or less from now on; nobody who has a place loses it."""
        self.capacity = capacity
        self.touch()

    def touch(self) -> None:
        """See to it that the queue is looked at when this minute is settled."""
        if self.queue and not self.is_touched:
            self.is_touched = True
            self.world.at(self.world.env.now, PHASE_SETTLE, self.number, 0, self.settle)

    def settle(self, _: Moment | None = None) -> None:
        """Meet the request at the head, if it fits; look again after all that follows from it."""
        self.is_touched = False
        if self.queue and self.in_use + self.queue[0].units <= self.capacity:
            ask = self.queue.pop(0)
            self.touch()
            ask.person.granted(ask)

    def book_start(self, minute: int) -> int:
        """Book a start in a market that caps the starts a week; gives the first minute at which there is room."""
        if self.starts_a_week == 0:
            return minute
        week = minute // WEEK
        room = decisions.week_with_room(self.world.T, self.number, week, self.booked_week, self.booked)
        self.booked_week, self.booked = room
        return max(minute, self.booked_week * WEEK)

"""The world of one replication: the clock, the pools, and who comes in when."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import Any

import numpy as np
import simpy

from caresim.engines.contract import PHASE_CAPACITY, PHASE_CLOCK
from caresim.engines.reference import decisions, facts
from caresim.engines.reference.life import life
from caresim.engines.reference.living import BESIDE
from caresim.engines.reference.moment import Clock, Moment
from caresim.engines.reference.person import Person, Step
from caresim.engines.reference.pool import Pool
from caresim.engines.reference.start import arrive, be_there
from caresim.model.arrival import PERSON_MASK
from caresim.model.chance import DAY
from caresim.model.tables import HANDS_OVER, NOBODY_ELSE, PERSON_BITS

MOST_ARRIVALS = 1 << 20  # in a month


class World:
    """What all people share. T, C and log are the tables, the counts and the event log that the shared rules take."""

    def __init__(self, T: Any, C: Any, log: Any, key: Any) -> None:
        self.T, self.C, self.log, self.key = T, C, log, key
        tables = T[0]
        self.end = int(tables["horizon"])
        self.follow_up = int(tables["follow_up"])
        self.rank = [int(rank) for rank in tables["rank"]]
        self.layout = tables["layout"].tolist()
        self.pool_of = tables["pool_of"].tolist()
        self.env = Clock(initial_time=0)
        self.pools = [Pool(self, number) for number in range(int(tables["pools"]))]
        self.inside: set[Person] = set()
        self.events = 0

    def at(self, minute: int, phase: int, who: int, kind: int, then: Callable[[Any], None]) -> Moment:
        """Have something happen in its place in a minute."""
        return Moment(self.env, self.end, minute, phase, who, kind, then)

    def run(self) -> None:
        """Run from the first minute to the end."""
        self.expect_starters()
        self.expect_changes()
        self.env.process(self.door())
        self.env.run(until=self.end)
        for person in self.inside:
            facts.distinct(self.T, self.C, self.log, person.record, self.end - 1)

    def expect_starters(self) -> None:
        """Let in at minute 0 who is there at the start."""
        tables = self.T[0]
        for row in range(int(tables["starters"])):
            for j in range(int(tables["start_people"][row])):
                number = decisions.starter_number(int(tables["start_cell"][row]), j)
                self.at(0, PHASE_CLOCK, number, 0, partial(self.enter, number=number, how=partial(be_there, row=row)))

    def expect_changes(self) -> None:
        """Change capacities when it is time."""
        tables = self.T[0]
        for step in range(int(tables["steps"])):
            minute, number, to = (int(tables[name][step]) for name in ("step_minute", "step_pool", "step_to"))
            how = self.close if to == HANDS_OVER else partial(self.change_capacity, to=to)
            change = partial(how, pool=self.pools[number])
            self.at(minute, PHASE_CAPACITY, number, 0, change)

    def change_capacity(self, _: Moment, pool: Pool, to: int) -> None:
        """Let a pool hold more or less from now on."""
        facts.note_capacity(self.T, self.C, self.log, self.env.now, pool.number, pool.capacity, to)
        pool.change_capacity(to)

    def close(self, moment: Moment, pool: Pool) -> None:
        """Hand those who use a pool or wait for it over to the pools that serve them from now on."""
        units = sum(person.hand_over(pool) for person in self.inside)
        facts.handed_over(self.T, self.C, self.log, self.env.now, pool.number, units)
        self.change_capacity(moment, pool, 0)

    def serving(self, kind: int, place: int, trust: int) -> Pool:
        """Find the pool of a kind that serves a place and a trust in this month."""
        month = self.T[0]["month_of_day"][self.env.now // DAY]
        number: int = self.pool_of[self.layout[month]][kind][place][trust]
        return self.pools[number]

    def door(self) -> Generator[simpy.Event, Any, None]:
        """Expect, at the start of each month, those who arrive in it."""
        tables = self.T[0]
        strips = int(tables["strips"])
        times, counts, buffer = np.full(strips, -1.0), np.zeros(strips, np.int64), np.empty(MOST_ARRIVALS, np.int64)
        for month in range(int(tables["months"])):
            yield self.env.timeout(int(tables["month_start"][month]) - self.env.now)
            there = decisions.next_month(self.T, NOBODY_ELSE, self.key, times, counts, month, buffer)
            if there < 0:
                raise ValueError(f"more than {MOST_ARRIVALS} arrivals in a month")
            for packed in buffer[:there].tolist():
                number = packed & PERSON_MASK
                self.at(packed >> PERSON_BITS, PHASE_CLOCK, number, 0, partial(self.arrival, number=number))

    def arrival(self, moment: Moment, number: int) -> None:
        """Let in somebody who arrives."""
        self.events += 1
        self.enter(moment, number, arrive)

    def enter(self, _: Moment, number: int, how: Callable[[Person], Step]) -> None:
        """Begin a life."""
        person = Person(self, number, BESIDE)
        self.inside.add(person)
        self.env.process(life(person, how(person)))

"""A person in the reference engine: what is known of them, their clocks, and what they wait for and hold."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import simpy

from caresim.engines.contract import ADMISSION, DEATH, PATIENCE, PHASE_CLOCK, PHASE_PATIENCE, STEP
from caresim.engines.reference import facts
from caresim.engines.reference.moment import Moment
from caresim.engines.reference.pool import Ask, Pool
from caresim.model.chance import NEVER
from caresim.model.record import IN_USE, WAITING
from caresim.model.tables import N_ROLES, PERSON

if TYPE_CHECKING:
    from caresim.engines.reference.world import World

GRANTED = -1  # what a person wakes up to when what was waited for is there, or its substitute

Waiting = Generator[simpy.Event, int, None]
Step = Callable[["Person"], Generator[simpy.Event, int, "Step | None"]]
Beside = Callable[["Person"], None]


class Died(Exception):  # noqa: N818
    """Death breaks into whatever a person does."""


class Admitted(Exception):  # noqa: N818
    """So does an admission to hospital from home."""


BREAKS_IN = {DEATH: Died, ADMISSION: Admitted}


@dataclass
class Held:
    """What is held in a role: units of a pool, or of the dearer substitute that stands in for it."""

    pool: Pool
    is_substitute: bool
    units: int


class Person:
    """A person: a process sleeps until `wake`; `known` is their record, which the shared rules read and change."""

    def __init__(self, world: World, number: int, beside: dict[int, Beside]) -> None:
        record = np.zeros(1, PERSON)
        self.world, self.env = world, world.env
        self.number = number
        self.known: Any = record[0]
        self.record = record.view(np.recarray) if numba.config.DISABLE_JIT else record
        self.beside = beside
        self.due: dict[int, Moment] = {}
        self.ask: Ask | None = None
        self.held: dict[int, Held] = {}
        self.wake = simpy.Event(world.env)

    # ---- the shared rules

    def decide(self, rule: Callable[..., Any], *more: Any) -> Any:
        """Ask a shared rule about this person, now."""
        world = self.world
        return rule(world.T, world.key, self.record, self.env.now, *more)

    def fact(self, what: Callable[..., Any], *more: Any) -> Any:
        """Have something counted and logged that happens to this person now."""
        world = self.world
        return what(world.T, world.C, world.log, self.record, self.env.now, *more)

    @property
    def has_package(self) -> bool:
        """Whether a long-term package is held."""
        return bool(self.known["setting"] >= 0)

    @property
    def in_bed(self) -> bool:
        """Whether the person is in hospital."""
        return bool(self.known["in_bed"])

    @property
    def work(self) -> int:
        """The class of work that a social worker was last asked for."""
        return int(self.known["ask_work"])

    @work.setter
    def work(self, work: int) -> None:
        self.known["ask_work"] = work

    # ---- clocks

    def set(self, kind: int, minute: int) -> None:
        """Set a clock; what is never to come clears it."""
        if minute >= NEVER:
            self.clear(kind)
            return
        phase = PHASE_PATIENCE if kind == PATIENCE else PHASE_CLOCK
        self.due[kind] = self.world.at(minute, phase, self.number, kind, self.ring)

    def clear(self, *kinds: int) -> None:
        """Stop clocks."""
        for kind in kinds:
            self.due.pop(kind, None)

    def ring(self, moment: Moment) -> None:
        """Let a clock ring: beside the story, by breaking into it, or by letting it go on."""
        kind = moment.kind
        if self.due.get(kind) is not moment:
            return
        del self.due[kind]
        self.world.events += 1
        if kind in self.beside:
            self.beside[kind](self)
        elif kind in BREAKS_IN:
            self.wake.fail(BREAKS_IN[kind]())
        else:
            self.wake.succeed(kind)

    def carry_on(self) -> None:
        """Go on with the story: what was waited for is there."""
        self.wake.succeed(GRANTED)

    def sleep(self) -> simpy.Event:
        """Make the event that the story waits for next."""
        self.wake = simpy.Event(self.env)
        return self.wake

    def step(self, minutes: int) -> Waiting:
        """Let a step of the story take its time."""
        self.set(STEP, self.env.now + minutes)
        yield self.sleep()

    # ---- pools

    def pool(self, kind: int) -> Pool:
        """Find the pool of a kind that serves this person."""
        known = self.known
        return self.world.serving(kind, known["place"], known["trust"])

    def wait_for(self, pool: Pool, role: int, units: int, rank: int = 0, since: int | None = None) -> Waiting:
        """Wait until the pool gives what is asked for; where there is no queue it is there at once."""
        if pool.has_queue:
            self.request(pool, role, units, rank, Person.carry_on, since)
            yield self.sleep()
        else:
            self.take(pool, role, units)

    def request(self, pool: Pool, role: int, units: int, rank: int, then: Beside, since: int | None = None) -> None:
        """Join a queue; an open request for something else is taken back first. Asking never grants by itself."""
        self.withdraw()
        now = self.env.now
        since = now if since is None else since
        self.ask = Ask(rank, since, self, pool, role, units, then)
        self.fact(facts.asks, pool.number, units)
        pool.join(self.ask)
        if pool.patience < NEVER:
            self.set(PATIENCE, max(now, since + pool.patience))

    def granted(self, ask: Ask) -> None:
        """Take what was asked for, then give back what it replaces."""
        self.fact(facts.stops_waiting, ask.pool.number)
        self.forget()
        replaced = self.hold(ask.pool, ask.role, ask.units)
        self.fact(facts.starts, ask.pool.number, ask.units, self.env.now - ask.since)
        self.give_back(replaced)
        ask.then(self)

    def out_of_patience(self) -> None:
        """Give up the open request for the dearer substitute, which is there at once and serves all that is held."""
        ask = self.ask
        if ask is None:
            return
        self.fact(facts.overflows, ask.pool.number, ask.units)
        replaced = self.held.pop(ask.role, None)
        units = ask.units
        if replaced and replaced.pool is ask.pool and not replaced.is_substitute:
            self.fact(facts.substitute, ask.pool.number, replaced.units)
            units += replaced.units
        self.held[ask.role] = Held(ask.pool, True, units)
        self.forget()
        ask.pool.remove(ask)
        self.give_back(replaced)
        ask.then(self)

    def withdraw(self) -> None:
        """Take back an open request."""
        ask = self.ask
        if ask is not None:
            self.fact(facts.withdraws, ask.pool.number, ask.units)
            self.forget()
            ask.pool.remove(ask)

    def forget(self) -> None:
        """Wait for nothing any more."""
        self.ask = None
        self.clear(PATIENCE)

    def take(self, pool: Pool, role: int, units: int) -> None:
        """Take from a pool that has no queue."""
        replaced = self.hold(pool, role, units)
        self.fact(facts.starts_at_once, pool.number, units)
        self.give_back(replaced)

    def hold(self, pool: Pool, role: int, units: int) -> Held | None:
        """Hold units in a role; gives what it replaces there, which is given back afterwards."""
        pool.in_use += units
        before = self.held.get(role)
        if before and before.pool is pool and not before.is_substitute:
            before.units += units
            return None
        self.held[role] = Held(pool, False, units)
        return before

    def give_back(self, held: Held | None) -> None:
        """Give units back to their pool, or to its substitute."""
        if held is None or held.units <= 0:
            return
        if held.is_substitute:
            self.fact(facts.substitute, held.pool.number, -held.units)
            return
        held.pool.release(held.units)
        self.fact(facts.leaves, held.pool.number, held.units)

    def hand_over(self, old: Pool) -> int:
        """Go on in the pool that serves this person from now on; gives the units that are taken along."""
        new, taken = self.pool(old.kind), 0
        for held in self.held.values():
            if held.pool is old and not held.is_substitute:
                held.pool = new
                old.in_use -= held.units
                new.in_use += held.units
                self.fact(facts.moves, IN_USE, old.number, new.number, held.units)
                taken += held.units
        if self.ask is not None and self.ask.pool is old:
            old.queue.remove(self.ask)
            self.ask.pool = new
            new.join(self.ask)
            self.fact(facts.moves, WAITING, old.number, new.number, 1)
        return taken

    def units(self, role: int, pool: Pool | None = None) -> int:
        """Give the units held in a role; with a pool, those held of that very pool."""
        held = self.held.get(role)
        if held is None or (pool is not None and (held.pool is not pool or held.is_substitute)):
            return 0
        return held.units

    def leave(self, role: int, units: int | None = None) -> None:
        """Give back all that is held in a role, or some units of it."""
        held = self.held.get(role)
        if held is None:
            return
        units = held.units if units is None else min(units, held.units)
        held.units -= units
        if held.units == 0:
            del self.held[role]
        self.give_back(Held(held.pool, held.is_substitute, units))

    def leave_all(self) -> None:
        """Withdraw, then give back everything, role by role."""
        self.withdraw()
        for role in range(N_ROLES):
            self.leave(role)

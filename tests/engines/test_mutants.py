"""The proof that agreement means something: a wrong rule of order or bookkeeping in the reference is caught."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
import simpy

from caresim.engines import reference
from caresim.engines.contract import (
    KIND_BITS,
    PATIENCE,
    PHASE_CLOCK,
    PHASE_PATIENCE,
    PHASE_SETTLE,
    RETENTION,
    REVIEW_DONE,
    REVIEW_DUE,
)
from caresim.engines.kernel.simulate import simulate as kernel
from caresim.engines.outcome import Outcome
from caresim.engines.reference import decisions, facts, living
from caresim.engines.reference.moment import FIRST, Moment
from caresim.engines.reference.person import Person
from caresim.engines.reference.pool import Ask, Pool
from caresim.model.codes import PACKAGE, PATHWAY_3, WORK_HOSPITAL
from caresim.model.tables import PERSON_BITS
from tests.engines import worlds
from tests.engines.comparing import SEED, difference

pytestmark = pytest.mark.slow
WORLDS = 150  # a mutant must be caught within so many; most are in the first few
Patch = pytest.MonkeyPatch


@cache
def right(seed: int) -> tuple[Any, Outcome]:
    """Give a world and what happens in it."""
    tables = worlds.seeded(seed).tables
    return tables, kernel(tables, SEED, 0, events=True)


def caught_by() -> int | None:
    """Give the first world in which the reference, as it is now, goes wrong."""
    for seed in range(WORLDS):
        tables, outcome = right(seed)
        try:
            if difference(reference.simulate(tables, SEED, 0, events=True), outcome):
                return seed
        except (RuntimeError, ValueError, KeyError):  # so wrong that it breaks down
            return seed
    return None


def ordered_by(order: Callable[[int, int, int], int]) -> Callable[..., None]:
    """Make moments that happen in another order within their minute."""

    def make(self: Moment, env: Any, end: int, minute: int, phase: int, who: int, kind: int, then: Any) -> None:
        simpy.Event.__init__(self, env)
        self._ok, self._value = True, None
        self.minute, self.kind = minute, kind
        self.callbacks.append(then)
        if minute < end:
            env.schedule(self, FIRST + order(phase, who, kind), minute - env.now)

    return make


def packed(phase: int, who: int, kind: int) -> int:
    return ((phase << PERSON_BITS | who) << KIND_BITS) | kind


def in_order_of_making(patch: Patch) -> None:
    patch.setattr(Moment, "__init__", ordered_by(lambda phase, who, kind: 0))


def patience_before_grants(patch: Patch) -> None:
    other = {PHASE_SETTLE: PHASE_PATIENCE, PHASE_PATIENCE: PHASE_SETTLE}
    patch.setattr(Moment, "__init__", ordered_by(lambda phase, who, kind: packed(other.get(phase, phase), who, kind)))


def kinds_of_clock_reversed(patch: Patch) -> None:
    patch.setattr(Moment, "__init__", ordered_by(lambda phase, who, kind: packed(phase, who, PATIENCE - kind)))


def kinds_before_persons(patch: Patch) -> None:
    patch.setattr(
        Moment, "__init__", ordered_by(lambda phase, who, kind: ((phase << KIND_BITS | kind) << PERSON_BITS) | who)
    )


def highest_pool_first(patch: Patch) -> None:
    def order(phase: int, who: int, kind: int) -> int:
        return packed(phase, 999 - who if phase == PHASE_SETTLE else who, kind)

    patch.setattr(Moment, "__init__", ordered_by(order))


def all_heads_before_anyone_reacts(patch: Patch) -> None:
    def settle(self: Pool, _: Any = None) -> None:
        self.is_touched = False
        while self.queue and self.in_use + self.queue[0].units <= self.capacity:
            ask = self.queue.pop(0)
            ask.person.granted(ask)

    patch.setattr(Pool, "settle", settle)


def a_small_request_overtakes_a_blocked_head(patch: Patch) -> None:
    def settle(self: Pool, _: Any = None) -> None:
        self.is_touched = False
        for ask in self.queue:
            if self.in_use + ask.units <= self.capacity:
                self.queue.remove(ask)
                self.touch()
                ask.person.granted(ask)
                return

    patch.setattr(Pool, "settle", settle)


def asking_grants_at_once(patch: Patch) -> None:
    def join(self: Pool, ask: Ask) -> None:
        insort(self.queue, ask, key=lambda waiting: waiting.place)
        if self.queue[0] is ask and self.in_use + ask.units <= self.capacity:
            self.world.at(self.world.env.now, PHASE_CLOCK, 0, 0, self.settle)
        self.touch()

    patch.setattr(Pool, "join", join)


def a_withdrawal_does_not_touch_the_pool(patch: Patch) -> None:
    patch.setattr(Pool, "remove", lambda self, ask: self.queue.remove(ask))


def a_release_does_not_touch_the_pool(patch: Patch) -> None:
    def release(self: Pool, units: int) -> None:
        self.in_use -= units

    patch.setattr(Pool, "release", release)


def a_step_does_not_touch_the_pool(patch: Patch) -> None:
    def change_capacity(self: Pool, capacity: int) -> None:
        self.capacity = capacity

    patch.setattr(Pool, "change_capacity", change_capacity)


def a_fall_of_capacity_evicts(patch: Patch) -> None:
    def change_capacity(self: Pool, capacity: int) -> None:
        self.capacity = capacity
        self.in_use = min(self.in_use, capacity)
        self.touch()

    patch.setattr(Pool, "change_capacity", change_capacity)


def leaving_precedes_taking(patch: Patch) -> None:
    def hold(self: Person, pool: Pool, role: int, units: int) -> None:
        before = self.held.get(role)
        if before and (before.pool is not pool or before.is_substitute):
            self.leave(role)
        whole(self, pool, role, units)

    whole = Person.hold
    patch.setattr(Person, "hold", hold)


def death_does_not_withdraw(patch: Patch) -> None:
    def leave_all(self: Person) -> None:
        for role in range(4):
            self.leave(role)

    patch.setattr(Person, "leave_all", leave_all)


def everything_is_left_in_another_order(patch: Patch) -> None:
    def leave_all(self: Person) -> None:
        self.withdraw()
        for role in reversed(range(4)):
            self.leave(role)

    patch.setattr(Person, "leave_all", leave_all)


def retention_stops_in_a_queue(patch: Patch) -> None:
    whole = Person.request

    def request(self: Person, *how: Any) -> None:
        self.clear(RETENTION)
        whole(self, *how)

    patch.setattr(Person, "request", request)


def asking_again_loses_the_place(patch: Patch) -> None:
    whole = living.package_lapses

    def lapse(p: Person) -> None:
        if p.ask is not None and p.ask.role == PACKAGE:
            p.ask.since = p.env.now
        whole(p)

    patch.setitem(living.BESIDE, RETENTION, lapse)


def a_lapse_does_not_ask_for_all_hours(patch: Patch) -> None:
    whole = living.package_lapses

    def lapse(p: Person) -> None:
        ask, p.ask = p.ask, None
        whole(p)
        p.ask = ask

    patch.setitem(living.BESIDE, RETENTION, lapse)


def a_review_waits_for_what_was_asked_before(patch: Patch) -> None:
    whole = living.review_due

    def review(p: Person) -> None:
        if p.ask is None:
            whole(p)

    patch.setitem(living.BESIDE, REVIEW_DUE, review)


def ranks_do_not_matter(patch: Patch) -> None:
    patch.setattr(Ask, "place", property(lambda ask: (0, ask.since, ask.person.number)))


def patience_begins_with_the_run(patch: Patch) -> None:
    whole = Person.set

    def set_clock(self: Person, kind: int, minute: int) -> None:
        whole(self, kind, self.env.now + self.ask.pool.patience if kind == PATIENCE and self.ask else minute)

    patch.setattr(Person, "set", set_clock)


def a_closing_pool_forgets_those_who_wait(patch: Patch) -> None:
    whole = Person.hand_over

    def hand_over(self: Person, old: Pool) -> int:
        ask, self.ask = self.ask, None
        taken = whole(self, old)
        self.ask = ask
        return taken

    patch.setattr(Person, "hand_over", hand_over)


def a_closing_pool_keeps_its_people(patch: Patch) -> None:
    patch.setattr(Person, "hand_over", lambda self, old: 0)


def the_handed_over_lose_their_place_in_the_queue(patch: Patch) -> None:
    whole = Person.hand_over

    def hand_over(self: Person, old: Pool) -> int:
        if self.ask is not None and self.ask.pool is old:
            self.ask.since = self.env.now
        return whole(self, old)

    patch.setattr(Person, "hand_over", hand_over)


def a_request_is_counted_as_other_work(patch: Patch) -> None:
    whole = facts.asks

    def asks(T: Any, C: Any, log: Any, p: Any, *how: Any) -> None:  # noqa: N803
        work = int(p[0]["ask_work"])
        p[0]["ask_work"] = WORK_HOSPITAL
        whole(T, C, log, p, *how)
        p[0]["ask_work"] = work

    patch.setattr(facts, "asks", asks)


def a_review_is_counted_after_the_hours_changed(patch: Patch) -> None:
    def review(p: Person) -> None:
        told = []
        patch.setattr(facts, "reviewed", lambda *how: told.append(how))
        whole(p)
        patch.setattr(facts, "reviewed", count)
        for how in told:
            count(*how)

    whole, count = living.review_done, facts.reviewed
    patch.setitem(living.BESIDE, REVIEW_DONE, review)


def a_chain_is_counted_to_another_pathway(patch: Patch) -> None:
    whole = facts.episode_starts

    def start(T: Any, C: Any, log: Any, p: Any, *how: Any) -> None:  # noqa: N803
        pathway = int(p[0]["pathway"])
        p[0]["pathway"] = PATHWAY_3
        whole(T, C, log, p, *how)
        p[0]["pathway"] = pathway

    patch.setattr(facts, "episode_starts", start)


def nobody_is_said_to_await_support(patch: Patch) -> None:
    def answered(T: Any, C: Any, log: Any, p: Any, minute: int, _: int) -> None:  # noqa: N803
        facts.assessed(T, C, log, p, minute, -1)

    patch.setattr(facts, "answered", answered)


def missing_hours_count_only_once_they_are_given(patch: Patch) -> None:
    def asked(T: Any, C: Any, log: Any, p: Any, minute: int) -> Any:  # noqa: N803
        p[0]["asked_hours"] = decisions.whole_hours_now(T, np.uint64(0), p, minute)
        return p[0]["asked_hours"]

    patch.setattr(facts, "hours_asked", asked)


MUTANTS = (
    in_order_of_making, patience_before_grants, kinds_of_clock_reversed, kinds_before_persons, highest_pool_first,
    all_heads_before_anyone_reacts, a_small_request_overtakes_a_blocked_head, asking_grants_at_once,
    a_withdrawal_does_not_touch_the_pool,
    a_release_does_not_touch_the_pool, a_step_does_not_touch_the_pool, a_fall_of_capacity_evicts,
    leaving_precedes_taking, death_does_not_withdraw, everything_is_left_in_another_order, retention_stops_in_a_queue,
    asking_again_loses_the_place, a_lapse_does_not_ask_for_all_hours, a_review_waits_for_what_was_asked_before,
    ranks_do_not_matter, patience_begins_with_the_run, a_closing_pool_forgets_those_who_wait,
    a_request_is_counted_as_other_work, a_review_is_counted_after_the_hours_changed,
    a_chain_is_counted_to_another_pathway, a_closing_pool_keeps_its_people,
    the_handed_over_lose_their_place_in_the_queue, nobody_is_said_to_await_support,
    missing_hours_count_only_once_they_are_given,
)  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_wrong_rule_is_caught(mutant: Callable[[Patch], None], monkeypatch: Patch) -> None:
    mutant(monkeypatch)
    assert caught_by() is not None

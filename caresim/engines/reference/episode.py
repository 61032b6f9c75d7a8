"""Reablement, intermediate care and temporary placements."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from caresim.engines.reference import decisions, facts
from caresim.engines.reference.leaving import at_home, discharge
from caresim.engines.reference.living import market, sourced_at
from caresim.engines.reference.package import resume_package, source_package
from caresim.model.codes import (
    CARE_HOME, INDEPENDENT, INTERMEDIATE_BEDS, INTERMEDIATE_CARE, REABLEMENT, REABLEMENT_SLOTS, RESIDENTIAL, SLOT,
    TEMPORARY,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy

    from caresim.engines.reference.person import Person, Step

    Story = Generator[simpy.Event, int, Step | None]

POOL_OF_SERVICE = {REABLEMENT: REABLEMENT_SLOTS, INTERMEDIATE_CARE: INTERMEDIATE_BEDS}


def short_term(p: Person, service: int) -> Story:
    """Wait for a reablement slot or a bed in intermediate care."""
    p.known["asked_setting"] = service
    yield from p.wait_for(p.pool(POOL_OF_SERVICE[service]), SLOT, 1)
    return episode


def source_temporary(p: Person) -> Story:
    """Look for a temporary place in a residential home, and take it."""
    p.known["asked_setting"] = TEMPORARY
    yield from p.step(sourced_at(p, RESIDENTIAL) - p.env.now)
    homes = market(p, RESIDENTIAL)
    assert homes is not None
    yield from p.wait_for(homes, SLOT, 1)
    return episode


def episode(p: Person) -> Story:
    """Live through the episode, a bed in hospital being left at its start, and with its outcome."""
    known = p.known
    p.fact(facts.episode_starts, known["asked_setting"])
    if p.in_bed:
        discharge(p, int(known["pathway"]))
    p.fact(facts.recount)
    minutes = p.decide(decisions.planned_minutes)
    known["residual_first"] = 0
    yield from p.step(minutes)
    result = p.decide(decisions.outcome)
    p.fact(facts.episode_completed, result)
    if result == CARE_HOME:
        return partial(source_package, care_home=True)
    if result != INDEPENDENT and not p.has_package:  # the slot is held until the package is there
        return partial(source_package, care_home=False)
    p.leave(SLOT)
    p.fact(facts.episode_ends)
    return resume_package(p) if p.has_package else at_home

"""A life in the model: one step after another, until death or leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caresim.engines.reference import decisions, facts
from caresim.engines.reference.hospital import hospital
from caresim.engines.reference.leaving import no_longer_inside
from caresim.engines.reference.living import stop_living
from caresim.engines.reference.person import Admitted, Died

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy

    from caresim.engines.reference.person import Person, Step


def life(p: Person, step: Step | None) -> Generator[simpy.Event, Any, None]:
    """Go from step to step; an admission or death breaks in wherever it comes."""
    try:
        while step is not None:
            try:
                step = yield from step(p)
            except Admitted:
                stop_living(p)
                p.known["spell"] += 1
                p.known["cause"] = p.decide(decisions.readmission_cause)
                step = hospital
        p.fact(facts.gone)
    except Died:
        p.fact(facts.died)
        if p.in_bed:
            p.fact(facts.bed_left)
    no_longer_inside(p)

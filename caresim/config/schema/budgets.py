"""What a simulation is held against: budgets and outturn by line, and figures that were fitted or held out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from caresim.config.kinds import SHARE, Number, Text, Word
from caresim.config.paykinds import Yearly, YearlyOf
from caresim.config.schema.base import Noted, Section, may, said
from caresim.config.smallkinds import NameOf, NamesOf, YearOf
from caresim.config.spreads import QuantityOf
from caresim.config.values import Frozen, Quantity
from caresim.config.vocabulary import MEASURES, ROLES_OF_TARGETS

Pounds = Annotated[Yearly | None, YearlyOf(Number())]


class Budget(Section):
    """A line of a budget, or of an agreement such as the Better Care Fund, and which simulated costs belong to it."""

    name: Annotated[str, NameOf()] = said(None, "What the line is called; no two alike")
    agreement: Annotated[str | None, NameOf()] = may(None, "The agreement it is a line of, such as Better Care Fund")
    partners: Annotated[tuple[str, ...], NamesOf(20)] = Field(
        default=("council",), description="Whose costs belong to it: partners or funds"
    )
    services: Annotated[tuple[str, ...] | None, NamesOf(20)] = may(
        None, "Which costs belong to it; none if it is not simulated"
    )
    unitary: Annotated[str | None, NameOf()] = may(None, "Where; the whole county if not given")
    share: Annotated[Quantity, QuantityOf(SHARE)] = Field(
        default=Quantity(Frozen({(None, None): 1.0})),
        description="Of those costs, the share that is charged to the line",
        json_schema_extra={"unit": "share"},
    )
    pounds: Pounds = may("pounds", "The budget by year, in the cash of the year")
    overspent: Pounds = may("pounds", "Outturn above the budget by year, in the cash of the year; below 0 underspent")
    note: Annotated[str | None, Text()] = may(None, "Anything else worth saying")


class Target(Noted):
    """A figure that the simulation is held against, fitted to or not; low and high are its range, if it has one."""

    measure: Annotated[str, Word(MEASURES)] = said(None, "A measure of the summary")
    role: Annotated[str, Word(ROLES_OF_TARGETS)] = said(None, "fitted: parameters were tuned to it; held_out: none was")
    figure: Annotated[float, Number()] = said("unit of the measure", "The figure, for the whole county")
    within: Annotated[float | None, Number(above=0)] = may("unit of the measure", "How far off may be called met")
    year: Annotated[str, YearOf()] = said(None, "The year that the figure is of, such as 2018-19")

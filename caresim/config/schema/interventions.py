"""What might be done: interventions, structures, ICO models and council models, all of one form."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from caresim.config.kinds import SHARE, Number, Text, Word
from caresim.config.schema.base import Section, may, said
from caresim.config.schema.payment import Payment
from caresim.config.smallkinds import AnythingOf, MonthOf, NamesByKey
from caresim.config.spreads import SizeOf
from caresim.config.values import Quantity
from caresim.config.vocabulary import CHANGES, WHERE

AMOUNT = Number(least=0)
Size = Annotated[Quantity | None, SizeOf(Number())]
Factor = Annotated[Quantity | None, SizeOf(AMOUNT)]
Share = Annotated[Quantity | None, SizeOf(SHARE)]
Pounds = Annotated[Quantity | None, SizeOf(AMOUNT)]
CostOrIncome = Annotated[Quantity | None, SizeOf(Number())]
Month = Annotated[datetime.date | None, MonthOf()]
Months = Annotated[float | None, Number(least=0, most=180)]
Where = Annotated[Mapping[str, tuple[str, ...]] | None, NamesByKey(WHERE)]


class Effect(Section):
    """What a change does to one value of the scenario."""

    on: Annotated[str, Text(200)] = said(None, "The path of the value, or admissions.rate with a cause")
    where: Where = may(None, "For whom: place, unitary, hub, trust, age; cause, setting, pathway, work, service")
    times: Factor = may("factor", "The value is multiplied by this for those who are reached")
    plus: Size = may(None, "This is added to the value for those who are reached")
    becomes: Annotated[float | str | tuple[str, ...] | None, AnythingOf()] = may(None, "The value is replaced by this")
    reach: Share = may("share", "Of those meant, the share who are reached; all if not given")
    starts: Month = Field(default=None, alias="from", description="The first month in force; if not given, the first")
    until: Month = may("month", "The first month no longer in force")
    ramp_months: Months = may("months", "It grows from nothing to its full size over so many months")
    fade_months: Months = may("months", "After until it fades to nothing over so many months")
    note: Annotated[str | None, Text()] = may(None, "Anything else worth saying")


class Cost(Section):
    """What a change costs, and who pays."""

    payer: Annotated[str, Text(60)] = said(None, "A partner, nhs (the ICB), or a fund")
    revenue_a_year: CostOrIncome = may("pounds a year", "A running cost; below 0 it is an income or a saving elsewhere")
    capital: Pounds = may("pounds", "Spent once, on something that lasts")
    one_off: CostOrIncome = may("pounds", "Spent once; below 0 it is received")
    pounds: Pounds = may("pounds each", "For each unit of what per says")
    per: Annotated[str | None, Text(60)] = may(None, "person_reached, an event of the flow table, bed_day, ...")
    starts: Month = Field(default=None, alias="from", description="The first month of a running cost")
    until: Month = may("month", "The first month that no longer costs anything")
    on: Month = may("month", "When it is spent, for capital and one_off")
    ramp_months: Months = may("months", "A running cost grows from nothing over so many months")
    where: Where = may(None, "Whose cost it is: place, unitary, hub or trust; shared by people aged 65 and over")
    note: Annotated[str | None, Text()] = may(None, "Anything else worth saying")


class Intervention(Section):
    """A change: effects and costs, with what is known of them."""

    name: Annotated[str, Text(120)] = said(None, "What it is called; no two in a scenario alike")
    kind: Annotated[str, Word(CHANGES)] = Field(default="intervention", description="What kind of change it is")
    description: Annotated[str | None, Text(4000)] = may(None, "What it is")
    evidence: Annotated[str | None, Text(4000)] = may(None, "The evidence for and against it")
    effects: tuple[Effect, ...] = Field(default=(), description="What it does")
    costs: tuple[Cost, ...] = Field(default=(), description="What it costs")
    payment: Payment | None = may(None, "The way of paying it brings, in place of the scenario's")

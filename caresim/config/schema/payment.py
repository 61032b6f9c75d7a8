"""Who pays whom: rules that move money between partners, and funds that pay for changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from caresim.config.kinds import SHARE, Number, Text, Word
from caresim.config.paykinds import ExpectedOf, SharesOfPayers
from caresim.config.schema.base import Noted, Section, may, said
from caresim.config.smallkinds import MonthOf, NameOf, NamesByKey, NamesOf
from caresim.config.spreads import QuantityOf
from caresim.config.values import Frozen, Quantity
from caresim.config.vocabulary import RULES_OF_PAYMENT

AMOUNT = Number(least=0)
Pounds = Annotated[Quantity | None, QuantityOf(AMOUNT)]
Share = Annotated[float | None, SHARE]
Name = Annotated[str | None, NameOf()]
Shares = Annotated[Mapping[str, float] | None, SharesOfPayers()]
Month = Annotated[datetime.date | None, MonthOf()]
Growth = Annotated[float | None, Number(least=-0.5, most=0.5)]
WHERE = ("unitary", "place")
BASELINE = "baseline"


class Rule(Noted):
    """One rule of payment; which names it has depends on the word in `rule`."""

    name: Annotated[str, NameOf()] = said(None, "What the line is called in the ledger; no two alike")
    rule: Annotated[str, Word(RULES_OF_PAYMENT)] = said(None, "The kind of rule")
    payer: Name = may(None, "Who pays: a partner or a fund")
    payee: Name = may(None, "Who is paid: a partner or a fund")
    per: Name = may(None, "What is paid for: an activity")
    pounds: Pounds = may("pounds each", "For each unit of the activity")
    pounds_a_year: Pounds = may("pounds a year", "Paid whatever happens")
    pounds_a_head: Pounds = may("pounds a head a year", "Paid for each person of the population, by age if given so")
    expected: Annotated[Quantity | str | None, ExpectedOf()] = may(
        None, "What was planned for: baseline, or a number (units a year, or pounds a year of a pool)"
    )
    share: Share = may("share", "Of the difference from what was expected that is paid or given back")
    share_above: Share = may("share", "Of the price that is paid for units above what was expected")
    share_below: Share = may("share", "Of the price that is lost for units below what was expected")
    bears: Annotated[tuple[str, ...] | None, NamesOf(64)] = may(None, "Services, or names of rules above, it covers")
    contributions: Shares = may("share", "What each partner pays in, of the expected cost; if not given, its own")
    shares: Shares = may("share", "How a difference from the expected cost is split")
    beyond: Share = may("share of the expected cost", "A difference up to this stays where it falls")
    at_most: Pounds = may("pounds a year", "No more than this is split")
    where: Annotated[Mapping[str, tuple[str, ...]] | None, NamesByKey(WHERE)] = may(None, "For which unitary or place")
    starts: Month = Field(default=None, alias="from", description="The first month in force", json_schema_extra=None)
    until: Month = may(None, "The first month no longer in force")
    uplift_a_year: Growth = may("per year", "Growth of its pounds beyond that of prices, from the base year of prices")


class Fund(Noted):
    """Money put aside for changes; a cost or a rule may name it as the payer."""

    opening: Annotated[Quantity, QuantityOf(AMOUNT)] = Field(
        default=Quantity(Frozen({(None, None): 0.0})),
        description="What is in it on the first day reported",
        json_schema_extra={"unit": "pounds"},
    )
    replenished_a_year: Annotated[Quantity, QuantityOf(AMOUNT)] = Field(
        default=Quantity(Frozen({(None, None): 0.0})),
        description="What is added every year, from the first reported one",
        json_schema_extra={"unit": "pounds a year"},
    )
    recycled_share: Annotated[Quantity, QuantityOf(SHARE)] = Field(
        default=Quantity(Frozen({(None, None): 0.0})),
        description="Of the cashable saving of the partners that is given back to it",
        json_schema_extra={"unit": "share"},
    )


class Payment(Section):
    """How money moves between partners, and which funds there are."""

    name: Annotated[str, Text(120)] = said(None, "What the way of paying is called")
    description: Annotated[str | None, Text(4000)] = may(None, "What it is")
    rules: tuple[Rule, ...] = Field(default=(), description="Rules, in the order in which they are applied")
    funds: Annotated[dict[str, Fund], AfterValidator(Frozen)] = Field(default=Frozen({}), description="Funds by name")

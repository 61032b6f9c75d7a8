"""What there is and what it costs: pools, prices, people in care at the start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from caresim.config.kinds import SHARE, Number, Word
from caresim.config.poolkinds import Capacity, CapacityOf, RanksOf, WorkingDaysOf
from caresim.config.schema.base import Amount, Hours, Noted, Probability, Section, may, said
from caresim.config.schema.place import Date
from caresim.config.smallkinds import Flag, NameOf, OrNone
from caresim.config.spreads import KeyedOf, QuantityOf
from caresim.config.values import Keyed, Quantity
from caresim.config.vocabulary import POOLS, SCOPES, SERVICES, SETTINGS, SHARED_BY, WORK

Held = Annotated[Capacity, CapacityOf()]
Count = Annotated[Capacity, CapacityOf(may_be_unlimited=False)]
STARTS = CapacityOf(may_be_unlimited=False, number=Number(least=1, whole=True))
AN_HOUR, A_WEEK, EACH = "pounds an hour", "pounds a week", "pounds each"


class Change(Section):
    """A capacity that holds from a day on."""

    starts: Date = Field(alias="from", description="The first day", json_schema_extra={"unit": "date"})
    capacity: Held = said(None, "What the pool holds from then on")


class PoolStart(Section):
    """The position of a pool on the first day run."""

    in_use: Count = said(None, "What is in use; may be more than the capacity")
    waiting: Count = said("people", "How many are waiting")
    waited_days: Annotated[float, Number(least=0, most=3650)] = said("days", "How long they have waited")


class Pool(Noted):
    """A capacity that people wait for."""

    vouches: ClassVar[str] = "capacity"

    scope: Annotated[str, Word(SCOPES)] = said(None, "One pool for each member of this scope")
    capacity: Held = said(None, "A whole number, unlimited, or one for each member")
    share_by: Annotated[str | None, Word(SHARED_BY)] = may(None, "How one number is shared out over the members")
    name: Annotated[str, NameOf()] = said(None, "The name that tables show")
    working_days: Annotated[tuple[str, ...], WorkingDaysOf()] = said("days a week", "5, 7 or a list of weekdays")
    grows_with_population: Annotated[bool, Flag()] = said(None, "Capacity grows as its users do")
    overflow_after_days: Annotated[float | None, OrNone(Number(least=0, most=3650))] = said(
        "days", "After this wait a dearer substitute is taken; none for never"
    )
    changes: tuple[Change, ...] = said(None, "Capacity over time")
    at_start: PoolStart = said(None, "Position on the first day run")


class AssessmentPool(Pool):
    """The team that assesses."""

    priority: Annotated[Mapping[str, int], RanksOf(WORK)] = said("class", "0 goes first")


class Market(Pool):
    """A pool without a queue: its occupancy slows the sourcing."""

    binding: Annotated[bool, Flag()] = said(None, "Make it a queue that people wait in")
    starts_a_week: Annotated[Capacity | None, OrNone(STARTS)] = said(
        "starts a week",
        "A cap on new starts, one number shared out as capacity is or one for each member; none for no cap",
    )


class Pools(Section):
    """Every pool."""

    acute_beds: Pool = said("beds", "Acute hospital beds")
    assessment: AssessmentPool = said("slots", "Social workers")
    adaptations: Pool = said("slots", "Installations of equipment and adaptations")
    reablement: Pool = said("slots", "Reablement")
    intermediate_care: Pool = said("beds", "Intermediate care")
    home_care: Market = said("hours a week", "The home care market")
    supported_living: Market = said("places", "Supported living")
    extra_care: Market = said("places", "Extra care")
    residential: Market = said("beds", "Residential care")
    nursing: Market = said("beds", "Nursing care")


class Prices(Section):
    """Prices of the base year."""

    base_year: Annotated[int, Number(least=1990, most=2100, whole=True)] = said("year", "The year of the prices")
    home_care: Amount = said(AN_HOUR, "Home care")
    direct_payment: Amount = said(AN_HOUR, "Direct payment")
    supported_living: Amount = said(A_WEEK, "Supported living")
    extra_care: Amount = said(A_WEEK, "Extra care")
    residential: Amount = said(A_WEEK, "Residential care")
    nursing: Amount = said(A_WEEK, "Nursing care")
    temporary_placement: Amount = said(A_WEEK, "A temporary placement")
    reablement: Amount = said(AN_HOUR, "Reablement")
    intermediate_care: Amount = said("pounds a day", "Intermediate care")
    intermediate_care_council_share: Probability = said("share", "Of intermediate care that the council pays")
    acute_bed_day: Amount = said("pounds a day", "An acute bed")
    assessment: Amount = said(EACH, "An assessment")
    review: Amount = said(EACH, "A review")
    adaptation: Amount = said(EACH, "An adaptation")
    nursing_contribution: Amount = said(A_WEEK, "Paid by the NHS for nursing in a care home")
    overflow_factor: Annotated[Keyed[Quantity], KeyedOf("by_pool", POOLS, QuantityOf(Number(least=0)))] = said(
        "factor", "On the price of a substitute"
    )
    contribution_share: Annotated[Keyed[Quantity], KeyedOf("by_service", SERVICES, QuantityOf(SHARE))] = said(
        "share of the gross price", "Paid by the person"
    )


class AtStart(Section):
    """People in long-term care on the first day run, all funders."""

    people: Annotated[Keyed[Quantity], KeyedOf("by_setting", SETTINGS, QuantityOf(Number(least=0)))] = said(
        "people", "By setting"
    )
    hours: Hours = said("hours a week", "Need and hours of those people")

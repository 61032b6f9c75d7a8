"""How costs and savings of several years are weighed against each other."""

from __future__ import annotations

from typing import Annotated

from caresim.config.kinds import SHARE, Number
from caresim.config.paykinds import Yearly, YearlyOf
from caresim.config.schema.base import Section, said
from caresim.config.spreads import KeyedOf, QuantityOf
from caresim.config.values import Keyed, Quantity
from caresim.config.vocabulary import COST_LINES, GRADES

Rate = Annotated[Quantity, QuantityOf(Number(least=0, most=0.5))]
Growth = YearlyOf(Number(least=-0.5, most=0.5))
PER_YEAR, A_SHARE = "per year", "share"


class Appraisal(Section):
    """What an appraisal assumes."""

    discount_rate: Rate = said(PER_YEAR, "In real terms; each financial year is discounted as a whole, the first by 0")
    horizon_years: Annotated[int, Number(least=1, most=15, whole=True)] = said("years", "From the first day reported")
    inflation: Annotated[Yearly, Growth] = said(PER_YEAR, "Growth of prices in general, into each year")
    uplift: Annotated[Keyed[Yearly], KeyedOf("by_service", COST_LINES, Growth)] = said(
        PER_YEAR, "Growth of what a service costs, into each year, inflation included"
    )
    cashable: Annotated[Keyed[Quantity], KeyedOf("by_service", COST_LINES, QuantityOf(SHARE))] = said(
        A_SHARE, "Of a saving, what can be taken out of a budget; the rest is capacity released"
    )
    cost_uplift: Annotated[Keyed[Quantity], KeyedOf("by_grade", GRADES, QuantityOf(Number(least=0, most=5)))] = said(
        A_SHARE, "Optimism bias: added to the cost of a change, by the grade of the cost"
    )
    benefit_haircut: Annotated[Keyed[Quantity], KeyedOf("by_grade", GRADES, QuantityOf(SHARE))] = said(
        A_SHARE, "Optimism bias: taken off a saving, by the worst grade among the sizes of the effects"
    )

"""How fast the price of a line grows above prices in general, as the appraisal of the baseline has it."""

from __future__ import annotations

from caresim.config.paykinds import Yearly
from caresim.config.values import Frozen
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.tables import INVESTMENT

PAYMENT = "payment"


def real_growth(decision: Decision, service: str, kind: str) -> float:
    """Give the yearly growth above inflation that leads to the appraisal's price in the last year weighed."""
    if kind == PAYMENT:
        return 0.0
    name = INVESTMENT if kind == INVESTMENT else service
    inflation = rates(decision, "appraisal.inflation")
    own = rates(decision, f"appraisal.uplift.by_service.{name}") or rates(decision, "appraisal.uplift")
    first, last = base_year(decision), _begins(decision, -1)
    if own is None or inflation is None or last is None or last == first:
        return 0.0
    ratio = own.growth(first, last) / inflation.growth(first, last)
    return float(ratio ** (1 / (last - first)) - 1)


def rates(decision: Decision, path: str) -> Yearly | None:
    """Read a rate of the appraisal, which may differ from year to year, off the numbers in force."""
    found = decision.of_appraisal.get(path)
    return Yearly(Frozen(found)) if found else None


def base_year(decision: Decision) -> int:
    """Give the year of the prices of the run."""
    row = decision.assumption("prices.base_year")
    value = row.get("value") if row else None
    first = _begins(decision, 0)
    return int(value) if isinstance(value, int) else first or 0


def years_before(decision: Decision) -> int:
    """Count the years from the base year of prices to the first year weighed."""
    first = _begins(decision, 0)
    return 0 if first is None else first - base_year(decision)


def _begins(decision: Decision, which: int) -> int | None:
    years = decision.weighed_years
    return int(years[which][:4]) if years and years[which][:4].isdigit() else None

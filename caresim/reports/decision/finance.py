"""What a finance officer looks for: the plan, full-year effects, cash by budget line, funds, the downside."""

from __future__ import annotations

from collections.abc import Sequence

from caresim.reports import pressure, ranges, words
from caresim.reports.chart import DataTable
from caresim.reports.decision import phrases
from caresim.reports.decision.budgets import against_budget, budget_notes, overspent, unknown_budgets
from caresim.reports.decision.cash import by_budget_line, funds
from caresim.reports.decision.facts import HEADLINE, NOTHING, Decision
from caresim.reports.decision.option import Option
from caresim.reports.decision.price_growth import base_year
from caresim.reports.decision.tables import BASELINE, EVERYBODY, INVESTMENT
from caresim.reports.estimate import NAN, Estimate

IN_YEAR = "hospital_driven_cost_in_year"
COUNCIL, PERSON, SAVED = "council", "person", "gross_saving"


def finance_tables(decision: Decision, options: Sequence[Option]) -> tuple[tuple[DataTable, ...], tuple[str, ...]]:
    """Give the tables there is data for, and notes."""
    makers = (plan, pressure_of, _effects, downside, by_budget_line, against_budget, overspent)
    tables = (*(make(decision, options) for make in makers), funds(decision))
    return tuple(table for table in tables if table is not None), budget_notes(decision)


def not_held(decision: Decision) -> tuple[str, ...]:
    """Name what no table holds."""
    missing = unknown_budgets(decision)
    if decision.table("fund_balances").empty:
        missing.append("the running balance of funds")
    if decision.table("cash_by_line").empty:
        missing.append("cashable savings by budget line")
    if not decision.is_appraised:
        missing.append("cashable savings apart from capacity released")
    return tuple(missing)


def plan(decision: Decision, options: Sequence[Option]) -> DataTable | None:
    """Bridge to the medium-term plan: the council's net cost by year, and each option's difference to it."""
    rows = []
    for year in decision.years:
        level = decision.level(BASELINE, "council_net_cost", year=year).mean
        found = [decision.net(o.key, COUNCIL, year=year).turned for o in options]
        if any(words.known(value.mean) for value in found):
            rows.append((year, words.pounds(level), *(_gain(value.mean, value.low, value.high) for value in found)))
    if not rows:
        return None
    caption = (
        "To the medium-term plan: council's net cost in the baseline, then what each option adds to it (+) or takes "
        f"off ({phrases.MINUS}), investment included, at prices of {base_year(decision)}; under it the {phrases.MEAN}"
    )
    return DataTable(caption, ("Year", "Baseline", *(o.name for o in options)), tuple(rows))


def pressure_of(decision: Decision, options: Sequence[Option]) -> DataTable | None:
    """Split what each option costs more or less in the last year into demand, stay, delay, intensity and price."""
    table = decision.table("pressure")
    table = table[table["area"].eq(decision.county) & table["year"].eq(decision.last_year)]
    found = pressure.cells(table, "scenario", phrases.gain)
    if not found:
        return None
    rows = tuple(
        (label, *(found.get((part, o.key), words.NO_VALUE) for o in options)) for part, label in pressure.PARTS.items()
    )
    line = f"under it the {phrases.MEAN}" if decision.replications > 1 else "one pair, so no interval"
    caption = f"{words.capital(pressure.COST)}, {decision.last_year}: each option's difference to the baseline; {line}"
    return DataTable(caption, ("What of the difference", *(o.name for o in options)), rows)


def _gain(mean: float, low: float, high: float) -> str:
    return ranges.with_ends(mean, low, high, phrases.gain) if words.known(mean) else words.NO_VALUE


def _effects(decision: Decision, options: Sequence[Option]) -> DataTable | None:
    """Lay out this year's effect, the full-year effect that falls into the next, cash, capacity and the downside."""
    rows = [
        ("Hospital-driven saving within the year", [_both(decision, o) for o in options]),
        ("Full-year effect that falls into the next year", [(_tail(decision, o), NOTHING) for o in options]),
        ("Council: cashable saving in the year", [_weighed(decision, o, "cashable_saving") for o in options]),
        ("Council: capacity released, not cash", [_weighed(decision, o, "capacity_released") for o in options]),
        ("People's own cost falls by, contributions included", [_weighed(decision, o, SAVED, PERSON) for o in options]),
        ("Invested by everybody in the year", [_weighed(decision, o, INVESTMENT, EVERYBODY) for o in options]),
    ]  # fmt: skip
    kept = [
        (label, *(phrases.told(value, drawn, phrases.pounds) for value, drawn in cells))
        for label, cells in rows
        if any(words.known(value.mean) for value, _ in cells)
    ]
    if not kept:
        return None
    caption = (
        f"Effects in {decision.last_year}, {decision.county}; under each mean the {phrases.MEAN}{phrases.EVIDENCE}; "
        "what falls into the next year is a difference of two means, without an interval of its own"
    )
    return DataTable(caption, ("What", *(o.name for o in options)), tuple(kept))


def _both(decision: Decision, option: Option) -> tuple[Estimate, Estimate]:
    """Give the saving within the year by chance alone and with the evidence."""
    return decision.saving(option.key, IN_YEAR), decision.drawn_saving(option.key, IN_YEAR)


def _tail(decision: Decision, option: Option) -> Estimate:
    """Give the part of the first 52 weeks' saving that falls after the year's last day."""
    return Estimate(decision.saving(option.key, HEADLINE).mean - decision.saving(option.key, IN_YEAR).mean)


def _weighed(decision: Decision, option: Option, measure: str, partner: str = COUNCIL) -> tuple[Estimate, Estimate]:
    year = decision.last_year
    found = (decision.weighed(option.key, measure, partner, year=year, drawn=drawn) for drawn in (False, True))
    chance, both = found
    if measure == INVESTMENT and not words.known(chance.mean):
        return Estimate(decision.invested(option.key, year=year)), NOTHING
    return chance, both


def downside(decision: Decision, options: Sequence[Option]) -> DataTable | None:
    """Give the worth at its mean and where it is worse: at the 80th percentile of cost, and at the 5% end."""
    rows = []
    for cash in (False, True):
        what = "In cash alone" if cash else "Freed capacity counted"
        found = [(decision.worth(o.key, cash=cash), decision.worth(o.key, drawn=True, cash=cash)) for o in options]
        cells = [
            ("mean", [chance.mean for chance, _ in found]),
            ("80th percentile, chance alone", [_at(chance, chance.p20) for chance, _ in found]),
            ("80th percentile, chance and evidence", [_at(drawn, drawn.p20) for _, drawn in found]),
            ("5% end, chance alone", [_at(chance, chance.p05) for chance, _ in found]),
            ("5% end, chance and evidence", [_at(drawn, drawn.p05) for _, drawn in found]),
        ]
        rows += [
            (f"{what}: {label}", *map(phrases.pounds, values))
            for label, values in cells
            if any(words.known(value) for value in values)
        ]
    if not rows:
        return None
    caption = (
        f"Downside: worth to the public purse over {words.count(len(decision.weighed_years), 'year')} (net present "
        "value). The 80th percentile (P80) is that of cost: one pair in five is worth less"
        + (
            f". From {words.count(decision.fewest, 'pair')} these ends are rough"
            if decision.fewest < phrases.FEW
            else ""
        )
    )
    return DataTable(caption, ("Worth", *(o.name for o in options)), tuple(rows))


def _at(value: Estimate, point: float) -> float:
    """Give a percentile where several pairs were simulated."""
    return point if value.has_interval else NAN

"""The options side by side, as a table."""

from __future__ import annotations

from caresim.reports import words
from caresim.reports.chart import DataTable
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.gains import chance_of_payback, most_of, sides
from caresim.reports.decision.option import Option
from caresim.reports.estimate import Estimate

_MOST_OPTIONS = 9
WHO = "Who gains, who pays"
NOT_KNOWN = "not appraised"


def options_table(decision: Decision) -> DataTable | None:
    """Lay the options out side by side, the one worth most first, each followed by its twin without effect."""
    if not decision.options:
        return None
    year, years = decision.last_year, words.count(len(decision.weighed_years), "year")
    columns = (
        *("Option", f"Saves in {year}", f"Costs in {year}", f"Worth over {years}", "Of it, in cash", "Pays back"),
        *(WHO, "Evidence"),
    )
    rows = tuple(_row(decision, option) for option in in_order(decision)[:_MOST_OPTIONS])
    caption = (
        f"{decision.county}. Saves: hospital-driven cost, gross council cost of the first 52 weeks. Worth: net present "
        "value to the public purse, capacity released (such as beds) counted; in cash: only what can be taken out of a "
        f"budget. Under each mean: {_range_name(decision)}."
    )
    return DataTable(caption, columns, rows, frozenset({WHO, "Evidence"}))


def in_order(decision: Decision) -> list[Option]:
    """Give choices by worth, each followed by its twin, then twins of nothing."""
    found: list[Option] = []
    for option in decision.ranked:
        twin = decision.twin(option)
        found += [option] if twin is None else [option, twin]
    return list(dict.fromkeys([*found, *decision.options]))


def _range_name(decision: Decision) -> str:
    if decision.replications == 1:
        return "nothing, as one pair gives no range"
    return f"chance and evidence, {phrases.OPEN}" if decision.draws else f"chance alone, {phrases.SPREAD}"


def under_options(decision: Decision) -> str:
    """Explain what the table of options leaves open."""
    left = len(decision.options) - _MOST_OPTIONS
    text = "A twin without effect costs the same and does nothing: what is lost if the evidence against is right."
    parts = [text] if any(option.is_twin for option in decision.options) else []
    if decision.told_alike:
        parts.append(
            "Who gains by an option that brings a way of paying is told against the baseline paid in the same way: "
            "what partners would pay each other for the care there is anyway is nobody's gain."
        )
    if any(option.only_pays for option in decision.options):
        parts.append(
            "An option that changes only how partners pay each other is told against the baseline's way of paying, "
            "which may be none: to see what changes, give the baseline the way of paying of today."
        )
    parts += [f"{words.count(left, 'more option')} in the workbook."] if left > 0 else []
    return " ".join(parts)


def _row(decision: Decision, option: Option) -> tuple[str, ...]:
    name = f"{option.name} (twin without effect)" if option.is_twin and "effect" not in option.name else option.name
    key = option.key
    saving = _ranged(decision.saving(key), decision.drawn_saving(key))
    cost = decision.invested(key, year=decision.last_year)
    gains, pays = (most_of(side) for side in sides(decision, key))
    return (
        name,
        saving,
        phrases.pounds(cost) if words.known(cost) else NOT_KNOWN,
        _ranged(decision.worth(key), decision.worth(key, drawn=True)),
        _ranged(decision.worth(key, cash=True), decision.worth(key, drawn=True, cash=True)),
        _payback(decision, key),
        f"{gains}\npays: {pays}",
        _evidence(option),
    )


def _ranged(value: Estimate, drawn: Estimate) -> str:
    if not words.known(value.mean):
        return NOT_KNOWN
    ends = phrases.chance_range(drawn) or phrases.chance_range(value)
    text = phrases.pounds(value.mean)
    return f"{text}\n{phrases.between(*ends, value.mean)}" if ends and ends[0] != ends[1] else text


def _payback(decision: Decision, key: str) -> str:
    if not decision.is_appraised:
        return NOT_KNOWN
    chance = chance_of_payback(decision, key)
    if not words.known(chance.mean):
        return "nothing is spent"
    month = decision.weighed(key, "payback_month").mean
    return f"{phrases.month(month) if words.known(month) else 'not in time'}\nchance {phrases.chance(chance)}"


def _evidence(option: Option) -> str:
    if option.is_twin:
        return "assumes no effect"
    if not option.sizes:
        return "no size given"
    return f"grade {option.grade}" + ("\ncontested" if option.contested else "")

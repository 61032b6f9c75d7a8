"""What a comparison says, in sentences: the first page of its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caresim.reports import words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import said
from caresim.reports.decision.basis import rests_on, structural_of
from caresim.reports.decision.facts import HEADLINE, TINY, Decision, Option
from caresim.reports.decision.tables import EVERYBODY
from caresim.reports.facts import Estimate
from caresim.reports.findings import GRADES, Basis

_MOST_OPTIONS, _NAMED = 9, 2
_QUOTES, _QUOTED = 3, 210
_FEW = 20  # replications: the 5% point of fewer is their smallest
WHO = "Who gains, who pays"
NOT_KNOWN = "not appraised"


@dataclass(frozen=True)
class Findings:
    """The first page."""

    title: str
    question: str
    answer: str
    facets: tuple[tuple[str, str], ...]
    sure: str
    options: DataTable | None
    under_options: str
    rests_on: tuple[Basis, ...]
    ranked_by: str
    against: tuple[tuple[str, str], ...]
    not_looked_at: tuple[str, ...]


def findings(decision: Decision, charts: Sequence[Chart | Missing] = ()) -> Findings:
    """Read the first page off a comparison."""
    lead = decision.lead
    basis, ranked_by = rests_on(decision, lead)
    return Findings(
        title=_title(decision, lead),
        question=str(decision.manifest.get("question") or "What does each option change, for whom, and at what cost?"),
        answer=_what(decision, lead) if lead else "No scenario was compared with the baseline.",
        facets=_facets(decision, lead) if lead else (),
        sure=_sure(decision),
        options=options_table(decision),
        under_options=_under(decision),
        rests_on=basis,
        ranked_by=ranked_by,
        against=_against(decision),
        not_looked_at=_not_looked_at(decision, charts),
    )


# ---- the title and the answer


def _title(decision: Decision, lead: Option | None) -> str:
    if lead is None:
        return "Nothing was compared"
    saving, wide = decision.saving(lead.key), decision.drawn_saving(lead.key)
    if decision.only_moves_money:
        return _moves(decision, lead)
    if not words.known(saving.mean):
        return f"{lead.name}: what changes, and for whom"
    year = decision.last_year
    if abs(saving.mean) < TINY:
        return f"{_each(decision)} changes the hospital-driven cost of {year}"
    if saving.mean < 0:
        return _saves_nothing(decision, lead, saving)
    text = f"{lead.name} takes {said.pounds(saving.mean)} off the hospital-driven cost of {year}"
    if (words.known(wide.p05) and wide.p05 <= 0) or (saving.has_interval and saving.low <= 0):
        return f"{text}, or nothing at all: the range includes no saving"
    worth = decision.worth(lead.key)
    if not words.known(worth.mean):
        return text
    month = decision.weighed(lead.key, "payback_month")
    if worth.mean < 0 or not words.known(month.mean):
        return f"{text}, but does not pay back in {words.count(len(decision.weighed_years), 'year')}"
    if decision.worth(lead.key, cash=True).mean < 0:
        return f"{text}, but pays back only if freed capacity counts as money"
    return f"{text} and pays back in {said.month(month.mean)}"


def _saves_nothing(decision: Decision, lead: Option, saving: Estimate) -> str:
    """Give the title where the option worth most takes nothing off the headline: what it is worth all the same."""
    worth = decision.worth(lead.key)
    if words.known(worth.mean) and worth.mean < 0 and len(decision.choices) > 1:
        years = words.count(len(decision.weighed_years), "year")
        return f"No option pays for itself; {lead.name} loses least, {said.pounds(-worth.mean)} in {years}"
    return f"{lead.name} adds {said.pounds(-saving.mean)} to the hospital-driven cost of {decision.last_year}"


def _moves(decision: Decision, lead: Option) -> str:
    gains, pays = sides(decision, lead.key)
    years = words.count(len(decision.weighed_years), "year")
    text = f"{lead.name} leaves care as it is and moves {said.pounds(sum(gains.values()))} in {years}"
    if not gains or not pays:
        return text
    return f"{text}, most of it from {said.partner_short(next(iter(pays)))} to {said.partner_short(next(iter(gains)))}"


def _each(decision: Decision) -> str:
    count = len(decision.choices)
    return f"{decision.choices[0].name} hardly" if count == 1 else f"None of the {count} options"


def _facets(decision: Decision, lead: Option) -> tuple[tuple[str, str], ...]:
    """Answer for how much, when, how sure and who gains, each in a sentence."""
    found = (
        ("Where", _where(decision, lead)),
        ("For how much", _how_much(decision, lead)),
        ("What it is worth", _worth(decision, lead)),
        ("In cash alone", _in_cash(decision, lead)),
        ("When, and how sure", _when(decision, lead)),
        ("Who gains", _who(decision, lead)),
    )
    return tuple((label, text) for label, text in found if text)


def _what(decision: Decision, lead: Option) -> str:
    saving = decision.saving(lead.key)
    if decision.only_moves_money:
        return (
            f"Under each of {words.count(len(decision.choices), 'way')} of paying the same people get the same care; "
            f"what differs is who pays. {lead.name} moves most."
        )
    if not words.known(saving.mean):
        return f"{lead.name} is compared with the baseline; the hospital-driven cost was not counted."
    base = decision.level("baseline", HEADLINE)
    of = f" of {words.pounds(base.mean)}" if words.known(base.mean) else ""
    which = "" if len(decision.choices) == 1 else f", the option {_best(decision)} of {len(decision.choices)}"
    which += f" ({alike} more are worth the same and differ in who pays)" if (alike := _alike(decision, lead)) else ""
    which += "," if which else ""
    verb = "takes" if saving.mean >= 0 else "adds"
    end = "off" if saving.mean >= 0 else "to"
    text = (
        f"{lead.name}{which} {verb} {said.pounds(abs(saving.mean))} a year {end} the hospital-driven cost{of} "
        f"(gross council cost, first 52 weeks of care) by {decision.last_year}: "
    )
    return text + _ranges(decision, lead, saving)


def _alike(decision: Decision, lead: Option) -> int:
    """Count the other choices that save as much and are worth as much."""
    found = [(round(decision.saving(o.key).mean), round(decision.worth(o.key).mean, -2))
             for o in (lead, *decision.choices) if words.known(decision.worth(o.key).mean)]  # fmt: skip
    return found.count(found[0]) - 2 if found else 0


def _best(decision: Decision) -> str:
    return "worth most to the public purse" if decision.is_appraised else "that saves most"


def _ranges(decision: Decision, lead: Option, saving: Estimate) -> str:
    sign = 1.0 if saving.mean >= 0 else -1.0
    ends = said.chance_range(saving)
    if ends is None:
        return "one pair was simulated, so there is no range."
    text = f"{said.between(*sorted(sign * end for end in ends))} from chance alone ({said.SPREAD})"
    wide = said.chance_range(decision.drawn_saving(lead.key))
    if wide is None:
        return f"{text}; what the evidence leaves open was not drawn, so the true range is wider."
    open_ends = said.between(*sorted(sign * end for end in wide))
    return f"{text}; {open_ends} when what the evidence leaves open is counted too."


def _where(decision: Decision, lead: Option) -> str:
    """Say what each unitary's council saves of the same cost."""
    parts = []
    for area in decision.unitaries:
        saving, wide = decision.saving(lead.key, area=area), decision.drawn_saving(lead.key, area=area)
        ends = said.chance_range(wide) or said.chance_range(saving)
        if words.known(saving.mean) and abs(saving.mean) >= TINY:
            parts.append(f"{area} {said.pounds(saving.mean)}" + (f" ({said.between(*ends)})" if ends else ""))
    return f"{words.listed(parts)} less in {decision.last_year}." if parts else ""


def _how_much(decision: Decision, lead: Option) -> str:
    cost, whole = decision.invested(lead.key, year=decision.last_year), decision.invested(lead.key)
    if not words.known(cost):
        return "What it costs was not appraised."
    years = words.count(len(decision.weighed_years), "year")
    return f"{said.pounds(cost)} in {decision.last_year}, {said.pounds(whole)} over {years}."


def _worth(decision: Decision, lead: Option) -> str:
    worth, drawn = decision.worth(lead.key), decision.worth(lead.key, drawn=True)
    if not words.known(worth.mean):
        return ""
    text = f"{said.pounds(worth.mean)} to the public purse, freed capacity counted (net present value"
    wide, kind = said.chance_range(drawn), "chance and evidence"
    if wide is None:
        wide, kind = said.chance_range(worth), "chance alone"
    text += f"; {said.between(*wide)}, {kind})" if wide else ")"
    cash, careful = decision.worth(lead.key, cash=True), decision.worth(lead.key, corrected=True)
    if words.known(cash.mean):
        text += f"; {said.pounds(cash.mean)} counting only what can be taken out of a budget"
    if words.known(careful.mean):
        text += f"; {said.pounds(careful.mean)} after optimism bias"
    return f"{text}."


def _in_cash(decision: Decision, lead: Option) -> str:
    """Name the option worth most in cash where it is another one."""
    worth = {option.key: decision.worth(option.key, cash=True) for option in decision.choices}
    spent = (option for option in decision.choices if decision.invested(option.key) >= TINY)
    known = [option for option in spent if words.known(worth[option.key].mean)]
    if not known:
        return ""
    best = max(known, key=lambda option: (round(worth[option.key].mean, -2), option is lead))
    value, wide = worth[best.key], said.chance_range(decision.worth(best.key, drawn=True, cash=True))
    ends = wide or said.chance_range(value)
    amount = said.pounds(value.mean) + (f" ({said.between(*ends)})" if ends else "")
    if value.mean < 0:
        return f"No option pays for itself; the least is lost with {best.name}: {amount}."
    return f"{best.name} is worth most: {amount}." if best is not lead else ""


def _when(decision: Decision, lead: Option) -> str:
    month = decision.weighed(lead.key, "payback_month").mean
    if not decision.is_appraised:
        return ""
    chance = chance_of_payback(decision, lead.key)
    if not words.known(chance.mean):
        return "Nothing is spent on it, so there is nothing to pay back."
    basis = "if sizes lie in their stated ranges" if _drawn(decision) else "chance alone"
    years = words.count(len(decision.weighed_years), "year")
    where = f"Pays back in {said.month(month)} of spending" if words.known(month) else f"Does not pay back in {years}"
    text = f"{where}, freed capacity counted; probability in {years} {said.chance(chance)} ({basis})"
    cash = chance_of_payback(decision, lead.key, "_cashable")
    return f"{text}. In cash alone: probability {said.chance(cash)}." if words.known(cash.mean) else f"{text}."


def _who(decision: Decision, lead: Option) -> str:
    gains, pays = gainers(decision, lead.key)
    years = words.count(len(decision.weighed_years), "year")
    parts = [f"better off over {years}: {words.listed(list(gains))}"] if gains else []
    parts += [f"worse off: {words.listed(list(pays))}"] if pays else []
    return words.capital("; ".join(parts)) + "." if parts else ""


def sides(decision: Decision, key: str) -> tuple[dict[str, float], dict[str, float]]:
    """Give who is better off over all years, and who worse, by how much; the largest first."""
    nets = {p: decision.gain(key, p).mean for p in decision.partners}
    nets = {p: net for p, net in nets.items() if words.known(net) and abs(net) >= TINY}
    ordered = sorted(nets, key=lambda p: -abs(nets[p]))
    return {p: nets[p] for p in ordered if nets[p] > 0}, {p: -nets[p] for p in ordered if nets[p] < 0}


def gainers(decision: Decision, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say who is better off over all years, and who worse."""
    gains, pays = sides(decision, key)
    return tuple(_by(gains)), tuple(_by(pays))


def _by(side: dict[str, float]) -> list[str]:
    return [f"{said.partner_short(p)} by {said.pounds(amount)}" for p, amount in side.items()]


def most_of(side: dict[str, float]) -> str:
    """Name those with most of a gain or loss, for a table cell."""
    if not side:
        return "nobody"
    named = [f"{said.partner_short(p)} {said.pounds(amount)}" for p, amount in list(side.items())[:_NAMED]]
    left = len(side) - len(named)
    return "; ".join(named) + (f"; {words.count(left, 'other')}" if left else "")


def chance_of_payback(decision: Decision, key: str, kind: str = "") -> Estimate:
    """Give the probability of paying back; with the evidence's ranges where they were drawn."""
    measure = f"probability_of_payback{kind}"
    drawn = decision.weighed(key, measure, drawn=True)
    return drawn if words.known(drawn.mean) else decision.weighed(key, measure)


def _drawn(decision: Decision) -> bool:
    return len(decision.table("drawn_appraisal")) > 0


def _sure(decision: Decision) -> str:
    if decision.replications == 1:
        return "One pair of runs was simulated: there are no ranges, and chance may be all that is seen."
    text = f"{words.count(decision.replications, 'pair')} of simulated runs share their luck."
    rough = " From so few, the ends of ranges are rough." if decision.fewest < _FEW else ""
    if decision.draws:
        more = words.count(decision.draws, "pair")
        return f"{text} {more} more each draw the sizes of effects from their ranges.{rough}"
    return f"{text} Sizes of effects are held at one value: ranges are simulation error and chance only.{rough}"


# ---- the options


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
    return f"chance and evidence, {said.OPEN}" if decision.draws else f"chance alone, {said.SPREAD}"


def _under(decision: Decision) -> str:
    left = len(decision.options) - _MOST_OPTIONS
    text = "A twin without effect costs the same and does nothing: what is lost if the evidence against is right."
    parts = [text] if any(option.is_twin for option in decision.options) else []
    if any(decision.reference(option) for option in decision.options):
        parts.append("Who gains by a measure under a way of paying is told against the same way of paying without it.")
    if any(option.pays_anew and decision.reference(option) is None for option in decision.options):
        parts.append(
            "An option that brings a way of paying is otherwise told against the baseline's: gains and losses then "
            "hold all that partners pay each other under it."
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
        said.pounds(cost) if words.known(cost) else NOT_KNOWN,
        _ranged(decision.worth(key), decision.worth(key, drawn=True)),
        _ranged(decision.worth(key, cash=True), decision.worth(key, drawn=True, cash=True)),
        _payback(decision, key),
        f"{gains}\npays: {pays}",
        _evidence(option),
    )


def _ranged(value: Estimate, drawn: Estimate) -> str:
    if not words.known(value.mean):
        return NOT_KNOWN
    ends = said.chance_range(drawn) or said.chance_range(value)
    text = said.pounds(value.mean)
    return f"{text}\n{said.between(*ends)}" if ends and said.between(*ends) != text else text


def _payback(decision: Decision, key: str) -> str:
    if not decision.is_appraised:
        return NOT_KNOWN
    chance = chance_of_payback(decision, key)
    if not words.known(chance.mean):
        return "nothing is spent"
    month = decision.weighed(key, "payback_month").mean
    return f"{said.month(month) if words.known(month) else 'not in time'}\nchance {said.chance(chance)}"


def _evidence(option: Option) -> str:
    if option.is_twin:
        return "assumes no effect"
    if not option.sizes:
        return "no size given"
    return f"grade {option.grade}" + ("\ncontested" if option.contested else "")


def _against(decision: Decision) -> tuple[tuple[str, str], ...]:
    """Quote what speaks against the changes of the options, the lead's first, each once."""
    order = sorted(decision.ranked, key=lambda option: option is not decision.lead)
    found: dict[str, str] = {}
    for option in order:
        found |= {name: text for name, text in option.against.items() if name not in found}
    return tuple((name, said.cut(text, _QUOTED)) for name, text in list(found.items())[:_QUOTES])


# ---- what was not looked at


def _not_looked_at(decision: Decision, charts: Sequence[Chart | Missing]) -> tuple[str, ...]:
    found = []
    if not decision.draws:
        found.append("How wrong the sizes of effects may be: none was drawn from its range.")
    without = [o.name for o in decision.choices if o.contested and decision.twin(o) is None]
    if without:
        named = words.listed(without[:3]) + (f" and {len(without) - 3} more" if len(without) > 3 else "")
        found.append(f"What is lost if there is no effect: no twin was run of {named}.")
    if not decision.is_appraised:
        found.append("Costs of the options, payback and net present value.")
    if decision.table("tornado").empty:
        found.append("Which assumption moves the answer most: no sensitivity was run.")
    found.append(f"Inputs outside the options: each is held at one value{structural_of(decision)}.")
    found.append("Unpaid carers and children's services.")
    missing = [chart.subject.lower() for chart in charts if isinstance(chart, Missing)]
    if missing:
        found.append(f"Figures left out for want of data: {words.listed(missing)}.")
    return tuple(found)


def everybody(decision: Decision, key: str) -> Estimate:
    """Give what everybody together, the person too, is better off by."""
    return decision.net(key, EVERYBODY)


__all__ = ["GRADES", "Findings", "findings", "gainers", "options_table"]

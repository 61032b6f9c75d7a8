"""What a comparison says, in sentences: the first page of its reports."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from caresim.reports import words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.assumptions import rests_on, structural_of
from caresim.reports.decision.cautions import DELAYED, cautions, people, waits_more
from caresim.reports.decision.facts import HEADLINE, TINY, Decision
from caresim.reports.decision.gains import chance_of_payback, sides
from caresim.reports.decision.option import Option
from caresim.reports.decision.side_by_side import options_table, under_options
from caresim.reports.decision.tables import ALL_YEARS
from caresim.reports.estimate import Estimate
from caresim.reports.findings import GRADES, Basis

_QUOTES, _QUOTED = 3, 210
_CAUTIONED = 3  # options besides the lead whose cautions stand on the first page


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
        under_options=under_options(decision),
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
    text = f"{lead.name} takes {phrases.pounds(saving.mean)} off the hospital-driven cost of {year}"
    if waits_more(lambda measure: decision.difference(lead.key, measure)):
        delayed = people(decision.difference(lead.key, DELAYED).mean)
        return f"{text} while {delayed} more people a day are stuck in hospital"
    if (words.known(wide.p05) and wide.p05 <= 0) or (saving.has_interval and saving.low <= 0):
        return f"{text}, or nothing at all: the range includes no saving"
    return text + _pays_back(decision, lead)


def _pays_back(decision: Decision, lead: Option) -> str:
    """End the title: whether and when it pays back, or what it is worth where nothing is spent on it."""
    worth, month = decision.worth(lead.key), decision.weighed(lead.key, "payback_month")
    years = words.count(len(decision.weighed_years), "year")
    if not words.known(worth.mean):
        return ""
    if words.known(spent := decision.invested(lead.key)) and abs(spent) < TINY:
        verb = " and is worth" if worth.mean >= 0 else ", but loses the public purse"
        return f"{verb} {phrases.pounds(abs(worth.mean))} in {years}; nothing is spent on it"
    if worth.mean < 0 or not words.known(month.mean):
        return f", but does not pay back in {years}"
    hopeful = decision.worth(lead.key, corrected=True).mean < 0
    careful = " and nothing is taken off for optimism" if hopeful else ""
    if decision.worth(lead.key, cash=True).mean < 0:
        return f", but pays back only if freed capacity counts as money{careful}"
    if hopeful:
        return ", but pays back only if nothing is taken off for optimism"
    return f" and pays back in {phrases.month(month.mean)}"


def _saves_nothing(decision: Decision, lead: Option, saving: Estimate) -> str:
    """Give the title where the option worth most takes nothing off the headline: what it is worth all the same."""
    worth = decision.worth(lead.key)
    if words.known(worth.mean) and worth.mean < 0 and len(decision.choices) > 1:
        years = words.count(len(decision.weighed_years), "year")
        return f"No option pays for itself; {lead.name} loses least, {phrases.pounds(-worth.mean)} in {years}"
    return f"{lead.name} adds {phrases.pounds(-saving.mean)} to the hospital-driven cost of {decision.last_year}"


def _moves(decision: Decision, lead: Option) -> str:
    gains, pays = sides(decision, lead.key)
    years = words.count(len(decision.weighed_years), "year")
    text = f"{lead.name} leaves care as it is and moves {phrases.pounds(sum(gains.values()))} in {years}"
    if not gains or not pays:
        return text
    payer, gainer = (phrases.partner_short(next(iter(side))) for side in (pays, gains))
    return f"{text}, most of it from {payer} to {gainer}"


def _each(decision: Decision) -> str:
    count = len(decision.choices)
    return f"{decision.choices[0].name} hardly" if count == 1 else f"None of the {count} options"


def _facets(decision: Decision, lead: Option) -> tuple[tuple[str, str], ...]:
    """Answer for how much, when, how sure and who gains, each in a sentence."""
    found = (
        ("Read with care", " ".join(_cautions(decision, lead))),
        ("Where", _where(decision, lead)),
        ("For how much", _how_much(decision, lead)),
        ("What it is worth", _worth(decision, lead)),
        ("In cash alone", _in_cash(decision, lead)),
        ("When, and how sure", _when(decision, lead)),
        ("Who gains", _who(decision, lead)),
        ("Other options, with care", _others_with_care(decision, lead)),
    )
    return tuple((label, text) for label, text in found if text)


def _cautions(decision: Decision, option: Option) -> tuple[str, ...]:
    """Say where an option's costs change for another reason than better care."""
    return cautions(lambda measure: decision.difference(option.key, measure), f"in {decision.last_year}")


def _others_with_care(decision: Decision, lead: Option) -> str:
    found = [(o.name, " ".join(said)) for o in decision.ranked if o is not lead and (said := _cautions(decision, o))]
    left = f" The same kind of caution holds for {words.count(len(found) - _CAUTIONED, 'more option')}."
    told = " ".join(f"{name}: {text}" for name, text in found[:_CAUTIONED])
    return told + (left if len(found) > _CAUTIONED else "")


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
        f"{lead.name}{which} {verb} {phrases.pounds(abs(saving.mean))} a year {end} the hospital-driven cost{of} "
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
    ends = phrases.chance_range(saving)
    if ends is None:
        return "one pair was simulated, so there is no range."
    low, high = sorted(sign * end for end in ends)
    text = f"{phrases.between(low, high, abs(saving.mean))} from chance alone ({phrases.SPREAD})"
    wide = phrases.chance_range(decision.drawn_saving(lead.key))
    if wide is None:
        return f"{text}; what the evidence leaves open was not drawn, so the true range is wider."
    low, high = sorted(sign * end for end in wide)
    return f"{text}; {phrases.between(low, high, abs(saving.mean))} when what the evidence leaves open is counted too."


def _where(decision: Decision, lead: Option) -> str:
    """Say what each unitary's council saves of the same cost."""
    parts = []
    for area in decision.unitaries:
        saving, wide = decision.saving(lead.key, area=area), decision.drawn_saving(lead.key, area=area)
        ends = phrases.chance_range(wide) or phrases.chance_range(saving)
        if words.known(saving.mean) and abs(saving.mean) >= TINY:
            told = f" ({phrases.between(*ends, saving.mean)})" if ends else ""
            parts.append(f"{area} {phrases.pounds(saving.mean)}{told}")
    return f"{words.listed(parts)} less in {decision.last_year}." if parts else ""


def _how_much(decision: Decision, lead: Option) -> str:
    cost, whole = decision.invested(lead.key, year=decision.last_year), decision.invested(lead.key)
    if not words.known(cost):
        return "What it costs was not appraised."
    years = words.count(len(decision.weighed_years), "year")
    text = f"{phrases.pounds(cost)} in {decision.last_year}, {phrases.pounds(whole)} over {years}"
    saved = decision.saving(lead.key, year=ALL_YEARS).mean if decision.weighed_years == decision.years else math.nan
    if not words.known(saved) or abs(saved) < TINY:
        return f"{text}."
    falls = f"falls by {phrases.pounds(saved)}" if saved > 0 else f"rises by {phrases.pounds(-saved)}"
    return f"{text}, in which the hospital-driven cost {falls}."


def _worth(decision: Decision, lead: Option) -> str:
    """Give what it is worth with freed capacity and in cash, each also with what optimism bias takes off."""
    if not words.known(decision.worth(lead.key).mean):
        return ""
    kind = "chance and evidence" if _drawn(decision) else "chance alone"
    text = f"{_amount(decision, lead)} to the public purse, freed capacity counted (net present value; ranges: {kind})"
    if words.known(decision.worth(lead.key, corrected=True).mean):
        text += f"; after optimism bias {_amount(decision, lead, corrected=True)}"
    if words.known(decision.worth(lead.key, cash=True).mean):
        text += f". Counting only what can be taken out of a budget: {_amount(decision, lead, cash=True)}"
        if words.known(decision.worth(lead.key, corrected=True, cash=True).mean):
            text += f"; after optimism bias {_amount(decision, lead, corrected=True, cash=True)}"
    return f"{text}."


def _amount(decision: Decision, option: Option, corrected: bool = False, cash: bool = False) -> str:
    """Write what an option is worth, with the range of chance and evidence, or else of chance."""
    value = decision.worth(option.key, corrected=corrected, cash=cash)
    drawn = decision.worth(option.key, corrected=corrected, cash=cash, drawn=True)
    ends = phrases.chance_range(drawn) or phrases.chance_range(value)
    return phrases.pounds(value.mean) + (f" ({phrases.between(*ends, value.mean)})" if ends else "")


def _in_cash(decision: Decision, lead: Option) -> str:
    """Name the option worth most in cash where it is another one."""
    worth = {option.key: decision.worth(option.key, cash=True) for option in decision.choices}
    spent = (option for option in decision.choices if decision.invested(option.key) >= TINY)
    known = [option for option in spent if words.known(worth[option.key].mean)]
    if not known:
        return ""
    best = max(known, key=lambda option: (round(worth[option.key].mean, -2), option is lead))
    amount = _amount(decision, best, cash=True)
    if worth[best.key].mean < 0:
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
    paid = f"Pays back in {phrases.month(month)} of spending" if words.known(month) else f"Does not pay back in {years}"
    text = f"{paid}, freed capacity counted; probability in {years} {phrases.chance(chance)} ({basis})"
    cash = chance_of_payback(decision, lead.key, "_cashable")
    return f"{text}. In cash alone: probability {phrases.chance(cash)}." if words.known(cash.mean) else f"{text}."


def _who(decision: Decision, lead: Option) -> str:
    """Say who is better and worse off, in what range, and how much of a gain is cash."""
    gains, pays = (list(side) for side in sides(decision, lead.key))
    years = words.count(len(decision.weighed_years), "year")
    parts = [f"better off over {years}: {words.listed([_gain(decision, lead, p) for p in gains])}"] if gains else []
    parts += [f"worse off: {words.listed([_gain(decision, lead, p) for p in pays])}"] if pays else []
    return words.capital("; ".join(parts)) + "." if parts else ""


def _gain(decision: Decision, lead: Option, partner: str) -> str:
    """Write how far a partner is better or worse off."""
    net, cash = decision.net(lead.key, partner), decision.cash(lead.key, partner)
    ends = phrases.chance_range(decision.drawn_net(lead.key, partner)) or phrases.chance_range(net)
    notes = [phrases.between(*ends, net.mean)] if ends and ends[0] < ends[1] else []
    if words.known(cash.mean) and abs(cash.mean - net.mean) >= TINY:
        notes.append(f"in cash {phrases.gain(cash.mean)}")
    return f"{phrases.partner_short(partner)} {phrases.gain(net.mean)}" + (f" ({'; '.join(notes)})" if notes else "")


def _drawn(decision: Decision) -> bool:
    return len(decision.table("drawn_appraisal")) > 0


def _sure(decision: Decision) -> str:
    if decision.replications == 1:
        return "One pair of runs was simulated: there are no ranges, and chance may be all that is seen."
    text = f"{words.count(decision.replications, 'pair')} of simulated runs share their luck."
    few = decision.fewest < phrases.FEW
    rough = " From so few, ranges are rough, and a mean may lie outside its own." if few else ""
    if decision.draws:
        more = words.count(decision.draws, "pair")
        return f"{text} {more} more each draw the sizes of effects from their ranges.{rough}"
    return f"{text} Sizes of effects are held at one value: ranges are simulation error and chance only.{rough}"


def _against(decision: Decision) -> tuple[tuple[str, str], ...]:
    """Quote what speaks against the changes of the options, the lead's first, each once."""
    order = sorted(decision.ranked, key=lambda option: option is not decision.lead)
    found: dict[str, str] = {}
    for option in order:
        found |= {name: text for name, text in option.against.items() if name not in found}
    return tuple((name, phrases.cut(text, _QUOTED)) for name, text in list(found.items())[:_QUOTES])


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


__all__ = ["GRADES", "Findings", "findings"]

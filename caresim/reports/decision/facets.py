"""What an option does, in sentences: what it saves, where, for how much, what it is worth, when, and to whom."""

from __future__ import annotations

import math

from caresim.reports import words
from caresim.reports.decision import phrases
from caresim.reports.decision.cautions import cautions
from caresim.reports.decision.facts import HEADLINE, TINY, Decision
from caresim.reports.decision.gains import chance_of_payback, sides
from caresim.reports.decision.option import Option
from caresim.reports.decision.tables import ALL_YEARS
from caresim.reports.estimate import Estimate

_CAUTIONED = 3  # options besides the lead whose cautions stand on the first page


def answer(decision: Decision, lead: Option) -> str:
    """Say what the leading option takes off the hospital-driven cost, in what range."""
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


def facets(decision: Decision, lead: Option) -> tuple[tuple[str, str], ...]:
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
    return f"{text}, in which the hospital-driven cost {falls}{_all_care(decision, lead, whole)}."


def _all_care(decision: Decision, lead: Option, spent: float) -> str:
    """Say what all care that the public pays for costs less or more, before the cost of the changes."""
    care = decision.weighed(lead.key, "net_saving").mean + spent
    if not words.known(care) or abs(care) < TINY:
        return ""
    return f" and all care that the public pays for costs {phrases.pounds(abs(care))} {'less' if care > 0 else 'more'}"


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
        return f"{_all_lose(decision, known, best)}: {amount}."
    return f"{best.name} is worth most: {amount}." if best is not lead else ""


def _all_lose(decision: Decision, spending: list[Option], best: Option) -> str:
    """Say that no option pays for itself, and of which options: one on which nothing is spent has nothing to pay."""
    if len(spending) == 1 < len(decision.choices):
        return f"{best.name}, the one option on which money is spent, does not pay for itself"
    some = len(spending) < len(decision.choices)
    none = f"None of the {len(spending)} options on which money is spent" if some else "No option"
    return f"{none} pays for itself; the least is lost with {best.name}"


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

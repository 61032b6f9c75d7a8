"""The title of a comparison's reports: what the leading option does, and whether that is worth its cost."""

from __future__ import annotations

from caresim.reports import words
from caresim.reports.decision import phrases
from caresim.reports.decision.cautions import DELAYED, people, waits_more
from caresim.reports.decision.facts import TINY, Decision
from caresim.reports.decision.gains import chance_of_payback, sides
from caresim.reports.decision.option import Option
from caresim.reports.estimate import Estimate

_SOME = 0.05  # a smaller chance of paying back is not worth the words


def title(decision: Decision, lead: Option | None) -> str:
    """Say in one sentence what the option worth most does, and whether it pays back."""
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
        chance = chance_of_payback(decision, lead.key).mean
        if words.known(chance) and chance >= _SOME:
            return f", with a {phrases.probability(chance)} chance of paying back in {years}"
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

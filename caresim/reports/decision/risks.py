"""What may go wrong with a decision, read off the comparison."""

from __future__ import annotations

from collections.abc import Iterator

from caresim.reports import words
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import TINY, Decision
from caresim.reports.decision.findings import Findings
from caresim.reports.decision.gains import chance_of_payback, gainers
from caresim.reports.decision.option import Option

_SURE = 0.8
_CASH = 0.7  # below this share of the value being cash, it is worth saying


def risks(decision: Decision, found: Findings) -> list[tuple[str, str]]:
    """List risks with a label each: no effect, no payback, no cash, who loses, weak evidence, chance."""
    lead = decision.lead
    if lead is None:
        return []
    made = [
        *_no_effect(decision, lead),
        *_no_payback(decision, lead),
        *_no_cash(decision, lead),
        *_losers(decision, lead),
    ]
    made += [("Evidence against", f"{name}: {text}") for name, text in found.against]
    made += _weak(lead)
    made.append(("Model", "What the model leaves out may matter more than what it holds; no range here covers that."))
    return [(label, ended(words.capital(text))) for label, text in made]


def ended(text: str) -> str:
    """End a sentence, unless it was cut."""
    return text if text.endswith("\N{HORIZONTAL ELLIPSIS}") else text.rstrip(".") + "."


def _no_effect(decision: Decision, lead: Option) -> Iterator[tuple[str, str]]:
    twin = decision.twin(lead)
    if twin is not None and words.known(decision.worth(twin.key).mean):
        worth = phrases.pounds(decision.worth(twin.key).mean)
        yield "It may not work", f"the twin without effect is worth {worth} to the public purse over the same years"
    elif lead.contested:
        yield "It may not work", f"the evidence for {lead.name} is contested, and no twin without effect was run"


def _no_payback(decision: Decision, lead: Option) -> Iterator[tuple[str, str]]:
    chance = chance_of_payback(decision, lead.key)
    if words.known(chance.mean) and chance.mean < _SURE:
        years = words.count(len(decision.weighed_years), "year")
        yield "It may not pay back", f"the probability of paying back within {years} is {phrases.chance(chance)}"


def _no_cash(decision: Decision, lead: Option) -> Iterator[tuple[str, str]]:
    worth, cash = decision.worth(lead.key).mean, decision.worth(lead.key, cash=True).mean
    if words.known(worth) and words.known(cash) and worth > 0 and cash < worth * _CASH:
        whole, part = phrases.pounds(worth), phrases.pounds(cash)
        text = f"worth {whole} with freed capacity counted, {part} in what budgets can give up"
        yield "Savings may not be cash", text


def _losers(decision: Decision, lead: Option) -> Iterator[tuple[str, str]]:
    _, pays = gainers(decision, lead.key)
    if pays:
        yield "Not everybody gains", f"worse off over the years weighed: {words.listed(list(pays))}"
    for area in decision.unitaries:
        net = decision.net(lead.key, "council", area).mean
        if words.known(net) and net < -TINY:
            yield "Not every council gains", f"{area}: the council's net position is {phrases.gain(net)}"


def _weak(lead: Option) -> Iterator[tuple[str, str]]:
    weak = [size for size in lead.sizes if (size.grade or "C") == "C"]
    if weak:
        number = f"{len(weak)} of {words.count(len(lead.sizes), 'size')} of its effects"
        yield "Weak evidence", f"{number} {'is an assumption' if len(weak) == 1 else 'are assumptions'} (grade C)"

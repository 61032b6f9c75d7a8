"""Who is better off under an option, who worse, and whether it pays back."""

from __future__ import annotations

from caresim.reports import words
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import TINY, Decision
from caresim.reports.estimate import Estimate

_NAMED = 2


def sides(decision: Decision, key: str) -> tuple[dict[str, float], dict[str, float]]:
    """Give who is better off over all years, and who worse, by how much; the largest first."""
    nets = {p: decision.net(key, p).mean for p in decision.partners}
    nets = {p: net for p, net in nets.items() if words.known(net) and abs(net) >= TINY}
    ordered = sorted(nets, key=lambda p: -abs(nets[p]))
    return {p: nets[p] for p in ordered if nets[p] > 0}, {p: -nets[p] for p in ordered if nets[p] < 0}


def gainers(decision: Decision, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say who is better off over all years, and who worse."""
    gains, pays = sides(decision, key)
    return tuple(_by(gains)), tuple(_by(pays))


def _by(side: dict[str, float]) -> list[str]:
    return [f"{phrases.partner_short(p)} by {phrases.pounds(amount)}" for p, amount in side.items()]


def most_of(side: dict[str, float]) -> str:
    """Name those with most of a gain or loss, for a table cell."""
    if not side:
        return "nobody"
    named = [f"{phrases.partner_short(p)} {phrases.pounds(amount)}" for p, amount in list(side.items())[:_NAMED]]
    left = len(side) - len(named)
    return "; ".join(named) + (f"; {words.count(left, 'other')}" if left else "")


def chance_of_payback(decision: Decision, key: str, kind: str = "") -> Estimate:
    """Give the probability of paying back; with the evidence's ranges where they were drawn."""
    measure = f"probability_of_payback{kind}"
    drawn = decision.weighed(key, measure, drawn=True)
    return drawn if words.known(drawn.mean) else decision.weighed(key, measure)

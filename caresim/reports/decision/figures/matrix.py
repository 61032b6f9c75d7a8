"""Who invests and who gains: partners against options."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import TINY, Decision
from caresim.reports.decision.figures import marks
from caresim.reports.decision.option import Option
from caresim.reports.figures import canvas

KEY = "partners"
SUBJECT = "Who invests and who gains"
_MOST = 8
_GAIN, _LOSS = ("#D6ECEA", "#A9D9D5", "#6FC0B9"), ("#FBE3D6", "#F8C3A6", "#F59B6C")


def draw(decision: Decision) -> Chart | Missing:
    """Show a cell a partner and option: the net gain, and under it what the partner invests."""
    partners = [p for p in decision.partners if _touched(decision, p)]
    if not partners:
        return Missing(SUBJECT, "the comparison has no differences of money by partner")
    options = [option for option in decision.ranked if not decision.is_told_against(option)][:_MOST]
    height = 1.0 + 0.62 * len(options)
    figure = canvas.blank(height)
    ax = canvas.bare(figure)
    _draw(ax, decision, list(options), partners)
    alt = "; ".join(f"{o.name}: {_say(decision, o, partners)}" for o in options)
    years = words.count(len(decision.weighed_years), "year")
    subtitle = (
        f"Better off (+) or worse off ({phrases.MINUS}) over {years} than in the baseline, investment and payments "
        f"included, freed capacity counted, at constant prices, means of pairs, {decision.county}; under it what the "
        "partner invests"
    )
    table = _table(decision, list(options), partners)
    alike = any(option.key in decision.told_alike for option in options)
    notes = ("An option with a way of paying of its own is told against the baseline paid in the same way.",) * alike
    return marks.chart(KEY, figure, _title(decision, partners), subtitle, f"A row an option: {alt}.", table, notes)


def _touched(decision: Decision, partner: str) -> bool:
    nets = (decision.net(o.key, partner).mean for o in decision.options)
    return any(words.known(net) and abs(net) >= TINY for net in nets)


def _draw(ax: Axes, decision: Decision, options: list[Option], partners: list[str]) -> None:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    left, top, deep = 190.0, height - 52, 44.0
    cell = (width - left) / len(partners)
    largest = max(abs(v) for o in options for p in partners if words.known(v := decision.net(o.key, p).mean)) or 1.0
    for number, partner in enumerate(partners):
        middle = left + (number + 0.5) * cell
        ax.add_patch(Rectangle((left + number * cell + 2, top + 1), cell - 4, 4, color=palette.partner_colour(partner)))
        canvas.note(ax, middle, top + 26, marks.lines(phrases.partner(partner), int(cell / 6.4), 3), 9.5, ha="center")
    for row, option in enumerate(options):
        low = top - (row + 1) * deep
        canvas.note(ax, 0, low + deep / 2, marks.lines(option.name, 32, 3), 10.5, ha="left")
        for number, partner in enumerate(partners):
            net = decision.net(option.key, partner).mean
            if not words.known(net):
                continue
            box = (left + number * cell + 2, low + 2)
            ax.add_patch(Rectangle(box, cell - 4, deep - 4, color=_shade(net, largest)))
            spent = decision.invested(option.key, partner)
            text = phrases.gain(net) if abs(net) >= TINY else "no change"
            under = f"invests {phrases.pounds(spent)}" if words.known(spent) and spent >= TINY else ""
            middle = left + (number + 0.5) * cell
            canvas.note(ax, middle, low + deep / 2 + (7 if under else 0), text, 11, ha="center", weight="bold")
            if under:
                canvas.note(ax, middle, low + deep / 2 - 9, under, 8.5, ha="center")


def _shade(net: float, largest: float) -> str:
    if abs(net) < TINY:
        return palette.SHADE
    shades = _GAIN if net > 0 else _LOSS
    return shades[min(2, int(abs(net) / largest * 3))]


def _title(decision: Decision, partners: list[str]) -> str:
    lead = decision.lead
    assert lead is not None
    nets = {p: decision.net(lead.key, p).mean for p in partners}
    spent = {p: decision.invested(lead.key, p) for p in partners}
    payer = max(spent, key=lambda p: spent[p] if words.known(spent[p]) else 0.0)
    gainer = max(nets, key=lambda p: nets[p] if words.known(nets[p]) else float("-inf"))
    invests = f"{phrases.does(payer, 'invest')} {phrases.pounds(spent[payer])}"
    if not words.known(spent[payer]) or spent[payer] < TINY:
        return f"{lead.name}: most of the gain, {phrases.gain(nets[gainer])}, goes to {phrases.partner_short(gainer)}"
    if nets[gainer] <= 0:
        return f"{lead.name}: {invests} and nobody gains"
    if payer == gainer:
        return f"{lead.name}: {invests}, more than any other, and gains most, {phrases.gain(nets[gainer])} net"
    return f"{lead.name}: {invests}, while {phrases.does(gainer, 'gain')} {phrases.pounds(nets[gainer])}"


def _say(decision: Decision, option: Option, partners: list[str]) -> str:
    nets = ((p, decision.net(option.key, p).mean) for p in partners)
    return ", ".join(f"{phrases.partner(p)} {phrases.gain(net)}" for p, net in nets if words.known(net))


def _table(decision: Decision, options: list[Option], partners: list[str]) -> DataTable:
    rows = []
    for option in options:
        for partner in partners:
            net = decision.net(option.key, partner)
            cells = (decision.invested(option.key, partner), net.mean, net.low, net.high)
            rows.append((f"{option.name}, {phrases.partner(partner)}", *(phrases.pounds(value) for value in cells)))
    head = ("Option and partner", "Invests", "Net gain", "Interval from", "Interval to")
    return DataTable(f"Investment and net gain over all years; interval: {phrases.MEAN}", head, tuple(rows))

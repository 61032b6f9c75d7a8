"""When each option has paid for itself: cumulative net benefit, month by month."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import marks
from caresim.reports.decision.option import Option
from caresim.reports.decision.tables import PUBLIC
from caresim.reports.figures import canvas

KEY = "payback"
SUBJECT = "When options pay back"
_PANELS, _ACROSS = 6, 3
_MOST_YEARS = 4  # named under a panel
_TALL = 3.1  # inches of a panel: two lines of name and two of what is said over it
_FREE = "nothing is spent"


def draw(decision: Decision) -> Chart | Missing:
    """Show a panel an option: the mean path, its 5 to 95 % fan, and the month in which it stays above zero."""
    given = [o for o in decision.ranked if len(_path(decision, o.key))]
    if not given:
        return Missing(SUBJECT, "there is no table of cumulative net benefit by month")
    spending = [o for o in given if _when(decision, o) != _FREE]
    if not spending:
        return Missing(SUBJECT, "no option spends anything")
    named = marks.grouped(spending, lambda o: _drawn_at(decision, o))
    options = list(named)
    left, options = options[_PANELS:], options[:_PANELS]
    across = min(_ACROSS, len(options))
    down = -(-len(options) // across)
    height = _TALL * down + 0.1
    figure = canvas.blank(height)
    for number, option in enumerate(options):
        row, column = divmod(number, across)
        width = 0.98 / across
        box = (0.05 + column * width, (0.55 + (down - 1 - row) * _TALL) / height, width - 0.105, 1.62 / height)
        _panel(canvas.axes(figure, *box), decision, option, named[option])
    notes = [f"{words.count(len(left), 'more option')} not drawn."] if left else []
    notes.append("The month counts from the first in which the option costs anything; at constant real prices.")
    alt = "; ".join(_say(decision, option) for option in options)
    fan = _fan_name(decision)
    subtitle = (
        f"Cumulative savings less costs to the public purse, freed capacity counted, £m, {decision.county}; "
        f"shaded: {fan}; scales differ"
    )
    title = _title(decision, spending)
    table = _table(decision, options, fan)
    return marks.chart(KEY, figure, title, subtitle, f"A panel an option: {alt}.", table, tuple(notes))


def _path(decision: Decision, key: str, drawn: bool = False) -> pd.DataFrame:
    rows = decision.table("drawn_cumulative" if drawn else "cumulative")
    rows = rows[rows["scenario"].eq(key) & rows["partner"].eq(PUBLIC) & rows["area"].eq(decision.county)]
    return rows.assign(month=pd.to_datetime(rows["month"])).sort_values("month")


def _fan(decision: Decision, key: str) -> pd.DataFrame:
    """Give the path whose fan is drawn: with the evidence's ranges where there is one."""
    wide = _path(decision, key, drawn=True)
    return wide if len(wide) else _path(decision, key)


def _fan_name(decision: Decision) -> str:
    if len(decision.table("drawn_cumulative")):
        return "chance and evidence, 5% to 95% of draws"
    return "chance alone, 5% to 95% of pairs" if decision.replications > 1 else "nothing, as one pair has no range"


def _month(decision: Decision, key: str) -> float:
    return decision.weighed(key, "payback_month").mean


def _drawn_at(decision: Decision, option: Option) -> tuple[object, ...]:
    path, fan = _path(decision, option.key), _fan(decision, option.key)
    ends = (float(path["mean"].iloc[-1]), float(fan["p05"].iloc[-1]), float(fan["p95"].iloc[-1]))
    return (_when(decision, option), *marks.to_pounds(*ends))


def _panel(ax: Axes, decision: Decision, option: Option, name: str) -> None:
    path, fan = _path(decision, option.key), _fan(decision, option.key)
    x, y = np.arange(1, len(path) + 1), path["mean"].to_numpy() / marks.MILLION
    low, high = fan["p05"].to_numpy() / marks.MILLION, fan["p95"].to_numpy() / marks.MILLION
    across = np.arange(1, len(fan) + 1)
    if np.isfinite(low).any():
        ax.fill_between(across, low, high, color="#D5E4F3", linewidth=0, zorder=1)
        for edge in (low, high):
            ax.plot(across, edge, color="#8FB4D9", linewidth=1.0, zorder=2)
    ax.plot(x, y, color=palette.ACCENT, linewidth=2.2, zorder=3)
    marks.at_zero(ax, upright=False)
    ax.set_xlim(0, len(path) + 0.5)
    ends = np.concatenate([y, low[np.isfinite(low)], high[np.isfinite(high)], [0.0]])
    room = max(float(np.ptp(ends)), 1e-6)
    ax.set_ylim(ends.min() - room * 0.08, ends.max() + room * 0.16)
    _crossing(ax, decision, option, path)
    ax.annotate(phrases.pounds(float(path["mean"].iloc[-1])), (len(path), float(y[-1])), xytext=(4, 0),
                textcoords="offset points", va="center", fontsize=9.5, annotation_clip=False)  # fmt: skip
    heading = [(line, 10.0, "bold") for line in marks.lines(name, 34).split("\n")]
    heading += [(line, 9.5, "normal") for line in _when(decision, option).split("\n")]
    for number, (line, size, weight) in enumerate(reversed(heading)):
        ax.annotate(line, (0, 1), xycoords="axes fraction", xytext=(-24, 6 + 14 * number),
                    textcoords="offset points", fontsize=size, weight=weight, annotation_clip=False)  # fmt: skip
    ticks = list(range(0, len(path), 12))
    ax.set_xticks([tick + 0.5 for tick in ticks], _years(path, ticks), fontsize=9)
    ax.tick_params(axis="y", labelsize=9)
    canvas.few_ticks(ax)


def _years(path: pd.DataFrame, ticks: list[int]) -> list[str]:
    """Name the start of every year in short: Apr 18; of every other one where there are many."""
    every = 1 if len(ticks) <= _MOST_YEARS else 2
    return ["" if i % every else f"{path['month'].iloc[tick]:%b %y}" for i, tick in enumerate(ticks)]


def _crossing(ax: Axes, decision: Decision, option: Option, path: pd.DataFrame) -> None:
    month = _month(decision, option.key)
    if not words.known(month):
        return
    means = path["mean"].to_numpy()
    below = np.flatnonzero(means < 0)
    at = int(below[-1]) + 1 if len(below) else 0
    if at < len(means):
        ax.plot([at + 1], [max(means[at], 0) / marks.MILLION], marker="o", markersize=7, color=palette.WHITE,
                markeredgecolor=palette.TEXT, markeredgewidth=1.6, zorder=5)  # fmt: skip


def _when(decision: Decision, option: Option) -> str:
    drawn = decision.weighed(option.key, "probability_of_payback", drawn=True)
    chance = drawn if words.known(drawn.mean) else decision.weighed(option.key, "probability_of_payback")
    month = _month(decision, option.key)
    if not words.known(chance.mean) and not words.known(month):
        return _FREE
    text = f"pays back in {phrases.month(month)}" if words.known(month) else "does not pay back in time"
    return f"{text};\nprobability {phrases.chance(chance)}"


def _say(decision: Decision, option: Option) -> str:
    end = float(_path(decision, option.key)["mean"].iloc[-1])
    when = _when(decision, option).replace("\n", " ")
    return f"{option.name} {when}, {phrases.gain(end)} in the end"


def _title(decision: Decision, options: list[Option]) -> str:
    paid = [o for o in options if words.known(_month(decision, o.key))]
    years = words.count(len(decision.weighed_years), "year")
    if not paid and len(options) == 1:
        return f"{options[0].name} does not pay back within {years}"
    if not paid:
        return f"None of {words.count(len(options), 'option')} pays back within {years}"
    cash = [o for o in options if words.known(decision.weighed(o.key, "payback_month_cashable").mean)]
    if len(options) == 1:
        text = f"{paid[0].name} pays back in {phrases.month(_month(decision, paid[0].key))}"
        return text if cash or not decision.counts_cash else f"{text} if freed capacity counts as money, not in cash"
    text = f"{len(paid)} of {len(options)} options pay back within {years}"
    if not decision.counts_cash:
        return text
    return f"{text} if freed capacity counts as money, {len(cash) or 'none'} in cash alone"


def _table(decision: Decision, options: list[Option], fan: str) -> DataTable:
    """Give the path at the end of every year."""
    rows = []
    for option in options:
        path, wide = _path(decision, option.key), _fan(decision, option.key)
        for at in [*range(11, len(path), 12)] or [len(path) - 1]:
            month = path["month"].iloc[at]
            cells = [float(path["mean"].iloc[at])]
            cells += [float(wide[c].iloc[at]) if at < len(wide) else float("nan") for c in ("p05", "p95")]
            rows.append((f"{option.name}, end of {month:%B %Y}", *(phrases.pounds(cell) for cell in cells)))
    head = ("Option and month", "Cumulative net benefit", "5%", "95%")
    return DataTable(f"Cumulative net benefit to the public purse; range: {fan}", head, tuple(rows))

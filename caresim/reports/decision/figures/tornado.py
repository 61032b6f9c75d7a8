"""What the answer depends on: one assumption at a time at the ends of its range."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import marks
from caresim.reports.decision.sensitivity import clear, named, unclear
from caresim.reports.figures import canvas
from caresim.reports.sizes import end_of, size_and_range

KEY = "tornado"
SUBJECT = "What the answer depends on"
_MOST = 8
_ROOM = 0.22  # beyond the bars, of what they span, for the words at their ends
_LONGEST = 100  # characters of a label, which has three lines
QUANTITIES = {
    "net_present_value": "net present value to the public purse",
    "hospital_driven_cost": "saving of hospital-driven cost",
}


def draw(decision: Decision) -> Chart | Missing:
    """Show a bar an assumption of the leading option, from its low to its high end, widest first."""
    rows = clear(decision).head(_MOST)
    if rows.empty and unclear(decision):
        return Missing(SUBJECT, f"{words.count(decision.draws, 'draw')} cannot tell any assumption from chance")
    if rows.empty:
        return Missing(SUBJECT, "no sensitivity to single assumptions was run")
    lead = decision.lead
    assert lead is not None
    quantity = str(rows["quantity"].iloc[0])
    is_worth = quantity.replace("_", " ").startswith("net present value")
    middle = decision.worth(lead.key).mean if is_worth else decision.saving(lead.key).mean
    what = QUANTITIES.get(quantity, words.name(quantity))
    figure = _plot(decision, rows, middle, what)
    first = rows.iloc[0]
    title = _title(lead.name, named(decision, first["assumption"]), first, middle)
    subtitle = (
        f"{words.capital(what)} of {lead.name} when one assumption at a time is at the end of its range; at each end "
        "the value assumed; in brackets the grade of its evidence"
    )
    alt = "; ".join(_say({str(k): v for k, v in item.items()}) for item in rows.to_dict("records"))
    return marks.chart(
        KEY, figure, title, subtitle, f"A bar an assumption: {alt}.", _table(rows, what), _left_out(decision)
    )


def _plot(decision: Decision, rows: pd.DataFrame, middle: float, what: str) -> Figure:
    """Draw the bars, with a line at the worth as assumed."""
    height = 1.0 + 0.66 * len(rows)
    figure = canvas.blank(height)
    ax = canvas.axes(figure, 0.36, 0.5 / height, 0.5, (height - 0.85) / height, grid="x")
    ends = rows[["at_low", "at_high"]].abs().to_numpy().max()
    factor, unit = marks.money_axis(ax, float(ends))
    if words.known(middle):
        ax.axvline(middle / factor, color=palette.MUTED, linewidth=1.2, linestyle=(0, (4, 3)), zorder=2)
        ax.annotate(f"as assumed {phrases.pounds(middle)}", (middle / factor, len(rows) - 0.42), xytext=(0, 3),
                    textcoords="offset points", ha="center", fontsize=9.5, annotation_clip=False)  # fmt: skip
    for row, item in enumerate(reversed(rows.to_dict("records"))):
        _bar(ax, row, {str(k): v for k, v in item.items()}, factor)
    marks.at_zero(ax)
    low, high = ax.get_xlim()
    ax.set_xlim(low - (high - low) * _ROOM, high + (high - low) * _ROOM)
    labels = [
        f"{phrases.cut(named(decision, r['assumption']), _LONGEST)} [{r['grade'] or 'not graded'}]"
        for r in rows.to_dict("records")
    ]
    marks.names(ax, labels, 40, 3)
    ax.set_xlabel(f"{what}, {unit}", fontsize=10)
    return figure


def _left_out(decision: Decision) -> tuple[str, ...]:
    few, draws = unclear(decision), words.count(decision.draws, "draw")
    return (f"{words.count(few, 'more size')} not shown: {draws} cannot tell the effect from chance.",) if few else ()


def _bar(ax: Axes, row: int, item: dict[str, object], factor: float) -> None:
    how, unit = item["how"], item["unit"]
    ends = sorted(((_number(item["at_low"]), item["low_value"]), (_number(item["at_high"]), item["high_value"])),
                  key=lambda end: end[0])  # fmt: skip
    (low, at_low), (high, at_high) = ends
    ax.barh(row, (high - low) / factor, left=low / factor, height=0.5, color=palette.ACCENT, zorder=1)
    for place, text, align, shift in ((low, at_low, "right", -5), (high, at_high, "left", 5)):
        ax.annotate(end_of(how, text, unit), (place / factor, row), xytext=(shift, 0), textcoords="offset points",
                    ha=align, va="center", fontsize=9.5, annotation_clip=False, zorder=5,
                    bbox={"facecolor": palette.WHITE, "edgecolor": "none", "pad": 0.8})  # fmt: skip


def _number(value: object) -> float:
    return float(str(value))


def _title(name: str, assumption: str, first: pd.Series, middle: float) -> str:
    low, high = sorted((float(first["at_low"]), float(first["at_high"])))
    text = f"{name} depends most on {assumption[:1].lower()}{assumption[1:]}: {phrases.between(low, high)}"
    if low < 0 < high and words.known(middle):
        text += ", gain or loss"
    return text


def _say(item: dict[str, object]) -> str:
    at = phrases.between(_number(item["at_low"]), _number(item["at_high"]))
    size = size_and_range(item["how"], item["value"], item["low_value"], item["high_value"], item["unit"])
    return f"{item['assumption']}, {size}, gives {at}"


def _table(rows: pd.DataFrame, what: str) -> DataTable:
    cells = tuple(
        (
            str(item["assumption"]),
            size_and_range(item["how"], item["value"], item["low_value"], item["high_value"], item["unit"]),
            *(phrases.pounds(float(item[c])) for c in ("at_low", "at_high")),
            str(item["grade"] or "not graded"),
            str(item["source"] or "no source given"),
        )
        for item in rows.to_dict("records")
    )
    head = ("Assumption", "Size and range", "At low", "At high", "Grade", "Source")
    return DataTable(
        f"{words.capital(what)} by assumption", head, cells, frozenset({"Size and range", "Grade", "Source"})
    )

"""How long emergency stays last, with the line at seven days."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.estimate import Estimate, estimate
from caresim.reports.facts import Run
from caresim.reports.figures import canvas
from caresim.reports.findings import deconditioning, grade, source
from caresim.reports.possible import SHARE

KEY = "stays"
LINE_AT_DAYS = 7
_SHOWN_DAYS = 42
_YOUNG = "18-64"
_ABOVE = 4  # per cent: how far a label stands above the highest curve, whichever that is
_TABLE_DAYS = (1, 3, 7, 14, 21, 28, 42)


def draw(run: Run) -> Chart | Missing:
    """Show the share of stays that last longer than each number of days, by age."""
    rows = run.in_year("stays")
    old = rows[~rows["age"].eq(_YOUNG)]
    used = old if len(old) and old["people"].sum() > 0 else rows
    if used.empty or used["people"].sum() <= 0:
        return Missing("How long people stay in hospital", "no emergency hospital stay is completed in this scenario")
    whose = "people aged 65 and over" if used is old else "all adults"
    curves = {str(age): _curve(part) for age, part in used.groupby("age", observed=True) if part["people"].sum() > 0}
    together = _curve(used)
    share = _share_over(run, used, LINE_AT_DAYS)
    title = f"{words.percent(share.mean)} of emergency stays last over {LINE_AT_DAYS} days in {run.year}"
    points = ", ".join(f"{words.percent(together[day])} over {day} days" for day in (14, 21))
    alt = f"{title}. Curves of the share of stays longer than each number of days, by age; for all, {points}."
    figure = canvas.blank(4.2)
    _plot(canvas.axes(figure, 0.07, 0.12, 0.73, 0.80), curves, together, share)
    return Chart(
        key=KEY,
        title=title,
        subtitle=f"Share of emergency stays longer than a number of days, {whose}, {run.county}, {run.year}",
        alt=alt,
        svg=canvas.to_svg(figure, KEY, alt),
        table=_table(run, used),
        notes=_notes(run),
    )


def _curve(rows: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return the share of stays of at least d whole days, for d from 0 to 120."""
    people = np.bincount(rows["days"].astype(int).clip(0, 120), weights=rows["people"].astype(float), minlength=121)
    total = people.sum()
    from_day = people[::-1].cumsum()[::-1]
    return from_day / total if total > 0 else from_day


def _share_over(run: Run, rows: pd.DataFrame, days: int) -> Estimate:
    measured = run.measure("stays_over_7_days_share") if days == LINE_AT_DAYS else None
    return measured or _by_replication(rows, days)


def _by_replication(rows: pd.DataFrame, days: int) -> Estimate:
    if rows.empty:
        return Estimate(float("nan"))
    everyone = rows.groupby("replication")["people"].sum()
    longer = rows[rows["days"] >= days].groupby("replication")["people"].sum().reindex(everyone.index, fill_value=0)
    kept = everyone > 0
    return estimate((longer[kept] / everyone[kept]).to_numpy(dtype=float), SHARE)


def _plot(ax: Axes, curves: dict[str, Any], together: np.ndarray[Any, Any], share: Estimate) -> None:
    days = np.arange(_SHOWN_DAYS + 1)
    ax.axvspan(LINE_AT_DAYS, _SHOWN_DAYS, color=palette.SHADE, linewidth=0, zorder=0)
    dashes = ("-", "--", "-.", ":")
    for number, (_, curve) in enumerate(curves.items()):
        ax.plot(days, curve[days] * 100, color=palette.MUTED, linewidth=1.4, linestyle=dashes[number % len(dashes)])
    if len(curves) > 1:
        ax.plot(days, together[days] * 100, color=palette.TEXT, linewidth=3)
        _label_ages(ax, curves)
    ax.axvline(LINE_AT_DAYS, color=palette.ACCENT, linewidth=1.8)
    ax.plot([LINE_AT_DAYS], [share.mean * 100], "o", color=palette.ACCENT, markersize=8, zorder=5)
    ax.annotate(f"{words.percent(share.mean)} stay over {LINE_AT_DAYS} days", (LINE_AT_DAYS, share.mean * 100),
                xytext=(96, 52), textcoords="offset points", va="center", fontsize=12, weight="bold",
                arrowprops={"arrowstyle": "-", "color": palette.ACCENT, "linewidth": 1.2})  # fmt: skip
    for day in (14, 21, 28):
        top = max(curve[day] for curve in curves.values())
        ax.annotate(f"{words.percent(together[day])} over {day}", (day, together[day] * 100),
                    xytext=(day, top * 100 + _ABOVE), ha="left", fontsize=10,
                    arrowprops={"arrowstyle": "-", "color": palette.TEXT, "linewidth": 0.8, "relpos": (0, 0)},
                    )  # fmt: skip
        ax.plot([day], [together[day] * 100], "o", color=palette.TEXT, markersize=5)
    ax.set_xlim(0, _SHOWN_DAYS)
    ax.set_ylim(0, 102)
    ax.set_xticks(range(0, _SHOWN_DAYS + 1, 7))
    ax.set_yticks(range(0, 101, 20), [f"{tick}%" for tick in range(0, 101, 20)])
    ax.set_xlabel("days in hospital", fontsize=10)
    ax.set_title("share of stays that last longer", loc="left", fontsize=10, color=palette.MUTED)


def _label_ages(ax: Axes, curves: dict[str, Any]) -> None:
    """Set out which line is which age beside the plot, in the order of the lines."""
    dashes = ("-", "--", "-.", ":")
    rows = [("all together", "-", palette.TEXT, 3.0)]
    rows += [(f"aged {age}", dashes[i % len(dashes)], palette.MUTED, 1.4) for i, age in enumerate(curves)]
    for number, (text, line, colour, width) in enumerate(rows):
        y = 0.93 - 0.085 * number
        ax.plot([1.03, 1.09], [y, y], transform=ax.transAxes, color=colour, linestyle=line, linewidth=width,
                clip_on=False)  # fmt: skip
        ax.annotate(text, (1.105, y), xycoords="axes fraction", va="center", fontsize=10, annotation_clip=False)


def _notes(run: Run) -> tuple[str, ...]:
    found = run.assumption("need.deconditioning.factor")
    sentence = deconditioning(run)
    return (f"{sentence} (evidence grade {grade(found)}; {source(found)}).",) if sentence and found else ()


def _table(run: Run, rows: pd.DataFrame) -> DataTable:
    cells = []
    groups = [("All together", rows)]
    groups += [(f"Aged {age}", part) for age, part in rows.groupby("age", observed=True)]
    groups += [(area, rows[rows["unitary"].eq(area)]) for area in run.unitaries]
    for label, part in groups:
        for day in _TABLE_DAYS if label == "All together" else (LINE_AT_DAYS,):
            found = _by_replication(part, day)
            shares = (words.percent_exactly(value) for value in found.mean_low_high)
            cells.append((f"{label}, over {words.count(day, 'day')}", *shares))
    return DataTable(
        f"Share of emergency stays longer than a number of days, {run.year}; {run.interval}",
        ("Whose stays", "Share", "Interval from", "Interval to"),
        tuple(cells),
    )

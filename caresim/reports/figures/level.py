"""Rows of level bars: their names, the line at nothing, money along them, and a waterfall."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from matplotlib.axes import Axes

from caresim.reports import palette
from caresim.reports.estimate import Estimate
from caresim.reports.figures import canvas
from caresim.reports.ranges import Write

MILLION = 1e6
_LINE = 13.0  # points from one line of a name to the next


def lines(text: str, width: int, most: int = 2) -> str:
    """Break a name over lines for a label, cutting what does not fit."""
    return "\n".join(textwrap.wrap(text, width, max_lines=most, placeholder="\N{HORIZONTAL ELLIPSIS}"))


def at_zero(ax: Axes, upright: bool = True) -> None:
    """Draw the line at which nothing changes."""
    (ax.axvline if upright else ax.axhline)(0, color=palette.TEXT, linewidth=1.0, zorder=2)


def names(ax: Axes, rows: list[str], width: int = 30, most: int = 2) -> None:
    """Name rows from top to bottom, each on `most` lines at most.

    Every line is a text of its own: in SVG the lines of one text begin where matplotlib's font would have them begin,
    and end unevenly in the reader's.
    """
    ax.set_yticks(range(len(rows)), [""] * len(rows))
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(-0.6, len(rows) - 0.4)
    for row, name in enumerate(reversed(rows)):
        broken = lines(name, width, most).split("\n")
        for number, line in enumerate(broken):
            up = ((len(broken) - 1) / 2 - number) * _LINE
            ax.annotate(
                line, (0, row), xycoords=("axes fraction", "data"), xytext=(-4, up), textcoords="offset points",
                ha="right", va="center", fontsize=10.5, color=palette.TEXT, annotation_clip=False,
            )  # fmt: skip


def money_axis(ax: Axes, largest: float) -> tuple[float, str]:
    """Choose a unit for money and name the axis with it."""
    factor, unit = (MILLION, "£m") if largest >= MILLION / 2 else (1e3, "£ thousand") if largest >= 1e3 else (1.0, "£")
    ax.set_xlabel(unit, fontsize=10)
    return factor, unit


def waterfall(ax: Axes, parts: Mapping[str, Estimate], factor: float, write: Write, good: int = 1) -> None:
    """Draw a bar a part, each from where the one above it ends, and the last, all of them, from nothing.

    `good` is the sign of a part that is good news; the sign is also written beside every bar.
    """
    reached, last = 0.0, list(parts)[-1]
    for number, (part, value) in enumerate(parts.items()):
        row = len(parts) - 1 - number
        begins = 0.0 if part == last else reached
        kind = palette.ACCENT if value.mean * good >= 0 else palette.NEUTRAL
        ax.barh(row, value.mean / factor, left=begins / factor, height=0.55,
                color=palette.COUNTY if part == last else kind)  # fmt: skip
        ends = [begins, begins + value.mean]
        if value.has_interval:
            ends += [begins + value.low, begins + value.high]
            canvas.interval(ax, ends[2] / factor, ends[3] / factor, row)
        ax.annotate(write(value.mean), (max(ends) / factor, row), xytext=(7, 0), textcoords="offset points",
                    va="center", annotation_clip=False)  # fmt: skip
        if part != last:
            reached += value.mean
            ax.plot([reached / factor] * 2, [row - 1.27, row - 0.27], color=palette.MUTED, linewidth=0.9)
    at_zero(ax)

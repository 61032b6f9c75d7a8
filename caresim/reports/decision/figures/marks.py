"""Marks that several figures of a decision share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable
from caresim.reports.decision.option import Option
from caresim.reports.figures import canvas
from caresim.reports.figures.level import MILLION as MILLION
from caresim.reports.figures.level import at_zero as at_zero
from caresim.reports.figures.level import lines as lines
from caresim.reports.figures.level import money_axis as money_axis
from caresim.reports.figures.level import names as names


def chart(
    key: str, figure: Figure, title: str, subtitle: str, alt: str, table: DataTable, notes: tuple[str, ...] = ()
) -> Chart:
    """Finish a figure: its picture as SVG and as PNG, its words and its table."""
    text = f"{title}. {alt}"
    svg, png = canvas.to_svg(figure, key, text), canvas.to_png(figure)
    return Chart(key=key, title=title, subtitle=subtitle, alt=text, svg=svg, table=table, notes=notes, png=png)


def grouped(options: Iterable[Option], at: Callable[[Option], Hashable]) -> dict[Option, str]:
    """Keep the first of options that would be drawn alike, and name it with the number of the others."""
    found: dict[Hashable, list[Option]] = {}
    for option in options:
        found.setdefault(at(option), []).append(option)
    return {same[0]: (f"{len(same)} alike: " if same[1:] else "") + same[0].name for same in found.values()}


def to_pounds(*values: float) -> tuple[int | None, ...]:
    """Round numbers so that alike ones are equal."""
    return tuple(round(value) if words.known(value) else None for value in values)


def span(ax: Axes, low: float, high: float, row: float, wide: bool) -> None:
    """Draw one of two nested ranges: the wide one thin and light, the narrow one thick and dark."""
    if not (words.known(low) and words.known(high)):
        return
    width, colour = (2.2, "#8FB4D9") if wide else (7.0, palette.ACCENT)
    ax.plot([low, high], [row, row], color=colour, linewidth=width, solid_capstyle="butt", zorder=3 if wide else 4)
    if wide:
        ax.plot([low, high], [row, row], color=colour, linestyle="", marker="|", markersize=11, markeredgewidth=2.2)


def dot(ax: Axes, value: float, row: float) -> None:
    """Draw a mean."""
    ax.plot([value], [row], marker="o", markersize=7.5, color=palette.WHITE, markeredgecolor=palette.TEXT,
            markeredgewidth=1.6, zorder=5)  # fmt: skip

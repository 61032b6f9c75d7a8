"""Figures drawn from the numbers of the findings, in the house's style.

    <!-- figure: net
    title: Falls prevention costs {{-falls.net_all.county.all; mean}} more than it saves
    rows: falls, care_homes = Care homes
    value: {s}.net_all.county.a_year
    evidence: {drawn}.net_all.county.a_year
    axis: £m a year; more than 0 is a gain
    -->
    ![what is seen](figures/net.svg)

{s} stands for the scenario, {drawn} for the same with draws of the evidence. `value` has a row for each scenario: a dot
with its 95 % interval (chance), and behind it, where `evidence` says so, the range in which nine draws in ten of the
evidence lie. Where the value is a saving before its cost, `cost` names what it costs: a diamond, and the net of both in
figures beside it, so that no saving stands without what was paid for it.
With `years` (2018_19, ...) in place of one number, {y} stands for the year and each scenario is a line, its band chance
or, where `evidence` says so, nine draws in ten of the evidence; `marks: 4.5 = reported` is a line across, in the units
of the axis, that they are held against.
The title says what is found; a number in it stands between {{ and }} and is written as in a marker.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renewing.expression import WrongExpressionError
from renewing.findings import Trouble, UnknownNameError, line_of, rows_of, sentence
from renewing.number import Number
from renewing.words import EACH, MILLION, written

FIGURE = re.compile(r"<!-- figure: (?P<key>[\w-]+)\n(?P<spec>.*?)-->", re.S)
IN_TITLE = re.compile(r"\{\{(?P<what>[^{}]+)\}\}")
DOTS = "dots are means, bars 95 % intervals from chance alone"
COSTS = ", diamonds what it costs"
LABEL = 38  # characters beside a row
LINES = "lines are means"
CHANCE = ", bands 95 % intervals from chance alone"
Lookup = Callable[[str], Number]


@dataclass(frozen=True)
class Spec:
    """What a figure shows."""

    key: str
    title: str
    rows: list[tuple[str, str]]
    value: str
    evidence: str
    cost: str
    axis: str
    years: list[str]
    marks: list[tuple[float, str]]

    def expressions(self) -> list[str]:
        """List the numbers that it needs."""
        years = self.years or [""]
        found = [self.value.replace("{s}", key).replace("{y}", y) for key, _ in self.rows for y in years]
        found += [match["what"].partition(";")[0].strip() for match in IN_TITLE.finditer(self.title)]
        found += [self.cost.replace("{s}", key) for key, _ in self.rows if self.cost]
        return found + [drawn_of(self.evidence, key).replace("{y}", y) for key, _ in self.rows for y in years
                        if self.evidence]  # fmt: skip


def specs(text: str, labels: Mapping[str, str]) -> list[tuple[int, Spec]]:
    """Read the figures that the findings ask for, each with its line."""
    return [(line_of(text, found.start()), spec_of(found, labels)) for found in FIGURE.finditer(text)]


def spec_of(found: re.Match[str], labels: Mapping[str, str]) -> Spec:
    """Read one figure."""
    lines = [line.partition(":") for line in found["spec"].splitlines() if ":" in line]
    said = {name.strip(): rest.strip() for name, _, rest in lines}
    marks = [mark.partition("=") for mark in said.get("marks", "").split(",")]
    return Spec(
        key=found["key"],
        title=said.get("title", ""),
        rows=rows_of(found["spec"], labels),
        value=said.get("value", ""),
        evidence=said.get("evidence", ""),
        cost=said.get("cost", ""),
        axis=said.get("axis", ""),
        years=[year.strip() for year in said.get("years", "").split(",") if year.strip()],
        marks=[(float(at), label.strip()) for at, _, label in marks if label],
    )


def figure_numbers(text: str) -> list[str]:
    """List the numbers that the figures of the findings need."""
    return [expression for _, spec in specs(text, {}) for expression in spec.expressions()]


def draw_all(folder: Path, text: str, numbers: Lookup, labels: Mapping[str, str]) -> list[Trouble]:
    """Draw the figures that the findings ask for, and say which could not be drawn."""
    troubles = []
    for line, spec in specs(text, labels):
        try:
            svg = draw(spec, numbers)
        except (UnknownNameError, WrongExpressionError, ValueError) as error:
            troubles.append(Trouble(line, str(error)))
            continue
        (folder / "figures").mkdir(exist_ok=True)
        (folder / "figures" / f"{spec.key}.svg").write_text(svg, encoding="utf-8")
    return troubles


def draw(spec: Spec, numbers: Lookup) -> str:
    """Draw one figure."""
    from caresim.reports.figures.canvas import standalone, style, to_svg

    title = IN_TITLE.sub(lambda found: sentence(found["what"], numbers), spec.title)
    with style():
        figure = lines_figure(spec, numbers) if spec.years else dots_figure(spec, numbers)
        svg = to_svg(figure, spec.key, title)
    return standalone(svg, title, spec.axis, source_of(spec, numbers))


def source_of(spec: Spec, numbers: Lookup) -> str:
    """Say what is drawn, from how many replications and draws."""
    said = f"caresim, {numbers(spec.expressions()[0]).replications} replications; {LINES if spec.years else DOTS}"
    said += COSTS if spec.cost else ""
    if not spec.evidence:
        return said + (CHANCE if spec.years else "")
    shown = "bands" if spec.years else "pale bars"
    return f"{said}, {shown} nine in ten of {numbers(spec.expressions()[-1]).replications} draws of the evidence"


def drawn_of(evidence: str, key: str) -> str:
    """Put a scenario's name into what the range of the evidence is asked of: `file.key` is `file.drawn.key`."""
    file, _, scenario = key.rpartition(".")
    return evidence.replace("{drawn}", f"{file}.drawn.{scenario}" if file else f"drawn.{scenario}").replace("{s}", key)


def scale_of(unit: str) -> float:
    """Give by what values are divided on the axis: money is shown in millions."""
    return MILLION if unit == "pounds" else 0.01 if unit == "share" else 1.0


def dots_figure(spec: Spec, numbers: Lookup) -> Any:
    """Draw a dot and an interval for each scenario."""
    from caresim.reports import palette
    from caresim.reports.figures.canvas import axes, blank, interval

    found = [numbers(spec.value.replace("{s}", key)) for key, _ in spec.rows]
    height = 0.75 + 0.36 * len(found)
    figure = blank(height)
    ax = axes(figure, 0.33, 0.42 / height, 0.42, 1 - 0.5 / height, grid="x")
    scale = scale_of(found[0].unit)
    for row, (number, (key, label)) in enumerate(zip(found, spec.rows, strict=True)):
        y = len(found) - 1 - row
        if spec.evidence:
            wide = numbers(drawn_of(spec.evidence, key))
            ax.plot([wide.p05 / scale, wide.p95 / scale], [y, y], color=palette.RULE, linewidth=9, zorder=2,
                    solid_capstyle="butt")  # fmt: skip
        if not math.isnan(number.low):
            interval(ax, number.low / scale, number.high / scale, y)
        ax.plot([number.mean / scale], [y], "o", color=palette.ACCENT, markersize=7, zorder=5)
        lines = textwrap.wrap(label, LABEL) or [""]
        for i, line in enumerate(lines):
            at = y + 0.42 * ((len(lines) - 1) / 2 - i)
            ax.text(-0.03, at, line, transform=ax.get_yaxis_transform(), ha="right", va="center")
        if spec.cost:
            cost = numbers(spec.cost.replace("{s}", key)).mean / scale
            ax.plot([cost], [y], "D", color=palette.TEXT, markerfacecolor="white", markersize=7, zorder=4)
        text = beside(spec, number, key, numbers)
        ax.text(1.03, y, text, transform=ax.get_yaxis_transform(), ha="left", va="center", fontsize=9.5)
    ax.axvline(0, color=palette.MUTED, linewidth=1.0, zorder=1)
    ax.set_ylim(-0.6, len(found) - 0.4)
    ax.set_yticks([])
    if found[0].unit == EACH:
        ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.spines["left"].set_visible(False)
    return figure


def beside(spec: Spec, number: Number, key: str, numbers: Lookup) -> str:
    """Write the number beside its dot: with its interval, or less what it costs."""
    if not spec.cost:
        return written(number)
    cost = numbers(spec.cost.replace("{s}", key))
    net = Number(number.unit, number.mean - cost.mean)
    return f"{written(number, 'mean')} less {written(cost, 'mean')}: {written(net)}"


def lines_figure(spec: Spec, numbers: Lookup) -> Any:
    """Draw a line over the years for each scenario, named at its end."""
    from caresim.reports import palette
    from caresim.reports.figures.canvas import apart, axes, blank

    figure = blank(3.6)
    ax = axes(figure, 0.08, 0.13, 0.60, 0.82)
    looks = list(palette.area_styles([str(i) for i in range(len(spec.rows))], "").values())
    at, ends = list(range(len(spec.years))), []
    for look, (key, _) in zip(looks, spec.rows, strict=False):
        found = [numbers(spec.value.replace("{s}", key).replace("{y}", year)) for year in spec.years]
        scale = scale_of(found[0].unit)
        means = [number.mean / scale for number in found]
        low, high = band(spec, key, found, numbers)
        pale = {"alpha": 0.1, "linewidth": 0.0} if spec.evidence else {"alpha": 0.2}  # wide bands lie over each other
        ax.fill_between(at, [x / scale for x in low], [x / scale for x in high], color=look.colour, **pale)
        ax.plot(at, means, color=look.colour, linestyle=look.line, marker=look.marker, markersize=4)
        ends.append(means[-1])
    for level, _ in spec.marks:
        ax.axhline(level, color=palette.MUTED, linewidth=1.2, linestyle=(0, (2, 2)), zorder=1)
        ends.append(level)
    top = max(ax.get_ylim()[1], 0.0)
    ax.set_ylim(min(0.0, *ax.get_ylim()), top)
    gap = (ax.get_ylim()[1] - ax.get_ylim()[0]) * 0.06
    for (_, label), y in zip([*spec.rows, *spec.marks], apart(ends, gap), strict=True):
        ax.text(at[-1] + 0.15, y, label, va="center")
    ax.set_xlim(-0.2, at[-1] + 0.1)
    ax.set_xticks(at, [year.replace("_", "-") for year in spec.years], fontsize=9)
    return figure


def band(spec: Spec, key: str, found: list[Number], numbers: Lookup) -> tuple[list[float], list[float]]:
    """Give the ends of a line's band by year: of chance, or of the evidence."""
    if not spec.evidence:
        return [n.low for n in found], [n.high for n in found]
    wide = [numbers(drawn_of(spec.evidence, key).replace("{y}", year)) for year in spec.years]
    return [n.p05 for n in wide], [n.p95 for n in wide]

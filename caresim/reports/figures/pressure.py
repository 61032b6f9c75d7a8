"""Why hospital demand costs more or less than before: demand, length of stay, delay, intensity, price."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from caresim.reports import pressure, ranges, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run
from caresim.reports.figures import canvas
from caresim.reports.figures.level import money_axis, names, waterfall

KEY, MINUS = "pressure", "\N{MINUS SIGN}"
SUBJECT = "What raises the cost of hospital demand from year to year"
NONE = (0.0, 0.0, 0.0)  # mean, low and high of a part that has no bar
HEAD = ("What of the difference", "Difference", "Interval from", "Interval to")


def draw(run: Run) -> Chart | Missing:
    """Show a waterfall over the parts, from the first whole year to the last."""
    first, last, parts = first_to_last(run)
    if not parts:
        return Missing(SUBJECT, "it takes two whole years that follow each other, and a cost of hospital demand")
    title, total = f"Acute beds and the care after them cost as much in {last} as in {first}", parts[pressure.TOTAL]
    if round(total.mean):
        more = f"{words.pounds(abs(total.mean))} {'more' if total.mean > 0 else 'less'}"
        title = (
            f"Acute beds and the care after them cost {more} in {last} than in {first}, most of it from "
            f"{pressure.why(parts, pressure.written)}{pressure.by_chance(total)}"
        )
    alt = f"{title}. {spoken(parts, pressure.written)}"
    line = f"line: {ranges.MEAN}" if run.replications > 1 else run.interval
    subtitle = (
        f"{words.capital(pressure.COST)}, {run.county}, {last} less {first}, at {run.prices or 'equal prices'}; {line}"
    )
    svg = canvas.to_svg(
        picture(parts, f"more (+) or less ({MINUS}) in {last} than in {first}", pressure.written), KEY, alt
    )
    table, notes = table_of(parts, subtitle, words.pounds), (run.cut_off,) * (run.cut_off != "")
    return Chart(key=KEY, title=title, subtitle=subtitle, alt=alt, svg=svg, table=table, notes=notes)


def first_to_last(run: Run) -> tuple[str, str, dict[str, Estimate]]:
    """Give the first and the last whole year, and the parts of the difference; no parts where nothing is known."""
    table = run.table("pressure")
    table = table[table["area"].eq(run.county)]
    years = list(dict.fromkeys(table["year"].astype(str)))
    if not years:
        return "", "", {}
    first, _, last = years[-1].partition(" to ")
    before = dict(zip(run.years[1:], run.years, strict=False))
    ends = (first, last) if last else (before.get(first, "the year before"), first)
    return *ends, parts_of(table[table["year"].astype(str).eq(years[-1])])


def parts_of(rows: pd.DataFrame) -> dict[str, Estimate]:
    """Read the parts off rows, in their order, the total last; none where not all are there."""
    numbers = rows[["part", "mean", "low", "high"]].itertuples(index=False, name=None)
    found = {str(part): Estimate(float(mean), float(low), float(high)) for part, mean, low, high in numbers}
    known = {part: found[part] for part in pressure.PARTS if part in found and words.known(found[part].mean)}
    return known if len(known) == len(pressure.PARTS) else {}


def picture(parts: Mapping[str, Estimate], what: str, write: ranges.Write) -> Figure:
    """Draw the waterfall; `what` says what lies along it."""
    shown = {part: value for part, value in parts.items() if value.mean_low_high != NONE or part == pressure.TOTAL}
    height = 0.95 + 0.5 * len(shown)
    figure = canvas.blank(height)
    ax = canvas.axes(figure, 0.33, 0.5 / height, 0.52, (height - 0.75) / height, grid="x")
    factor, unit = money_axis(ax, max(abs(value.mean) for value in parts.values()))
    waterfall(ax, shown, factor, write, good=-1)
    names(ax, [pressure.PARTS[part] for part in shown], 42)
    ax.set_xlabel(f"{what}, {unit}", fontsize=10)
    return figure


def spoken(parts: Mapping[str, Estimate], write: ranges.Write) -> str:
    """Say what the picture shows."""
    said = "; ".join(f"{pressure.PARTS[part]} {write(value.mean)}" for part, value in parts.items())
    return f"A waterfall from nothing over the parts to their sum: {said}."


def table_of(parts: Mapping[str, Estimate], caption: str, write: ranges.Write) -> DataTable:
    """Lay the parts out with their intervals."""
    rows = tuple((pressure.PARTS[p], *(write(v) for v in (e.mean, e.low, e.high))) for p, e in parts.items())
    return DataTable(caption, HEAD, rows)

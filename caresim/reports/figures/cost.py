"""What the hospital-driven cost is made of, by service and unitary."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run
from caresim.reports.figures import canvas
from caresim.reports.figures.packages import SETTINGS
from caresim.reports.findings import grade

KEY = "cost"
SUBJECT = "What the hospital-driven cost is made of"
_CARE = (*SETTINGS, "reablement", "intermediate_care", "temporary_placement")
_CARE_HOMES = {"residential", "nursing", "temporary_placement"}
_COUNTED = ("direct_payment", "residential", "nursing", "temporary_placement")  # words that have a plural


@dataclass(frozen=True)
class _Bar:
    service: str
    total: Estimate
    parts: dict[str, Estimate]


def draw(run: Run) -> Chart | Missing:
    """Show a bar a service, split by unitary, largest first."""
    bars, what = _bars(run)
    if not bars:
        return Missing(SUBJECT, "the scenario has no prices, or no support begins at a hospital discharge")
    whole = sum(bar.total.mean for bar in bars)
    title = _title(run, bars, whole)
    alt = f"{title}. Bars by service: " + "; ".join(
        f"{words.name(bar.service)} {words.pounds(bar.total.mean)}" for bar in bars
    )
    figure = canvas.blank(1.0 + 0.48 * len(bars))
    height = 0.48 * len(bars) / (1.0 + 0.48 * len(bars))
    _plot(canvas.axes(figure, 0.22, 0.40 / (1.0 + 0.48 * len(bars)), 0.62, height, grid="x"), run, bars, whole)
    return Chart(
        key=KEY,
        title=title,
        subtitle=f"{what}, £m, {run.county}, {run.year}; {run.line}",
        alt=alt + ".",
        svg=canvas.to_svg(figure, KEY, alt),
        table=_table(run, bars, what),
        notes=_notes(run),
    )


def _bars(run: Run) -> tuple[list[_Bar], str]:
    rows = run.in_year("chains")
    rows = rows[rows["window"].eq("first_52_weeks")]
    what = "Gross council cost of the first 52 weeks of support begun or grown at a hospital discharge"
    if not _by_chain(run):
        rows = _spending(run)
        what = "What the council spends in the year, gross, on support that began at a hospital discharge in any year"
    totals = run.totals(rows, ["service"], "pounds")
    parts = run.totals(rows, ["service", "unitary"], "pounds")
    bars = [
        _Bar(service, total, {unitary: part for (name, unitary), part in parts.items() if name == service})
        for (service,), total in totals.items()
        if total.mean > 0
    ]
    return sorted(bars, key=lambda bar: -bar.total.mean), what


def _spending(run: Run) -> pd.DataFrame:
    """Keep what the ledger says of care that began in hospital: the council's part and people's contributions."""
    money = run.in_year("money")
    council = money["partner"].eq("council") | money["line"].eq("contributions")
    return money[council & money["origin"].eq("hospital") & money["service"].isin(_CARE)]


def _title(run: Run, bars: list[_Bar], whole: float) -> str:
    largest, of = bars[0], f"the {words.pounds(whole)} of hospital-driven cost"
    if not _by_chain(run):
        of = f"the {words.pounds(whole)} spent in {run.year} on care that began in hospital"
    if len(bars) == 1:
        return f"All of {of} goes to {_several(largest.service)}"
    title = f"{words.percent(largest.total.mean / whole)} of {of} goes to {_several(largest.service)}"
    homes = sum(bar.total.mean for bar in bars if bar.service in _CARE_HOMES)
    if largest.service not in _CARE_HOMES and homes > 0:
        title += f", and {words.percent(homes / whole)} to care homes of all kinds"
    return title


def _several(service: str) -> str:
    return f"{words.name(service)}s" if service in _COUNTED else words.name(service)


def _by_chain(run: Run) -> bool:
    """Tell whether the chains say which service the headline is made of."""
    return len(run.table("chains")) > 0


def _plot(ax: Axes, run: Run, bars: list[_Bar], whole: float) -> None:
    styles = palette.area_styles(run.unitaries, run.county)
    areas = run.split or (None,)
    for row, bar in enumerate(reversed(bars)):
        left = 0.0
        for area in areas:
            size = (bar.parts[area].mean if area in bar.parts else 0.0) if area else bar.total.mean
            colour = styles[area].colour if area else palette.COUNTY
            ax.barh(row, size / 1e6, left=left / 1e6, height=0.58, color=colour, edgecolor=palette.WHITE, linewidth=1.5)
            left += size
        reach = bar.total.mean
        if bar.total.has_interval:
            canvas.interval(ax, bar.total.low / 1e6, bar.total.high / 1e6, row)
            reach = max(reach, bar.total.high)
        label = f"{words.pounds(bar.total.mean)}  {words.percent(bar.total.mean / whole)}"
        ax.annotate(label, (reach / 1e6, row), xytext=(6, 0), textcoords="offset points", va="center",
                    annotation_clip=False)  # fmt: skip
    _head(ax, run, bars)
    ax.set_yticks(range(len(bars)), [words.capital(words.name(bar.service)) for bar in reversed(bars)], fontsize=10.5)
    ax.tick_params(axis="y", length=0, labelcolor=palette.TEXT)
    ax.set_xlim(0, max(bar.total.reach for bar in bars) / 1e6 * 1.06)
    ax.set_ylim(-0.5, len(bars) - 0.5)
    ax.set_xlabel("£m", fontsize=10)


def _head(ax: Axes, run: Run, bars: list[_Bar]) -> None:
    """Name the parts above the longest bar, over the parts themselves."""
    styles, top, left = palette.area_styles(run.unitaries, run.county), bars[0], 0.0
    for area in run.split:
        size = top.parts[area].mean if area in top.parts else 0.0
        if size > top.total.mean / 12:
            ax.annotate(area, (left / 1e6, len(bars) - 0.55),
                        xytext=(2, 2), textcoords="offset points", va="bottom", fontsize=9.5,
                        color=palette.TEXT, annotation_clip=False)  # fmt: skip
            ax.plot([left / 1e6, (left + size) / 1e6], [len(bars) - 0.56] * 2, color=styles[area].colour, linewidth=3,
                    clip_on=False)  # fmt: skip
        left += size


def _notes(run: Run) -> tuple[str, ...]:
    notes = []
    if not _by_chain(run):
        notes.append("Unlike the headline this counts a year's spending, also on support that began in earlier years.")
    elif run.year in run.cut_off_years:
        notes.append(run.cut_off)
    found = run.assumption("prices.intermediate_care_council_share")
    if found:
        share = words.percent(float(found["value"]))
        notes.append(f"The council is charged {share} of intermediate care (evidence grade {grade(found)}).")
    grades = {
        words.name(service): str(row.get("grade"))
        for (service,) in run.totals(_spending(run), ["service"], "pounds")
        if (row := run.assumption(f"prices.{service}")) and row.get("grade")
    }
    if grades:
        notes.append(
            f"Evidence grade of the prices: {words.listed([f'{name} {letter}' for name, letter in grades.items()])}."
        )
    return tuple(notes)


def _table(run: Run, bars: list[_Bar], what: str) -> DataTable:
    rows = []
    for bar in bars:
        for area, value in ((run.county, bar.total), *((u, bar.parts.get(u, Estimate(0))) for u in run.unitaries)):
            cells = (words.pounds(v) for v in (value.mean, value.low, value.high, value.p05, value.p95))
            rows.append((f"{words.capital(words.name(bar.service))}, {area}", *cells))
    return DataTable(
        f"{what}, {run.year}; {run.interval}",
        ("Service and area", "Cost", "Interval from", "Interval to", "Single years 5%", "Single years 95%"),
        tuple(rows),
    )

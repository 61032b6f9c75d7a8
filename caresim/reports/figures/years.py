"""The headline measures by year and unitary, side by side."""

from __future__ import annotations

from matplotlib.axes import Axes

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.facts import Run
from caresim.reports.figures import canvas

KEY = "years"
COST = "hospital_driven_cost"
HEADLINES = (
    COST,
    "council_net_cost",
    "delayed_beds",
    "people_supported",
    "home_at_91_days_share",
    "new_residential_and_nursing_65_plus",
    "emergency_admissions_65_plus",
    "stays_over_7_days_share",
    "hospital_referrals",
    "reablement_starts",
)
_PANELS = 6


def draw(run: Run) -> Chart | Missing:
    """Show a small panel a measure: a line a unitary with its interval, year by year."""
    measures = [code for code in HEADLINES if run.counted(code)][:_PANELS]
    if not measures or not run.years:
        return Missing("Headline measures by year", "the scenario counts none of the headline measures")
    title = _title(run, measures)
    alt = f"{title}. Small panels by measure; " + "; ".join(_say(run, code) for code in measures)
    lines = -(-len(measures) // 3)
    figure = canvas.blank(2.35 * lines)
    for number, code in enumerate(measures):
        row, column = divmod(number, 3)
        bottom = (lines - 1 - row) / lines + 0.30 / (2.35 * lines)
        ax = canvas.axes(figure, 0.045 + column * 0.33, bottom, 0.185, (2.35 - 0.95) / (2.35 * lines))
        _panel(ax, run, code)
    return Chart(
        key=KEY,
        title=title,
        subtitle=f"By year and {'unitary' if run.unitaries else 'area'}; {run.line}; money at "
        f"{run.prices or 'constant prices'}; every panel has its own scale from zero",
        alt=alt + ".",
        svg=canvas.to_svg(figure, KEY, alt),
        table=_table(run, measures),
        notes=(run.cut_off,) * (run.cut_off != "" and COST in measures),
    )


def _areas(run: Run) -> tuple[str, ...]:
    return run.unitaries or (run.county,)


def _title(run: Run, measures: list[str]) -> str:
    whole = [code for code in measures if code != COST or not run.cut_off_years]
    code = (whole or measures)[0]
    first, last = run.measure(code), run.measure(code, year=run.years[-1])
    label = words.measure(code).label.split(",")[0].lower()
    label = label[0].upper() + label[1:]
    if first is None or last is None or len(run.years) < 2 or not run.whole_year(run.years[-1]) or first.mean == 0:
        return _shares_title(run, code, label)
    change = last.mean / first.mean - 1
    verb = "rises" if change > 0 else "falls"
    write = words.measure(code).write
    prices = f" at {run.prices}" if run.prices and write is words.pounds else ""
    return f"{label} {verb} by {words.percent(abs(change))}{prices}, to {write(last.mean)} a year by {run.years[-1]}"


def _shares_title(run: Run, code: str, label: str) -> str:
    write = words.measure(code).write
    parts = [(area, run.measure(code, area)) for area in _areas(run)]
    said = [f"{write(found.mean)} in {area}" for area, found in parts if found]
    return f"{label} is {words.listed(said)} in {run.year}"


def _say(run: Run, code: str) -> str:
    write = words.measure(code).write
    values = []
    for area in _areas(run):
        first, last = run.measure(code, area), run.measure(code, area, run.years[-1])
        if first and last:
            values.append(f"{area} {write(first.mean)} to {write(last.mean)}")
    return f"{words.measure(code).label}: {', '.join(values)}"


def _panel(ax: Axes, run: Run, code: str) -> None:
    look = words.measure(code)
    factor = 1e-6 if look.write is words.pounds else 100 if look.write is words.percent else 1.0
    styles, top, ends = palette.area_styles(run.unitaries, run.county), 0.0, []
    areas = _areas(run)
    for number, area in enumerate(areas):
        found = [(i, run.measure(code, area, year)) for i, year in enumerate(run.years)]
        points = [(i, value.times(factor)) for i, value in found if value]
        if not points:
            continue
        shift = (number - (len(areas) - 1) / 2) * 0.12
        style = styles[area]
        x, y = [i + shift for i, _ in points], [value.mean for _, value in points]
        ax.plot(x, y, color=style.colour, linestyle=style.line, marker=style.marker, markersize=5, linewidth=1.6)
        for place, (_, value) in zip(x, points, strict=True):
            if value.has_interval:
                ax.plot([place, place], [value.low, value.high], color=style.colour, linewidth=2.2)
        top = max(top, *y, *(value.high for _, value in points if value.has_interval))
        ends.append((y[-1], area, style.colour))
    ax.set_ylim(0, min(100.0, top * 1.3) if factor == 100 else max(top * 1.25, 1e-9))
    ax.set_xlim(-0.4, len(run.years) - 0.6)
    _labels(ax, run, ends, look, factor)
    every = 1 if len(run.years) <= 3 else 2
    ax.set_xticks(range(0, len(run.years), every), list(run.years[::every]), fontsize=9)
    ax.tick_params(axis="y", labelsize=9)
    canvas.few_ticks(ax)
    ax.yaxis.set_major_formatter(lambda value, _: _tick(value, factor))
    unit = "£m" if factor == 1e-6 else "per cent" if factor == 100 else "a day" if code == "delayed_beds" else "people"
    for height, text, weight in ((20, look.label, "bold"), (7, unit, "normal")):
        ax.annotate(text, (0, 1), xycoords="axes fraction", xytext=(-24, height), textcoords="offset points",
                    fontsize=9.5, weight=weight, annotation_clip=False)  # fmt: skip


def _labels(ax: Axes, run: Run, ends: list[tuple[float, str, str]], look: words.MeasureWords, factor: float) -> None:
    if len(ends) > 4:
        ends = ends[:4]
    heights = canvas.apart([end[0] for end in ends], ax.get_ylim()[1] * 0.15)
    for y, (value, area, colour) in zip(heights, ends, strict=True):
        text = f"{run.short(area)} {look.write(value / factor)}"
        ax.plot([1.01, 1.06], [y, y], transform=ax.get_yaxis_transform(), color=colour, linewidth=2.5, clip_on=False)
        ax.annotate(text, (1.08, y), xycoords=("axes fraction", "data"), va="center", fontsize=9.5,
                    annotation_clip=False)  # fmt: skip


def _tick(value: float, factor: float) -> str:
    text = f"{value:,.10g}"
    return f"{text}%" if factor == 100 else text


def _table(run: Run, measures: list[str]) -> DataTable:
    rows = []
    for code in measures:
        look = words.measure(code)
        for area in dict.fromkeys((run.county, *_areas(run))):
            for year in run.years:
                found = run.measure(code, area, year)
                if found:
                    values = (found.mean, found.low, found.high, found.p05, found.p95)
                    rows.append((f"{look.label}, {area}, {year}", *(look.exactly(value) for value in values)))
    return DataTable(
        f"Headline measures by year and area; {run.interval}",
        ("Measure, area and year", "Mean", "Interval from", "Interval to", "Single years 5%", "Single years 95%"),
        tuple(rows),
    )

"""People ready to leave hospital who are still in a bed, day by day, and what they wait for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.delays import Reason, most, people, reasons
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run
from caresim.reports.figures import canvas

KEY = "delayed"
WINTER = (12, 1, 2)
_BY_WEEK_FROM_DAYS = 300
_MOST_REASONS = 7


def draw(run: Run) -> Chart | Missing:
    """Show the fan over time beside what people wait for in the headline year."""
    daily = _daily(run, run.county)
    mean = run.measure("delayed_beds") or (Estimate(float(daily["mean"].mean())) if len(daily) else None)
    if daily.empty or mean is None or not daily["mean"].max() > 0:
        return Missing("People delayed in hospital", "nobody waits in a hospital bed in this scenario")
    why = reasons(run)
    figure = canvas.blank(4.6)
    _fan(canvas.axes(figure, 0.06, 0.10, 0.52 if why else 0.78, 0.80), run, daily)
    if why:
        _bars(figure, why)
    title = _title(run, mean)
    alt = f"{title}. Line chart of people delayed a day with its 5% to 95% band, {_ends(daily)}."
    if why:
        alt += f" Bars of what they wait for; the longest is {why[0].text}, {people(why[0].people.mean)} a day."
    return Chart(
        key=KEY,
        title=title,
        subtitle=_subtitle(run, daily, bool(why)),
        alt=alt,
        svg=canvas.to_svg(figure, KEY, alt),
        table=_table(run, why),
        notes=(
            "Delayed: ready to leave (no criteria to reside) and still in the bed at midnight.",
            "The dark band has the middle half of the runs, the pale one nine in ten: chance alone, without "
            "what is not known about the inputs.",
        ),
    )


def _daily(run: Run, member: str) -> pd.DataFrame:
    table = run.table("daily")
    kept = table[table["pool"].eq("delayed") & table["member"].eq(member)]
    if kept["quantity"].eq("in_use").any():
        kept = kept[kept["quantity"].eq("in_use")]
    kept = kept.assign(date=pd.to_datetime(kept["date"])).sort_values("date")
    kept = kept[run.year_of(kept["date"]).isin(run.years)] if run.years else kept
    values = ["mean", "p05", "p25", "p75", "p95"]
    kept = kept.assign(**{bound: kept[bound].fillna(kept["mean"]) for bound in values})
    if len(kept) < _BY_WEEK_FROM_DAYS:
        return kept
    weeks = (kept["date"] - kept["date"].iloc[0]).dt.days // 7
    full = weeks.map(weeks.value_counts()).eq(7)
    grouped = kept[full].groupby(weeks[full])
    means: pd.DataFrame = grouped[values].mean()
    return means.assign(date=grouped["date"].first() + pd.Timedelta(days=3))


def _title(run: Run, mean: Estimate) -> str:
    last = run.measure("delayed_beds", year=run.years[-1]) if len(run.years) > 1 else None
    title = f"{people(mean.mean)} people a day wait in hospital though ready to leave"
    title += f", {found} ({run.year})" if (found := most(run)) else f" in {run.year}"
    if last and run.whole_year(run.years[-1]) and round(last.mean) != round(mean.mean):
        title += f"; {people(last.mean)} a day by {run.years[-1]}"
    return title


def _subtitle(run: Run, daily: pd.DataFrame, reasons: bool) -> str:
    grain = (
        "weekly means of daily values"
        if len(daily) * 6 < (daily["date"].max() - daily["date"].min()).days
        else "by day"
    )
    band = f"band from 5% to 95% of {run.replications:,} simulated runs" if run.replications > 1 else run.interval
    text = f"People delayed, {run.county}, {grain}; {band}"
    return text + (f". Right: what they wait for, people a day in {run.year}" if reasons else "")


def _ends(daily: pd.DataFrame) -> str:
    first, last = daily.iloc[0], daily.iloc[-1]
    return (
        f"from {people(float(first['mean']))} on {words.date(first['date'])} "
        f"to {people(float(last['mean']))} on {words.date(last['date'])}"
    )


def _fan(ax: Axes, run: Run, daily: pd.DataFrame) -> None:
    dates = daily["date"].to_numpy()
    _winters(ax, daily["date"])
    ax.fill_between(dates, daily["p05"], daily["p95"], color="#C9CDD2", linewidth=0)
    if run.replications > 1:
        ax.fill_between(dates, daily["p25"], daily["p75"], color="#9AA1A9", linewidth=0)
    styles = palette.area_styles(run.unitaries, run.county)
    ends: list[tuple[float, str, str]] = []
    for area in (run.county, *run.unitaries[:4]):
        line = daily if area == run.county else _daily(run, area)
        if line.empty:
            continue
        look = styles[area]
        ax.plot(line["date"], line["mean"], color=look.colour, linestyle=look.line, linewidth=2)
        ends.append((float(line["mean"].iloc[-1]), area, look.colour))
    ax.set_ylim(0, float(daily["p95"].max()) * 1.12)
    ax.set_xlim(dates[0], dates[-1])
    ax.set_title("people delayed", loc="left", fontsize=10, color=palette.MUTED)
    bounds = (("p95", "95%"), ("p05", "5%")) if run.replications > 1 else ()
    for bound, text in bounds:
        place = (1.01, float(daily[bound].iloc[-1]))
        ax.annotate(text, place, xycoords=("axes fraction", "data"), va="center", fontsize=9, color=palette.MUTED)
    for y, (value, area, colour) in zip(
        canvas.apart([end[0] for end in ends], ax.get_ylim()[1] * 0.09), ends, strict=True
    ):
        label = f"{run.short(area)} {people(value)}"
        ax.annotate(
            label, (1.045, y), xycoords=("axes fraction", "data"), va="center", fontsize=10, annotation_clip=False
        )
        ax.plot([1.01, 1.04], [value, y], transform=ax.get_yaxis_transform(), color=colour, linewidth=2, clip_on=False)
    _date_axis(ax, daily["date"])


def _winters(ax: Axes, dates: pd.Series[Any]) -> None:
    first, last = dates.iloc[0], dates.iloc[-1]
    labelled = False
    for year in range(first.year - 1, last.year + 1):
        begin = max(pd.Timestamp(year, WINTER[0], 1), first)
        end = min(pd.Timestamp(year + 1, WINTER[-1] + 1, 1), last)
        if begin >= end:
            continue
        ax.axvspan(begin, end, color=palette.SHADE, linewidth=0, zorder=0)
        if not labelled and (end - begin).days > 45:
            middle = begin + (end - begin) / 2
            ax.annotate("winter", (middle, 0.985), xycoords=("data", "axes fraction"), ha="center", va="top",
                        fontsize=9, color=palette.MUTED)  # fmt: skip
            labelled = True


def _date_axis(ax: Axes, dates: pd.Series[Any]) -> None:
    span = (dates.iloc[-1] - dates.iloc[0]).days
    step = 12 if span > 800 else 3 if span > 200 else 1
    ticks = pd.date_range(dates.iloc[0].normalize().replace(day=1), dates.iloc[-1], freq=f"{step}MS")
    ticks = ticks[ticks >= dates.iloc[0] - pd.Timedelta(days=4)]
    ax.set_xticks(ticks.to_numpy(), [f"{tick:%b %Y}" for tick in ticks])


def _bars(figure: Figure, why: list[Reason]) -> None:
    shown = why[:_MOST_REASONS]
    rest = why[_MOST_REASONS:]
    rows: list[tuple[str, float, Estimate | None]] = [
        (reason.text, reason.people.mean, reason.people) for reason in shown
    ]
    if rest:
        rows.append((f"{words.count(len(rest), 'other reason')}", sum(r.people.mean for r in rest), None))
    ax = canvas.axes(figure, 0.76, 0.10, 0.19, 0.80, grid=None)
    positions = np.arange(len(rows))[::-1]
    ax.barh(positions - 0.16, [row[1] for row in rows], height=0.36, color=palette.NEUTRAL)
    for y, (text, value, spread) in zip(positions, rows, strict=True):
        ax.annotate(text, (0, y + 0.14), va="bottom", fontsize=9.5, annotation_clip=False)
        reach = value
        if spread is not None and spread.has_interval:
            canvas.interval(ax, spread.low, spread.high, float(y) - 0.16)
            reach = max(value, spread.high)
        ax.annotate(people(value), (reach, y - 0.16), xytext=(4, 0), textcoords="offset points", va="center",
                    fontsize=9.5, annotation_clip=False)  # fmt: skip
    ax.set_xlim(0, max(row[2].reach if row[2] else row[1] for row in rows) * 1.05)
    ax.set_ylim(-0.6, len(rows) - 0.3)
    ax.set_yticks([])
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


def _table(run: Run, why: list[Reason]) -> DataTable:
    rows = []
    for year in run.years:
        for area in (run.county, *run.unitaries):
            found = run.measure("delayed_beds", area, year)
            if found:
                rows.append((f"{area}, {year}", *_cells(found)))
    each = why + reasons(run, ("pathway",)) + reasons(run, ("pathway", "reason"))
    rows += [(f"{run.county}, {run.year}: {reason.text}", *_cells(reason.people)) for reason in each]
    rows += _months(run)
    return DataTable(
        f"People delayed a day, by year and by what they wait for; {run.interval}",
        (
            "Area, year and reason",
            "People a day",
            "Interval from",
            "Interval to",
            "Single years 5%",
            "Single years 95%",
        ),
        tuple(rows),
    )


def _months(run: Run) -> list[tuple[str, ...]]:
    table = run.table("daily")
    kept = table[table["pool"].eq("delayed") & table["member"].eq(run.county) & table["quantity"].eq("in_use")]
    dates = pd.to_datetime(kept["date"])
    means = kept.groupby([dates.dt.year, dates.dt.month])[["mean", "p05", "p95"]].mean()
    return [
        (f"{run.county}, {pd.Timestamp(year, month, 1):%B %Y}, mean of days", *_cells(Estimate(mean, p05=p05, p95=p95)))
        for (year, month), mean, p05, p95 in zip(means.index, means["mean"], means["p05"], means["p95"], strict=True)
    ]


def _cells(value: Estimate) -> tuple[str, ...]:
    return tuple(words.one_decimal(v) for v in (value.mean, value.low, value.high, value.p05, value.p95))

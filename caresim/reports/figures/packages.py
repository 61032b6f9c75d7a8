"""People in long-term support by setting over time, and where new starts come from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run
from caresim.reports.figures import canvas

KEY = "packages"
SETTINGS = ("home_care", "direct_payment", "supported_living", "extra_care", "residential", "nursing")


def draw(run: Run) -> Chart | Missing:
    """Show a small panel a setting, stacked by unitary, beside new starts by origin."""
    stock, whose = _stock(run)
    if stock.empty or stock["people"].sum() <= 0:
        return Missing("People in long-term support", "nobody is in long-term support in this scenario")
    monthly = _monthly(run, stock)
    if monthly["month"].nunique() < 2:
        return Missing("People in long-term support", "one month does not show how their number changes")
    starts = _starts(run)
    title = _title(run, monthly, starts)
    settings = [s for s in SETTINGS if s in set(monthly["setting"])]
    settings += [s for s in dict.fromkeys(monthly["setting"]) if s not in settings]
    alt = f"{title}. Small area charts by setting: " + "; ".join(
        f"{words.name(s)} from {words.whole(_total(monthly, s, 0))} to {words.whole(_total(monthly, s, -1))}"
        for s in settings
    )
    figure = canvas.blank(5.2)
    _panels(figure, run, monthly, settings[:6], 0.64 if starts else 0.92)
    if starts:
        _bars(figure, starts)
    return Chart(
        key=KEY,
        title=title,
        subtitle=f"{whose} by setting, monthly means, {run.county}; every panel has its own scale from zero"
        + (
            f". Right: starts of long-term support in {run.year} by where the demand began, all funders"
            if starts
            else ""
        ),
        alt=alt + ".",
        svg=canvas.to_svg(figure, KEY, alt),
        table=_table(run, stock, starts),
        notes=(run.unsettled,) if run.unsettled else (),
    )


def _stock(run: Run) -> tuple[pd.DataFrame, str]:
    table = run.table("stock")
    long_term = table["setting"].isin(SETTINGS)
    kept = long_term if long_term.any() else ~long_term
    if run.years:
        kept &= run.years_in("stock").isin(run.years)
    council = table[kept & table["funding"].eq("council")]
    if council["people"].sum() > 0:
        return council, "People with council-paid long-term support"
    return table[kept], "People with long-term support, all funders"


def _monthly(run: Run, stock: pd.DataFrame) -> pd.DataFrame:
    total = stock.groupby(["setting", "unitary", "month"], observed=True)["people"].sum().reset_index()
    total["people"] = total["people"].astype(float) / run.replications
    total["month"] = pd.to_datetime(total["month"])
    return total.sort_values("month")


def _total(monthly: pd.DataFrame, setting: str | None, place: int) -> float:
    rows = monthly[monthly["setting"].eq(setting)] if setting else monthly
    return float(rows.groupby("month")["people"].sum().iloc[place])


def _starts(run: Run) -> dict[str, Estimate]:
    flow = run.in_year("flow")
    wanted = flow[flow["event"].isin([f"started_{setting}" for setting in SETTINGS])]
    totals = run.totals(wanted, ["origin"], "people")
    found = {origin: total for (origin,), total in totals.items() if total.mean >= 0.5}
    return dict(sorted(found.items(), key=lambda item: -item[1].mean))


def _title(run: Run, monthly: pd.DataFrame, starts: dict[str, Estimate]) -> str:
    first, last = _total(monthly, None, 0), _total(monthly, None, -1)
    change = last / first - 1 if first > 0 else 0.0
    if abs(change) < 0.01:
        title = f"Long-term support stays near {words.whole(last)} people"
    else:
        verb = "grows" if change > 0 else "falls"
        title = f"Long-term support {verb} by {words.percent(abs(change))} to {words.whole(last)} people"
    everyone = sum(total.mean for total in starts.values())
    if everyone > 0 and "hospital" in starts:
        title += f"; {words.percent(starts['hospital'].mean / everyone)} of new starts come from hospital"
    return title


def _panels(figure: Figure, run: Run, monthly: pd.DataFrame, settings: list[str], width: float) -> None:
    columns = min(3, len(settings))
    lines = -(-len(settings) // columns)
    wide, tall = width / columns, 0.92 / lines
    for number, setting in enumerate(settings):
        row, column = divmod(number, columns)
        left, bottom = 0.055 + column * wide, 0.06 + (lines - 1 - row) * tall
        ax = canvas.axes(figure, left, bottom, wide - 0.062, tall - 0.165)
        _panel(ax, run, monthly[monthly["setting"].eq(setting)], setting, names=number == 0)


def _panel(ax: Axes, run: Run, rows: pd.DataFrame, setting: str, names: bool) -> None:
    months = np.sort(rows["month"].unique())
    floor = np.zeros(len(months))
    styles = palette.area_styles(run.unitaries, run.county)
    for area in run.split or (None,):
        part = rows[rows["unitary"].eq(area)] if area else rows
        people = part.groupby("month")["people"].sum().reindex(months, fill_value=0.0).to_numpy()
        colour = styles[area].colour if area else palette.COUNTY
        ax.fill_between(months, floor, floor + people, color=colour, linewidth=0)
        ax.plot(months, floor + people, color=palette.WHITE, linewidth=1.2)
        if names and area:
            middle = float((floor + people / 2).mean())
            dark = palette.contrast(colour, palette.WHITE) > 4.5
            ax.annotate(run.short(area), (months[len(months) // 2], middle), ha="center", va="center", fontsize=10,
                        color=palette.WHITE if dark else palette.TEXT)  # fmt: skip
        floor = floor + people
    ax.set_ylim(0, max(float(floor.max()) * 1.15, 1.0))
    ax.set_xlim(months[0], months[-1])
    canvas.few_ticks(ax, whole=True)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    _two_dates(ax, months)
    label = f"{words.whole(float(floor[0]))} to {words.whole(float(floor[-1]))}"
    for height, text, weight in ((18, words.capital(words.name(setting)), "bold"), (5, label, "normal")):
        ax.annotate(text, (0, 1), xycoords="axes fraction", xytext=(0, height), textcoords="offset points",
                    fontsize=10, weight=weight, annotation_clip=False)  # fmt: skip


def _two_dates(ax: Axes, months: np.ndarray[Any, Any]) -> None:
    ends = [pd.Timestamp(months[0]), pd.Timestamp(months[-1])]
    ax.set_xticks([end.to_datetime64() for end in ends], [f"{end:%b %Y}" for end in ends], fontsize=9)
    first, last = ax.get_xticklabels()[:2]
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
    ax.tick_params(axis="y", labelsize=9)


def _bars(figure: Figure, starts: dict[str, Estimate]) -> None:
    everyone = sum(total.mean for total in starts.values())
    ax = canvas.axes(figure, 0.735, 0.10, 0.15, 0.77, grid=None)
    for row, (origin, total) in enumerate(reversed(starts.items())):
        colour = palette.ACCENT if origin == "hospital" else palette.NEUTRAL
        ax.barh(row - 0.16, total.mean, height=0.36, color=colour)
        ax.annotate(
            words.capital(words.name(origin)), (0, row + 0.12), va="bottom", fontsize=9.5, annotation_clip=False
        )
        reach = total.mean
        if total.has_interval:
            canvas.interval(ax, total.low, total.high, row - 0.16)
            reach = max(reach, total.high)
        ax.annotate(f"{words.whole(total.mean)} ({words.percent(total.mean / everyone)})", (reach, row - 0.16),
                    xytext=(4, 0), textcoords="offset points", va="center", fontsize=9.5,
                    annotation_clip=False)  # fmt: skip
    ax.set_xlim(0, max(total.reach for total in starts.values()) * 1.05)
    ax.set_ylim(-0.6, max(len(starts), 4) - 0.4)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines["bottom"].set_visible(False)
    ax.set_title("New starts a year", loc="left", fontsize=10, weight="bold", color=palette.TEXT, pad=10)


def _table(run: Run, stock: pd.DataFrame, starts: dict[str, Estimate]) -> DataTable:
    rows = []
    years = run.year_of(stock["month"])
    for year in run.years:
        part = stock[years == year]
        months = max(1, int(part["month"].nunique()))
        for (setting, area), total in run.totals(part, ["setting", "unitary"], "people").items():
            cells = (words.whole(v / months) for v in total.mean_low_high)
            rows.append((f"{words.capital(words.name(setting))}, {area}, {year}", *cells))
    for origin, total in starts.items():
        cells = (words.whole(v) for v in total.mean_low_high)
        rows.append((f"New starts in {run.year}: {words.name(origin)}", *cells))
    return DataTable(
        f"People by setting, unitary and year, mean of months, and new starts; {run.interval}",
        ("Setting, area and year", "People", "Interval from", "Interval to"),
        tuple(rows),
    )

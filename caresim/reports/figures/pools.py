"""How full each pool is, and what people wait for it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run
from caresim.reports.figures import canvas
from caresim.reports.possible import COUNT, Limits

KEY = "pools"
_MOST_ROWS = 18
_MARKETS = ("home_care", "direct_payment", "supported_living", "extra_care", "residential", "nursing")


@dataclass(frozen=True)
class _Pool:
    pool: str
    member: str
    capacity: float  # infinite where there is no limit
    in_use: Estimate
    waiting: Estimate
    wait_days: Estimate  # mean of those who started
    starts: Estimate
    overflowed: Estimate

    @property
    def limited(self) -> bool:
        return math.isfinite(self.capacity)

    @property
    def share(self) -> float:
        return self.in_use.mean / self.capacity if self.limited and self.capacity > 0 else math.nan


def draw(run: Run) -> Chart | Missing:
    """Show a bar a pool, use against capacity, beside its queue and wait."""
    pools = list(_pools(run))
    if not pools:
        return Missing("Pools of beds, slots and hours", "the scenario has no pool that anybody asks for")
    shown = sorted(pools, key=lambda pool: (pool.pool in _MARKETS, not pool.limited))[:_MOST_ROWS]
    title = _title(run, pools)
    alt = f"{title}. Bars of use against capacity: " + "; ".join(f"{_label(run, pool)} {_use(pool)}" for pool in shown)
    figure = canvas.blank(0.75 + 0.40 * len(shown))
    _rows(figure, run, shown)
    return Chart(
        key=KEY,
        title=title,
        subtitle=f"Mean use as a share of capacity, {run.year}; mean queue; mean days waited by those who started; "
        f"{run.line}",
        alt=alt + ".",
        svg=canvas.to_svg(figure, KEY, alt),
        table=_table(run, pools),
        notes=_notes(run, pools, len(shown)),
    )


def _pools(run: Run) -> Iterator[_Pool]:
    rows = run.in_year("pools")
    rows = rows.assign(days=pd.to_datetime(rows["month"]).dt.days_in_month)
    for (pool, member), part in rows.groupby(["pool", "member"], observed=True, sort=False):
        weighted = part.assign(in_use=part["in_use"] * part["days"], waiting=part["waiting"] * part["days"])
        by = weighted.groupby("replication")[["in_use", "waiting", "days", "wait_days", "starts", "overflowed"]].sum()
        if by["in_use"].sum() <= 0 and by["waiting"].sum() <= 0 and by["starts"].sum() <= 0:
            continue
        capacity = part["capacity"].astype(float)
        mean = float(capacity.mean()) if capacity.notna().all() and (capacity >= 0).all() else math.inf
        waited = by["wait_days"] / by["starts"].where(by["starts"] > 0)
        in_use = by["in_use"] / by["days"]
        most = max(mean, float(in_use.max()))  # a pool that was cut down may hold more than its capacity
        yield _Pool(
            str(pool), str(member), mean if mean < 1e8 else math.inf,
            _estimate(in_use, (0.0, most)), _estimate(by["waiting"] / by["days"]), _estimate(waited.dropna()),
            _estimate(by["starts"]), _estimate(by["overflowed"]),
        )  # fmt: skip


def _estimate(values: pd.Series[float], within: Limits = COUNT) -> Estimate:
    from caresim.reports.estimate import estimate

    return estimate(values.to_numpy(dtype=float), within)


def _title(run: Run, pools: list[_Pool]) -> str:
    limited = [pool for pool in pools if words.known(pool.share)]
    queues = [pool for pool in limited if pool.pool not in _MARKETS] or limited
    if not queues:
        used = f"{words.whole(pools[0].in_use.mean)} {words.name(pools[0].pool)}"
        return f"No pool has a limit: {used} are in use on average"
    waits = [pool for pool in queues if pool.wait_days.mean > 0.05]
    if not waits:
        fullest = max(queues, key=lambda pool: pool.share)
        return f"Nobody waits long: {_where(run, fullest)} is fullest, {words.percent(fullest.share)} in use"
    longest = max(waits, key=lambda pool: pool.wait_days.mean)
    wait, used = words.days(longest.wait_days.mean), words.percent(longest.share)
    if len(queues) == 1:
        return f"People wait {wait} on average for the {_where(run, longest)}, which is {used} in use"
    return f"The longest wait in a queue is for {_where(run, longest)}: {wait} on average, with {used} in use"


def _where(run: Run, pool: _Pool) -> str:
    single = pool.member == run.county or not pool.member
    return words.name(pool.pool) if single else f"{words.name(pool.pool)} in {pool.member}"


def _label(run: Run, pool: _Pool) -> str:
    single = pool.member == run.county or not pool.member
    name = words.capital(words.name(pool.pool)) + (" hours" if pool.pool == "home_care" else "")
    return name if single else f"{name}, {words.short(pool.member, run.members)}"


def _use(pool: _Pool) -> str:
    if not pool.limited:
        return f"{words.whole(pool.in_use.mean)} in use, no limit"
    share = f" ({words.percent(pool.share)})" if words.known(pool.share) else ""
    return f"{words.whole(pool.in_use.mean)} of {words.whole(pool.capacity)}{share}"


def _rows(figure: Figure, run: Run, pools: list[_Pool]) -> None:
    height = 0.75 + 0.40 * len(pools)
    ax = canvas.axes(figure, 0.285, 0.42 / height, 0.26, 0.40 * len(pools) / height, grid=None)
    for row, pool in enumerate(reversed(pools)):
        _bar(ax, row, pool)
        columns = ((1.06, _use(pool), "left"), (2.08, words.one_decimal(pool.waiting.mean), "right"),
                   (2.62, _waited(pool), "right"))  # fmt: skip
        for x, text, align in columns:
            canvas.note(ax, x, row, text, size=10, ha=align, transform=ax.get_yaxis_transform())
    for x, text, align in ((1.06, "in use", "left"), (2.08, "mean queue", "right"), (2.62, "mean wait, days", "right")):
        ax.annotate(text, (x, 1.0), xycoords="axes fraction", xytext=(0, 6), textcoords="offset points", ha=align,
                    fontsize=10, weight="bold", color=palette.MUTED, annotation_clip=False)  # fmt: skip
    ax.set_yticks(range(len(pools)), [_label(run, pool) for pool in reversed(pools)])
    ax.tick_params(axis="y", length=0, labelcolor=palette.TEXT)
    full = max([100.0, *(pool.in_use.reach / pool.capacity * 102 for pool in pools if words.known(pool.share))])
    ax.set_xlim(0, full)
    ax.set_ylim(-0.5, len(pools) - 0.5)
    ax.set_xticks(range(0, 101, 25), [f"{tick}%" for tick in range(0, 101, 25)])
    ax.spines["left"].set_visible(False)


def _waited(pool: _Pool) -> str:
    if pool.pool in _MARKETS and not pool.wait_days.mean > 0:
        return "no queue"
    return words.one_decimal(pool.wait_days.mean)


def _bar(ax: Axes, row: int, pool: _Pool) -> None:
    if not pool.limited:
        ax.annotate("no limit", (0, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=10,
                    color=palette.MUTED)  # fmt: skip
        return
    if not words.known(pool.share):
        return
    ax.add_patch(Rectangle((0, row - 0.29), 100, 0.58, facecolor=palette.SHADE, edgecolor=palette.MUTED, linewidth=0.8))
    ax.barh(row, pool.share * 100, height=0.58, color=palette.NEUTRAL)
    if pool.in_use.has_interval:
        low, high = (value / pool.capacity * 100 for value in (pool.in_use.low, pool.in_use.high))
        canvas.interval(ax, low, high, row)


def _notes(run: Run, pools: list[_Pool], shown: int) -> tuple[str, ...]:
    notes = [
        "These are queues alone. People also wait while they are assessed and while care is found and arranged, which "
        "takes time even where places are free; delays by reason include that. Where it says no queue, finding care "
        "takes longer the fuller the market is, and nobody stands in line. The pale part of a bar is free capacity; a "
        "mean below 100% can still hide days on which nothing is free. The mean wait counts those whose wait is over."
    ]
    graded = {
        pool.pool: str(row.get("grade"))
        for pool in pools
        if (row := run.assumption(f"pools.{pool.pool}.capacity")) and row.get("grade")
    }
    if graded:
        listed = words.listed([f"{words.name(pool)} {grade}" for pool, grade in graded.items()])
        notes.append(f"Evidence grade of the capacities: {listed}.")
    if teams := _teams(run):
        notes.append(teams)
    if shown < len(pools):
        notes.append(f"{len(pools) - shown} more pools are in the table below.")
    return tuple(notes)


def _teams(run: Run) -> str:
    """Tell the queue for social workers by class of work."""
    rows = run.in_year("assessments")
    rows = rows.assign(days=pd.to_datetime(rows["month"]).dt.days_in_month)
    days = float(rows.drop_duplicates("month")["days"].sum()) * run.replications
    said = []
    for work, part in rows.groupby("work", observed=True, sort=False):
        starts, waited = float(part["starts"].sum()), float(part["wait_days"].sum())
        if part["requests"].sum() > 0:
            queue = words.one_decimal(float((part["waiting"] * part["days"]).sum()) / days)
            wait = f" ({words.days(waited / starts)})" if starts else ""
            said.append(f"{words.name(str(work))} {queue}{wait}")
    return f"Mean queue for an assessment, and mean wait, by class of work: {words.listed(said)}." if said else ""


def _table(run: Run, pools: list[_Pool]) -> DataTable:
    rows = []
    for pool in pools:
        cells = [words.whole(pool.capacity) if pool.limited else "no limit"]
        cells += [words.one_decimal(v) for v in (pool.in_use.mean, pool.in_use.low, pool.in_use.high)]
        cells += [words.percent(pool.share) if pool.limited else words.NO_VALUE, words.one_decimal(pool.waiting.mean)]
        cells += [words.one_decimal(v) for v in (pool.wait_days.mean, pool.wait_days.low, pool.wait_days.high)]
        cells += [words.whole(pool.starts.mean), words.whole(pool.overflowed.mean)]
        rows.append((f"{words.capital(words.name(pool.pool))}, {pool.member}", *cells))
    columns = ("Pool", "Capacity", "In use", "from", "to", "Share in use", "Mean queue", "Wait, days", "from", "to")
    return DataTable(
        f"Pools in {run.year}: capacity, use and waits; from and to: {run.interval}",
        (*columns, "Starts", "Overflowed"),
        tuple(rows),
    )

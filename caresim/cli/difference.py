"""What a comparison found, in sentences for the terminal."""

from __future__ import annotations

from math import isclose, isfinite, isnan, nan, sqrt
from typing import TYPE_CHECKING, Any

from caresim.cli.screen import answer
from caresim.reports import ranges, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas import DataFrame, Series

    from caresim.config import Experiment
    from caresim.studies.comparison import Comparison

SPOKEN = {"hospital_driven_cost": "Hospital-driven cost", "council_net_cost": "The council's net cost of care"}
STEPS = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001)
LANDS_ON = {"council": "the council", "all partners": "council, health service, funds and people together"}
NOTHING = "no difference"
LISTED = 6  # measures that differ, at most
MANY = 100  # times narrower; more is no longer of interest


def print_comparison(comparison: Comparison, asked: Experiment) -> None:
    """Print the question and, for each scenario, what it changes and how sure that is."""
    answer(asked.question or asked.name)
    period = period_of(comparison)
    for key, label in comparison.labels.items():
        answer(f"\n{label}")
        for measure, spoken in SPOKEN.items():
            row = row_of(comparison.differences, key, measure)
            answer(f"  {spoken}{period}: {told(row)}.")
            if measure == "hospital_driven_cost" and comparison.has_uncertain_sizes(key):
                answer(f"    Counting what the evidence leaves open: {open_range(comparison.drawn_differences, key)}.")
        if after := after_costs(comparison.money_differences, key):
            answer(f"  Including the cost of the changes: {after}.")
        for caution in cautions_of(comparison.differences, key, f"in{period.removeprefix(',')}"):
            answer(f"  Read with care: {caution}")
        answer(f"  {gained(comparison.differences, key)}")
    county = comparison.baseline.scenario.config.geography.county
    runs = words.count(len(comparison.baseline.runs.replications), "replication")
    answer(f"\n{county}, {runs}, each paired with the baseline's.")
    answer("Intervals are for the mean difference and cover simulation error only.")
    answer(more(comparison))


def row_of(table: DataFrame, key: str, measure: str) -> dict[str, Any]:
    """Find the whole area's row of a scenario and measure, over all years."""
    chosen = table[(table["scenario"] == key) & (table["measure"] == measure) & (table["year"] == "all years")]
    return {str(name): value for name, value in chosen.iloc[0].items()}


def after_costs(table: DataFrame, key: str) -> str:
    """Say what lands on the council and on everybody once changes are paid for; nothing where they cost nothing."""
    mine = table[(table["scenario"] == key) & (table["year"] == "all years")]
    mine = mine[mine["unitary"] == mine["unitary"].iloc[0]]  # the whole area comes first
    if not mine.loc[mine["service"] == "investment", "mean"].any():
        return ""
    landed = mine[mine["service"] == "all services"].set_index("partner")
    there = [(who, landed.loc[partner]) for partner, who in LANDS_ON.items() if partner in landed.index]
    return ", ".join(f"{who} {signed(row['mean'])}{interval(row)}" for who, row in there)


def cautions_of(table: DataFrame, key: str, when: str) -> tuple[str, ...]:
    """Say where a scenario's costs change for another reason than better care: people wait, or die."""
    from caresim.reports.decision.cautions import cautions
    from caresim.reports.estimate import Estimate

    def difference(measure: str) -> Estimate:
        if not table["measure"].eq(measure).any():
            return Estimate(nan)
        row = row_of(table, key, measure)
        return Estimate(row["mean"], row["low"], row["high"])

    return cautions(difference, when)


def period_of(comparison: Comparison) -> str:
    """Say which years are added up."""
    from caresim.measures.tables import years

    names = years(comparison.baseline.runs)
    return f", {names[0]}" if len(names) == 1 else f", {names[0]} to {names[-1]}"


def told(row: dict[str, Any]) -> str:
    """Say a difference with its interval and how often it has its sign."""
    if row["share_lower"] == 0 and row["share_higher"] == 0:
        return f"{NOTHING} in any replication"
    runs = int(row["replications"])
    way = "lower" if row["mean"] < 0 else "higher"
    often = f"{round(runs * float(row[f'share_{way}'])):,} of {words.count(runs, 'replication')}"
    return f"{signed(row['mean'])}{interval(row)}; {way} in {often}"


def interval(row: Mapping[str, Any] | Series[Any]) -> str:
    """Say the 95 % interval, if there is one and chance has any part in it."""
    return (
        ""
        if isnan(row["low"]) or isclose(row["low"], row["high"])
        else f" (95 % interval {between(row['low'], row['high'], row['mean'])})"
    )


def open_range(table: DataFrame, key: str) -> str:
    """Say where nine in ten of the replications lie that drew their own sizes of effects."""
    row = row_of(table, key, "hospital_driven_cost")
    if row["share_lower"] == 0 and row["share_higher"] == 0:
        return f"{NOTHING} in {words.count(int(row['replications']), 'draw')}"
    often = round(int(row["replications"]) * float(row["share_lower"]))
    draws = int(row["replications"])
    return f"{between(row['p05'], row['p95'], row['mean'])} in nine of ten draws; lower in {often:,} of {draws:,}"


def gained(table: DataFrame, key: str) -> str:
    """Say what the pairing has gained, or what differs where the hospital-driven cost does not."""
    row = row_of(table, key, "hospital_driven_cost")
    if row["share_lower"] > 0 or row["share_higher"] > 0:
        return narrower(row)
    differs = (table["share_lower"] > 0) | (table["share_higher"] > 0)
    names = list(dict.fromkeys(table.loc[(table["scenario"] == key) & differs, "measure"]))
    if not names:
        return "No measure of the summary differs."
    listed = ", ".join(name.replace("_", " ") for name in names[:LISTED])
    return f"What differs: {listed}{f' and {len(names) - LISTED} more' if len(names) > LISTED else ''}."


def narrower(row: dict[str, Any]) -> str:
    """Say what the pairing has gained."""
    ratio = float(row["variance_ratio"])
    if not isfinite(ratio):
        return "With pairing, the difference is the same in every replication."
    times = f"{sqrt(ratio):.1f}" if ratio < MANY**2 else f"more than {MANY}"
    return f"Pairing makes the interval {times} times narrower than two separate sets of runs would."


def more(comparison: Comparison) -> str:
    """Say how precise the least precise difference is, and what more precision would take."""
    precisions = [result.precision for result in comparison.results.values() if result.precision is not None]
    if not precisions:
        return "One replication has no interval."
    reached = max(precisions)
    if reached == 0.0:
        return "More replications would change no interval."
    said = f"Precision: plus or minus {percent(reached)} of the baseline's mean in the widest year"
    step = next((step for step in STEPS if step < reached), None)
    if step is None:
        return f"{said}."
    needed = max(comparison.replications_for(step).values())
    return f"{said}; {percent(step)} would take about {needed:,} replications."


def percent(share: float) -> str:
    """Write a share in per cent."""
    if share < STEPS[-1]:
        return f"under {100 * STEPS[-1]:.2g} %"
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:,.0f} %"


def pounds(value: float, beside: float = 0.0) -> str:
    """Write an amount without its sign, in the unit of a larger one that it stands beside."""
    size = abs(value)
    if max(size, abs(beside)) >= 1e6:
        return f"£{size / 1e6:,.2f}m"
    return f"£{size:,.0f}" if size >= 0.5 or size == 0 else "under £1"


def signed(value: float, beside: float = 0.0) -> str:
    """Write a difference as so much less or more."""
    return f"{pounds(value, beside)} {'less' if value < 0 else 'more'}"


def between(low: float, high: float, mean: float = nan) -> str:
    """Write a range of differences; `mean` is the one that it stands beside, if it does."""
    widest = max(abs(low), abs(high))
    if low < 0 < high:
        return ranges.between(low, high, lambda value: signed(value, widest))
    which = "less" if high <= 0 else "more"
    nearest, furthest = sorted((abs(low), abs(high)))
    text = ranges.between(nearest, furthest, lambda value: pounds(value, widest), abs(mean))
    return text if text.startswith("to within") else f"{text} {which}"

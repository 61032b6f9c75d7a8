"""Sheets of levels and of what goes with them: pools, queues of the teams, reviews, pathways, stock, days."""

from __future__ import annotations

import pandas as pd

from caresim.reports import words
from caresim.reports.facts import Run
from caresim.reports.workbook.book import Book, Column
from caresim.reports.workbook.totals import INTERVAL, ONE, PEOPLE, POUNDS


def pools(book: Book, run: Run) -> None:
    """Write how much of each pool is there, used and waited for."""
    table = run.table("pools")
    if table.empty or not run.years:
        return
    rows = []
    for year in run.years:
        part = run.in_year("pools", year)
        grouped = part.groupby(["pool", "member"], observed=True, sort=False)
        for (pool, member), found in grouped:
            means = [float(found[name].mean()) for name in ("capacity", "in_use", "waiting")]
            sums = [float(found[name].sum()) / run.replications for name in ("requests", "starts", "overflowed")]
            rows.append((year, words.capital(words.name(str(pool))), str(member), *means, *sums, _wait_each(found)))
    columns = [Column("Year"), Column("Pool"), Column("Member"), Column("Capacity", ONE), Column("In use", ONE)]
    columns += [Column("Waiting", ONE), Column("Requests", PEOPLE), Column("Starts", PEOPLE)]
    columns += [Column("Overflowed", PEOPLE), Column("Mean wait, days", "0.00")]
    note = "Capacity, use and waiting are means over time and replications; requests, starts and overflows a year."
    book.table("Pools", "Capacity, use and waits by pool", note, columns, rows)


def assessments(book: Book, run: Run) -> None:
    """Write the queue for social workers by class of work."""
    if run.table("assessments").empty or not run.years:
        return
    rows = []
    for year in run.years:
        part = run.in_year("assessments", year)
        months = max(1, int(part["month"].nunique())) * run.replications
        for (work, unitary), found in part.groupby(["work", "unitary"], observed=True, sort=False):
            sums = [float(found[name].sum()) / run.replications for name in ("requests", "starts")]
            names = (words.capital(words.name(str(work))), str(unitary))
            rows.append((year, *names, float(found["waiting"].sum()) / months, *sums, _wait_each(found)))
    columns = [Column("Year"), Column("Class of work"), Column("Unitary"), Column("Waiting", ONE)]
    columns += [Column("Requests", PEOPLE), Column("Starts", PEOPLE), Column("Mean wait, days", "0.00")]
    note = "By where people live; waiting is a mean over time and replications, requests and starts are a year's."
    book.table("Assessments", "The queue for social workers by class of work", note, columns, rows)


def reviews(book: Book, run: Run) -> None:
    """Write what reviews find."""
    if run.table("reviews").empty or not run.years:
        return
    rows = []
    by = ("result", "funding", "unitary")
    for year in run.years:
        part = run.in_year("reviews", year)
        hours = run.totals(part, by, "hours")
        for key, people in run.totals(part, by, "people").items():
            result, funding, unitary = key
            names = (words.capital(words.name(result)), words.capital(words.name(funding)), unitary)
            rows.append((year, *names, *people.mean_low_high, hours[key].mean))
    columns = [Column("Year"), Column("Hours needed"), Column("Paid by"), Column("Unitary"), Column("Reviews", PEOPLE)]
    columns += [Column("Low", PEOPLE), Column("High", PEOPLE), Column("Hours a week", ONE)]
    note = f"{INTERVAL} Hours a week are those that a year's reviews add (more) or give back (fewer)."
    book.table("Reviews", "What reviews find beside the hours held", note, columns, rows)


def pathway_costs(book: Book, run: Run) -> None:
    """Write the hospital-driven cost by way out of hospital."""
    if run.table("pathway_costs").empty or not run.years:
        return
    rows = []
    by = ("pathway", "unitary")
    for year in run.years:
        part = run.in_year("pathway_costs", year)
        cost = run.totals(part, by, "pounds")
        for key, left in run.totals(part, by, "discharges").items():
            if left.mean > 0:
                names = (words.capital(words.name(key[0])), key[1])
                rows.append((year, *names, left.mean, *cost[key].mean_low_high, cost[key].mean / left.mean))
    columns = [Column("Year"), Column("Pathway"), Column("Unitary"), Column("Discharges", PEOPLE)]
    columns += [Column("Pounds", POUNDS), Column("Low", POUNDS), Column("High", POUNDS)]
    columns += [Column("Pounds a discharge", POUNDS)]
    note = f"{INTERVAL} Over pathways the pounds are the hospital-driven cost, first 52 weeks."
    book.table("Pathway costs", "The hospital-driven cost by way out of hospital", note, columns, rows)


def stock(book: Book, run: Run) -> None:
    """Write people and hours in support."""
    table = run.table("stock")
    if table.empty or not run.years:
        return
    rows = []
    by = ("setting", "funding", "unitary")
    hours, months = run.totals_by_year("stock", by, "hours"), run.months_by_year("stock")
    for year, totals in run.totals_by_year("stock", by, "people").items():
        for key, people in totals.items():
            setting, funding, unitary = key
            mean = tuple(value / months[year] for value in people.mean_low_high)
            names = (words.capital(words.name(setting)), words.capital(words.name(funding)), unitary)
            rows.append((year, *names, *mean, hours[year][key].mean / months[year]))
    columns = [Column("Year"), Column("Setting"), Column("Paid by"), Column("Unitary"), Column("People", ONE)]
    columns += [Column("Low", ONE), Column("High", ONE), Column("Hours a week", ONE)]
    book.table("Stock", "People and hours in support, mean of months", INTERVAL, columns, rows)


def daily(book: Book, run: Run) -> None:
    """Write monthly means of daily use and queues."""
    table = run.table("daily")
    if table.empty:
        return
    dates = pd.to_datetime(table["date"])
    months = dates - pd.to_timedelta(dates.dt.day - 1, unit="D")
    values = ["mean", "p05", "p25", "p50", "p75", "p95"]
    grouped = table.groupby([months, "pool", "member", "quantity"], observed=True, sort=False)[values].mean()
    rows = [
        (
            month.date(),
            words.capital(words.name(str(pool))),
            str(member),
            words.name(str(quantity)),
            *map(float, numbers),
        )
        for (month, pool, member, quantity), numbers in zip(grouped.index, grouped.to_numpy(), strict=True)
    ]
    columns = [Column("Month", width=13), Column("Pool"), Column("Member"), Column("Quantity")]
    columns += [Column(name, ONE) for name in values]
    note = "Monthly means of daily values over replications; every day is in the folder tables."
    book.table("Daily", "Use and queues over time", note, columns, rows)


def _wait_each(found: pd.DataFrame) -> float:
    """Give the days that those who started waited on average."""
    starts = float(found["starts"].sum())
    return float(found["wait_days"].sum()) / starts if starts else float("nan")

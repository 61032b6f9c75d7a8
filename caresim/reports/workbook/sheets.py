"""One table a sheet: the summary, activity by year and area, and every number that went in."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from caresim.reports import findings, ranges, words
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run
from caresim.reports.workbook.book import Book, Column

_PEOPLE, _ONE, _POUNDS, _SHARE = "#,##0", "#,##0.0", '"£"#,##0', "0.0%"
_INTERVAL = f"Means over replications; low and high are the {ranges.MEAN}."


def summary(book: Book, run: Run) -> None:
    """Write every measure by year and area, shares as per cent and pounds as pounds."""
    table = run.table("summary")
    if table.empty:
        return
    sheet = book.sheet("Summary", "Every measure by year and area", f"{_INTERVAL} p05 and p95: {words.SPREAD_NAME}.")
    headings = (
        "Measure",
        "Area",
        "Year",
        "Mean",
        "Low",
        "High",
        "p05",
        "p95",
        "Replications",
        "What it counts",
        "Name in tables",
    )
    rows = list(_summary_rows(run, table))
    columns = [{"header": heading} for heading in headings]
    sheet.add_table(
        3, 0, 3 + len(rows), len(headings) - 1,
        {"name": "table_summary", "style": "Table Style Light 1", "columns": columns},
    )  # fmt: skip
    for line, (number, row) in enumerate(rows, start=4):
        for place, value in enumerate(row):
            book.put(sheet, line, place, value, number if 3 <= place <= 7 else None)
    for place, width in enumerate((38, 24, 10, 15, 15, 15, 15, 15, 12, 80, 34)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(4, 1)


def _summary_rows(run: Run, table: pd.DataFrame) -> list[tuple[str, tuple[object, ...]]]:
    columns = ["measure", "unit", "area", "year", "mean", "low", "high", "p05", "p95", "replications"]
    rows = []
    for code, unit, area, year, *numbers in table[columns].itertuples(index=False, name=None):
        look = words.measure(str(code), str(unit))
        cells = (look.label, str(area), str(year), *(float(value) for value in numbers), look.meaning, str(code))
        rows.append((look.excel, cells))
    return rows


def data_sheets(book: Book, run: Run) -> None:
    """Write a sheet for every table that has rows."""
    _totals(
        book,
        run,
        "Readings",
        "readings",
        "Three readings of the cost pressure",
        ("reading", "unitary"),
        "pounds",
        _POUNDS,
    )
    _totals(
        book,
        run,
        "Chains",
        "chains",
        "What the hospital-driven cost is made of",
        ("window", "service", "unitary"),
        "pounds",
        _POUNDS,
    )
    _totals(
        book,
        run,
        "Flow",
        "flow",
        "What happened to people, by year",
        ("event", "unitary", "age", "origin"),
        "people",
        _PEOPLE,
    )
    _totals(
        book,
        run,
        "Waits",
        "waits",
        "Days waited in a hospital bed, by way out and reason",
        ("pathway", "reason", "unitary"),
        "days",
        _PEOPLE,
    )
    _totals(
        book,
        run,
        "Delays by body",
        "dtoc",
        "Delayed transfers of care: days by the body responsible (pre-2020 count)",
        ("body", "reason", "pathway", "unitary"),
        "days",
        _PEOPLE,
    )
    _pools(book, run)
    _assessments(book, run)
    _reviews(book, run)
    _pathway_costs(book, run)
    _stock(book, run)
    _totals(
        book,
        run,
        "Stays",
        "stays",
        "Emergency stays by whole days in hospital",
        ("days", "age", "unitary"),
        "people",
        _PEOPLE,
    )
    _totals(
        book,
        run,
        "Ledger",
        "money",
        "Pounds by who pays, service and origin",
        ("partner", "service", "origin", "line", "unitary"),
        "pounds",
        _POUNDS,
    )
    _daily(book, run)


def _estimates(value: Estimate) -> tuple[float, ...]:
    return value.mean, value.low, value.high


def _says(column: str, code: str) -> str:
    if column in {"event", "line", "reading", "window"}:
        return words.capital(words.name(code))
    if column == "age":
        return code
    return words.capital(words.name(code)) if column != "unitary" else code


def _totals(
    book: Book, run: Run, sheet: str, table: str, title: str, by: Sequence[str], value: str, number: str
) -> None:
    """Sum a table by year and some columns; mean and interval over replications."""
    if run.table(table).empty or not run.years:
        return
    rows = []
    for year, totals in run.totals_by_year(table, by, value).items():
        for key, total in totals.items():
            if total.mean != 0:
                cells = [
                    _whole(code) if column == "days" else _says(column, code)
                    for column, code in zip(by, key, strict=True)
                ]
                rows.append((year, *cells, *_estimates(total)))
    columns = [Column("Year"), *(Column(words.capital(name), "0" if name == "days" else None) for name in by)]
    heading = words.capital(value) + (" in the year" if value != "pounds" else "")
    columns += [Column(heading, number), Column("Low", number), Column("High", number)]
    book.table(sheet, title, _INTERVAL, columns, rows)


def _whole(code: str) -> int:
    return int(float(code))


def _pools(book: Book, run: Run) -> None:
    table = run.table("pools")
    if table.empty or not run.years:
        return
    rows = []
    for year in run.years:
        part = run.in_year("pools", year)
        grouped = part.groupby(["pool", "member"], observed=True, sort=False)
        for (pool, member), found in grouped:
            starts = float(found["starts"].sum())
            wait = float(found["wait_days"].sum()) / starts if starts else float("nan")
            means = [float(found[name].mean()) for name in ("capacity", "in_use", "waiting")]
            sums = [float(found[name].sum()) / run.replications for name in ("requests", "starts", "overflowed")]
            rows.append((year, words.capital(words.name(str(pool))), str(member), *means, *sums, wait))
    columns = [Column("Year"), Column("Pool"), Column("Member"), Column("Capacity", _ONE), Column("In use", _ONE)]
    columns += [Column("Waiting", _ONE), Column("Requests", _PEOPLE), Column("Starts", _PEOPLE)]
    columns += [Column("Overflowed", _PEOPLE), Column("Mean wait, days", "0.00")]
    note = "Capacity, use and waiting are means over time and replications; requests, starts and overflows a year."
    book.table("Pools", "Capacity, use and waits by pool", note, columns, rows)


def _assessments(book: Book, run: Run) -> None:
    if run.table("assessments").empty or not run.years:
        return
    rows = []
    for year in run.years:
        part = run.in_year("assessments", year)
        months = max(1, int(part["month"].nunique())) * run.replications
        for (work, unitary), found in part.groupby(["work", "unitary"], observed=True, sort=False):
            starts = float(found["starts"].sum())
            wait = float(found["wait_days"].sum()) / starts if starts else float("nan")
            sums = [float(found[name].sum()) / run.replications for name in ("requests", "starts")]
            names = (words.capital(words.name(str(work))), str(unitary))
            rows.append((year, *names, float(found["waiting"].sum()) / months, *sums, wait))
    columns = [Column("Year"), Column("Class of work"), Column("Unitary"), Column("Waiting", _ONE)]
    columns += [Column("Requests", _PEOPLE), Column("Starts", _PEOPLE), Column("Mean wait, days", "0.00")]
    note = "By where people live; waiting is a mean over time and replications, requests and starts are a year's."
    book.table("Assessments", "The queue for social workers by class of work", note, columns, rows)


def _reviews(book: Book, run: Run) -> None:
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
            rows.append((year, *names, *_estimates(people), hours[key].mean))
    columns = [Column("Year"), Column("Hours needed"), Column("Paid by"), Column("Unitary"), Column("Reviews", _PEOPLE)]
    columns += [Column("Low", _PEOPLE), Column("High", _PEOPLE), Column("Hours a week", _ONE)]
    note = f"{_INTERVAL} Hours a week are those that a year's reviews add (more) or give back (fewer)."
    book.table("Reviews", "What reviews find beside the hours held", note, columns, rows)


def _pathway_costs(book: Book, run: Run) -> None:
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
                rows.append((year, *names, left.mean, *_estimates(cost[key]), cost[key].mean / left.mean))
    columns = [Column("Year"), Column("Pathway"), Column("Unitary"), Column("Discharges", _PEOPLE)]
    columns += [Column("Pounds", _POUNDS), Column("Low", _POUNDS), Column("High", _POUNDS)]
    columns += [Column("Pounds a discharge", _POUNDS)]
    note = f"{_INTERVAL} Over pathways the pounds are the hospital-driven cost, first 52 weeks."
    book.table("Pathway costs", "The hospital-driven cost by way out of hospital", note, columns, rows)


def _stock(book: Book, run: Run) -> None:
    table = run.table("stock")
    if table.empty or not run.years:
        return
    rows = []
    by = ("setting", "funding", "unitary")
    hours, months = run.totals_by_year("stock", by, "hours"), run.months_by_year("stock")
    for year, totals in run.totals_by_year("stock", by, "people").items():
        for key, people in totals.items():
            setting, funding, unitary = key
            mean = tuple(value / months[year] for value in _estimates(people))
            names = (words.capital(words.name(setting)), words.capital(words.name(funding)), unitary)
            rows.append((year, *names, *mean, hours[year][key].mean / months[year]))
    columns = [Column("Year"), Column("Setting"), Column("Paid by"), Column("Unitary"), Column("People", _ONE)]
    columns += [Column("Low", _ONE), Column("High", _ONE), Column("Hours a week", _ONE)]
    book.table("Stock", "People and hours in support, mean of months", _INTERVAL, columns, rows)


def _daily(book: Book, run: Run) -> None:
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
    columns += [Column(name, _ONE) for name in values]
    note = "Monthly means of daily values over replications; every day is in the folder tables."
    book.table("Daily", "Use and queues over time", note, columns, rows)


def assumptions(book: Book, run: Run) -> None:
    """Write every number in force with source and grade."""
    if not run.assumptions:
        return
    rows = []
    for row in run.assumptions:
        place = f"{row.get('file') or ''}:{row['line']}" if row.get("line") else row.get("file")
        value = row.get("value")
        shown = value if isinstance(value, int | float) else findings.plain(value)
        cells = (row.get("unit"), findings.grade(row), row.get("low"), row.get("high"), findings.source(row), place)
        rows.append((words.in_words(str(row.get("path"))), shown, *cells, str(row.get("path"))))
    columns = [Column("What it is", width=70), Column("Value", "General"), Column("Unit", width=28)]
    columns += [Column("Evidence grade", width=32), Column("Low", "General"), Column("High", "General")]
    columns += [Column("Source", width=80), Column("Set in", width=44), Column("Path in the config", width=58)]
    note = "Grades: " + "; ".join(f"{letter} {meaning}" for letter, meaning in findings.GRADES.items()) + "."
    book.table("Assumptions", "Every number that went in", note, columns, rows)

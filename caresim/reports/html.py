"""Put a report on one self-contained page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape

from caresim.reports import words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.facts import Run
from caresim.reports.figures.pressure import KEY as PRESSURE
from caresim.reports.findings import GRADES, findings, grade, plain, source, with_interval
from caresim.reports.held_against import targets, warm_up
from caresim.reports.how_made import made_again
from caresim.reports.possible import CUT
from caresim.reports.pressure import from_year_to_year
from caresim.reports.sources import Cited, Numbers


def page(run: Run, charts: list[Chart | Missing], numbers: Numbers | None = None) -> str:
    """Return the whole page of a single run as HTML; it adds what it cites to `numbers`."""
    return with_sources(
        environment()
        .get_template("report.html.j2")
        .render(
            run=run,
            name=str(run.manifest.get("name") or "caresim run"),
            found=findings(run, charts),
            charts=[chart for chart in charts if isinstance(chart, Chart) and chart.key != PRESSURE],
            beside=[chart for chart in charts if isinstance(chart, Chart) and chart.key == PRESSURE],
            missing=[chart for chart in charts if isinstance(chart, Missing)],
            measures=_measures(run),
            pressure=from_year_to_year(run),
            held=[(name, table) for name, make in _HELD if (table := make(run)) is not None],
            assumptions=_assumptions(run),
            grades=_grades(run),
            grade_words=GRADES,
            made=made(run),
            interval=run.interval,
            cut=CUT,
            css=Markup(template("report.css")),
        ),
        numbers,
    )


_HELD = (("Figures fitted, and figures held out", targets), ("Whether it had settled when reporting began", warm_up))


@cache
def environment() -> jinja2.Environment:
    """Give the templates; all text is escaped that is not marked as safe."""
    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["lines"] = lambda text: str(text).split("\n")
    made.filters["svg"] = Markup
    made.filters["unbroken"] = _unbroken
    return made


_WHOLE = re.compile(r"([+\N{MINUS SIGN}]£[\d,.]*\d|\b(?:\d{4}-\d{2}|[A-Za-z]+-[A-Za-z]+)\b)")


def _unbroken(text: str) -> Markup:
    """Keep on one line what has a hyphen in it, a year or hospital-driven, and a sign with its amount."""
    return Markup(_WHOLE.sub(r'<span class="unbroken">\1</span>', str(escape(text))))


def with_sources(page: str, numbers: Numbers | None = None) -> str:
    """Put numbers in place of the keys of the evidence register, and at the end of a page what they stand for.

    Numbers in the text lead to the list; within drawings and tags they are text.
    """
    cited = Cited(numbers)
    told = (cited.told(part, "[{}]" if number % 2 else _CITED) for number, part in enumerate(_TAGS.split(page)))
    return "".join(told).replace(_SOURCES, environment().get_template("sources.html.j2").render(cited=cited.listed))


_TAGS = re.compile(r"(<svg\b.*?</svg>|<style\b.*?</style>|<title\b.*?</title>|<[^>]*>)", re.DOTALL)
_CITED = '<a class="cited" href="#source-{0}">[{0}]</a>'
_SOURCES = "<!-- sources -->\n"


def template(name: str) -> str:
    """Read a template or style sheet."""
    return (files("caresim.reports") / "templates" / name).read_text(encoding="utf-8")


def _measures(run: Run) -> list[tuple[str, DataTable]]:
    """Return a table an area: measures down, years across."""
    tables = []
    for area in dict.fromkeys((run.county, *run.unitaries)):
        rows = []
        for code, unit in run.units().items():
            found = [run.measure(code, area, year) for year in run.years]
            if any(found):
                cells = (with_interval(code, value, unit) for value in found)
                rows.append((words.measure(code, unit).label, *cells))
        if rows:
            caption = f"{area}: {run.interval_as('mean and, under it, ')}"
            tables.append((area, DataTable(caption, ("Measure", *run.years), tuple(rows))))
    return tables


_COLUMNS = ("Number", "Value", "Unit", "Evidence grade", "Low to high", "Source", "Set in")


def _assumptions(run: Run) -> list[tuple[str, DataTable]]:
    """Return a table a part of the config."""
    parts: dict[str, list[tuple[str, ...]]] = {}
    for row in run.assumptions:
        parts.setdefault(str(row.get("path")).split(".", maxsplit=1)[0], []).append(_assumption(row))
    return [
        (
            words.capital(words.name(part)),
            DataTable(f"Numbers in force: {part}", _COLUMNS, tuple(rows), frozenset(_COLUMNS)),
        )
        for part, rows in parts.items()
    ]


def _assumption(row: Mapping[str, Any]) -> tuple[str, ...]:
    low, high = row.get("low"), row.get("high")
    between = f"{plain(low)} to {plain(high)}" if low is not None and high is not None else "not given"
    place = str(row.get("file") or "not given")
    if row.get("line"):
        place += f":{row['line']}"
    unit = str(row.get("unit") or "not given")
    return (
        str(row.get("path")),
        plain(row.get("value")),
        unit,
        grade(row),
        between,
        source(row),
        place,
    )


def _grades(run: Run) -> list[tuple[str, int]]:
    """Count the numbers in force by grade."""
    counts: dict[str, int] = {}
    for row in run.assumptions:
        counts[grade(row)] = counts.get(grade(row), 0) + 1
    return sorted(counts.items())


def made(run: Run) -> list[tuple[str, str]]:
    """List how the run was made."""
    number = (("Replications", run.manifest.get("replications")),)
    return made_again(run.manifest, run.starts, run.years, number, "config")

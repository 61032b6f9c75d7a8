"""Put a comparison on one self-contained page."""

from __future__ import annotations

from markupsafe import Markup

from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.findings import GRADES, findings
from caresim.reports.decision.option import Option
from caresim.reports.decision.readers import sections
from caresim.reports.figures.pressure import KEY as PRESSURE
from caresim.reports.findings import grade, source
from caresim.reports.how_made import made_again
from caresim.reports.html import environment, template, with_sources
from caresim.reports.sources import Numbers

_COLUMNS = ("What it acts on", "Change", "Size and range", "Evidence grade", "Source")
COLUMNS_TEXT = frozenset(_COLUMNS[1:])


def page(decision: Decision, charts: list[Chart | Missing], numbers: Numbers | None = None) -> str:
    """Return the whole page of a comparison as HTML; it adds what it cites to `numbers`."""
    return with_sources(
        environment()
        .get_template("decision.html.j2")
        .render(
            decision=decision,
            found=findings(decision, charts),
            charts=[chart for chart in charts if isinstance(chart, Chart) and chart.key != PRESSURE],
            missing=[chart for chart in charts if isinstance(chart, Missing)],
            sections=sections(decision, [c for c in charts if isinstance(c, Chart) and c.key == PRESSURE]),
            assumptions=[(o.name, data) for o in decision.options if (data := assumed(o))],
            grade_words=GRADES,
            made=made(decision),
            css=Markup(template("report.css")),
        ),
        numbers,
    )


def assumed(option: Option) -> DataTable | None:
    """List the sizes of an option's effects with their grades."""
    rows = []
    for size in option.sizes:
        row = {"grade": size.grade, "source": size.source}
        rows.append((size.acts_on, size.change, size.in_words, grade(row), source(row)))
    return DataTable(f"Sizes of effects: {option.name}", _COLUMNS, tuple(rows), COLUMNS_TEXT) if rows else None


def made(decision: Decision) -> list[tuple[str, str]]:
    """List how the comparison was made."""
    manifest = decision.manifest
    pairs = (
        ("Pairs", manifest.get("replications")),
        ("Pairs that draw sizes of effects", manifest.get("draws")),
    )
    return made_again(manifest, decision.starts, decision.years, pairs, "baseline")

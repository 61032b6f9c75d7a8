"""A committee paper: what is asked, what was found, the options, the risks, and what it rests on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.findings import GRADES, Findings, findings
from caresim.reports.decision.html import made
from caresim.reports.decision.risks import risks

_WIDTH_CM = 17.0
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # of files in the archive: same tables, same bytes
Document = Any  # python-docx has no complete types
_HEADER = "w:tblHeader"


def write(path: Path, decision: Decision, charts: Sequence[Chart | Missing]) -> None:
    """Write the paper as a Word document."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2.0))
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10.5)
    for language in document.styles.element.xpath("//w:rPrDefault//w:lang"):
        language.set(qn("w:val"), "en-GB")
    found = findings(decision, charts)
    _describe(document, decision, found)
    _paper(document, decision, found, charts)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_steady(buffer.getvalue()))


def _describe(document: Document, decision: Decision, found: Findings) -> None:
    facts, day = document.core_properties, decision.starts
    facts.title, facts.author, facts.subject = clean(found.title)[:250], "caresim", clean(decision.name)[:250]
    facts.language = "en-GB"
    facts.created = facts.modified = datetime(day.year, day.month, day.day)
    facts.last_modified_by, facts.revision = "caresim", 1


def _paper(document: Document, decision: Decision, found: Findings, charts: Sequence[Chart | Missing]) -> None:
    document.add_heading(clean(decision.name), level=0)
    document.add_paragraph("Committee paper, drafted by caresim from a simulation. It is not an observation.")
    document.add_heading("1. Summary", level=1)
    _sentence(document, "Question. ", found.question)
    _sentence(document, "Finding. ", f"{found.title}.")
    _sentence(document, "Answer. ", found.answer)
    for label, text in found.facets:
        _sentence(document, f"{label}. ", text)
    document.add_paragraph(clean(found.sure))
    document.add_heading("2. Options", level=1)
    if found.options:
        _table(document, found.options)
    if found.under_options:
        document.add_paragraph(clean(found.under_options))
    document.add_heading("3. What was found", level=1)
    for number, chart in enumerate((c for c in charts if isinstance(c, Chart)), start=1):
        _figure(document, number, chart)
    document.add_heading("4. Risks", level=1)
    for label, text in risks(decision, found):
        _sentence(document, f"{label}. ", text, "List Bullet")
    document.add_heading("5. Assumptions", level=1)
    _assumptions(document, decision, found)
    document.add_heading("6. What was not looked at", level=1)
    for item in found.not_looked_at:
        document.add_paragraph(clean(item), style="List Bullet")
    document.add_heading("7. References", level=1)
    for item in references(decision):
        document.add_paragraph(clean(item), style="List Bullet")
    document.add_heading("8. How this was made", level=1)
    for label, text in made(decision):
        _sentence(document, f"{label}: ", text)


def _sentence(document: Document, label: str, text: str, style: str | None = None) -> None:
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(clean(label)).bold = True
    paragraph.add_run(clean(text))


def _figure(document: Document, number: int, chart: Chart) -> None:
    from docx.shared import Cm

    document.add_heading(clean(f"Figure {number}. {chart.title}"), level=2)
    if chart.png:
        document.add_picture(io.BytesIO(chart.png), width=Cm(_WIDTH_CM))
        drawing = document.paragraphs[-1].runs[-1]._element.xpath(".//wp:docPr")[0]
        drawing.set("descr", clean(chart.alt))
        drawing.set("title", clean(chart.title))
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(clean(" ".join((f"{chart.subtitle}.", *chart.notes))))


def _table(document: Document, data: DataTable) -> None:
    from docx.shared import Pt

    document.add_paragraph(clean(data.caption)).paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(data.columns))
    table.style = "Light Grid Accent 1"
    for cell, heading in zip(table.rows[0].cells, data.columns, strict=True):
        cell.text = clean(heading)
    _repeat(table.rows[0])
    for row in data.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(text)
    widths = _widths(data)
    for line in table.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = width
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(8)


def _widths(data: DataTable) -> list[Any]:
    """Share the page's width out by the longest line of each column, within bounds."""
    from docx.shared import Cm

    columns = zip(data.columns, *data.rows, strict=True)
    lengths = [max(len(part) for cell in column for part in cell.split("\n")) for column in columns]
    weights = [min(max(length, 7), 30) for length in lengths]
    return [Cm(_WIDTH_CM * weight / sum(weights)) for weight in weights]


def _repeat(row: Any) -> None:
    """Mark a row as the table's heading, so that it is read as one and repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    heading = OxmlElement(_HEADER)
    heading.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(heading)


def _assumptions(document: Document, decision: Decision, found: Findings) -> None:
    document.add_paragraph(clean("Those that matter most. " + found.ranked_by))
    for basis in found.rests_on:
        _sentence(document, f"{basis.sentence}. ", f"Grade {basis.grade}. {basis.source}", "List Bullet")
    letters = "; ".join(f"{letter}: {meaning}" for letter, meaning in GRADES.items())
    document.add_paragraph(clean(f"Grades of evidence: {letters}."))
    lead = decision.lead
    if lead is None or not lead.sizes:
        return
    from caresim.reports.decision.html import assumed

    data = assumed(lead)
    if data:
        _table(document, data)
    document.add_paragraph(
        "The sizes of every option and every number of the baseline are in the workbook, report.xlsx."
    )


def references(decision: Decision) -> list[str]:
    """List the sources of the options' numbers, each once, and the model itself."""
    sources = [size.source for option in decision.options for size in option.sizes]
    costs = [
        str(cost.get(name, {}).get("source"))
        for option in decision.options
        for change in option.changes
        for cost in change.get("costs") or ()
        for name in ("revenue_a_year", "capital", "one_off", "pounds")
        if isinstance(cost.get(name), dict) and cost[name].get("source")
    ]
    kept = [text for text in dict.fromkeys([*sources, *costs]) if text != "no source given"]
    version = (decision.manifest.get("versions") or {}).get("caresim", "")
    model = f"caresim {version}: simulation of integrated care demand; documentation and evidence register with it."
    return [*sorted(kept), " ".join(model.split())]


def clean(text: object) -> str:
    """Leave out characters that a Word document cannot hold."""
    return "".join(c for c in str(text) if c in "\n\t" or ord(c) >= 32)


def _steady(data: bytes) -> bytes:
    """Pack the archive again with one date for all files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            info = zipfile.ZipInfo(item.filename, _SAME_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(item.filename))
    return out.getvalue()


__all__ = ["references", "write"]

"""A committee paper: what is asked, what was found, the options, the risks, and what it rests on."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from caresim.reports import words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision.budgets import against_budget, budget_notes, overspent
from caresim.reports.decision.citations import citations, keys_in, number_keys
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.finance import downside, plan
from caresim.reports.decision.findings import GRADES, Findings, findings
from caresim.reports.decision.html import made
from caresim.reports.decision.option import Option
from caresim.reports.decision.readers import shown
from caresim.reports.decision.risks import risks
from caresim.reports.decision.word_table import WIDTH_CM, add_table
from caresim.reports.sources import Cited, Numbers

_OWN = ("assumption", "a choice", "as ", "baseline", "convention", "definition")  # no source but a reason
RECOMMENDATION = (
    "For officers to write. This paper says what a simulation found and what it rests on, not what to choose."
)
_SIGN, _NO_BREAK = re.compile(r"(?<=[+\N{MINUS SIGN}])(?=£)"), "\ufeff"  # a space of no width
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # of files in the archive: same tables, same bytes
Document = Any  # python-docx has no complete types


def write(path: Path, decision: Decision, charts: Sequence[Chart | Missing], numbers: Numbers | None = None) -> None:
    """Write the paper as a Word document; `numbers` are those of sources that the page and workbook cite."""
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
    _headings(document)
    _footer(section, decision)
    for language in document.styles.element.xpath("//w:rPrDefault//w:lang"):
        language.set(qn("w:val"), "en-GB")
    found = findings(decision, charts)
    _describe(document, decision, found)
    _paper(document, decision, found, charts, Cited(numbers))
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_steady(buffer.getvalue()))


def _headings(document: Document) -> None:
    """Give headings the letters of the text, in black: theirs are a theme's, which not every machine has."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in (("Title", 20), ("Heading 1", 14), ("Heading 2", 11.5)):
        font = document.styles[name].font
        font.name, font.size, font.color.rgb = "Arial", Pt(size), RGBColor(0, 0, 0)
        fonts = document.styles[name].element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def _footer(section: Any, decision: Decision) -> None:
    """Say on every page what it is, and its number."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = section.footer.paragraphs[0]
    end = "" if decision.name.endswith((".", "?", "!")) else "."
    paragraph.add_run(clean(f"{decision.name}{end} A simulation, not an observation. Page ")).font.size = Pt(8)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(8)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _describe(document: Document, decision: Decision, found: Findings) -> None:
    facts, day = document.core_properties, decision.starts
    facts.title, facts.author, facts.subject = clean(found.title)[:250], "caresim", clean(decision.name)[:250]
    facts.language = "en-GB"
    facts.created = facts.modified = datetime(day.year, day.month, day.day)
    facts.last_modified_by, facts.revision = "caresim", 1


def _paper(
    document: Document, decision: Decision, found: Findings, charts: Sequence[Chart | Missing], cited: Cited
) -> None:
    document.add_heading(clean(decision.name), level=0)
    document.add_paragraph("Committee paper, drafted by caresim from a simulation. It is not an observation.")
    document.add_heading("1. Summary", level=1)
    _sentence(document, "Question. ", found.question)
    _sentence(document, "Finding. ", f"{found.title}.")
    _sentence(document, "Answer. ", found.answer)
    for label, text in found.facets:
        _sentence(document, f"{label}. ", text)
    document.add_paragraph(clean(found.sure))
    _sentence(document, "Recommendation. ", RECOMMENDATION)
    document.add_heading("2. Options", level=1)
    if found.options:
        _table(document, found.options)
    if found.under_options:
        document.add_paragraph(clean(found.under_options))
    document.add_heading("3. What was found", level=1)
    for number, chart in enumerate((c for c in charts if isinstance(c, Chart)), start=1):
        _figure(document, number, chart)
    document.add_heading("4. Money", level=1)
    _money(document, decision)
    document.add_heading("5. Risks", level=1)
    for label, text in risks(decision, found):
        _sentence(document, f"{label}. ", text, "List Bullet")
    document.add_heading("6. Assumptions", level=1)
    _assumptions(document, decision, found)
    document.add_heading("7. What was not looked at", level=1)
    for item in found.not_looked_at:
        document.add_paragraph(clean(item), style="List Bullet")
    number_keys(document, cited)
    document.add_heading("8. References", level=1)
    for item in references(decision, cited):
        document.add_paragraph(clean(item), style=None if item.startswith("[") else "List Bullet")
    document.add_heading("9. How this was made", level=1)
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
        document.add_picture(io.BytesIO(chart.png), width=Cm(WIDTH_CM))
        drawing = document.paragraphs[-1].runs[-1]._element.xpath(".//wp:docPr")[0]
        drawing.set("descr", clean(chart.alt))
        drawing.set("title", clean(chart.title))
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(clean(" ".join((f"{chart.subtitle}.", *chart.notes))))


def _table(document: Document, data: DataTable) -> None:
    add_table(document, data, clean)


def _money(document: Document, decision: Decision) -> None:
    """Lay out what it means for the council's plan, the downside, and what is known of budgets."""
    options = shown(decision)
    found = [make(decision, options) for make in (plan, downside, against_budget, overspent)]
    for data in found:
        if data is not None:
            _table(document, data)
    if not any(found):
        document.add_paragraph("Money was not compared.")
    for note in budget_notes(decision):
        document.add_paragraph(clean(note))


def _assumptions(document: Document, decision: Decision, found: Findings) -> None:
    document.add_paragraph(clean("Those that matter most. " + found.ranked_by))
    for basis in found.rests_on:
        _sentence(document, f"{basis.sentence}. ", f"Grade {basis.grade}. {reason(basis.source)}", "List Bullet")
    letters = "; ".join(f"{letter}: {meaning}" for letter, meaning in GRADES.items())
    document.add_paragraph(clean(f"Grades of evidence: {letters}."))
    lead = decision.lead
    if lead is None or not lead.sizes:
        return
    _table(document, sizes(lead))
    document.add_paragraph(
        "The sizes of every option and every number of the baseline are in the workbook, report.xlsx."
    )


def sizes(option: Option) -> DataTable:
    """Lay out the sizes of an option's effects for print: what each acts on in words, value, grade, source."""
    rows = []
    for size in option.sizes:
        known = size.low is not None and size.high is not None
        value = size.in_words if known else f"{size.in_words}\nno range given"
        rows.append((f"{size.acts_on}\n{size.change}", value, size.grade or "none", reason(size.source)))
    columns = ("What it acts on", "Size and range", "Grade", "Source")
    return DataTable(f"Sizes of effects: {option.name}", columns, tuple(rows), frozenset({"Grade", "Source"}))


def reason(source: str) -> str:
    """Leave out that a source is an assumption where its grade has just said so."""
    return words.capital(source.removeprefix("assumption: "))


def references(decision: Decision, cited: Cited) -> list[str]:
    """List what the paper and the options cite by number, then other sources of their numbers, and the model itself."""
    sources = [size.source for option in decision.options for size in option.sizes]
    costs = [
        str(cost.get(name, {}).get("source"))
        for option in decision.options
        for change in option.changes
        for cost in change.get("costs") or ()
        for name in ("revenue_a_year", "capital", "one_off", "pounds")
        if isinstance(cost.get(name), dict) and cost[name].get("source")
    ]
    given = [text for text in dict.fromkeys([*sources, *costs]) if text != "no source given"]
    for key in keys_in(given):
        cited.number(key)
    numbered = [f"[{number}] {citations()[source.key]}" for number, source in cited.listed]
    others = [text for text in given if not text.startswith(_OWN) and not keys_in([text])]
    count = sum(text.startswith(_OWN) for text in given)
    own = [f"{words.count(count, 'further number')} of the options: assumptions or choices, with their reasons in "
           "report.xlsx, sheet Effects."] if count else []  # fmt: skip
    return [*numbered, *sorted(others), *own, _model(decision)]


def _model(decision: Decision) -> str:
    version = str((decision.manifest.get("versions") or {}).get("caresim", ""))
    name = f"caresim {version}".strip() if version[:1].isdigit() else "caresim"
    return f"{name}: simulation of integrated care demand; its documentation comes with it."


def clean(text: object) -> str:
    """Leave out characters that a Word document cannot hold, and keep a sign on the line of its amount."""
    return _SIGN.sub(_NO_BREAK, "".join(c for c in str(text) if c in "\n\t" or ord(c) >= 32))


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

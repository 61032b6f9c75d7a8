"""Tables of a committee paper: widths that hold, rows that stay whole, numbers to the right."""

from __future__ import annotations

from typing import Any

from caresim.reports.chart import DataTable

WIDTH_CM = 17.0
_SIZE_POINTS, _LONGEST, _KEPT = 8, 34, 14  # points, letters of a line, rows that stay on one page
_LETTER_CM, _MARGINS_CM = 0.17, 0.45  # of bold letters of that size, of a cell
_RIGHT = 2  # of docx.enum.text.WD_ALIGN_PARAGRAPH
Document = Any  # python-docx has no complete types


def add_table(document: Document, data: DataTable, clean: Any) -> None:
    """Add a table below its caption; `clean` leaves out what a document cannot hold."""
    from docx.shared import Pt

    caption = document.add_paragraph(clean(data.caption))
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(data.columns))
    table.style, table.autofit = "Light List", False
    for cell, heading in zip(table.rows[0].cells, data.columns, strict=True):
        cell.text = clean(heading)
    _mark(table.rows[0], "w:tblHeader")
    for row in data.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(text)
    widths = widths_of(data)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, line in enumerate(table.rows):
        _mark(line, "w:cantSplit")
        for place, (cell, width) in enumerate(zip(line.cells, widths, strict=True)):
            cell.width = width
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(1)
                paragraph.paragraph_format.keep_with_next = len(data.rows) <= _KEPT and number < len(data.rows)
                if place and not _is_text(data, place):
                    paragraph.alignment = _RIGHT
                for run in paragraph.runs:
                    run.font.size = Pt(_SIZE_POINTS)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def widths_of(data: DataTable) -> list[Any]:
    """Share the page's width out: first what the longest word of each column takes, then by the longest line."""
    from docx.shared import Cm

    columns = list(zip(data.columns, *data.rows, strict=True))
    words = [max(len(word) for cell in column for word in cell.split()) if any(column) else 1 for column in columns]
    lines = [max(len(part) for cell in column for part in cell.split("\n")) for column in columns]
    least = [_MARGINS_CM + _LETTER_CM * min(word, _LONGEST) for word in words]
    wanted = [min(line, _LONGEST) - min(word, _LONGEST) for line, word in zip(lines, words, strict=True)]
    left = WIDTH_CM - sum(least)
    if left <= 0 or not any(wanted):
        return [Cm(WIDTH_CM * cm / sum(least)) for cm in least]
    return [Cm(cm + left * more / sum(wanted)) for cm, more in zip(least, wanted, strict=True)]


def _is_text(data: DataTable, place: int) -> bool:
    return data.columns[place] in data.texts


def _mark(row: Any, name: str) -> None:
    """Mark a row: as the heading, read and repeated as one on every page; or as one that no page break parts."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)

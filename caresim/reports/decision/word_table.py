"""Tables of a committee paper: widths that hold, rows that stay whole, numbers to the right."""

from __future__ import annotations

from typing import Any

from caresim.reports.chart import DataTable

WIDTH_CM = 17.0
_POINTS, _LEAST_POINTS = 8.0, 6.0  # size of letters, and how small they may become
_LONGEST, _KEPT = 34, 14  # letters of a line, rows that stay on one page
_LETTER_CM, _MARGINS_CM = 0.17, 0.45  # of bold letters of 8 points, of a cell
_RIGHT = 2  # of docx.enum.text.WD_ALIGN_PARAGRAPH
Document = Any  # python-docx has no complete types


def add_table(document: Document, data: DataTable, clean: Any) -> None:
    """Add a table below its caption; `clean` leaves out what a document cannot hold."""
    from docx.shared import Cm, Pt

    caption = document.add_paragraph(clean(data.caption))
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(data.columns))
    table.style, table.autofit = "Light List", False
    points = points_of(data)
    widths = widths_of(data, points)
    for cell, heading in zip(table.rows[0].cells, data.columns, strict=True):
        cell.text = clean(heading)
    _mark(table.rows[0], "w:tblHeader")
    for row in data.rows:
        for place, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            is_number = place and not _is_text(data, place)
            cell.text = clean(in_lines(text, letters_in(widths[place], points)) if is_number else text)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, line in enumerate(table.rows):
        _mark(line, "w:cantSplit")
        for place, (cell, width) in enumerate(zip(line.cells, widths, strict=True)):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(1)
                paragraph.paragraph_format.keep_with_next = len(data.rows) <= _KEPT and number < len(data.rows)
                if place and not _is_text(data, place):
                    paragraph.alignment = _RIGHT
                for run in paragraph.runs:
                    run.font.size = Pt(points)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def points_of(data: DataTable) -> float:
    """Give the size of letters at which the longest words of all columns stand side by side, in half points."""
    room = WIDTH_CM - _MARGINS_CM * len(data.columns)
    fitting = _POINTS * room / (_LETTER_CM * sum(longest_words(data)))
    return max(_LEAST_POINTS, min(_POINTS, int(2 * fitting) / 2))


def widths_of(data: DataTable, points: float = _POINTS) -> list[float]:
    """Share the page's width out (cm): first what the longest word of each column takes, then by the longest line."""
    columns = list(zip(data.columns, *data.rows, strict=True))
    words = longest_words(data)
    lines = [max(len(part) for cell in column for part in cell.split("\n")) for column in columns]
    least = [_MARGINS_CM + _LETTER_CM * points / _POINTS * word for word in words]
    wanted = [min(line, _LONGEST) - word for line, word in zip(lines, words, strict=True)]
    left = WIDTH_CM - sum(least)
    if left <= 0 or not any(wanted):
        return [WIDTH_CM * cm / sum(least) for cm in least]
    return [cm + left * more / sum(wanted) for cm, more in zip(least, wanted, strict=True)]


def longest_words(data: DataTable) -> list[int]:
    """Give the letters of the longest word of each column; at most those of a line."""
    columns = [" ".join(column).split() for column in zip(data.columns, *data.rows, strict=True)]
    return [min(max(map(len, words), default=1), _LONGEST) for words in columns]


def letters_in(width: float, points: float) -> int:
    """Give how many letters a line of a cell holds."""
    return int((width - _MARGINS_CM) / (_LETTER_CM * points / _POINTS))


def in_lines(text: str, letters: int) -> str:
    """Put the end of a range that is too long for a line on the next: else a line may end with its minus sign."""
    return "\n".join(line.replace(" to ", "\nto ") if len(line) > letters else line for line in text.split("\n"))


def _is_text(data: DataTable, place: int) -> bool:
    return data.columns[place] in data.texts


def _mark(row: Any, name: str) -> None:
    """Mark a row: as the heading, read and repeated as one on every page; or as one that no page break parts."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)

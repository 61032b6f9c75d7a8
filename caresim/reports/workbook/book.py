"""A workbook whose text is never a formula and whose tables are real ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import xlsxwriter

from caresim.reports import palette
from caresim.reports.sources import Cited, Numbers

Sheet = Any  # xlsxwriter ships no types
Format = Any

_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_WIDEST, _NARROWEST = 60, 9
HEAD_ROW = 3  # title, note, blank, then the table


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading and how its numbers look; no number format means text.

    In a verbatim column the keys of the evidence register stay as they are.
    """

    heading: str
    number: str | None = None
    width: float | None = None
    verbatim: bool = False


class Subject(Protocol):
    """What a workbook is about: a run or a comparison."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was run, with what."""

    @property
    def starts(self) -> date:
        """The first day reported."""


class Book:
    """Writes sheets and remembers them for the contents."""

    def __init__(self, path: Path, run: Subject, numbers: Numbers | None = None) -> None:
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._formats: dict[frozenset[tuple[str, object]], Format] = {}
        self.entries: list[tuple[str, str]] = []
        self.cited = Cited(numbers)
        day = run.starts
        self._book.set_properties(
            {
                "title": str(run.manifest.get("name") or "caresim run"),
                "author": "caresim",
                "created": datetime(day.year, day.month, day.day),
            }
        )
        self._book.set_calc_mode("auto")

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def format(self, **changes: object) -> Format:
        """Return a cell format, made once."""
        key = frozenset(changes.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_FONT, **changes})
        return self._formats[key]

    def name(self, name: str, reference: str) -> None:
        """Give a cell a name that formulas can use."""
        self._book.define_name(name, f"={reference}")

    def reserve(self, name: str) -> Sheet:
        """Add a sheet to be filled later."""
        return self._book.add_worksheet(name)

    def sheet(self, name: str, title: str, note: str) -> Sheet:
        """Add a sheet with its title and a note on what it holds."""
        sheet = self._book.add_worksheet(name)
        self.entries.append((name, title))
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, title, self.format(bold=True, font_size=14, font_color=palette.DARK_BLUE))
        sheet.write_string(1, 0, note, self.format(font_color=palette.MUTED))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def put(
        self, sheet: Sheet, row: int, column: int, value: object, number: str | None = None, **look: object
    ) -> None:
        """Write a value as what it is: text as text, numbers as numbers, nothing where there is no number.

        A text cites by number what it names by its key.
        """
        if isinstance(value, str):
            sheet.write_string(row, column, self.cited.told(value), self.format(**look))
            return
        if isinstance(value, bool) or value is None:
            value = "" if value is None else "yes" if value else "no"
        if isinstance(value, int | float):
            if math.isfinite(value):
                shown = {**look, "num_format": number} if number else look
                sheet.write_number(row, column, value, self.format(**shown))
            else:
                sheet.write_string(row, column, "no limit" if value == math.inf else "", self.format(**look))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.format(num_format="d mmm yyyy", align="left", **look))
        else:
            text = str(value)
            sheet.write_string(row, column, text, self.format(**look))

    def table(
        self, name: str, title: str, note: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]
    ) -> None:
        """Add a sheet that is one filtered table with frozen headings; no rows, no sheet."""
        if not rows:
            return
        sheet = self.sheet(name, title, note)
        first, last = HEAD_ROW, HEAD_ROW + len(rows)
        heading = self.format(bold=True, text_wrap=True, bottom=2, valign="bottom")
        sheet.add_table(
            first, 0, last, len(columns) - 1,
            {
                "name": "table_" + name.lower().replace(" ", "_"), "style": "Table Style Light 1",
                "columns": [{"header": column.heading, "header_format": heading} for column in columns],
            },
        )  # fmt: skip
        for line, row in enumerate(rows, start=first + 1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                if column.verbatim:
                    sheet.write_string(line, place, str(value), self.format())
                else:
                    self.put(sheet, line, place, value, column.number)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width or _width(column, [row[place] for row in rows]))
        sheet.freeze_panes(first + 1, 1)


def _width(column: Column, values: Sequence[object]) -> float:
    longest = max((len(str(value)) for value in values[:500] if isinstance(value, str)), default=0)
    words = max(len(word) for word in column.heading.split(" "))
    return min(_WIDEST, max(_NARROWEST, longest * 1.05 + 2, words * 1.2 + 3, 13 if column.number else 0))

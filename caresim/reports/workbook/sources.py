"""The sheet of what the numbers in brackets on the other sheets stand for."""

from __future__ import annotations

from caresim.reports.workbook.book import Book, Column

_HEADS = (
    Column("Number"), Column("Who, and where", width=60), Column("Year"), Column("Evidence grade"),
    Column("What it says", width=60), Column("Address", width=60), Column("Key in the config", width=40, verbatim=True),
)  # fmt: skip


def sources(book: Book) -> None:
    """List what the sheets written so far cite, if anything."""
    rows = [
        (f"[{number}]", source.title, source.year, source.grade, source.says, source.address, source.key)
        for number, source in book.cited.listed
    ]
    note = "Numbers in brackets on the other sheets stand for these."
    book.table("Sources", "Who says what, when, where, with the grade of its evidence", note, _HEADS, rows)

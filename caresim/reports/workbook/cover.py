"""The first two sheets: what this is, and what is in it."""

from __future__ import annotations

from caresim.reports import findings, palette, words
from caresim.reports.chart import Chart, Missing
from caresim.reports.facts import Run
from caresim.reports.html import made
from caresim.reports.workbook.book import Book, Sheet


def cover(book: Book, run: Run, charts: list[Chart | Missing]) -> None:
    """Say what was run, when it plays, with which seed and versions, and how sure the numbers are."""
    sheet = book.sheet("Cover", str(run.manifest.get("name") or "caresim run"), "A simulation, not an observation.")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    found = findings.findings(run, charts)
    rows = [("Finding", found.title), ("Answer", found.answer)]
    rows += [("Cut off", run.cut_off)] * (run.cut_off != "")
    rows += [("What", "Health and care demand, simulated with caresim"), *made(run)]
    if run.manifest.get("duration_seconds") is not None:
        rows.append(("Time taken", words.duration(float(run.manifest["duration_seconds"]))))
    rows += [
        ("Intervals", f"Low and high: {run.interval}."),
        ("Ranges", f"p05 and p95 are the {words.SPREAD_NAME}. What is not known about the inputs is in neither."),
        ("Grades of evidence", "; ".join(f"{letter} {meaning}" for letter, meaning in findings.GRADES.items())),
        ("Every replication", "is in the folder tables, as Parquet files; sheets here are means over replications."),
        ("To change a price", "change the shaded cells of sheet Inputs; sheet Money follows at once."),
    ]
    for line, (label, text) in enumerate(rows, start=3):
        book.put(sheet, line, 0, label, bold=True)
        book.put(sheet, line, 1, text, text_wrap=True)
        sheet.set_row(line, 13.5 * (1 + len(text) // 100))


def contents(book: Book, sheet: Sheet) -> None:
    """List the sheets with links."""
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, "Contents", book.format(bold=True, font_size=14, font_color=palette.DARK_BLUE))
    sheet.set_column(0, 0, 22)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(1, 1, 90)
    link = book.format(font_color=palette.DARK_BLUE, underline=1)
    for line, (name, title) in enumerate(book.entries, start=2):
        sheet.write_url(line, 0, f"internal:'{name}'!A1", link, name)
        book.put(sheet, line, 1, title)

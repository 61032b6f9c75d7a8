"""The first sheets: what this is, and the options side by side."""

from __future__ import annotations

from caresim.reports import words
from caresim.reports.chart import Chart, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.findings import findings
from caresim.reports.decision.gains import chance_of_payback, gainers
from caresim.reports.decision.html import made
from caresim.reports.decision.option import Option
from caresim.reports.decision.workbook.lines import POUNDS, Line, column, present, unique_names
from caresim.reports.findings import GRADES
from caresim.reports.workbook.book import HEAD_ROW, Book


def cover(book: Book, decision: Decision, charts: list[Chart | Missing]) -> None:
    """Say what was compared, with which seed and versions, and how sure the numbers are."""
    sheet = book.sheet("Cover", decision.name, "A simulation, not an observation.")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    found = findings(decision, charts)
    rows = [("Question", found.question), ("Finding", found.title), ("Answer", found.answer), *found.facets]
    rows += [("How sure", found.sure)]
    rows += [("Rests on", f"{basis.sentence}. Grade {basis.grade}. {basis.source}") for basis in found.rests_on]
    rows += [("Speaks against", f"{name}: {text}") for name, text in found.against]
    rows += [("Not looked at", text) for text in found.not_looked_at]
    rows += [
        ("Intervals", f"Low and high: {phrases.MEAN}."),
        ("Chance", f"p05 and p95 of pairs: {phrases.SPREAD}."),
        ("Chance and evidence", f"p05 and p95 of draws: {phrases.OPEN}."),
        ("Grades of evidence", "; ".join(f"{letter} {meaning}" for letter, meaning in GRADES.items())),
        ("To change a price", "change the shaded cells of Inputs; Lines, Budget book and Options follow at once."),
        *made(decision),
    ]
    for line, (label, text) in enumerate(rows, start=3):
        book.put(sheet, line, 0, label, bold=True)
        book.put(sheet, line, 1, text, text_wrap=True)
        sheet.set_row(line, 13.5 * (1 + len(text) // 108))


_HEADINGS = (
    ("Option", None, 38), ("Saving, last year", POUNDS, 15), ("Interval from", POUNDS, 14),
    ("Interval to", POUNDS, 14), ("Chance 5%", POUNDS, 14), ("Chance 95%", POUNDS, 14),
    ("Chance and evidence 5%", POUNDS, 14), ("Chance and evidence 95%", POUNDS, 14), ("Cost, last year", POUNDS, 14),
    ("Net present value, appraisal", POUNDS, 16), ("Value from", POUNDS, 14), ("Value to", POUNDS, 14),
    ("Value, cashable only", POUNDS, 14), ("Value after optimism bias", POUNDS, 14),
    ("Net present value at your inputs", POUNDS, 16), ("Payback month", "0", 10), ("Probability of payback", "0%", 12),
    ("Evidence grade", None, 10), ("Contested", None, 10), ("Who gains", None, 60), ("Who pays", None, 50),
    ("At your inputs less the appraisal", POUNDS, 16),
)  # fmt: skip

_LESS = len(_HEADINGS) - 1


def options(book: Book, decision: Decision, found: list[Line]) -> None:
    """Write the options side by side; the value at your inputs is a formula over sheet Lines."""
    if not decision.options:
        return
    note = (
        f"Last year: {decision.last_year}. Saving: hospital-driven cost, gross, first 52 weeks. Value: to the "
        "public purse. The value at your inputs is worked out from yearly means by budget line. At the inputs of the "
        "run it is the appraisal's, save that spot purchases grow as their service does and that rates by year are one."
    )
    sheet = book.sheet("Options", "The options side by side", note)
    for place, (heading, _, width) in enumerate(_HEADINGS):
        book.put(sheet, HEAD_ROW, place, heading, bold=True, text_wrap=True, bottom=2)
        sheet.set_column(place, place, width)
    sheet.set_row(HEAD_ROW, 44)
    names = unique_names(decision)
    for row, option in enumerate(decision.options, start=HEAD_ROW + 1):
        for place, ((_, number, _), value) in enumerate(zip(_HEADINGS, _row(decision, option), strict=True)):
            book.put(sheet, row, place, names[option.key] if place == 0 else value, number)
        if found:
            _live(book, sheet, decision, row, [line for line in found if line.option == option.key], len(found))
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(decision.options), len(_HEADINGS) - 1)


def _live(book: Book, sheet: object, decision: Decision, row: int, mine: list[Line], count: int) -> None:
    value = sum(present(decision, line) for line in mine if line.public)
    formula = f'=SUMIFS({column("M", count)},{column("A", count)},$A{row + 1},{column("L", count)},"yes")'
    sheet.write_formula(row, 14, formula, book.format(num_format=POUNDS), value)  # type: ignore[attr-defined]
    worth = decision.worth(mine[0].option).mean if mine else float("nan")
    if words.known(worth):
        less, look = f"=O{row + 1}-J{row + 1}", book.format(num_format=POUNDS)
        sheet.write_formula(row, _LESS, less, look, value - worth)  # type: ignore[attr-defined]


def _row(decision: Decision, option: Option) -> tuple[object, ...]:
    key = option.key
    saving, drawn = decision.saving(key), decision.drawn_saving(key)
    worth, wide = decision.worth(key), decision.worth(key, drawn=True)
    ends = wide if words.known(wide.p05) else worth
    gains, pays = gainers(decision, key)
    return (
        option.name, saving.mean, saving.low, saving.high, saving.p05, saving.p95, drawn.p05, drawn.p95,
        decision.invested(key, year=decision.last_year), worth.mean, ends.p05, ends.p95,
        decision.worth(key, cash=True).mean, decision.worth(key, corrected=True).mean, None,
        decision.weighed(key, "payback_month").mean, chance_of_payback(decision, key).mean,
        "assumes no effect" if option.is_twin else option.grade or "no size given",
        "yes" if option.contested else "no", "; ".join(gains), "; ".join(pays), None,
    )  # fmt: skip

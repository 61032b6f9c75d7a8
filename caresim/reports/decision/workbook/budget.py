"""The budget book: one option, chosen from a list, by year, unitary and partner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caresim.reports import palette
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.tables import INVESTMENT
from caresim.reports.decision.workbook.lines import (
    CARE,
    PAYMENT,
    POUNDS,
    Line,
    column,
    discount_rate,
    present,
    real,
    share_of_cash,
    unique_names,
)
from caresim.reports.workbook.book import HEAD_ROW, Book

TOP = HEAD_ROW + 2  # headings, below the chosen option
_HEADINGS = ("Year", "Unitary", "Partner", "Saving on care", "Cost of the changes", "Payments received", "Net",
             "Net, cashable only", "Discount factor", "Present value of net")  # fmt: skip
_INPUT: dict[str, Any] = {"bg_color": "#FFF4CC", "border": 1, "bold": True}


def budget_book(book: Book, decision: Decision, found: list[Line]) -> None:
    """Write a row a year, unitary and partner; every number is a formula over sheet Lines."""
    note = "Choose the option in the shaded cell. Saving (+), cost (-), against the baseline, real terms."
    sheet = book.sheet("Budget book", "What one option does to each budget", note)
    names = unique_names(decision)
    lead = decision.lead.key if decision.lead else found[0].option
    book.put(sheet, HEAD_ROW, 0, "Option", bold=True)
    book.put(sheet, HEAD_ROW, 1, names[lead], **_INPUT)
    last = HEAD_ROW + 1 + len(decision.options)
    choice = {"validate": "list", "source": f"=Options!$A${HEAD_ROW + 2}:$A${last}"}
    sheet.data_validation(HEAD_ROW, 1, HEAD_ROW, 1, choice)
    book.name("Chosen", f"'Budget book'!$B${HEAD_ROW + 1}")
    for place, heading in enumerate(_HEADINGS):
        book.put(sheet, TOP, place, heading, bold=True, text_wrap=True, bottom=2)
    sheet.set_row(TOP, 32)
    mine = [line for line in found if line.option == lead]
    row = TOP
    for row, key in enumerate(_keys(decision, found), start=TOP + 1):
        _row(book, sheet, decision, row, key, mine, len(found))
    _total(book, sheet, decision, row + 1, mine)
    sheet.freeze_panes(TOP + 1, 3)
    sheet.autofilter(TOP, 0, row, len(_HEADINGS) - 1)
    for place, width in enumerate((10, 34, 30, 16, 16, 16, 16, 16, 11, 16)):
        sheet.set_column(place, place, width)


def _keys(decision: Decision, found: list[Line]) -> Iterator[tuple[str, str, str]]:
    """Give every year, unitary and partner on whom anything lands under any option."""
    there = {(line.unitary, line.partner) for line in found}
    for year in decision.weighed_years:
        for area in decision.unitaries or (decision.county,):
            yield from ((year, area, partner) for partner in decision.partners if (area, partner) in there)


def sums(decision: Decision, mine: list[Line]) -> tuple[float, float, float, float]:
    """Give saving on care, cost of changes, payments, and what of all is cashable."""
    parts = [sum(real(decision, line) for line in mine if line.kind == kind) for kind in (CARE, INVESTMENT, PAYMENT)]
    cash = sum(real(decision, line) * share_of_cash(decision, line) for line in mine)
    return parts[0], parts[1], parts[2], cash


def _row(
    book: Book, sheet: object, decision: Decision, row: int, key: tuple[str, str, str], mine: list[Line], count: int
) -> None:
    year, area, partner = key
    excel, ahead = row + 1, decision.weighed_years.index(year)
    here = [line for line in mine if (line.year, line.unitary, line.partner) == key]
    care, spent, moved, cash = sums(decision, here)
    for place, text in enumerate((year, area, phrases.partner(partner))):
        book.put(sheet, row, place, text)
    chosen = "".join(
        f",{column(letter, count)},{match}"
        for letter, match in (("A", "Chosen"), ("B", f"$A{excel}"), ("C", f"$B{excel}"), ("D", f"$C{excel}"))
    )
    factor = (1 + discount_rate(decision)) ** -ahead
    net = care + spent + moved
    kinds = (("D", CARE, care), ("E", INVESTMENT, spent), ("F", PAYMENT, moved))
    cells = [
        (place, f'=SUMIFS({column("J", count)}{chosen},{column("F", count)},"{kind}")', value, POUNDS)
        for place, (_, kind, value) in enumerate(kinds, start=3)
    ]
    cells += [
        (6, f"=D{excel}+E{excel}+F{excel}", net, POUNDS),
        (7, f"=SUMIFS({column('K', count)}{chosen})", cash, POUNDS),
        (8, f"=(1+Discount_rate)^-{ahead}/(1+Inflation)^{ahead}", factor, "0.000"),
        (9, f"=G{excel}*I{excel}", net * factor, POUNDS),
    ]
    for place, formula, value, number in cells:
        _write(sheet, row, place, formula, book.format(num_format=number), value)


def _total(book: Book, sheet: object, decision: Decision, row: int, mine: list[Line]) -> None:
    care, spent, moved, cash = sums(decision, mine)
    worth = sum(present(decision, line) for line in mine)
    book.put(sheet, row, 0, "All, the person too", bold=True, top=1)
    for place, value in ((3, care), (4, spent), (5, moved), (6, care + spent + moved), (7, cash), (9, worth)):
        letter = "ABCDEFGHIJ"[place]
        formula = f"=SUM({letter}{TOP + 2}:{letter}{row})"
        _write(sheet, row, place, formula, book.format(num_format=POUNDS, bold=True, top=1), value)
    note = "The public purse is all but the person; sheet Options has its present value for every option."
    book.put(sheet, row + 2, 0, note, font_color=palette.MUTED)


def _write(sheet: object, row: int, place: int, formula: str, look: object, value: float) -> None:
    sheet.write_formula(row, place, formula, look, value)  # type: ignore[attr-defined]

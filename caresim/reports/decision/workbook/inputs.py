"""What a finance officer may change: discounting, inflation, optimism bias, prices and cashable shares."""

from __future__ import annotations

from caresim.reports import findings, palette, words
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.price_growth import real_growth
from caresim.reports.decision.tables import INVESTMENT
from caresim.reports.decision.workbook.lines import CARE, Line, discount_rate, share_of_cash
from caresim.reports.workbook.book import HEAD_ROW, Book

_INPUT = {"bg_color": "#FFF4CC", "border": 1}
_PRICE, _SHARE, _GROWTH = '"£"#,##0.00', "0.0%", "0.00%"
_HEADINGS = ("Budget line", "Your price", "Price in the run", "Unit", "Cashable share of a saving",
             "Evidence grade of the price", "Source of the price", "Growth above inflation a year")  # fmt: skip


def inputs(book: Book, decision: Decision, found: list[Line]) -> dict[str, int]:
    """Write what may be changed; return the row of every budget line, as Excel counts them."""
    sheet = book.sheet(
        "Inputs", "What may be changed", "Change the shaded cells; Lines, Budget book and Options follow."
    )
    settings = (
        ("Discount rate a year", discount_rate(decision), "Discount_rate", "Green Book rate for real terms"),
        ("Inflation of all prices a year", 0.0, "Inflation", "general; 0% gives real terms"),
        ("Growth of the costs of changes above inflation, a year", real_growth(decision, INVESTMENT, INVESTMENT),
         "Cost_growth", "as the appraisal has it"),
        ("Optimism bias: added to costs of changes", 0.0, "Cost_uplift", "the appraisal has one by grade of evidence"),
        ("Optimism bias: taken off savings", 0.0, "Haircut", "applied to savings, not to losses"),
    )  # fmt: skip
    for row, (label, value, name, note) in enumerate(settings, start=HEAD_ROW):
        book.put(sheet, row, 0, label, bold=True)
        book.put(sheet, row, 1, value, _SHARE, **_INPUT)
        book.put(sheet, row, 2, note, font_color=palette.MUTED)
        book.name(name, f"Inputs!$B${row + 1}")
    top = HEAD_ROW + len(settings) + 1
    for place, heading in enumerate(_HEADINGS):
        book.put(sheet, top, place, heading, bold=True, text_wrap=True, bottom=2)
    sheet.set_row(top, 42)
    rows = {}
    for row, line in enumerate({line.service: line for line in found if line.kind == CARE}.values(), start=top + 1):
        rows[line.service] = row + 1
        price = decision.assumption(f"prices.{line.service}") or {}
        number = price.get("value")
        known = isinstance(number, int | float) and number > 0
        amount = float(str(number)) if known else 1.0
        book.put(sheet, row, 0, words.capital(words.name(line.service)))
        book.put(sheet, row, 1, amount, _PRICE, **_INPUT)
        book.put(sheet, row, 2, amount, _PRICE)
        book.put(sheet, row, 3, price.get("unit") if known else "index (no single price)")
        book.put(sheet, row, 4, share_of_cash(decision, line), _SHARE, **_INPUT)
        book.put(sheet, row, 5, findings.grade(price) if known else "")
        book.put(sheet, row, 6, findings.source(price) if known else "")
        book.put(sheet, row, 7, real_growth(decision, line.service, CARE), _GROWTH, **_INPUT)
    last = top + len(rows)
    if rows:
        sheet.data_validation(top + 1, 1, last, 1, {"validate": "decimal", "criteria": ">=", "value": 0})
        share = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
        sheet.data_validation(top + 1, 4, last, 4, share)
    for place, width in enumerate((44, 14, 14, 28, 16, 30, 70, 14)):
        sheet.set_column(place, place, width)
    return rows

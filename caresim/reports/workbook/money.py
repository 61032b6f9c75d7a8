"""The money sheets: prices and rules to change, and cost that follows by formula.

Activity is what the run bought: its pounds divided by its price. So with the run's own inputs every formula gives
the run's own cost, and that is the value cached beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caresim.reports import findings, palette, words
from caresim.reports.facts import Run
from caresim.reports.workbook.book import HEAD_ROW, Book, Sheet

_POUNDS, _PRICE, _SHARE, _ACTIVITY = '"£"#,##0', '"£"#,##0.00', "0.0%", "#,##0.0"
_DISCOUNT_RATE = 0.035  # HM Treasury Green Book, real social time preference rate
_INPUT = {"bg_color": "#FFF4CC", "border": 1}
CONTRIBUTIONS = "contributions"
_ITEMS = {  # lines of the ledger that have a price of their own within a service
    "assessments": "assessment",
    "reviews": "review",
    "adaptations": "adaptation",
    "spot purchase": "spot_purchase",
}
_PAYMENT = "payment"
_SETTING_ROWS = 3  # inflation, discount rate, blank


@dataclass(frozen=True)
class Line:
    """What the council bought of one item in one year and unitary, mean of replications."""

    year: str
    unitary: str
    item: str
    gross: float
    contribution: float


def money(book: Book, run: Run) -> None:
    """Write Inputs, Money and Money by year, or nothing when the run has no pounds."""
    lines = council_lines(run)
    if not lines:
        return
    items = list(dict.fromkeys(line.item for line in lines))
    prices = {item: _price(run, item) for item in items}
    shares = _shares(lines)
    rows = _inputs(book, run, items, prices, shares)
    _money(book, run, lines, rows, prices, shares)


def council_lines(run: Run) -> list[Line]:
    """Join the council's ledger, net, and what people contribute to the same service into gross cost."""
    by = ["year", "unitary", "service", "line"]
    table = run.table("money")
    table = table[~table["service"].eq(_PAYMENT)]  # what partners pay each other is no price times activity
    gathered: dict[tuple[str, str, str], list[float]] = {}
    for contributed, rows in (
        (False, table[table["partner"].eq("council")]),
        (True, table[table["partner"].eq("person") & table["line"].eq(CONTRIBUTIONS)]),
    ):
        for (year, unitary, service, line), total in run.totals(rows, by, "pounds").items():
            sums = gathered.setdefault((year, unitary, _ITEMS.get(line, service)), [0.0, 0.0])
            sums[0] += total.mean
            sums[1] += total.mean if contributed else 0.0
    order = {year: number for number, year in enumerate(run.years)}
    lines = [Line(*key, *sums) for key, sums in gathered.items() if sums[0] > 0 and key[0] in order]
    return sorted(lines, key=lambda line: (order[line.year], line.unitary, line.item))


def _price(run: Run, item: str) -> Mapping[str, Any]:
    found = run.assumption(f"prices.{item}")
    usable = found and isinstance(found.get("value"), int | float) and float(found["value"]) > 0
    return (
        found if found and usable else {"value": 1.0, "unit": "pounds (no single price)", "source": "the run's ledger"}
    )


def _shares(lines: list[Line]) -> dict[str, float]:
    """Share of gross cost that people contributed in the run, by item over all years."""
    shares = {}
    for item in dict.fromkeys(line.item for line in lines):
        gross = sum(line.gross for line in lines if line.item == item)
        shares[item] = sum(line.contribution for line in lines if line.item == item) / gross if gross else 0.0
    return shares


def _inputs(
    book: Book, run: Run, services: list[str], prices: Mapping[str, Mapping[str, Any]], shares: Mapping[str, float]
) -> dict[str, int]:
    """Write what may be changed; return the row of every service, counted from 0."""
    base = run.assumption("prices.base_year")
    at = f" The run is at prices of {base['value']}." if base else ""
    shared = "Contributions are means of all years; the first weeks of short-term care are free."
    note = f"Change the shaded cells.{at} {shared}"
    sheet = book.sheet("Inputs", "Prices, inflation and contributions to change", note)
    _settings(book, sheet)
    top = HEAD_ROW + _SETTING_ROWS
    headings = ("Service", "Your price", "Price in the run", "Unit", "Evidence grade", "Your contribution share",
                "Contribution share in the run", "Evidence grade of the share", "Source of the price")  # fmt: skip
    for place, heading in enumerate(headings):
        book.put(sheet, top, place, heading, bold=True, text_wrap=True, bottom=2)
    sheet.set_row(top, 42)
    rows = {}
    for line, service in enumerate(services, start=top + 1):
        rows[service] = line
        _price_row(book, sheet, line, service, prices[service], shares[service], run)
    for place, width in enumerate((46, 14, 14, 26, 30, 16, 16, 30, 70)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(top + 1, 1)
    last = len(services) + top
    sheet.data_validation(top + 1, 1, last, 1, {"validate": "decimal", "criteria": ">=", "value": 0})
    share = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    sheet.data_validation(top + 1, 5, last, 5, share)
    return rows


def _settings(book: Book, sheet: Sheet) -> None:
    """Write what holds for all prices."""
    book.put(sheet, HEAD_ROW, 0, "Inflation of prices a year, from the second year on", bold=True)
    book.put(sheet, HEAD_ROW, 1, 0.0, _SHARE, **_INPUT)
    book.put(sheet, HEAD_ROW, 2, "0% keeps every year at the run's prices", font_color=palette.MUTED)
    book.put(sheet, HEAD_ROW + 1, 0, "Discount rate a year", bold=True)
    book.put(sheet, HEAD_ROW + 1, 1, _DISCOUNT_RATE, _SHARE, **_INPUT)
    book.put(
        sheet, HEAD_ROW + 1, 2, "Green Book rate for real terms; used for present values", font_color=palette.MUTED
    )
    book.name("Inflation", f"Inputs!$B${HEAD_ROW + 1}")
    book.name("Discount_rate", f"Inputs!$B${HEAD_ROW + 2}")


def _price_row(
    book: Book, sheet: Sheet, line: int, service: str, price: Mapping[str, Any], contributed: float, run: Run
) -> None:
    """Write price and contribution of a service: to change, as in the run, and how good its evidence is."""
    share = run.assumption(f"prices.contribution_share.by_service.{service}") or {}
    book.put(sheet, line, 0, words.capital(words.name(service)))
    book.put(sheet, line, 1, float(price["value"]), _PRICE, **_INPUT)
    book.put(sheet, line, 2, float(price["value"]), _PRICE)
    book.put(sheet, line, 3, price.get("unit"))
    book.put(sheet, line, 4, findings.grade(price))
    book.put(sheet, line, 5, contributed, _SHARE, **_INPUT)
    book.put(sheet, line, 6, contributed, _SHARE)
    book.put(sheet, line, 7, findings.grade(share))
    book.put(sheet, line, 8, findings.source(price))


def _money(
    book: Book,
    run: Run,
    lines: list[Line],
    rows: Mapping[str, int],
    prices: Mapping[str, Mapping[str, Any]],
    shares: Mapping[str, float],
) -> None:
    note = "Council cost = activity x price x inflation; net = gross less contributions. Activity is fixed by the run."
    sheet = book.sheet("Money", "What the council pays, by year, area and service", note)
    headings = ("Year", "Unitary", "Service", "Activity", "Activity counted in", "Price", "Years of inflation",
                "Gross cost", "Contributions", "Net cost", "Gross cost in the run", "Change from the run",
                "Evidence grade of the price")  # fmt: skip
    for place, heading in enumerate(headings):
        book.put(sheet, HEAD_ROW, place, heading, bold=True, text_wrap=True, bottom=2)
    sheet.set_row(HEAD_ROW, 42)
    for row, line in enumerate(lines, start=HEAD_ROW + 1):
        _money_row(book, sheet, row, line, rows[line.item], run, prices[line.item], shares[line.item])
    first, last = HEAD_ROW + 2, HEAD_ROW + 1 + len(lines)
    sheet.autofilter(HEAD_ROW, 0, last - 1, len(headings) - 1)
    sheet.freeze_panes(HEAD_ROW + 1, 3)
    for place, width in enumerate((10, 24, 26, 14, 18, 12, 10, 15, 15, 15, 15, 15, 30)):
        sheet.set_column(place, place, width)
    _by_year(book, run, lines, shares, first, last)


def _money_row(
    book: Book, sheet: Sheet, row: int, line: Line, at: int, run: Run, price: Mapping[str, Any], share: float
) -> None:
    """Write one line of activity and the formulas that price it; rows and columns as Excel counts them."""
    activity, excel, ahead = line.gross / float(price["value"]), row + 1, run.years.index(line.year)
    for place, text in enumerate((line.year, line.unitary, words.capital(words.name(line.item)))):
        book.put(sheet, row, place, text)
    book.put(sheet, row, 3, activity, _ACTIVITY)
    book.put(sheet, row, 4, _counted_in(price))
    formulas = (
        (5, f"=Inputs!$B${at + 1}", float(price["value"]), _PRICE),
        (7, f"=D{excel}*F{excel}*(1+Inflation)^G{excel}", line.gross, _POUNDS),
        (8, f"=H{excel}*Inputs!$F${at + 1}", line.gross * share, _POUNDS),
        (9, f"=H{excel}-I{excel}", line.gross * (1 - share), _POUNDS),
        (11, f"=H{excel}-K{excel}", 0.0, _POUNDS),
    )
    book.put(sheet, row, 6, ahead, "0")
    book.put(sheet, row, 10, line.gross, _POUNDS)
    book.put(sheet, row, 12, findings.grade(price))
    for place, formula, value, number in formulas:
        sheet.write_formula(row, place, formula, book.format(num_format=number), value)


def _counted_in(price: Mapping[str, Any]) -> str:
    """Turn the unit of a price into the unit of what is bought: pounds an hour buys hours."""
    unit = str(price.get("unit") or "")
    for ending, counted in (("hour", "hours"), ("week", "weeks"), ("day", "days"), ("each", "number")):
        if unit.endswith(ending):
            return counted
    return "pounds"


def _by_year(book: Book, run: Run, lines: list[Line], shares: Mapping[str, float], first: int, last: int) -> None:
    """Add up the money sheet by year on a sheet of its own, with present values."""
    sheet = book.sheet("Money by year", "What the council pays, by year", "Sums of sheet Money, by formula.")
    headings = ("Year", "Gross cost", "Contributions", "Net cost", "Discount factor", "Present value of net cost")
    for place, heading in enumerate(headings):
        book.put(sheet, HEAD_ROW, place, heading, bold=True, text_wrap=True, bottom=2)
    sheet.set_row(HEAD_ROW, 42)
    totals = [0.0, 0.0, 0.0, 0.0]
    for number, year in enumerate(run.years):
        row, excel = HEAD_ROW + 1 + number, HEAD_ROW + 2 + number
        here = [line for line in lines if line.year == year]
        gross = sum(line.gross for line in here)
        paid = sum(line.gross * shares[line.item] for line in here)
        factor = (1 + _DISCOUNT_RATE) ** -number
        book.put(sheet, row, 0, year)
        cells = [gross, paid, gross - paid]
        for place, (letter, value) in enumerate(zip("HIJ", cells, strict=True), start=1):
            span = f"Money!${letter}${first}:${letter}${last}"
            formula = f"=SUMIFS({span},Money!$A${first}:$A${last},$A{excel})"
            sheet.write_formula(row, place, formula, book.format(num_format=_POUNDS), value)
        sheet.write_formula(row, 4, f"=(1+Discount_rate)^-{number}", book.format(num_format="0.000"), factor)
        present = (gross - paid) * factor
        sheet.write_formula(row, 5, f"=D{excel}*E{excel}", book.format(num_format=_POUNDS), present)
        totals = [total + value for total, value in zip(totals, [*cells, present], strict=True)]
    end = HEAD_ROW + 1 + len(run.years)
    book.put(sheet, end, 0, "All years", bold=True, top=1)
    for place, total in zip((1, 2, 3, 5), totals, strict=True):
        letter = "ABCDEF"[place]
        formula = f"=SUM({letter}{HEAD_ROW + 2}:{letter}{end})"
        sheet.write_formula(end, place, formula, book.format(num_format=_POUNDS, bold=True, top=1), total)
    sheet.set_column(0, 5, 20)
    sheet.freeze_panes(HEAD_ROW + 1, 1)

"""What each option saves, costs and moves, line by line, with formulas that price it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caresim.reports import words
from caresim.reports.decision import phrases
from caresim.reports.decision.cash import cashable_share
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.price_growth import real_growth, years_before
from caresim.reports.decision.tables import ALL_PARTNERS, ALL_SERVICES, INVESTMENT
from caresim.reports.workbook.book import HEAD_ROW, Book

POUNDS = '"£"#,##0;[Red]-"£"#,##0'
DISCOUNT_RATE = 0.035  # HM Treasury Green Book, real social time preference rate
PAYMENT = "payment"
CARE = "care"
PERSON = "person"
SHEET = "Lines"
_HEADINGS = (
    "Option", "Year", "Unitary", "Partner", "Budget line", "Kind", "Years from the first", "Saving in the run",
    "Your price over the run's", "Saving at your inputs", "Of which cashable", "Public purse", "Present value",
    "Growth of its price above inflation",
)  # fmt: skip
FIRST = HEAD_ROW + 2  # first row of lines as Excel counts them


@dataclass(frozen=True)
class Line:
    """A saving (+) or cost (-) of one option in one year and unitary, landing on one partner; mean of pairs."""

    option: str
    year: str
    unitary: str
    partner: str
    service: str
    saving: float

    @property
    def kind(self) -> str:
        """Whether it is care, the cost of a change, or a payment between partners."""
        return self.service if self.service in (INVESTMENT, PAYMENT) else CARE

    @property
    def public(self) -> bool:
        """Whether it lands on the public purse."""
        return self.partner != PERSON


def lines(decision: Decision) -> list[Line]:
    """Read the lines off the money differences: options in order, years, unitaries, partners, services."""
    areas, services = decision.unitaries or (decision.county,), _services(decision)
    found = []
    for option in decision.options:
        for year in decision.weighed_years:
            for area in areas:
                for partner in decision.partners:
                    for service in services:
                        value = decision.money(option.key, partner, service, area, year).mean
                        if words.known(value) and value != 0:
                            found.append(Line(option.key, year, area, partner, service, -value))
    return found


def _services(decision: Decision) -> list[str]:
    given = decision.table("money_differences")[["partner", "service"]].drop_duplicates()
    kept = given[given["partner"].ne(ALL_PARTNERS) & given["service"].ne(ALL_SERVICES)]
    return [str(service) for service in kept["service"].drop_duplicates()]


def unique_names(decision: Decision) -> dict[str, str]:
    """Give every option a name of its own, by key: formulas look options up by name."""
    names: dict[str, str] = {}
    for option in decision.options:
        taken = option.name in names.values()
        names[option.key] = f"{option.name} ({option.key})" if taken else option.name
    return names


def share_of_cash(decision: Decision, line: Line) -> float:
    """Give the cashable share of a line: all of costs and payments, else as the appraisal says, else all."""
    share = cashable_share(decision, line.service) if line.kind == CARE else None
    return 1.0 if share is None else share


def discount_rate(decision: Decision) -> float:
    """Give the discount rate of the appraisal."""
    row = decision.assumption("appraisal.discount_rate")
    value = row.get("value") if row else None
    return float(value) if isinstance(value, int | float) else DISCOUNT_RATE


def grown(decision: Decision, line: Line) -> float:
    """Give how much the price of a line has grown above inflation since the base year, at its yearly rate."""
    growth = real_growth(decision, line.service, line.kind)
    return (1 + growth) ** (decision.weighed_years.index(line.year) + years_before(decision))


def present(decision: Decision, line: Line) -> float:
    """Give the present value of a line."""
    return real(decision, line) * (1 + discount_rate(decision)) ** -decision.weighed_years.index(line.year)


def real(decision: Decision, line: Line) -> float:
    """Give the saving of a line in real terms: with what its price grows above inflation."""
    return line.saving * grown(decision, line)


def write_lines(book: Book, decision: Decision, found: list[Line], rows: Mapping[str, int]) -> None:
    """Write the lines; `rows` has the row of every budget line on sheet Inputs, as Excel counts them."""
    note = (
        "Saving (+) or cost (-) against the baseline; means of pairs. Saving in the run: at prices of the base year. "
        "Prices and their growth follow sheet Inputs."
    )
    sheet = book.sheet(SHEET, "Every saving and cost, line by line", note)
    names = unique_names(decision)
    for place, heading in enumerate(_HEADINGS):
        book.put(sheet, HEAD_ROW, place, heading, bold=True, text_wrap=True, bottom=2)
    sheet.set_row(HEAD_ROW, 42)
    money, plain = book.format(num_format=POUNDS), book.format(num_format="0.000")
    for row, line in enumerate(found, start=HEAD_ROW + 1):
        ahead, excel = decision.weighed_years.index(line.year), row + 1
        texts = (names[line.option], line.year, line.unitary, phrases.partner(line.partner),
                 words.capital(words.name(line.service)), line.kind)  # fmt: skip
        for place, text in enumerate(texts):
            book.put(sheet, row, place, text)
        book.put(sheet, row, 6, ahead, "0")
        book.put(sheet, row, 7, line.saving, POUNDS)
        book.put(sheet, row, 11, "yes" if line.public else "no")
        price, saving, cash = formulas(line, excel, rows.get(line.service, 0))
        if price:
            sheet.write_formula(row, 8, price, plain, 1.0)
        else:
            book.put(sheet, row, 8, 1.0, "0.000")
        sheet.write_formula(row, 9, saving, money, real(decision, line))
        sheet.write_formula(row, 10, cash, money, real(decision, line) * share_of_cash(decision, line))
        value = f"=J{excel}/(1+Inflation)^G{excel}*(1+Discount_rate)^-G{excel}"
        sheet.write_formula(row, 12, value, money, present(decision, line))
        growth = growth_formula(decision, line, excel, rows.get(line.service, 0))
        sheet.write_formula(row, 13, growth, plain, grown(decision, line))
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(found), len(_HEADINGS) - 1)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    for place, width in enumerate((34, 10, 24, 30, 26, 12, 10, 15, 12, 15, 15, 10, 15, 12)):
        sheet.set_column(place, place, width)


def formulas(line: Line, excel: int, at: int) -> tuple[str, str, str]:
    """Give the formulas of a line's price, saving and cashable saving."""
    inflated = f"*(1+Inflation)^G{excel}"
    if line.kind == CARE:
        price = f"=Inputs!$B${at}/Inputs!$C${at}"
        saving = f"=H{excel}*I{excel}*N{excel}{inflated}*(1-IF(H{excel}>0,Haircut,0))"
        return price, saving, f"=J{excel}*Inputs!$E${at}"
    raised = "*(1+Cost_uplift)" if line.kind == INVESTMENT else ""
    return "", f"=H{excel}*I{excel}*N{excel}{inflated}{raised}", f"=J{excel}"


def growth_formula(decision: Decision, line: Line, excel: int, at: int) -> str:
    """Give the formula of what a line's price has grown above inflation since the base year."""
    if line.kind == PAYMENT:
        return "=1"
    rate = f"Inputs!$H${at}" if line.kind == CARE else "Cost_growth"
    return f"=(1+{rate})^(G{excel}+{years_before(decision)})"


def column(letter: str, count: int) -> str:
    """Refer to a column of the lines."""
    return f"{SHEET}!${letter}${FIRST}:${letter}${FIRST + count - 1}"

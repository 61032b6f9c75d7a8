"""Findings that hold numbers: markers, tables and claims in a page of Markdown.

    <!-- n: falls.hospital_driven_cost.county.a_year -->£0.4m (£0.1m to £0.7m)<!-- /n -->
    <!-- n: -falls.bed_days.county.a_year; mean whole -->1,200<!-- /n -->
    <!-- claim: falls.present_net_all.county.all.high < 0 -->

    <!-- table: a_year
    rows: falls, care_homes = Care homes
    Hospital-driven cost: {s}.hospital_driven_cost.county.a_year
    Beds: {s}.delayed_beds.county.all; mean one
    -->
    <!-- /table -->

What stands between markers is written by a renewal; every other word is written by hand. A claim is what the words
beside it rest on: when it no longer holds, the words are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from renewing.expression import WrongExpressionError, evaluate, names_in
from renewing.number import STATISTICS, Number
from renewing.words import written

MARKER = re.compile(r"<!-- n: (?P<what>[^>]*?) -->(?P<text>.*?)<!-- /n -->", re.S)
OPENED = re.compile(r"<!-- n:")
CLAIM = re.compile(r"<!-- claim: (?P<what>.*?) -->", re.S)
TABLE = re.compile(r"<!-- table(?:: (?P<key>[\w -]+))?\n(?P<spec>.*?)-->\n(?P<text>.*?)<!-- /table -->", re.S)

Lookup = Callable[[str], Number]


@dataclass(frozen=True)
class Trouble:
    """Something in the findings that is wrong, and the line on which it stands."""

    line: int
    message: str


class UnknownNameError(Exception):
    """There is no number of that name."""


def renewed(text: str, number: Lookup, labels: Mapping[str, str]) -> tuple[str, list[Trouble]]:
    """Return the findings with every number written anew, and what is wrong with them."""
    troubles: list[Trouble] = []

    def attempt(found: re.Match[str], make: Callable[[], str]) -> str:
        try:
            return make()
        except (UnknownNameError, WrongExpressionError, ValueError, ZeroDivisionError) as error:
            troubles.append(Trouble(line_of(text, found.start()), str(error)))
            return found.group()

    def marker(found: re.Match[str]) -> str:
        return attempt(found, lambda: f"<!-- n: {found['what']} -->{sentence(found['what'], number)}<!-- /n -->")

    def table(found: re.Match[str]) -> str:
        return attempt(found, lambda: put_table(found, number, labels))

    new = TABLE.sub(table, MARKER.sub(marker, text))
    for found in CLAIM.finditer(text):
        troubles += claim_troubles(text, found, number)
    if len(OPENED.findall(text)) != len(MARKER.findall(text)):
        troubles.append(Trouble(1, "has a marker <!-- n: ... --> that is not closed by <!-- /n -->"))
    return new, sorted(troubles, key=lambda trouble: trouble.line)


def sentence(what: str, number: Lookup) -> str:
    """Write what a marker asks for."""
    asked, _, form = (part.strip() for part in what.partition(";"))
    return written(number(asked), form or "range")


def claim_troubles(text: str, found: re.Match[str], number: Lookup) -> Iterator[Trouble]:
    """Say where a claim does not hold, with the values that it is about."""
    what = " ".join(found["what"].split())
    line = line_of(text, found.start())
    try:
        values = {name: statistic(name, number) for name in names_in(what)}
        if not evaluate(what, values.__getitem__):
            told = ", ".join(f"{name} is {value:.6g}" for name, value in values.items())
            yield Trouble(line, f"the words say {what}, but {told}")
    except (UnknownNameError, WrongExpressionError, ZeroDivisionError) as error:
        yield Trouble(line, str(error))


def statistic(name: str, number: Lookup) -> float:
    """Give the mean of a number, or what the end of its name says: mean, low, high, p05 or p95."""
    whole, _, last = name.rpartition(".")
    if last in STATISTICS:
        return float(getattr(number(whole), last))
    return number(name).mean


def asked_for(text: str) -> list[str]:
    """List the expressions whose numbers the findings need, without the statistic that a claim asks for."""
    found = [match["what"].partition(";")[0].strip() for match in MARKER.finditer(text)]
    for match in TABLE.finditer(text):
        found += [expression for _, row in cells(match["spec"], {}) for expression, _ in row]
    for match in CLAIM.finditer(text):
        for name in names_in(match["what"]):
            whole, _, last = name.rpartition(".")
            found.append(whole if last in STATISTICS else name)
    return list(dict.fromkeys(found))


# ---- tables


def put_table(found: re.Match[str], number: Lookup, labels: Mapping[str, str]) -> str:
    """Write a table anew."""
    heads = [head for head, _ in columns_of(found["spec"])]
    lines = ["| " + " | ".join(["", *heads]) + " |", "|---" * (len(heads) + 1) + "|"]
    for label, row in cells(found["spec"], labels):
        values = [written(number(expression), form or "range") for expression, form in row]
        lines.append("| " + " | ".join([label, *values]) + " |")
    opening = found.group()[: found.start("text") - found.start()]
    return opening + "\n" + "\n".join(lines) + "\n\n<!-- /table -->"


def cells(spec: str, labels: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give each row's label, and each cell's expression and form."""
    columns = columns_of(spec)
    return [
        (label, [(expression.replace("{s}", key), form) for _, (expression, form) in columns])
        for key, label in rows_of(spec, labels)
    ]


def rows_of(spec: str, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the scenarios of a table and what they are called: `key` or `key = label`, parted by commas."""
    line = next((line for line in spec.splitlines() if line.strip().startswith("rows:")), "")
    if not line:
        raise ValueError("a table must have a line of rows: scenarios, parted by commas")
    rows = []
    for part in line.split(":", 1)[1].split(","):
        key, _, label = (x.strip() for x in part.partition("="))
        rows.append((key, label or labels.get(key, key)))
    return rows


def columns_of(spec: str) -> list[tuple[str, tuple[str, str]]]:
    """Give the columns of a table: heading, expression with {s} for the scenario, form."""
    columns = []
    for line in spec.splitlines():
        if not line.strip() or line.strip().startswith("rows:"):
            continue
        head, colon, rest = line.partition(":")
        if not colon:
            raise ValueError(f"a line of a table must be HEADING: EXPRESSION; FORM, got {line.strip()!r}")
        expression, _, form = (part.strip() for part in rest.partition(";"))
        columns.append((head.strip(), (expression, form)))
    return columns


def line_of(text: str, position: int) -> int:
    """Give the line of a position, counted from 1."""
    return text.count("\n", 0, position) + 1

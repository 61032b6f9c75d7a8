"""The assumptions that an answer rests on."""

from __future__ import annotations

from collections.abc import Iterator

from caresim.reports import words
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.hinges import clear
from caresim.reports.decision.option import Option, Size
from caresim.reports.findings import Basis, grade, plain, source

_SHOWN = 3
_RANKED = "Those that move the option's worth most, within their ranges."
_PICKED = "Picked by judgement, the weakest evidence first; no sensitivity has ranked them."
_DECONDITIONING = "need.deconditioning.factor"
_KINDS = {"times": "is multiplied by", "plus": "is raised by", "reach": "reaches a share of"}


def rests_on(decision: Decision, lead: Option | None) -> tuple[tuple[Basis, ...], str]:
    """Give three assumptions with their grades, and say how they were picked."""
    if lead is None:
        return (), _PICKED
    ranked = tuple(_ranked(decision))[:_SHOWN]
    if len(ranked) == _SHOWN:
        return ranked, _RANKED
    picked = [*ranked, *_structural(decision), *(_sized(size) for size in _weakest(lead))]
    sentences = {basis.sentence: basis for basis in picked}
    return tuple(sentences.values())[:_SHOWN], _RANKED if len(ranked) == len(sentences) else _PICKED


def _ranked(decision: Decision) -> Iterator[Basis]:
    for row in clear(decision).to_dict("records"):
        low, high = plain(row["low_value"]), plain(row["high_value"])
        unit = f" {row['unit']}" if row["unit"] not in ("factor", "share", "") else ""
        text = f"{row['assumption']}: {plain(row['value'])}{unit} ({low} to {high})"
        yield Basis(text, grade({"grade": row["grade"]}), str(row["source"] or "no source given"))


def _structural(decision: Decision) -> Iterator[Basis]:
    row = decision.assumption(_DECONDITIONING)
    if row:
        after = decision.assumption("need.deconditioning.after_days") or {}
        days = plain(after.get("value")) if after else "7"
        text = f"A stay of more than {days} days multiplies the need for care by {plain(row.get('value'))}"
        yield Basis(text, grade(row), source(row))


def structural_of(decision: Decision) -> str:
    """Name the structural assumption that no option varies, with its grade."""
    found = next(_structural(decision), None)
    if found is None:
        return ""
    return f", among them that {found.sentence[:1].lower()}{found.sentence[1:]} (grade {found.grade})"


def _weakest(lead: Option) -> list[Size]:
    return sorted(lead.sizes, key=lambda size: {"C": 0, "": 0, "B": 1, "A": 2}.get(size.grade, 0))


def _sized(size: Size) -> Basis:
    what = words.name(size.on.removeprefix("demand.").replace(".", " "))
    text = f"{size.change}: {what} {_KINDS[size.kind]} {plain(size.value)}"
    if size.kind == "reach":
        text = f"{size.change}: {size.value:.0%} of those meant are reached ({what})"
    if size.low is not None and size.high is not None:
        text += f" (range {plain(size.low)} to {plain(size.high)})"
    return Basis(text, grade({"grade": size.grade}), size.source)

"""The assumptions that an answer rests on."""

from __future__ import annotations

from collections.abc import Iterator

from caresim.reports.decision.facts import Decision
from caresim.reports.decision.option import Option, Size
from caresim.reports.decision.sensitivity import clear, named
from caresim.reports.findings import Basis, deconditioning, grade, source
from caresim.reports.sizes import size_and_range

_SHOWN = 3
_RANKED = "Those that move the option's worth most, within their ranges."
_PICKED = "Picked by judgement, the weakest evidence first; no sensitivity has ranked them."
_DECONDITIONING = "need.deconditioning.factor"


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
        size = size_and_range(row["how"], row["value"], row["low_value"], row["high_value"], row["unit"])
        text = f"{named(decision, row['assumption'])}: {size}"
        yield Basis(text, grade({"grade": row["grade"]}), str(row["source"] or "no source given"))


def _structural(decision: Decision) -> Iterator[Basis]:
    row = decision.assumption(_DECONDITIONING)
    text = deconditioning(decision)
    if row and text:
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
    what = size.acts_on[:1].lower() + size.acts_on[1:]
    return Basis(f"{size.change}: {what}, {size.in_words}", grade({"grade": size.grade}), size.source)

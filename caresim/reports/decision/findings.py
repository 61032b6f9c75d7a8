"""What a comparison says, in sentences: the first page of its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caresim.reports import words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.assumptions import rests_on, structural_of
from caresim.reports.decision.facets import answer, facets
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.side_by_side import options_table, under_options
from caresim.reports.decision.title import title
from caresim.reports.findings import GRADES, Basis

_QUOTES, _QUOTED = 3, 210


@dataclass(frozen=True)
class Findings:
    """The first page."""

    title: str
    question: str
    answer: str
    facets: tuple[tuple[str, str], ...]
    sure: str
    options: DataTable | None
    under_options: str
    rests_on: tuple[Basis, ...]
    ranked_by: str
    against: tuple[tuple[str, str], ...]
    not_looked_at: tuple[str, ...]


def findings(decision: Decision, charts: Sequence[Chart | Missing] = ()) -> Findings:
    """Read the first page off a comparison."""
    lead = decision.lead
    basis, ranked_by = rests_on(decision, lead)
    return Findings(
        title=title(decision, lead),
        question=str(decision.manifest.get("question") or "What does each option change, for whom, and at what cost?"),
        answer=answer(decision, lead) if lead else "No scenario was compared with the baseline.",
        facets=facets(decision, lead) if lead else (),
        sure=_sure(decision),
        options=options_table(decision),
        under_options=under_options(decision),
        rests_on=basis,
        ranked_by=ranked_by,
        against=_against(decision),
        not_looked_at=_not_looked_at(decision, charts),
    )


def _sure(decision: Decision) -> str:
    if decision.replications == 1:
        return "One pair of runs was simulated: there are no ranges, and chance may be all that is seen."
    text = f"{words.count(decision.replications, 'pair')} of simulated runs share their luck."
    few = decision.fewest < phrases.FEW
    rough = " From so few, ranges are rough, and a mean may lie outside its own." if few else ""
    if decision.draws:
        more = words.count(decision.draws, "pair")
        return f"{text} {more} more each draw the sizes of effects from their ranges.{rough}"
    return f"{text} Sizes of effects are held at one value: ranges are simulation error and chance only.{rough}"


def _against(decision: Decision) -> tuple[tuple[str, str], ...]:
    """Quote what speaks against the changes of the options, the lead's first, each once."""
    order = sorted(decision.ranked, key=lambda option: option is not decision.lead)
    found: dict[str, str] = {}
    for option in order:
        found |= {name: text for name, text in option.against.items() if name not in found}
    return tuple((name, phrases.cut(text, _QUOTED)) for name, text in list(found.items())[:_QUOTES])


def _not_looked_at(decision: Decision, charts: Sequence[Chart | Missing]) -> tuple[str, ...]:
    found = []
    if not decision.draws:
        found.append("How wrong the sizes of effects may be: none was drawn from its range.")
    without = [o.name for o in decision.choices if o.contested and decision.twin(o) is None]
    if without:
        named = words.listed(without[:3]) + (f" and {len(without) - 3} more" if len(without) > 3 else "")
        found.append(f"What is lost if there is no effect: no twin was run of {named}.")
    if decision.cut_off_years:
        found.append(f"What support begun late costs after the end of the run. {decision.cut_off}")
    if not decision.is_appraised:
        found.append("Costs of the options, payback and net present value.")
    if decision.table("tornado").empty:
        found.append("Which assumption moves the answer most: no sensitivity was run.")
    found.append(f"Inputs outside the options: each is held at one value{structural_of(decision)}.")
    found += [f"{words.capital(text.rstrip('.'))}." for text in decision.left_out]
    found.append("Unpaid carers and children's services.")
    missing = [chart.subject.lower() for chart in charts if isinstance(chart, Missing)]
    if missing:
        found.append(f"Figures not drawn: {words.listed(missing)}.")
    return tuple(found)


__all__ = ["GRADES", "Findings", "findings"]

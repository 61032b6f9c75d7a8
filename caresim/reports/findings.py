"""What a single run says, in sentences: the first screen of its report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caresim.reports import delays, ranges, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run
from caresim.reports.shared_facts import Facts
from caresim.reports.sources import sources

GRADES = {
    "A": "read in its source",
    "B": "published, not checked again at its source",
    "C": "assumption, to be varied",
}
_NO_GRADE = "not graded"


@dataclass(frozen=True)
class Reading:
    """One way to read the cost, with its two ranges."""

    label: str
    value: str
    meaning: str
    ranges: tuple[str, ...]
    main: bool = False


@dataclass(frozen=True)
class Basis:
    """An assumption that the answer rests on."""

    sentence: str
    grade: str
    source: str


@dataclass(frozen=True)
class Findings:
    """The first screen."""

    title: str
    question: str
    answer: str
    readings: tuple[Reading, ...]
    concerns: DataTable | None
    rests_on: tuple[Basis, ...]
    assumed: str
    not_looked_at: tuple[str, ...]


def findings(run: Run, charts: list[Chart | Missing]) -> Findings:
    """Read the first screen off a run: its cost if there is one, else its delays, else its queues."""
    cost = run.counted("hospital_driven_cost")
    title, answer = _cost(run, cost) if cost else _without_money(run, charts)
    return Findings(
        title=title,
        question=_question(run, cost is not None),
        answer=answer,
        readings=_readings(run) if cost else (),
        concerns=_concerns(run),
        rests_on=rests_on(run),
        assumed=_assumed(run),
        not_looked_at=_not_looked_at(run, charts, cost is not None),
    )


def _question(run: Run, money: bool) -> str:
    given = run.manifest.get("question")
    if given:
        return str(given)
    if money:
        return "What does care that begins at a hospital discharge cost the council, and what keeps people in hospital?"
    return "How busy are the services of this scenario, and who waits?"


def _cost(run: Run, cost: Estimate) -> tuple[str, str]:
    early = run.year in run.cut_off_years
    more = "more than " if early else ""
    title = f"Care begun on leaving hospital in {run.year} costs the council {more}{words.pounds(cost.mean)}"
    part = "" if run.whole_year(run.year) else f" ({words.whole(run.days(run.year))} days simulated)"
    answer = (
        f"Support that began or grew at a hospital discharge in {run.year}{part} costs the council "
        f"{more}{words.pounds(cost.mean)} over its first 52 weeks{_net(run)}. {_ranges(cost)}"
    )
    if early:
        answer += f" {run.cut_off}"
    answer += _fitted(run)
    delayed = run.counted("delayed_beds")
    if delayed:
        answer += (
            f" On an average day {delays.people(delayed.mean)} people are ready to leave hospital but wait in a bed"
        )
        answer += f", {found}." if (found := delays.most(run)) else "."
    return title, answer


def _net(run: Run) -> str:
    """Say what the council bears of the cost once people have contributed."""
    net = run.counted("hospital_driven_cost_net")
    return f" ({words.pounds(net.mean)} after what people contribute)" if net else ", before what people contribute"


def _fitted(run: Run) -> str:
    """Say so where the inputs were tuned to this very cost."""
    table = run.table("targets")
    rows = table[table["measure"].eq("hospital_driven_cost") & table["role"].eq("fitted") & table["year"].eq(run.year)]
    if rows.empty:
        return ""
    figure = words.pounds(float(rows["figure"].iloc[0]))
    return f" Inputs were fitted to {figure}, so that it comes near is not evidence that the model is right."


def _ranges(value: Estimate) -> str:
    if not value.has_interval:
        return "One simulated run gives no interval."
    text = f"Simulation error of the mean: {_between(value.low, value.high, value.mean)} (95% interval)."
    if words.known(value.p05) and words.known(value.p95):
        text += f" Single years differ by chance: {_between(value.p05, value.p95, value.mean)} in nine of ten."
    return text + " Neither range includes what is not known about the inputs."


def _between(low: float, high: float, mean: float) -> str:
    return ranges.between(low, high, words.pounds, mean)


def _without_money(run: Run, charts: list[Chart | Missing]) -> tuple[str, str]:
    drawn = {chart.key: chart for chart in charts if isinstance(chart, Chart)}
    lead = next((drawn[key] for key in ("delayed", "pools", "packages", "pathways", "stays") if key in drawn), None)
    if lead is None:
        return "Nothing happened in this scenario", "No activity was recorded in the reported period."
    answer = f"{lead.title}."
    others = [chart.title for key, chart in drawn.items() if chart is not lead and key != "years"]
    answer += "".join(f" {title}." for title in others[:2])
    return lead.title, f"{answer} Intervals in this report: {run.interval}."


_READINGS = (
    ("hospital_driven_cost", "From hospital, first 52 weeks", "begun or grown at a discharge in the year"),
    ("hospital_driven_cost_in_year", "From hospital, within the year", "the same support, cost to the year's last day"),
    ("new_demand_cost_in_year", "All new demand, within the year", "from hospital or not, cost to the year's last day"),
)


def _readings(run: Run) -> tuple[Reading, ...]:
    found = []
    for number, (code, label, meaning) in enumerate(_READINGS):
        value = run.measure(code)
        if value is None:
            continue
        given: tuple[str, ...] = ("one run: no interval",)
        if value.has_interval:
            spread = _between(value.p05, value.p95, value.mean)
            given = (f"mean {_between(value.low, value.high, value.mean)}", f"single years {spread}")
        found.append(Reading(label, words.pounds(value.mean), meaning, given, main=number == 0))
    return tuple(found)


_CONCERNS = (
    ("hospital_driven_cost", "Hospital-driven cost"),
    ("council_net_cost", "Council pays, net"),
    ("nhs_cost", "National Health Service (NHS) pays"),
    ("delayed_beds", "People delayed a day"),
    ("people_supported", "People supported"),
)


def _concerns(run: Run) -> DataTable | None:
    measures = [(code, label) for code, label in _CONCERNS if run.counted(code)]
    if not measures:
        return None
    rows = []
    for area in (*run.unitaries, run.county):
        cells = []
        for code, _ in measures:
            value = run.measure(code, area)
            cells.append(with_interval(code, value))
        rows.append((area, *cells))
    under = "under each mean its 95% interval, simulation error only" if run.replications > 1 else run.interval
    caption = f"{run.year}; {under}"
    return DataTable(caption, ("Area", *(label for _, label in measures)), tuple(rows))


def with_interval(code: str, value: Estimate | None, unit: str = "") -> str:
    """Write a mean with its interval on a line of its own."""
    if value is None:
        return words.NO_VALUE
    write = words.measure(code, unit).exactly
    return ranges.with_ends(*value.mean_low_high, write)


_WEIGHTY = (
    ("need.deconditioning.factor", "A long stay multiplies the need for care by {plain}"),
    ("packages.lifetime.home_care.by_age.75-84.exponential.mean_days", "Home care lasts {whole} days on average{age}"),
    ("prices.intermediate_care_council_share", "The council pays {percent} of intermediate care"),
    ("packages.funding_in_care_home", "The council pays for {percent} of care home residents{age}"),
    ("prices.home_care", "An hour of home care costs £{plain}"),
)
_SHOWN = 3


def deconditioning(facts: Facts) -> str | None:
    """Say what a long stay does to need, under the rule in force; None if the scenario says nothing of it."""
    factor, after = facts.assumption("need.deconditioning.factor"), facts.assumption("need.deconditioning.after_days")
    if not factor:
        return None
    rule = str(facts.manifest.get("deconditioning") or "step")
    days = plain(after["value"]) if after else "7"
    if rule == "none":
        return "Days in hospital do not change the need for care"
    if rule == "ramp":
        return f"Every day in hospital after {days} days adds to the need for care"
    low, high = factor.get("low"), factor.get("high")
    span = f" (range to test: {plain(low)} to {plain(high)})" if low is not None and high is not None else ""
    return f"A stay of more than {days} days multiplies the need for care by {plain(factor.get('value'))}{span}"


def rests_on(run: Run) -> tuple[Basis, ...]:
    """Pick three assumptions by judgement: those known to move the cost first, then the weakest evidence."""
    found: list[Basis] = []
    for path, words_for in _WEIGHTY if run.counted("hospital_driven_cost") or run.counted("delayed_beds") else ():
        row = run.assumption(path)
        if row and len(found) < _SHOWN:
            found.append(Basis(_sentence(run, words_for, row), grade(row), words.said(source(row), but=sources())))
    if len(found) < _SHOWN:
        numbers = [row for row in run.assumptions if row.get("value") is not None]
        numbers = [
            row for row in numbers if str(row.get("file")) != "default" and not _path(row).startswith("calendar.")
        ]
        order = {"C": 0, "B": 1, "A": 3}
        for row in sorted(numbers, key=lambda row: order.get(str(row.get("grade")), 2))[: _SHOWN - len(found)]:
            text = f"{words.in_words(_path(row))}: {plain(row.get('value'))} {row.get('unit') or ''}".strip()
            found.append(Basis(text, grade(row), words.said(source(row), but=sources())))
    return tuple(found)


def _assumed(run: Run) -> str:
    """Say how many of the numbers are assumptions."""
    graded = [row for row in run.assumptions if str(row.get("grade")) in GRADES]
    assumed = sum(row["grade"] == "C" for row in graded)
    return f"Of {len(graded):,} graded numbers {assumed:,} are assumptions." if graded else ""


def _sentence(run: Run, words_for: str, row: Mapping[str, Any]) -> str:
    if _path(row) == "need.deconditioning.factor":
        return str(deconditioning(run))
    age = re.search(r"\.by_age\.([^.]+)", _path(row))
    value = row.get("value")
    whole = f"{value:,.0f}" if isinstance(value, int | float) else plain(value)
    ages = f", ages {age.group(1)}" if age else ""
    return words_for.format(plain=plain(value), whole=whole, percent=percent_of(value), age=ages)


def _path(row: Mapping[str, Any]) -> str:
    return str(row.get("path"))


def grade(row: Mapping[str, Any]) -> str:
    """Write a grade with what it means."""
    letter = str(row.get("grade") or "").strip().upper()
    return f"{letter}: {GRADES[letter]}" if letter in GRADES else letter or _NO_GRADE


def source(row: Mapping[str, Any]) -> str:
    """Write where a number comes from."""
    return str(row.get("source") or "no source given")


def plain(value: object) -> str:
    """Write a number of a config as a person would."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "not set" if value is None else str(value)
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def percent_of(value: object) -> str:
    """Write a share of a config as per cent."""
    return words.percent(float(value)) if isinstance(value, int | float) else plain(value)


def _not_looked_at(run: Run, charts: list[Chart | Missing], money: bool) -> tuple[str, ...]:
    said = ["Alternatives: nothing is compared here with another way of doing things."]
    said += [f"{words.capital(text.rstrip('.'))}." for text in run.left_out]
    if run.replications > 1:
        said.append("How wrong the inputs may be: each is held at one value, so ranges are simulation error only.")
    else:
        said.append("How much chance matters: one run was simulated, so there are no intervals.")
    if unsettled := run.unsettled:
        said.append(unsettled)
    if money and run.cut_off_years:
        said.append(f"What support begun late costs after the end of the run. {run.cut_off}")
    if money:
        said.append("Which of the three readings a published figure means: to be confirmed with whoever published it.")
        said.append("Unpaid carers, children's services and people admitted from outside the area.")
    missing = [chart.subject.lower() for chart in charts if isinstance(chart, Missing)]
    if missing:
        said.append(f"Not in this scenario: {words.listed(missing)}.")
    return tuple(said)

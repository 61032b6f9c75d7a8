"""Where an option changes something: differences by the place that people come from."""

from __future__ import annotations

from caresim.reports import ranges, words
from caresim.reports.chart import DataTable
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.tables import ALL_AGES, ALL_PLACES, ALL_YEARS
from caresim.reports.estimate import Estimate

_LOOKS = (  # what is looked for, in this order, and whether less of it is shown as a gain
    ("Emergency admissions avoided", "emergency_admissions", True),
    ("Hospital-driven cost saved", "hospital_driven_cost", True),
    ("Council's care, saved", "council_net_cost", True),
    ("Health service, saved", "nhs_cost", True),
    ("Cost of the changes", "investment_cost", False),
    ("Saved by council and health service, less that cost", "public_cost", True),
)
SHARED_OUT = (
    "What a change costs is shared out over the places that it names by their people aged 65 and over. "
    "Hospital-driven cost is part of the council's care: the two are not to be added up."
)


def by_place(decision: Decision, key: str, measure: str, year: str) -> dict[tuple[str, str], Estimate]:
    """Give the differences of a measure in a year by place and age."""
    rows = decision.table("differences_by_place")
    rows = rows[rows["scenario"].eq(key) & rows["measure"].eq(measure) & rows["year"].eq(year)]
    columns = ["place", "age", "mean", "low", "high"]
    return {
        (str(place), str(age)): Estimate(*(float(n) for n in numbers))
        for place, age, *numbers in rows[columns].itertuples(index=False, name=None)
        if words.known(float(numbers[0]))
    }


def places(decision: Decision) -> list[str]:
    """Give the places there are differences for, in the order of the config."""
    listed = [str(p) for p in decision.manifest.get("places") or ()]
    there = [str(p) for p in decision.table("differences_by_place")["place"].drop_duplicates() if p != ALL_PLACES]
    return [*(p for p in listed if p in there), *(p for p in there if p not in listed)]


def where_it_pays(decision: Decision) -> DataTable | None:
    """Lay out what the leading option saves and costs in each place over all years."""
    lead = decision.lead
    if lead is None:
        return None
    found = [
        (label, _written(by_place(decision, lead.key, measure, ALL_YEARS), measure, less))
        for label, measure, less in _LOOKS
    ]
    kept = [(label, cells) for label, cells in found if cells]
    if not any(label == _LOOKS[-1][0] for label, _ in kept):
        return None
    rows = [
        (words.capital(place), *(cells.get(place, words.NO_VALUE) for _, cells in kept))
        for place in (*places(decision), ALL_PLACES)
    ]
    when = f"{decision.years[0]} to {decision.last_year} together"
    caption = f"Where {lead.name} saves and costs, {when}; {decision.under_it}"
    return DataTable(caption, ("Place", *(label for label, _ in kept)), tuple(rows))


def _written(found: dict[tuple[str, str], Estimate], measure: str, less: bool) -> dict[str, str]:
    """Write a measure by place; nothing where it changes nowhere."""
    if not any(value.mean for value in found.values()):
        return {}
    plain = words.whole if measure == "emergency_admissions" else phrases.pounds
    write, written = (lambda number: phrases.signed(number, plain)) if less else plain, {}
    for (place, age), given in found.items():
        if age == ALL_AGES:
            value = given.turned if less else given
            written[place] = ranges.with_ends(*value.mean_low_high, write)
    return written

"""How numbers and names are worded: £m with one decimal, people in whole numbers, shares in per cent."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from caresim.config.wording import capital as capital
from caresim.config.wording import count as count
from caresim.config.wording import in_words as in_words
from caresim.config.wording import listed as listed
from caresim.config.wording import name as name
from caresim.config.wording import reach_in_words as reach_in_words

NO_VALUE = "none"
SPREAD_NAME = "5% to 95% of single simulated years"


def said(text: str, but: Container[str] = ()) -> str:
    """Say the codes within a text, such as the names of targets in a source, in plain words, `but` some."""
    plain = re.compile(r"\b[a-z]\w*(?:_\w+)+\b", re.ASCII)
    return plain.sub(lambda found: found.group() if found.group() in but else name(found.group()), text)


def known(value: float | None) -> bool:
    """Tell whether there is a number to show."""
    return value is not None and math.isfinite(value)


def whole(value: float) -> str:
    """Write a number of people or things: whole, thousands set apart."""
    return _signed(value, f"{abs(value):,.0f}") if known(value) else NO_VALUE


def one_decimal(value: float) -> str:
    """Write a number with one decimal."""
    return _signed(value, f"{abs(value):,.1f}") if known(value) else NO_VALUE


def percent(share: float) -> str:
    """Write a share as per cent, with a decimal below ten."""
    if not known(share):
        return NO_VALUE
    hundred = share * 100
    text = f"{abs(hundred):.1f}" if 0 < abs(hundred) < 9.95 else f"{abs(hundred):.0f}"
    return _signed(hundred, text) + "%"


def percent_exactly(share: float) -> str:
    """Write a share as per cent with one decimal, as a table does."""
    return one_decimal(share * 100) + "%" if known(share) else NO_VALUE


def pounds(value: float) -> str:
    """Write money: millions with one decimal from £50,000 up, whole pounds below."""
    if not known(value):
        return NO_VALUE
    if abs(value) >= 50_000:
        return _signed(value, f"£{abs(value) / 1e6:,.1f}m")
    return _signed(value, f"£{abs(value):,.0f}")


def pounds_rounded(value: float) -> str:
    """Write money: below a million to two figures, from a million up with one decimal."""
    if known(value) and 1_000 <= abs(value) < 950_000:
        size = 10 ** (int(math.log10(abs(value))) - 1)
        rounded = round(value / size) * size
        return _signed(rounded, f"£{abs(rounded):,.0f}")
    return pounds(value)


def date(day: datetime.date) -> str:
    """Write a day in full: 1 April 2018."""
    return f"{day.day} {day:%B %Y}"


def days(value: float) -> str:
    """Write a duration in days with one decimal."""
    if not known(value):
        return NO_VALUE
    text = one_decimal(value)
    return f"{text} day" if text == "1.0" else f"{text} days"


def _signed(value: float, text: str) -> str:
    return f"\N{MINUS SIGN}{text}" if value < 0 and any(c in "123456789" for c in text) else text


def short(text: str, among: Iterable[str], longest: int = 16) -> str:
    """Shorten a name for a label: its first word where that tells it from the others, else cut."""
    if len(text) <= longest:
        return text
    first = text.split(" ", maxsplit=1)[0]
    if all(other == text or other.split(" ", maxsplit=1)[0] != first for other in among):
        return first
    head, tail = text[: longest - 7], text.replace(" ", "")[-6:]
    numbered = re.match(r"\D*\d+", text)
    return (
        numbered.group()
        if numbered and len(numbered.group()) <= longest + 4
        else f"{head}\N{HORIZONTAL ELLIPSIS}{tail}"
    )


def duration(seconds: float) -> str:
    """Write how long something took."""
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"


@dataclass(frozen=True)
class MeasureWords:
    """A measure's label for people, what it counts, and the way its values are written."""

    label: str
    meaning: str
    write: Callable[[float], str]
    exactly: Callable[[float], str]  # for tables
    excel: str


_PEOPLE, _SHARE, _POUNDS, _ONE = "#,##0", "0.0%", '"£"#,##0', "#,##0.0"


def _m(label: str, meaning: str, kind: str) -> MeasureWords:
    writers = {
        "n": (whole, whole, _PEOPLE),
        "%": (percent, percent_exactly, _SHARE),
        "£": (pounds, pounds, _POUNDS),
        "1": (one_decimal, one_decimal, _ONE),
    }
    return MeasureWords(label, meaning, *writers[kind])


MEASURES: dict[str, MeasureWords] = {
    "hospital_driven_cost": _m(
        "Hospital-driven cost, first 52 weeks",
        "Gross council cost of support that began or grew at a hospital discharge in the year, over its first 52 weeks",
        "£",
    ),
    "hospital_driven_cost_in_year": _m(
        "Hospital-driven cost, within the year", "The same support, cost up to the last day of the year only", "£"
    ),
    "new_demand_cost_in_year": _m(
        "All new demand, within the year", "Support begun in the year from any source, cost up to its last day", "£"
    ),
    "hospital_driven_cost_net": _m(
        "Hospital-driven cost, net of contributions",
        "First 52 weeks, less what people contribute to their own care",
        "£",
    ),
    "cost_per_discharge_pathway_1": _m(
        "Cost per discharge to reablement", "Hospital-driven cost, first 52 weeks, over discharges on pathway 1", "£"
    ),
    "cost_per_discharge_pathway_1_home_care": _m(
        "Cost per discharge to home care", "The same, pathway 1 without reablement", "£"
    ),
    "cost_per_discharge_pathway_2": _m("Cost per discharge to intermediate care", "The same, pathway 2", "£"),
    "cost_per_discharge_pathway_3": _m("Cost per discharge to a care home", "The same, pathway 3", "£"),
    "council_gross_cost": _m("Council cost, gross", "All council-paid care before contributions", "£"),
    "council_net_cost": _m("Council cost, net", "All council-paid care after contributions", "£"),
    "nhs_cost": _m("National Health Service cost", "What the health service pays in this model", "£"),
    "delayed_beds": _m(
        "People delayed a day", "People ready to leave hospital and still in a bed, mean of midnights", "1"
    ),
    "delayed_days": _m("Delayed days", "Midnights from ready to discharge", "n"),
    "dtoc_days": _m(
        "Delayed days, pre-2020 count", "Delayed transfers of care: midnights after the assessment was asked for", "n"
    ),
    "admissions": _m("Hospital admissions", "All admissions of adults", "n"),
    "emergency_admissions_65_plus": _m("Emergency admissions, 65 and over", "Falls and other emergencies", "n"),
    "bed_days": _m("Hospital bed days", "Days in a hospital bed, delay included", "n"),
    "stays_over_7_days_share": _m(
        "Emergency stays over 7 days", "Share of completed emergency stays, 65 and over", "%"
    ),
    "stays_over_14_days_share": _m("Emergency stays over 14 days", "The same share, over 14 days", "%"),
    "stays_over_21_days_share": _m("Emergency stays over 21 days", "The same share, over 21 days", "%"),
    "dtoc_beds": _m("People delayed a day, pre-2020 count", "Delayed transfers of care, mean of midnights", "1"),
    "people_supported_long_term_in_year": _m(
        "People with long-term support in the year", "Distinct adults on any day of the year", "n"
    ),
    "readmitted_30_days_share": _m("Readmitted within 30 days", "Share of live discharges", "%"),
    "hospital_referrals": _m("Hospital referrals to social care", "Assessments asked for from a hospital bed", "n"),
    "hospital_share_of_new_demand": _m(
        "Hospital share of new assessments", "Hospital referrals among all new assessments asked for", "%"
    ),
    "hospital_share_of_new_support": _m(
        "Hospital share of new support", "Support starts that began at a hospital discharge", "%"
    ),
    "people_supported": _m("People supported at any time", "Adults with council-paid support, mean of month ends", "n"),
    "people_supported_long_term": _m(
        "People with long-term support", "Adults with council-paid long-term support, mean of month ends", "n"
    ),
    "people_supported_in_year": _m("People supported in the year", "Distinct adults on any day of the year", "n"),
    "people_65_plus_share": _m("Share aged 65 and over", "Of people supported at any time", "%"),
    "reablement_starts": _m("Reablement starts", "Episodes begun", "n"),
    "reablement_independent_share": _m(
        "Reablement ends in independence", "Completed episodes after which no support is needed", "%"
    ),
    "home_at_91_days_share": _m(
        "At home on day 91", "People 65 and over discharged to reablement or intermediate care", "%"
    ),
    "new_residential_and_nursing_65_plus": _m(
        "New care home residents, 65 and over", "Council-paid permanent residential and nursing places", "n"
    ),
    "home_care_hours_a_week": _m("Home care hours a week", "Hours a week in council-paid home care", "n"),
    "days_at_home": _m(
        "Days at home", "Days that people of 65 and over live at home; unfair to a change that changes deaths", "n"
    ),
    "reviews_done": _m("Reviews done", "Reviews of long-term support", "n"),
    "reviews_with_more_share": _m("Reviews that find more hours needed", "Share of reviews done, whoever pays", "%"),
    "reviews_with_less_share": _m("Reviews that find fewer hours needed", "Share of reviews done, whoever pays", "%"),
    "review_hours_added_a_week": _m(
        "Hours a week that reviews add", "Found missing by the year's reviews of council-paid packages", "n"
    ),
    "review_hours_removed_a_week": _m(
        "Hours a week that reviews give back", "Found too many by the year's reviews of council-paid packages", "n"
    ),
    "review_hours_change_a_week": _m(
        "Hours a week that reviews change", "Hours added less hours given back, of council-paid packages", "n"
    ),
    "new_residents_per_100_000_65_plus": _m(
        "New care home residents per 100,000 aged 65 and over", "Council-paid permanent places", "1"
    ),
    "waiting_for_assessment": _m("People waiting for an assessment", "Of any kind, mean over the year", "1"),
    "assessment_wait_days": _m("Days waited for an assessment", "Mean of assessments begun", "1"),
    "waiting_for_hospital_assessment": _m(
        "People waiting for an assessment in hospital", "In the queue of the assessment teams, mean over the year", "1"
    ),
    "hospital_assessment_wait_days": _m(
        "Days waited for an assessment in hospital", "Mean of assessments begun in the year", "1"
    ),
    "waiting_for_community_assessment": _m(
        "People waiting for an assessment in the community",
        "Requests in the queue of the teams, mean over the year",
        "1",
    ),
    "community_assessment_wait_days": _m(
        "Days waited for an assessment in the community", "Mean of assessments begun in the year", "1"
    ),
    "waiting_for_safeguarding": _m(
        "People waiting for a safeguarding enquiry", "In the queue of the assessment teams, mean over the year", "1"
    ),
    "safeguarding_wait_days": _m("Days waited for a safeguarding enquiry", "Mean of enquiries begun in the year", "1"),
    "waiting_for_review": _m(
        "Reviews overdue", "People whose review is due and who wait for the team, mean over the year", "1"
    ),
    "review_wait_days": _m("Days from a review being due to its start", "Mean of reviews begun in the year", "1"),
    "waiting_at_home_for_support": _m(
        "People at home who wait for support", "Assessed as needing it and without any, mean over the year", "1"
    ),
    "hours_of_care_missing_a_week": _m(
        "Hours of care a week that are missing", "Needed at home beyond the hours held, whoever pays, mean", "n"
    ),
    "discharged_without_support": _m(
        "Left hospital without the support they needed", "Their need asks for it, and nobody referred them", "n"
    ),
    "waiting_for_reablement": _m("People waiting for reablement", "Mean over the year", "1"),
    "waiting_for_intermediate_care": _m("People waiting for intermediate care", "Mean over the year", "1"),
    "acute_beds_in_use": _m("Acute beds in use", "At midnight, mean over the year", "1"),
    "acute_beds_95th_percentile": _m("Acute beds in use, busiest day in 20", "At midnight, 95th percentile", "1"),
    "investment_cost": _m("Cost of the changes", "What changes cost themselves, whoever pays", "£"),
    "public_cost": _m("Public cost", "The council's and the health service's cost and that of the changes", "£"),
    "deaths": _m("Deaths", "Deaths of people in the model", "n"),
}

_BY_UNIT = {"share": "%", "fraction": "%", "pounds": "£", "£": "£", "people": "n", "days": "n", "admissions": "n"}


def measure(code: str, unit: str = "") -> MeasureWords:
    """Find the words for a measure; one that is not listed is worded from its code and unit."""
    if code in MEASURES:
        return MEASURES[code]
    first = unit.split(" ", maxsplit=1)[0].lower()
    kind = "%" if code.endswith("_share") else _BY_UNIT.get(first, "1")
    return _m(capital(name(code)), unit, kind)

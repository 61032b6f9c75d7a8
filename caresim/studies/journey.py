"""One person's journey in plain sentences, from the rows of the event log."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from caresim.config.wording import capital
from caresim.model.chance import DAY
from caresim.model.codes import (
    ADMITTED,
    AGES,
    AGES_UP,
    ARRIVES,
    ASKS,
    ASSESSED,
    COMPLETED,
    DAY_91,
    DIES,
    DISCHARGED,
    EXITS,
    FUNDED,
    GROWS,
    HOME_CARE,
    LAPSES,
    LEAVES,
    OVERFLOWS,
    REABLEMENT,
    READY,
    REFERRED,
    RESUMES,
    REVIEWED,
    SERVICES,
    STARTS,
    STREAMS,
    SUPPORT_CHANGES,
    SUPPORT_ENDS,
    SUPPORT_STARTS,
    WITHDRAWS,
)  # fmt: skip
from caresim.model.compile import Compiled
from caresim.money.prices import prices

MINUTE, PERSON, EVENT, PLACE, AGE, POOL, VALUE = range(1, 8)  # columns of the log
HOUR = 60
UNITS_OF_TIME = (("minute", 1, HOUR), ("hour", HOUR, 2 * DAY), ("day", DAY, 70 * DAY), ("week", 7 * DAY, 1 << 62))

COMES = {
    "fall": "Comes to hospital after a fall.",
    "other_emergency": "Comes to hospital as an emergency.",
    "planned": "Comes to hospital for a planned admission.",
    "community": "Asks the council for help.",
    "safeguarding": "A safeguarding enquiry is raised.",
    "coming_of_age": "Comes of age and asks for support as an adult.",
    "self_funded_home_care": "Looks for home care at their own expense.",
    "self_funded_care_home": "Looks for a place in a care home at their own expense.",
}
QUEUES = {
    "acute_beds": "a hospital bed",
    "assessment": "a social worker",
    "adaptations": "the team that adapts homes",
    "reablement": "reablement",
    "intermediate_care": "intermediate care",
}
SUPPORT = {
    "home_care": "home care",
    "direct_payment": "care paid by direct payment",
    "supported_living": "supported living",
    "extra_care": "life in extra care housing",
    "residential": "life in a residential home",
    "nursing": "life in a nursing home",
    "reablement": "reablement at home",
    "intermediate_care": "intermediate care in a bed",
    "temporary_placement": "a temporary stay in a care home",
}
PRESCRIBED = (
    "can go home without support",
    "should have reablement at home",
    "needs home care",
    "should have intermediate care",
    "needs a care home",
    "can go back to the support held before",
)
LEAVES_FOR = (
    "Goes home without new support",
    "Goes home to reablement",
    "Goes home to home care",
    "Leaves hospital for intermediate care",
    "Leaves hospital for a care home",
    "Goes back to the support held before",
)
OUTCOMES = (
    "no support is needed any more",
    "less support is needed",
    "support is needed as before",
    "a care home is needed",
)


@dataclass
class Story:
    """What is known of a person when a row is told; minutes, or None where it does not apply."""

    compiled: Compiled
    came: int | None = None
    ready: int | None = None
    left: int | None = None
    asked: dict[int, int] = field(default_factory=dict)  # pool -> since when
    waited: str = ""  # words for the wait before what begins now
    units: int = 0  # hours of home care held
    hours: int = 0  # of the package told last
    since: dict[int, int] = field(default_factory=dict)  # service -> since when


def sentences(compiled: Compiled, rows: Any) -> list[tuple[int, str]]:
    """Tell the rows of one person's log as (minute, what happens); what happens in one minute is told together."""
    story, lines = Story(compiled), []
    for minute in minutes_of(rows):
        story.units += sum(change_of_hours(compiled, row) for row in minute)
        told = [TELL[int(row[EVENT])](story, row) for row in minute if int(row[EVENT]) in TELL]
        if words := " ".join(x for x in told if x):
            lines.append((int(minute[0][MINUTE]), words))
    if not {DIES, EXITS} & {int(row[EVENT]) for row in rows}:
        lines.append((compiled.time.minute(compiled.time.end), "The run ends here."))
    return lines


def minutes_of(rows: Any) -> Iterator[list[Any]]:
    """Give the rows minute by minute, in an order fit for telling."""
    first = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i][MINUTE] != rows[first][MINUTE]:
            yield sorted(rows[first:i], key=lambda row: LATE.get(int(row[EVENT]), 0))
            first = i


LATE = {SUPPORT_STARTS: 1, SUPPORT_ENDS: 2, EXITS: 3}  # leaving hospital is told before the support that it leads to


def change_of_hours(compiled: Compiled, row: Any) -> int:
    """Give by how many hours of home care a row changes what is held."""
    if row[POOL] < 0 or compiled.pools[row[POOL]].kind != "home_care":
        return 0
    return int({STARTS: row[VALUE], LEAVES: -row[VALUE]}.get(int(row[EVENT]), 0))


# ---- words


def when(compiled: Compiled, minute: int) -> str:
    """Write a minute of the run as a day and a time of day."""
    day = datetime.datetime.combine(compiled.time.first, datetime.time()) + datetime.timedelta(minutes=minute)
    return f"{day:%a} {day.day:2d} {day:%b %Y %H:%M}"


def duration(minutes: int) -> str:
    """Say how long something took, in whole units."""
    unit, size = next((unit, size) for unit, size, most in UNITS_OF_TIME if minutes < most)
    number = max(1, round(minutes / size))
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


def later(since: int | None, row: Any, words: str) -> str:
    """Say how much later than something a row is; nothing where it is the same minute."""
    if since is None or row[MINUTE] <= since:
        return ""
    return words.format(duration(int(row[MINUTE]) - since))


def asked_for(story: Story, row: Any) -> str:
    """Name what a pool gives."""
    kind = story.compiled.pools[row[POOL]].kind
    return QUEUES.get(kind) or SUPPORT[kind]


def a_week(story: Story, service: int) -> str:
    """Say what a week of a service costs, whoever pays; nothing where the log does not tell."""
    price = prices(story.compiled.scenario)
    amount = story.hours if price.by_hour[service] else 1
    pounds = float(price.weekly[service]) * amount
    return f", at £{pounds:,.0f} a week" if pounds > 0 and service != REABLEMENT else ""


# ---- one function a kind of event


def arrives(story: Story, row: Any) -> str:
    """Say how somebody enters."""
    return COMES[STREAMS[row[VALUE]]] if row[VALUE] < len(STREAMS) else "Is there when the run begins."


def admitted(story: Story, row: Any) -> str:
    """Say that somebody is admitted; the first time, the arrival has said so."""
    story.came = int(row[MINUTE])
    if row[VALUE] == 0 and not story.since:
        return ""
    if story.left is None or story.came - story.left > 90 * DAY:
        return "Is admitted to hospital."
    return f"Is back in hospital{later(story.left, row, ', {} after leaving it')}."


def asks(story: Story, row: Any) -> str:
    """Remember since when somebody waits; it is told when the wait is over."""
    story.asked[int(row[POOL])] = int(row[MINUTE])
    return ""


def starts(story: Story, row: Any) -> str:
    """Say who begins work; a place or a package is told with the support that begins."""
    kind = story.compiled.pools[row[POOL]].kind
    waited = later(story.asked.pop(int(row[POOL]), None), row, " after {} of waiting")
    if kind == "acute_beds":
        return f"Gets a bed{waited}." if waited else ""
    if kind == "assessment":
        return f"A social worker takes on the assessment{waited}."
    if kind == "adaptations":
        return f"Work on the home begins{waited}."
    story.waited = waited
    return ""


def withdraws(story: Story, row: Any) -> str:
    """Say that a wait is given up."""
    waited = later(story.asked.pop(int(row[POOL]), None), row, ", after {}")
    return f"Waits no longer for {asked_for(story, row)}{waited}." if waited else ""


def overflows(story: Story, row: Any) -> str:
    """Say that the dearer substitute is taken."""
    waited = later(story.asked.pop(int(row[POOL]), None), row, " after {}")
    return f"Takes a dearer substitute for {asked_for(story, row)}{waited}."


def ready(story: Story, row: Any) -> str:
    """Say that nothing medical keeps somebody in the bed, and what they need."""
    story.ready = int(row[MINUTE])
    stay = later(story.came, row, " after {} in hospital")
    return f"Is ready to leave{stay} and needs {row[VALUE] / 10:g} hours of care a week."


def referred(story: Story, row: Any) -> str:
    """Say that an assessment is asked for."""
    wait = later(story.ready, row, ", {} after being ready")
    return f"Is referred to social care{wait}; need is now {row[VALUE] / 10:g} hours a week."


def assessed(story: Story, row: Any) -> str:
    """Say what an assessment found; outside hospital, what follows tells it."""
    return f"The assessment is done: {PRESCRIBED[row[VALUE]]}." if row[VALUE] >= 0 else "The assessment is done."


def discharged(story: Story, row: Any) -> str:
    """Say where somebody goes, after which stay and delay, and what the bed cost."""
    stay = "" if story.came is None else stay_in_bed(story, row)
    delay = later(story.ready, row, ", {} of it ready to leave")
    story.left, story.came, story.ready = int(row[MINUTE]), None, None
    return f"{LEAVES_FOR[row[VALUE]]}{stay}{delay}."


def stay_in_bed(story: Story, row: Any) -> str:
    """Say how long somebody was in hospital, and for how much."""
    pounds = prices(story.compiled.scenario).acute_bed_day * (row[MINUTE] - story.came) / DAY
    return later(story.came, row, " after {} in hospital") + (f" (£{pounds:,.0f})" if pounds >= 1 else "")


def support_starts(story: Story, row: Any) -> str:
    """Say which support begins, how much, for how much, and after which wait."""
    service, begins = int(row[VALUE]), "begins" if story.left is not None or row[MINUTE] > 0 else "is there"
    story.hours = story.units if service == HOME_CARE else 0
    hours = f" of {story.hours} hours a week" if story.hours else ""
    waited, story.waited = story.waited, ""
    if service < REABLEMENT:
        story.since = {s: m for s, m in story.since.items() if s >= REABLEMENT}
    story.since[service] = int(row[MINUTE])
    return f"{capital(SUPPORT[SERVICES[service]])}{hours} {begins}{waited}{a_week(story, service)}."


def support_changes(story: Story, row: Any) -> str:
    """Say how many hours a package has from now on."""
    service = max((s for s in story.since if s < REABLEMENT), default=HOME_CARE)
    before, story.hours = story.hours, int(row[VALUE])
    was = f"goes from {before} to" if before else "changes to"
    return f"{capital(SUPPORT[SERVICES[service]])} {was} {story.hours} hours a week{a_week(story, service)}."


def support_ends(story: Story, row: Any) -> str:
    """Say which support ends, and how long it lasted."""
    service = int(row[VALUE])
    lasted = later(story.since.pop(service, None), row, " after {}")
    return f"{capital(SUPPORT[SERVICES[service]])} ends{lasted}."


def completed(story: Story, row: Any) -> str:
    """Say what an episode of short-term support led to."""
    return f"The episode is completed: {OUTCOMES[row[VALUE]]}."


def resumes(story: Story, row: Any) -> str:
    """Say that the package held before goes on."""
    hours = f" of {story.hours} hours a week" if story.hours else ""
    return f"{capital(SUPPORT[SERVICES[row[VALUE]]])}{hours} goes on."


def lapses(story: Story, row: Any) -> str:
    """Say that a package was not held open any longer."""
    return f"{capital(SUPPORT[SERVICES[row[VALUE]]])} is held open no longer."


def reviewed(story: Story, row: Any) -> str:
    """Say what a review found."""
    return f"A review finds a need of {row[VALUE] / 10:g} hours a week."


def grows(story: Story, row: Any) -> str:
    """Say that need has grown."""
    return f"Need has grown to {row[VALUE] / 10:g} hours a week."


def ages_up(story: Story, row: Any) -> str:
    """Say the new age band."""
    return f"Is now {AGES[row[VALUE]]}."


def funded(story: Story, row: Any) -> str:
    """Say that the person's own money has run out."""
    return "Their own money has run out: the council pays from now on."


def day_91(story: Story, row: Any) -> str:
    """Say where somebody is on the 91st day after leaving hospital with short-term support."""
    return f"91 days after leaving hospital: {'at home' if row[VALUE] else 'not at home'}."


def dies(story: Story, row: Any) -> str:
    """Say that somebody dies, and where."""
    return "Dies in hospital." if row[VALUE] else "Dies."


def exits(story: Story, row: Any) -> str:
    """Say that somebody is not followed any further."""
    return "Is not followed any further: lives without support."


TELL: dict[int, Callable[[Story, Any], str]] = {
    ARRIVES: arrives,
    ADMITTED: admitted,
    ASKS: asks,
    STARTS: starts,
    WITHDRAWS: withdraws,
    OVERFLOWS: overflows,
    READY: ready,
    REFERRED: referred,
    ASSESSED: assessed,
    DISCHARGED: discharged,
    SUPPORT_STARTS: support_starts,
    SUPPORT_CHANGES: support_changes,
    SUPPORT_ENDS: support_ends,
    COMPLETED: completed,
    RESUMES: resumes,
    LAPSES: lapses,
    REVIEWED: reviewed,
    GROWS: grows,
    AGES_UP: ages_up,
    FUNDED: funded,
    DAY_91: day_91,
    DIES: dies,
    EXITS: exits,
}

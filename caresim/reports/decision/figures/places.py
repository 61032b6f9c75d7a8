"""Who is averted or helped: the leading option by place and age."""

from __future__ import annotations

from matplotlib.axes import Axes

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import marks
from caresim.reports.decision.places import by_place, places
from caresim.reports.decision.tables import ALL_AGES, ALL_PLACES
from caresim.reports.estimate import NAN, Estimate
from caresim.reports.figures import canvas

KEY = "places"
SUBJECT = "Who is averted or helped, by place and age"
_ACROSS, _MOST = 4, 12
MEASURES = {  # what to look for, in this order; a fall of the first kind is good, of the second a rise
    "emergency_admissions": "emergency admissions",
    "new_care_home_council": "new council-paid care home residents",
    "days_not_at_home": "days not at home",
    "delayed_days": "delayed days",
    "reablement_starts": "reablement starts",
    "people_supported": "people supported",
}
_CLEAR = 2.0  # a change counts as seen where it is so many half intervals from nothing


def draw(decision: Decision) -> Chart | Missing:
    """Show a panel a place, all with the same scale: a bar an age band with its interval."""
    lead = decision.lead
    measure = measure_of(decision, lead.key) if lead else None
    if lead is None or measure is None:
        return Missing(
            SUBJECT, "there is no table of differences by place, or the leading option changes nothing in it"
        )
    found = by_place(decision, lead.key, measure, decision.last_year)
    shown = [p for p in places(decision) if any(place == p for place, _ in found)][:_MOST]
    ages = [a for a in dict.fromkeys(age for _, age in found) if a != ALL_AGES] or [ALL_AGES]
    down = -(-len(shown) // _ACROSS)
    height = 2.1 * down + 0.35
    figure = canvas.blank(height)
    spread = _limits(found, shown, ages)
    for number, place in enumerate(shown):
        row, column = divmod(number, _ACROSS)
        box = (0.06 + column * 0.24, (0.55 + (down - 1 - row) * 2.1) / height, 0.175, 1.2 / height)
        _panel(canvas.axes(figure, *box), place, ages, found, spread, first=column == 0)
    what = MEASURES.get(measure, words.name(measure))
    subtitle = (
        f"{lead.name}: {what} in {decision.last_year} less those in the baseline, by age; all to one scale; "
        f"{decision.line}"
    )
    alt = "; ".join(f"{place} {_signed(_of(found, place).mean)}" for place in shown)
    title = _title(lead.name, what, found, shown)
    table = _table(decision, found, what)
    return marks.chart(KEY, figure, title, subtitle, f"Panels by place, {what}, all ages: {alt}.", table)


def measure_of(decision: Decision, key: str) -> str | None:
    """Choose what to show: what changes most clearly over all places, in steps of the order above."""
    best, clearest = None, 0.0
    for measure in MEASURES:
        whole = _of(by_place(decision, key, measure, decision.last_year), ALL_PLACES)
        if not words.known(whole.mean) or whole.mean == 0:
            continue
        half = (whole.high - whole.low) / 2 if whole.has_interval else NAN
        clear = min(_CLEAR, abs(whole.mean) / half) if words.known(half) and half > 0 else _CLEAR
        if clear > clearest:
            best, clearest = measure, clear
    return best


def _of(found: dict[tuple[str, str], Estimate], place: str) -> Estimate:
    whole = found.get((place, ALL_AGES))
    if whole is not None:
        return whole
    parts = [value.mean for (where, _), value in found.items() if where == place]
    return Estimate(sum(parts)) if parts else Estimate(NAN)


def _limits(found: dict[tuple[str, str], Estimate], places: list[str], ages: list[str]) -> tuple[float, float]:
    shown = [found[place, age] for place in places for age in ages if (place, age) in found]
    ends = [0.0, *(e for v in shown for e in v.mean_low_high if words.known(e))]
    low, high = min(ends), max(ends)
    room = max(high - low, 1e-9)
    return low - room * 0.12, high + room * 0.12


def _panel(
    ax: Axes, place: str, ages: list[str], found: dict[tuple[str, str], Estimate], limits: tuple[float, float],
    first: bool,
) -> None:  # fmt: skip
    for number, age in enumerate(ages):
        value = found.get((place, age))
        if value is None:
            continue
        ax.bar(number, value.mean, width=0.62, color=palette.ACCENT)
        if value.has_interval:
            for colour, width in ((palette.WHITE, 4.0), (palette.TEXT, 1.6)):
                ax.plot([number, number], [value.low, value.high], color=colour, linewidth=width, zorder=4,
                        solid_capstyle="butt", marker="_", markersize=8, markeredgewidth=width)  # fmt: skip
    marks.at_zero(ax, upright=False)
    ax.set_ylim(*limits)
    ax.set_xlim(-0.6, len(ages) - 0.4)
    ax.set_xticks(range(len(ages)), ages, fontsize=8.5)
    ax.tick_params(axis="y", labelsize=9, labelleft=first)
    canvas.few_ticks(ax)
    whole = f"{_signed(_of(found, place).mean)} in all"
    for height, text, weight in ((18, marks.lines(place, 24, 1), "bold"), (5, whole, "normal")):
        ax.annotate(text, (0, 1), xycoords="axes fraction", xytext=(0, height), textcoords="offset points",
                    fontsize=9.5, weight=weight, annotation_clip=False)  # fmt: skip


def _signed(value: float) -> str:
    text = words.whole(value) if abs(value) >= 10 or not words.known(value) else words.one_decimal(value)
    return f"+{text}" if words.known(value) and value > 0 and text.strip("0.") else text


def _title(name: str, what: str, found: dict[tuple[str, str], Estimate], places: list[str]) -> str:
    whole = _of(found, ALL_PLACES).mean
    if not words.known(whole):
        whole = sum(_of(found, place).mean for place in places)
    text = f"{name} changes {what} by {_signed(whole)} a year"
    same = [p for p in places if _of(found, p).mean * whole > 0]
    if same and whole:
        top = max(same, key=lambda p: abs(_of(found, p).mean))
        text += f", most of all in {top} ({_signed(_of(found, top).mean)})"
    return text


def _table(decision: Decision, found: dict[tuple[str, str], Estimate], what: str) -> DataTable:
    rows = tuple(
        (f"{place}, {age}", *(words.one_decimal(v) for v in value.mean_low_high))
        for (place, age), value in found.items()
    )
    head = ("Place and age", "Difference", "Interval from", "Interval to")
    caption = f"Difference of {what} to the baseline in {decision.last_year}; interval: {phrases.MEAN}"
    return DataTable(caption, head, rows)

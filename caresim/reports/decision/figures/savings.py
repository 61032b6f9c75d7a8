"""What each option saves in the last year, paired, with both kinds of range."""

from __future__ import annotations

from caresim.reports import words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.cautions import DELAYED, people, waits_more
from caresim.reports.decision.facts import HEADLINE, TINY, Decision
from caresim.reports.decision.figures import marks
from caresim.reports.decision.option import Option
from caresim.reports.figures import canvas

KEY = "savings"
SUBJECT = "What each option saves"
_MOST = 12


def draw(decision: Decision) -> Chart | Missing:
    """Show a row an option, largest saving first: mean, its interval, and the range of draws."""
    options = [o for o in decision.options if words.known(decision.saving(o.key).mean)]
    if not options:
        return Missing(SUBJECT, "the comparison has no differences of the hospital-driven cost")
    options.sort(key=lambda o: -decision.saving(o.key).mean)
    named = marks.grouped(options, lambda o: _drawn_at(decision, o))
    options = list(named)[:_MOST]
    height = 0.95 + 0.5 * len(options)
    figure = canvas.blank(height)
    ax = canvas.axes(figure, 0.27, 0.5 / height, 0.56, (height - 0.75) / height, grid="x")
    ends = [
        e
        for o in options
        for v in (decision.saving(o.key), decision.drawn_saving(o.key))
        for e in (v.low, v.p95, v.p05)
    ]
    ends += [decision.saving(o.key).mean for o in options]
    known = [abs(e) for e in ends if words.known(e)]
    factor, unit = marks.money_axis(ax, max(known))
    for row, option in enumerate(reversed(options)):
        saving, drawn = decision.saving(option.key).times(1 / factor), decision.drawn_saving(option.key)
        marks.span(ax, drawn.p05 / factor, drawn.p95 / factor, row, wide=True)
        marks.span(ax, saving.low, saving.high, row, wide=False)
        marks.dot(ax, saving.mean, row)
        reach = max(v for v in (saving.mean, saving.high, drawn.p95 / factor) if words.known(v))
        ax.annotate(phrases.gain(saving.mean * factor), (reach, row), xytext=(9, 0), textcoords="offset points",
                    va="center", annotation_clip=False)  # fmt: skip
    marks.at_zero(ax)
    marks.names(ax, [named[o] for o in options])
    ax.set_xlabel(f"less than the baseline, {unit} in {decision.last_year}", fontsize=10)
    title, alt = _title(decision, options), "; ".join(_say(decision, o) for o in options)
    return marks.chart(KEY, figure, title, _subtitle(decision), f"One row an option: {alt}.", _table(decision, options))


def _drawn_at(decision: Decision, option: Option) -> tuple[int | None, ...]:
    saving, drawn = decision.saving(option.key), decision.drawn_saving(option.key)
    return marks.to_pounds(saving.mean, saving.low, saving.high, drawn.p05, drawn.p95)


def _title(decision: Decision, options: list[Option]) -> str:
    best = options[0]
    saving = decision.saving(best.key).mean
    if saving < TINY:
        return f"No option of {len(options)} lowers the hospital-driven cost of {decision.last_year}"
    wide = decision.drawn_saving(best.key)
    range_of = wide if words.known(wide.p05) else decision.saving(best.key)
    dearer = [o for o in decision.choices if _adds(decision, o)]
    unsure = [o for o in decision.choices if _includes_none(decision, o) and o not in dearer]
    most = "saves most," if len(options) > 1 else "saves"
    text = f"{best.name} {most} {phrases.pounds(saving)} in {decision.last_year}"
    if words.known(range_of.p05) and range_of is not decision.saving(best.key):
        text += f" ({phrases.between(range_of.p05, range_of.p95, saving)})"
    spent = decision.invested(best.key, year=decision.last_year)
    if words.known(spent) and spent >= TINY:
        text += f", before its own cost of {phrases.pounds(spent)}"
    if waits_more(lambda measure: decision.difference(best.key, measure)):
        delayed = people(decision.difference(best.key, DELAYED).mean)
        return f"{text}, while {delayed} more people a day are stuck in hospital"
    said_of = [f"{len(unsure)} of {len(decision.choices)} may save nothing"] if unsure else []
    said_of += (
        [f"{len(dearer)} of {len(decision.choices)} {'adds' if len(dearer) == 1 else 'add'} cost"] if dearer else []
    )
    return "; ".join([text, *said_of])


def _adds(decision: Decision, option: Option) -> bool:
    """Tell whether an option adds to the cost, beyond chance and the evidence where it was drawn."""
    wide, saving = decision.drawn_saving(option.key), decision.saving(option.key)
    high = wide.p95 if words.known(wide.p95) else saving.high
    return bool(words.known(high) and max(high, saving.high) < 0) and saving.mean <= -TINY


def _includes_none(decision: Decision, option: Option) -> bool:
    wide, saving = decision.drawn_saving(option.key), decision.saving(option.key)
    low = wide.p05 if words.known(wide.p05) else saving.low
    return bool(words.known(low) and low <= 0) or abs(saving.mean) < TINY


def _subtitle(decision: Decision) -> str:
    text = (
        f"Hospital-driven cost, gross council cost of the first 52 weeks, {decision.county}, less than the baseline's. "
    )
    if decision.replications == 1:
        return text + "One pair, so no intervals"
    thick = f"Thick line: {phrases.MEAN}"
    return f"{text}{thick}" + (f"; thin line: chance and evidence, {phrases.OPEN}" if decision.draws else "")


def _say(decision: Decision, option: Option) -> str:
    saving, drawn = decision.saving(option.key), decision.drawn_saving(option.key)
    ends = f" ({phrases.between(drawn.p05, drawn.p95, saving.mean)})" if words.known(drawn.p05) else ""
    return f"{option.name} {phrases.gain(saving.mean)}{ends}"


def _table(decision: Decision, options: list[Option]) -> DataTable:
    rows = []
    for option in options:
        for area in decision.areas:
            s, d = (f(option.key, HEADLINE, area) for f in (decision.saving, decision.drawn_saving))
            cells = (s.mean, s.low, s.high, s.p05, s.p95, d.p05, d.p95)
            rows.append((f"{option.name}, {area}", *(phrases.pounds(v) for v in cells)))
    head = ("Option and area", "Saving", "Interval from", "Interval to", "Chance 5%", "Chance 95%",
            "Chance and evidence 5%", "Chance and evidence 95%")  # fmt: skip
    return DataTable(
        f"Saving of hospital-driven cost in {decision.last_year}; interval: {phrases.MEAN}", head, tuple(rows)
    )

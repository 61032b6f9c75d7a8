"""What is bought for the money: cost against days at home or people supported."""

from __future__ import annotations

from matplotlib.axes import Axes

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.cautions import DEATHS, falls, rises
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import marks
from caresim.reports.decision.option import Option
from caresim.reports.decision.tables import ALL_YEARS, PUBLIC
from caresim.reports.estimate import Estimate
from caresim.reports.figures import canvas

KEY = "plane"
SUBJECT = "What is bought for the money"
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*", "<", ">")


def draw(decision: Decision) -> Chart | Missing:
    """Show each option at what it costs the public, net, and how many more days are lived at home."""
    found = {o.key: (bought(decision, o), cost(decision, o)) for o in decision.options}
    shown = [o for o in decision.options if all(words.known(value.mean) for value in found[o.key])]
    if not shown or not any(found[o.key][0].mean for o in shown):
        return Missing(SUBJECT, "the comparison has no days at home or no net cost")
    unfair = [o for o in shown if changes_deaths(decision, o)]
    if not any(found[o.key][0].mean for o in shown if o not in unfair):
        return Missing(
            SUBJECT, "deaths change under every option that has an effect, and days at home judge none of them"
        )
    named = marks.grouped(shown, lambda o: marks.to_pounds(*(v.mean for v in found[o.key])))
    figure = canvas.blank(4.3)
    ax = canvas.axes(figure, 0.09, 0.13, 0.66, 0.80)
    ax.grid(axis="x")
    _plot(ax, named, found)
    first, last = decision.years[0], decision.years[-1]
    years = first if first == last else f"{first} to {last}"
    subtitle = (
        f"Difference to the baseline, {years}, {decision.county}: days at home of people aged 65 and over against net "
        f"cost to the public purse, freed capacity counted as a saving; {decision.interval_as('lines: ')}"
    )
    alt = "; ".join(_say(o, *found[o.key]) for o in shown)
    table = _table(shown, found, years)
    title = _title([o for o in shown if o not in unfair], len(shown), found)
    return marks.chart(KEY, figure, title, subtitle, f"A mark an option: {alt}.", table, _notes(unfair))


def changes_deaths(decision: Decision, option: Option) -> bool:
    """Tell whether at least one death more or fewer is beyond chance: days at home are then no fair measure."""
    deaths = decision.difference(option.key, DEATHS, year=ALL_YEARS)
    return (rises(deaths) or falls(deaths)) and abs(deaths.mean) >= 1


def _notes(unfair: list[Option]) -> tuple[str, ...]:
    if not unfair:
        return ()
    names = words.listed([o.name for o in unfair[:3]]) + (f" and {len(unfair) - 3} more" if len(unfair) > 3 else "")
    return (
        f"Not to be judged by days at home, since deaths change: {names}. The population of the model does not shrink "
        "by deaths of earlier years, so people who live longer in a care home lower this measure.",
    )


def bought(decision: Decision, option: Option) -> Estimate:
    """Give the days at home that an option adds over all years."""
    return decision.difference(option.key, "days_at_home", year=ALL_YEARS)


def cost(decision: Decision, option: Option) -> Estimate:
    """Give what an option costs the public over all years, savings taken off."""
    weighed = decision.weighed(option.key, "net_saving", PUBLIC)
    if words.known(weighed.mean):
        return weighed.turned
    return decision.difference(option.key, "council_net_cost", year=ALL_YEARS)


def _plot(ax: Axes, named: dict[Option, str], found: dict[str, tuple[Estimate, Estimate]]) -> None:
    marks.at_zero(ax)
    marks.at_zero(ax, upright=False)
    ends: list[tuple[float, int]] = []
    shown = list(named)
    for number, option in enumerate(shown):
        days, pounds = found[option.key]
        x, y = days.mean / 1e3, pounds.mean / marks.MILLION
        if days.has_interval:
            ax.plot([days.low / 1e3, days.high / 1e3], [y, y], color=palette.MUTED, linewidth=1.6, zorder=3)
        if pounds.has_interval:
            low, high = pounds.low / marks.MILLION, pounds.high / marks.MILLION
            ax.plot([x, x], [low, high], color=palette.MUTED, linewidth=1.6, zorder=3)
        ax.plot([x], [y], marker=_MARKERS[number % len(_MARKERS)], markersize=9, color=palette.ACCENT,
                markeredgecolor=palette.WHITE, zorder=4)  # fmt: skip
        ends.append((y, number))
    ax.margins(0.12)
    ax.set_xlim(*ax.get_xlim())
    ax.set_ylim(*ax.get_ylim())
    bottom, top = ax.get_ylim()
    heights = canvas.apart([y for y, _ in ends], (top - bottom) * 0.1)
    over = max(max(heights) - (top - (top - bottom) * 0.03), 0.0)
    right = ax.get_xlim()[1]
    for (y, number), height in zip(ends, heights, strict=True):
        x = found[shown[number].key][0].mean / 1e3
        ax.plot([x, right], [y, height - over], color=palette.RULE, linewidth=0.8, zorder=1, clip_on=False)
        ax.annotate(marks.lines(named[shown[number]], 26), (right, height - over), xytext=(6, 0), fontsize=9.5,
                    textcoords="offset points", va="center", annotation_clip=False)  # fmt: skip
    ax.set_xlabel("days at home more than in the baseline, thousand", fontsize=10)
    ax.set_ylabel("net cost to the public, £m", fontsize=10)


def _title(shown: list[Option], count: int, found: dict[str, tuple[Estimate, Estimate]]) -> str:
    """Say what the options give that days at home are fair to, of so many."""
    both = [o for o in shown if found[o.key][0].mean > 0 and found[o.key][1].mean < 0]
    if both:
        names = words.listed([o.name for o in both[:3]]) + (f" and {len(both) - 3} more" if len(both) > 3 else "")
        return f"{len(both)} of {count} give days at home and save money: {names}"
    better = [o for o in shown if found[o.key][0].mean > 0]
    if not better:
        others = "" if count == len(shown) else f" without changing deaths: {count - len(shown)} change them"
        return f"None of {count} options gives people more days at home{others}"
    cheapest = min(better, key=lambda o: found[o.key][1].mean / found[o.key][0].mean)
    days, pounds = found[cheapest.key]
    price = words.pounds_rounded(pounds.mean / days.mean)
    if len(shown) == 1 < count:
        return f"Only one of {count} options can be judged by days at home, {cheapest.name}: {price} a day"
    judged = "" if len(shown) == count else f" among the {len(shown)} of {count} options that change no deaths"
    return f"A day at home costs least with {cheapest.name}{judged}: {price} a day"


def _say(option: Option, days: Estimate, pounds: Estimate) -> str:
    return f"{option.name} {words.whole(days.mean)} days for {phrases.pounds(pounds.mean)}"


def _table(shown: list[Option], found: dict[str, tuple[Estimate, Estimate]], years: str) -> DataTable:
    rows = []
    for option in shown:
        days, pounds = found[option.key]
        cells = [words.whole(v) for v in days.mean_low_high]
        rows.append((option.name, *cells, *(phrases.pounds(v) for v in pounds.mean_low_high)))
    head = ("Option", "Days at home", "From", "To", "Net cost", "Net cost from", "Net cost to")
    return DataTable(f"Difference to the baseline, {years}; from and to: {phrases.MEAN}", head, tuple(rows))

"""What each part of a portfolio contributes, and what the parts do to each other."""

from __future__ import annotations

from caresim.reports import words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import HEADLINE, Decision
from caresim.reports.decision.figures import marks
from caresim.reports.estimate import Estimate
from caresim.reports.figures import canvas
from caresim.reports.figures.level import waterfall

KEY = "bridge"
SUBJECT = "What each part of a portfolio contributes"
INTERACTION, OTHERS, TOTAL = "interaction", "other changes", "total"
_NAMES = {INTERACTION: "What the parts do to each other", OTHERS: "Other changes", TOTAL: "All together"}
_WIDE = 9


def draw(decision: Decision) -> Chart | Missing:
    """Show a waterfall from nothing over the parts to the whole."""
    key, parts = parts_of(decision)
    if not parts:
        return Missing(SUBJECT, "no option of several parts was taken apart")
    name, total = decision.option(key).name, parts[TOTAL]
    height = 0.95 + 0.5 * len(parts)
    figure = canvas.blank(height)
    ax = canvas.axes(figure, 0.30, 0.5 / height, 0.54, (height - 0.75) / height, grid="x")
    factor, unit = marks.money_axis(ax, max(abs(v.mean) for v in parts.values()))
    waterfall(ax, parts, factor, phrases.gain)
    marks.names(ax, [_label(part) for part in parts], 34)
    ax.set_xlabel(f"less hospital-driven cost, {unit} in {decision.last_year}", fontsize=10)
    subtitle = (
        f"{name}: hospital-driven cost less than the baseline's, each part run alone, {decision.county}; "
        f"{decision.line}"
    )
    alt = "; ".join(f"{_label(part)} {phrases.gain(value.mean)}" for part, value in parts.items())
    title = _title(name, parts, total)
    return marks.chart(KEY, figure, title, subtitle, f"A waterfall: {alt}.", _table(decision, parts))


def parts_of(decision: Decision) -> tuple[str, dict[str, Estimate]]:
    """Give the option that was taken apart, the leading one if it was, and its parts' savings; the total last."""
    rows = decision.table("bridge")
    rows = rows[rows["measure"].eq(HEADLINE) & rows["area"].eq(decision.county) & rows["year"].eq(decision.last_year)]
    keys = list(rows["scenario"].drop_duplicates())
    if not keys:
        return "", {}
    lead = decision.lead.key if decision.lead else ""
    key = lead if lead in keys else max(keys, key=lambda k: rows["scenario"].eq(k).sum())
    found = {str(r.part): _saving(r) for r in rows[rows["scenario"].eq(key)].itertuples()}
    found = {part: value for part, value in found.items() if words.known(value.mean)}
    if TOTAL not in found or len(found.keys() - {INTERACTION, TOTAL}) < 2:  # one part is the whole
        return "", {}
    last = {part: found.pop(part) for part in (OTHERS, INTERACTION, TOTAL) if part in found}
    own = dict(sorted(found.items(), key=lambda item: -item[1].mean)[:_WIDE])
    rest = [value.mean for part, value in found.items() if part not in own]
    more = {f"{len(rest)} smaller parts": Estimate(sum(rest))} if rest else {}
    return str(key), {**own, **more, **last}


def _saving(row: object) -> Estimate:
    return Estimate(*(float(getattr(row, c)) for c in ("mean", "low", "high"))).turned


def _label(part: str) -> str:
    return _NAMES.get(part, part)


def _title(name: str, parts: dict[str, Estimate], total: Estimate) -> str:
    own = {part: v for part, v in parts.items() if part not in _NAMES}
    first = max(own, key=lambda part: own[part].mean)
    text = f"{first} gives {phrases.pounds(own[first].mean)} of the {phrases.pounds(total.mean)} that {name} saves"
    both = parts.get(INTERACTION)
    if both is not None and abs(both.mean) > abs(total.mean) / 50:
        less = "less" if both.mean < 0 else "more"
        text += f"; together the parts save {phrases.pounds(abs(both.mean))} {less} than their sum"
    return text


def _table(decision: Decision, parts: dict[str, Estimate]) -> DataTable:
    rows = tuple((_label(part), *(phrases.pounds(v) for v in e.mean_low_high)) for part, e in parts.items())
    head = ("Part", "Saving", "Interval from", "Interval to")
    return DataTable(f"Saving of hospital-driven cost in {decision.last_year}; interval: {phrases.MEAN}", head, rows)

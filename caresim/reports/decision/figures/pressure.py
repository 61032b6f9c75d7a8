"""Why hospital demand costs more or less under the leading option than in the baseline."""

from __future__ import annotations

from caresim.reports import pressure, words
from caresim.reports.chart import Chart, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import TINY, Decision
from caresim.reports.decision.figures import marks
from caresim.reports.figures.pressure import KEY as KEY
from caresim.reports.figures.pressure import parts_of, picture, spoken, table_of

SUBJECT = "What of a change in the cost of hospital demand is demand, length of stay, delay, intensity or price"


def draw(decision: Decision) -> Chart | Missing:
    """Show a waterfall over the parts of the leading option's difference to the baseline in the last year."""
    lead, year = decision.lead, decision.last_year
    table = decision.table("pressure")
    rows = table[table["area"].eq(decision.county) & table["year"].eq(year)]
    parts = parts_of(rows[rows["scenario"].eq(lead.key if lead else "")])
    if lead is None or not parts:
        return Missing(SUBJECT, "the difference was not split")
    total = parts[pressure.TOTAL]
    title = f"{lead.name} leaves the cost of acute beds and the care after them in {year} as it is"
    if abs(total.mean) >= TINY:
        does = "takes {} off" if total.mean < 0 else "adds {} to"
        title = (
            f"{lead.name} {does.format(phrases.pounds(abs(total.mean)))} the cost of acute beds and the care after "
            f"them in {year}, most of it from {pressure.why(parts, phrases.gain)}{pressure.by_chance(total)}"
        )
    line = f"line: {phrases.MEAN}" if decision.replications > 1 else "one pair, so no interval"
    subtitle = f"{words.capital(pressure.COST)}, {decision.county}, {lead.name} less baseline; {line}"
    figure = picture(parts, f"more (+) or less ({phrases.MINUS}) than the baseline in {year}", phrases.gain)
    return marks.chart(
        KEY, figure, title, subtitle, spoken(parts, phrases.gain), table_of(parts, subtitle, phrases.pounds)
    )

"""What is cash: of each budget line's saving, and what is left in funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caresim.reports import words
from caresim.reports.chart import DataTable
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import NOTHING, Decision
from caresim.reports.decision.lookup import Lookup
from caresim.reports.decision.option import Option
from caresim.reports.decision.tables import ALL_SERVICES, BASELINE, INVESTMENT
from caresim.reports.estimate import Estimate

COUNCIL, PAYMENT = "council", "payment"
SAVING, CASH = "saving", "cashable_saving"
_LABELS = {ALL_SERVICES: "All lines, net", "spot_purchase": "Spot purchase, beyond the usual price"}
Told = tuple[Estimate, Estimate]  # by chance alone, and with the evidence


def by_budget_line(decision: Decision, options: Sequence[Option]) -> DataTable | None:
    """Give the council's saving by budget line and how much of it is cash, with both kinds of range."""
    look = {kind: _look(decision, kind) for kind in ("cash_by_line", "drawn_cash_by_line")}
    table = decision.table("cash_by_line")
    there = table[table["partner"].eq(COUNCIL) & table["year"].eq(decision.last_year)]
    found = {}
    for service in there["service"].drop_duplicates():
        saved = [_told(decision, look, o, str(service), SAVING) for o in options]
        if any(words.known(value.mean) and abs(value.mean) >= 1 for value, _ in saved):
            found[str(service)] = saved
    whole = found.pop(ALL_SERVICES, None)
    if not found:
        return None
    rows = []
    for service, saved in [*sorted(found.items(), key=_size), *([(ALL_SERVICES, whole)] if whole else [])]:
        rows.append((_label(service), _share(decision, service), *(phrases.told(*value) for value in saved)))
        cash = [_told(decision, look, o, service, CASH) for o in options]
        if any(abs(one.mean - other.mean) >= 1 for (one, _), (other, _) in zip(saved, cash, strict=True)):
            rows.append((f"{_label(service)}: of it cash", "", *(phrases.told(*value) for value in cash)))
    caption = (
        f"Council's saving (+) or cost ({phrases.MINUS}) by budget line, {decision.last_year}, and what of it is cash; "
        f"what costs more than before is spent in full; under each mean the {phrases.MEAN}{phrases.EVIDENCE}"
    )
    return DataTable(caption, ("Budget line", "Cashable", *(o.name for o in options)), tuple(rows))


def _look(decision: Decision, name: str) -> Lookup:
    by = ("scenario", "measure", "partner", "service", "area", "year")
    return Lookup(decision.table(name), by, ["mean", "low", "high", "p05", "p95"])


def _told(decision: Decision, look: Mapping[str, Lookup], option: Option, service: str, measure: str) -> Told:
    """Look a line up; payments of an option that is told against the baseline paid alike have no range of evidence."""
    year = decision.last_year
    if option.key in decision.told_alike and service in (PAYMENT, ALL_SERVICES):
        saved = decision.money(option.key, COUNCIL, service, year=year).turned
        return (NOTHING if (service, measure) == (ALL_SERVICES, CASH) else saved), NOTHING
    at = (option.key, measure, COUNCIL, service, decision.county, year)
    chance, both = (kind.get(at, NOTHING) for kind in look.values())
    return chance, both


def _size(line: tuple[str, Sequence[Told]]) -> float:
    return -max(abs(value.mean) for value, _ in line[1] if words.known(value.mean))


def _label(service: str) -> str:
    return _LABELS.get(service, words.capital(words.name(service)))


def _share(decision: Decision, service: str) -> str:
    if service in (INVESTMENT, PAYMENT):
        return "all"
    share = cashable_share(decision, service) if service != ALL_SERVICES else None
    return words.percent(share) if share is not None else "" if service == ALL_SERVICES else "not given"


def cashable_share(decision: Decision, service: str) -> float | None:
    """Give the share of a service's saving that is cashable, from the baseline's appraisal section."""
    row = decision.assumption(f"appraisal.cashable.by_service.{service}")
    if row is None and service != INVESTMENT:
        row = next((r for r in decision.rows(BASELINE) if str(r.get("path")) == "appraisal.cashable"), None)
    value = row.get("value") if row else None
    return float(value) if isinstance(value, int | float) else None


def funds(decision: Decision) -> DataTable | None:
    """Give each fund's running balance by year, option by option, with both kinds of range."""
    balances, drawn = (_balances(decision, name) for name in ("fund_balances", "drawn_fund_balances"))
    table = decision.table("fund_balances")
    rows = []
    for key, fund in dict.fromkeys(zip(table["scenario"], table["fund"], strict=True)):
        option = decision.option(str(key))
        if not option.is_twin:
            at = [(str(key), str(fund), year) for year in decision.weighed_years]
            cells = (phrases.told(balances.get(p, NOTHING), drawn.get(p, NOTHING), phrases.pounds) for p in at)
            rows.append((f"{phrases.partner(str(fund))}, {option.name}", *cells))
    if not rows:
        return None
    caption = (
        "Balance of each fund at the end of the year, in the cash of the day; below 0 it is overdrawn; under each "
        f"mean the {phrases.MEAN}{phrases.EVIDENCE}"
    )
    return DataTable(caption, ("Fund and option", *decision.weighed_years), tuple(rows))


def _balances(decision: Decision, name: str) -> Lookup:
    ends = [f"closing{end}" for end in ("", "_low", "_high", "_p05", "_p95")]
    return Lookup(decision.table(name), ("scenario", "fund", "year"), ends)

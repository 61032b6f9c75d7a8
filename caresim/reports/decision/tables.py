"""The tables that a decision report takes, and their columns; see `caresim.reports.decision`."""

from __future__ import annotations

import pandas as pd

from caresim.reports.shared_facts import HELD_AGAINST

_SHORT = ("mean", "low", "high", "replications")
_PAIRED = ("low_unpaired", "high_unpaired", "variance_ratio", "share_lower", "share_higher")
_LEVELS = ("scenario", "measure", "unit", "area", "year", "mean", "low", "high", "p05", "p95", "replications")
_FIFTHS = ("p20", "p80")

_APPRAISED = (
    *("scenario", "measure", "unit", "basis", "corrected", "partner", "area", "year"),
    *("mean", "low", "high", "p05", "p95", "replications", *_FIFTHS),
)
_PATH = ("scenario", "month", "partner", "area", "mean", "low", "high", "p05", "p95")
_BALANCE = (
    *("opening", "replenished", "spent", "received", "recycled", "closing"),
    *("closing_low", "closing_high", "closing_p05", "closing_p95"),
)
_FUNDS = ("scenario", "fund", "year", *_BALANCE, "replications")
_CASH = (
    *("scenario", "measure", "partner", "service", "area", "year", "mean", "low", "high", "p05", "p95"),
    "replications",
)

COLUMNS: dict[str, tuple[str, ...]] = {
    "summary": _LEVELS,
    "differences": (*_LEVELS, *_PAIRED, *_FIFTHS),
    "drawn_differences": (*_LEVELS, *_PAIRED, *_FIFTHS),
    "differences_by_place": ("scenario", "place", "age", "measure", "unit", "year", *_SHORT),
    "money_differences": ("scenario", "year", "unitary", "partner", "service", *_SHORT),
    "paid_alike": ("scenario", "year", "unitary", "partner", "service", *_SHORT),
    "line_differences": ("scenario", "year", "unitary", "partner", "line", "baseline", *_SHORT),
    "pressure": ("scenario", "area", "year", "part", "unit", *_SHORT),
    "bridge": ("scenario", "part", "measure", "unit", "area", "year", *_SHORT),
    "appraisal": _APPRAISED,
    "drawn_appraisal": _APPRAISED,
    "cumulative": _PATH,
    "drawn_cumulative": _PATH,
    "cash_by_line": _CASH,
    "drawn_cash_by_line": _CASH,
    "fund_balances": _FUNDS,
    "drawn_fund_balances": _FUNDS,
    "budgets": (
        *("scenario", "line", "agreement", "partners", "services", "area", "share", "share_grade", "share_source"),
        *("note", "year", "days", "days_of_year", "mean", "low", "high", "p05", "p20", "p80", "p95", "replications"),
        *("difference_mean", "difference_low", "difference_high", "difference_p05", "difference_p95"),
        *("budget", "budget_grade", "budget_source"),
        *("overspent", "overspent_grade", "overspent_source"),
    ),
    **HELD_AGAINST,
    "tornado": (
        *("scenario", "assumption", "value", "low_value", "high_value", "unit"),
        *("at_low", "at_high", "error", "quantity", "grade", "source", "how"),
    ),
}
NUMBERS = {
    *("mean", "low", "high", "p05", "p95", "replications", "low_unpaired", "high_unpaired", "variance_ratio"),
    *(
        "p20",
        "p80",
        "share_lower",
        "share_higher",
        "value",
        "low_value",
        "high_value",
        "at_low",
        "at_high",
        "error",
        *_BALANCE,
    ),
    *("share", "difference_mean", "difference_low", "difference_high", "difference_p05", "difference_p95"),
    *("budget", "overspent", "days", "days_of_year", "residual", "within"),
    *("figure", "figure_low", "figure_high", "first_months", "expected", "warm_up_days"),
    "baseline",
}
ALL_YEARS, ALL_PLACES, ALL_AGES = "all years", "all places", "all ages"
ALL_PARTNERS, ALL_SERVICES = "all partners", "all services"
BASELINE, INVESTMENT = "baseline", "investment"
ALL, EVERYBODY, PUBLIC = "all", "everybody", "public"  # of an appraisal; public: all but the person


def complete(table: pd.DataFrame | None, name: str) -> pd.DataFrame:
    """Give a table all its columns; one that is missing has no rows, a column that is missing has no values."""
    columns = COLUMNS[name]
    if table is None or table.empty:
        empty = {c: pd.Series(dtype="float64" if c in NUMBERS else "object") for c in columns}
        return pd.DataFrame(empty)
    absent = {c: float("nan") if c in NUMBERS else "" for c in columns if c not in table}
    texts = [c for c in columns if c not in NUMBERS and c in table and c not in {"month", "corrected"}]
    return table.assign(**absent, **{c: table[c].astype(str) for c in texts})

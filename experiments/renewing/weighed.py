"""Numbers of an appraisal: what a scenario saves, receives and costs, for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.config.vocabulary import COST_LINES
from caresim.money.appraisal import Appraisal
from caresim.money.worth import payback_month
from renewing.number import Samples
from renewing.source import pick, slug

Floats = NDArray[np.float64]
WHATS = ("saving", "received", "invested", "net", "payback", "paid_back")
BASES = ("present", "nominal", "real")
ADJUSTED = ("cash", "corrected")
NHS = ("icb", "acute_trust", "community_trust")
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Asked:
    """What a name asks of an appraisal: `[basis_][adjusted_]what_whom`."""

    what: str
    whom: str
    basis: str = "base_year"
    corrected: bool = False
    cash: bool = False


def asked(measure: str) -> Asked | None:
    """Read the name of a measure; None where it is none of an appraisal."""
    basis, flags, rest = "base_year", set(), measure
    while (first := rest.partition("_")[0]) in (*BASES, *ADJUSTED):
        rest = rest.partition("_")[2]
        if first in BASES:
            basis = first
        else:
            flags.add(first)
    what = next((w for w in sorted(WHATS, key=len, reverse=True) if rest.startswith(f"{w}_")), None)
    if what is None:
        return None
    return Asked(what, rest[len(what) + 1 :], basis, "corrected" in flags, "cash" in flags)


def groups(appraisal: Appraisal) -> dict[str, list[int]]:
    """Give whom a number may be about: each account, the NHS, council and funds, everybody."""
    names = list(appraisal.accounts)
    found = {slug(name): [i] for i, name in enumerate(names)}
    funds = [i for i, name in enumerate(names) if name in appraisal.funds]
    found["nhs"] = [names.index(name) for name in NHS]
    found["council_and_funds"] = [names.index("council"), *funds]
    found["all"] = list(range(len(names)))
    return found


def values_of(appraisal: Appraisal, ask: Asked) -> Floats:
    """Give what is asked for by month (r, m, u, n)."""
    makers: Mapping[str, Callable[[], Floats]] = {
        "saving": lambda: savings(appraisal, ask),
        "received": lambda: appraisal.payments(ask.basis, ask.corrected),
        "invested": lambda: appraisal.costs(ask.basis, ask.corrected),
        "net": lambda: (
            savings(appraisal, ask)
            + appraisal.payments(ask.basis, ask.corrected)
            - appraisal.costs(ask.basis, ask.corrected)
        ),
    }
    return makers[ask.what]()


def savings(appraisal: Appraisal, ask: Asked) -> Floats:
    """Give what is saved on care (r, m, u, n); where only cash counts, a line on which more is spent counts in full.

    A freed social worker is no cash until a post goes, but one more who is needed has to be paid.
    """
    if not ask.cash:
        return appraisal.savings(ask.basis, ask.corrected)
    spent_more = appraisal.saving.mean(axis=0).sum(axis=(0, 1)) < 0  # n, line
    weights = np.where(spent_more, 1.0, appraisal.cashable)
    terms = np.stack([appraisal.terms(ask.basis, line) for line in COST_LINES], axis=-1)  # m, line
    left = appraisal.haircut if ask.corrected else np.ones(appraisal.saving.shape[2:])
    return np.asarray(np.einsum("rmunl,ml,nl,unl->rmun", appraisal.saving, terms, weights, left))


def samples(appraisal: Appraisal, ask: Asked, area: str, year: str, cache: dict[Any, Floats]) -> Samples:
    """Give the values of a number by replication."""
    whom = groups(appraisal)
    at = whom[pick(ask.whom, list(whom), "partner")]
    areas = ["county", *(slug(name) for name in appraisal.unitaries)]
    here = areas.index(pick(area, areas, "area of an appraisal"))

    def by_month(what: str) -> Floats:
        key = (id(appraisal), what, ask.basis, ask.corrected, ask.cash)
        if key not in cache:
            cache[key] = values_of(appraisal, Asked(what, "", ask.basis, ask.corrected, ask.cash))
        months = cache[key][..., at].sum(axis=-1)
        return np.asarray(months.sum(axis=-1) if here == 0 else months[..., here - 1])

    if ask.what in ("payback", "paid_back"):
        # who pays back is judged by the whole cost of the changes against what those asked for save
        spent = cache.setdefault((id(appraisal), "spent"), appraisal.costs().sum(axis=(2, 3)))
        month = payback_month(by_month("net"), spent)
        return Samples("share" if ask.what == "paid_back" else "months", in_time(month, ask.what))
    return Samples("pounds", over(appraisal, by_month(ask.what), year))


def in_time(month: Floats, what: str) -> Floats:
    """Give the month of payback, or 1 where there is one and 0 where there is none."""
    return np.isfinite(month).astype(float) if what == "paid_back" else month


def over(appraisal: Appraisal, by_month: Floats, year: str) -> Floats:
    """Add months up to the year that is asked for, or to all years."""
    names = [slug(name) for name in appraisal.years]
    yearly = appraisal.by_year(by_month)
    if year == "all":
        return np.asarray(yearly.sum(axis=1))
    if year == "a_year":
        return np.asarray(yearly.sum(axis=1) / appraisal.days.sum())
    wanted = names[-1] if year == "last" else pick(year, [*names, "all", "a_year", "last"], "year")
    return np.asarray(yearly[:, names.index(wanted)])


def names(accounts: Sequence[str]) -> list[str]:
    """List the plain names of measures of an appraisal."""
    return [f"{what}_{slug(whom)}" for what in WHATS for whom in (*accounts, "nhs", "council_and_funds", "all")]

"""A fund worked out from what each measure costs and returns: nothing is simulated here.

It pays the whole cost of the measures that it has chosen, and gets back a share of what the council can take out of its
budgets because of them: cashable savings, less what it spends more, at prices of 2018-19, not discounted. What measures
do to each other is left out.
A measure is chosen if its business case shows the council a cashable saving above its cost. The business case is one
draw of the evidence, what happens is another: in replication r draw r happens, r + 1 is the case.

Once: £21m on 1 April 2019, over the years reported. In rounds: each April from 2019 to 2023, of the measures not bought
yet, the one that promises most for a pound first, as long as the money in hand covers what the business cases say that
it and those bought before still cost. The fund pays for four years and gets its share of these four years; then the
measure passes into the council's budget. A measure bought some years later has the path of one bought in 2019, so many
years later: `experiment_later.yaml` simulates what that leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from renewing.compared import BASELINE
from renewing.number import Samples
from renewing.weighed import Asked, savings

Floats = NDArray[np.float64]
OPENING = 21e6
SHARES = (0, 50, 80, 100)
BY_2021 = slice(0, 3)  # 2018-19, 2019-20, 2020-21

SIZES = (1, 2, 5, 10, 21)  # £m in hand on 1 April 2019
BACK = (0, 50, 100)  # % of the returns that go back into the fund
BOUGHT_IN_2019 = slice(1, 5)  # the years of a measure bought in April 2019: 2019-20 to 2022-23
ROUNDS, PAID_YEARS = 5, 4
YEARS = ROUNDS + PAID_YEARS - 1
FIRST = 2019
SET_ASIDE, YEAR_BY_YEAR = PAID_YEARS, 1  # years of promised cost that have to be in hand
EMPTY = -1.0  # pounds: less is below nothing
UNITS = {"measures": "measures", "share": "share", "years": "years", "balance": "pounds", "pounds": "pounds"}


def more(sources: Mapping[str, Any]) -> dict[str, Samples]:
    """Give the course of the funds, by replication."""
    source = sources[""]
    keys = list(source.comparison.results)
    out = told(*flows(source, keys, False), "central")
    if source.comparison.drawn:
        cost, council, everybody = flows(source, keys, True)
        out |= told(cost, council, everybody, "drawn")
        out |= recommended(keys, cost, council)
        out |= in_rounds(cost[..., BOUGHT_IN_2019], council[..., BOUGHT_IN_2019])
    return out | (of_later(sources["later"]) if "later" in sources else {})


def flows(source: Any, keys: list[str], drawn: bool) -> tuple[Floats, Floats, Floats]:
    """Give cost, the council's cashable saving and everybody's saving of each measure (measure, replication, year)."""
    cost, council, everybody = [], [], []
    for key in keys:
        a = source.appraisal(key, BASELINE, drawn)
        at = list(a.accounts).index("council")
        cost.append(a.by_year(a.costs().sum(axis=(2, 3))))
        council.append(a.by_year(savings(a, Asked("saving", "council", cash=True))[..., at].sum(axis=2)))
        everybody.append(a.by_year(a.savings().sum(axis=(2, 3))))
    return np.stack(cost), np.stack(council), np.stack(everybody)


def told(cost: Floats, council: Floats, everybody: Floats, name: str) -> dict[str, Samples]:
    """Follow the fund with the measures that their business cases chose, with all, and by everybody's saving."""
    worth, case = council - cost, np.roll(council - cost, -1, axis=1)
    out: dict[str, Floats] = {}
    choices = {
        "chosen": case.sum(axis=2) > 0,
        "all": np.ones(case.shape[:2], dtype=bool),
        "system": np.roll(everybody - cost, -1, axis=1).sum(axis=2) > 0,
    }
    for choice, mask in choices.items():
        spent = (cost * mask[..., None]).sum(axis=0)
        back = (council * mask[..., None]).sum(axis=0)
        out[f"{choice}.measures"] = mask.sum(axis=0).astype(float)
        out[f"{choice}.spent"] = spent.sum(axis=1)
        out[f"{choice}.returned"] = back.sum(axis=1)
        out[f"{choice}.spent_by_2021"] = spent[:, BY_2021].sum(axis=1)
        out[f"{choice}.returned_by_2021"] = back[:, BY_2021].sum(axis=1)
        out[f"{choice}.promised"] = (case.sum(axis=2) * mask).sum(axis=0)
        out[f"{choice}.kept"] = (worth.sum(axis=2) * mask).sum(axis=0)
        for share in SHARES:
            out[f"{choice}.balance_{share}"] = OPENING - spent.sum(axis=1) + share / 100 * back.sum(axis=1)
    return {
        f"{name}.{key}": Samples("measures" if key.endswith("measures") else "pounds", values)
        for key, values in out.items()
    }


def recommended(keys: list[str], cost: Floats, council: Floats) -> dict[str, Samples]:
    """Say by draw whether a business case recommends a measure: more cash for the council than it costs."""
    yes = (council - cost).sum(axis=2) > 0
    return {f"recommended.{key}": Samples("share", yes[m].astype(float)) for m, key in enumerate(keys)}


# ---- in rounds


class Rules(NamedTuple):
    """How a fund buys: what it begins with, what comes back to it, what it has to have in hand."""

    opening: float
    back: float  # share of the returns
    years_in_hand: int = SET_ASIDE  # of promised cost, for all that is bought
    new_cases: bool = False  # what was refused comes with a new business case next April


class Course(NamedTuple):
    """One fund in one replication: which measures it bought in which round (-1: never), its balance by year."""

    bought: NDArray[np.int64]  # measure
    balance: Floats  # at the end of each year
    waited: int  # rounds in which it could not afford what a business case recommended


def in_rounds(cost: Floats, back: Floats) -> dict[str, Samples]:
    """Tell the courses of funds of all sizes under all rules (measure, replication, year)."""
    told: dict[str, Samples] = {}
    for size in SIZES:
        for share in BACK:
            name, opening = f"rounds.{size}m.{share}", size * 1e6
            told |= course_of(cost, back, Rules(opening, share / 100), name)
            told |= course_of(cost, back, Rules(opening, share / 100, YEAR_BY_YEAR), f"{name}.year_by_year")
            told |= course_of(cost, back, Rules(opening, share / 100, new_cases=True), f"{name}.new_cases")
    return told


def course_of(cost: Floats, back: Floats, rules: Rules, name: str) -> dict[str, Samples]:
    """Tell the course of one fund over all replications."""
    courses = [course(cost[:, r], back[:, r], cases_of(cost, back, r, rules), rules) for r in range(cost.shape[1])]
    found: dict[str, list[float]] = {}
    for one in courses:
        for key, value in facts(one, rules.opening):
            found.setdefault(key, []).append(value)
    return {f"{name}.{key}": Samples(UNITS[key.split("_")[0]], np.asarray(values)) for key, values in found.items()}


def cases_of(cost: Floats, back: Floats, r: int, rules: Rules) -> list[tuple[Floats, Floats]]:
    """Give the business cases of each round: the next draw, or in each round another one."""
    draws = cost.shape[1]
    numbers = [(r + 1 + (k if rules.new_cases else 0)) % draws for k in range(ROUNDS)]
    return [(cost[:, n], back[:, n]) for n in numbers]


def course(cost: Floats, back: Floats, cases: list[tuple[Floats, Floats]], rules: Rules) -> Course:
    """Follow a fund through its rounds (cost and back: measure, year since it was bought)."""
    measures = len(cost)
    bought = np.full(measures, -1)
    promised = np.zeros((measures, YEARS + PAID_YEARS))  # what the accepted cases say that it will cost
    money, waited = np.zeros(YEARS), 0
    for now in range(ROUNDS):
        in_hand = rules.opening + money[:now].sum()
        window = slice(now, now + rules.years_in_hand)
        case_cost, case_back = cases[now]
        could_not = False
        for m in by_promise(case_cost, case_back, bought):
            wanted = case_cost[m, : rules.years_in_hand].sum()
            if wanted > in_hand - promised[:, window].sum():
                could_not = True
                continue
            bought[m] = now
            promised[m, now : now + PAID_YEARS] = case_cost[m]
            money[now : now + PAID_YEARS] += rules.back * back[m] - cost[m]
        waited += could_not
    return Course(bought, rules.opening + np.cumsum(money), waited)


def by_promise(cost: Floats, back: Floats, bought: NDArray[np.int64]) -> list[int]:
    """List what is not bought and promises more than it costs, what promises most for a pound first."""
    costs, backs = cost.sum(axis=1), back.sum(axis=1)
    offered = [m for m in range(len(cost)) if bought[m] < 0 and backs[m] > costs[m]]
    return sorted(offered, key=lambda m: (-backs[m] / costs[m], m))


def facts(one: Course, opening: float) -> Iterator[tuple[str, float]]:
    """Tell what a course comes to; the first word of each name says its unit."""
    for k in range(ROUNDS):
        yield f"measures_{FIRST + k}", float(np.sum((one.bought >= 0) & (one.bought <= k)))
    for year, balance in enumerate((opening, *one.balance), start=FIRST - 1):
        label = f"{year}_{(year + 1) % 100:02d}"
        yield f"balance_{label}", float(balance)
        yield f"share_of_opening_{label}", float(balance / opening)
    buys = bool(np.any(one.bought >= 0))
    yield "share_buys", float(buys)
    yield "share_waits", float(one.waited > 0)
    yield "share_never_buys_all", float(one.waited == ROUNDS)
    yield "share_below_nothing", float(np.any(one.balance < EMPTY))
    yield "share_back", float(one.balance[-1] >= opening + EMPTY)
    yield "share_buys_and_is_back", float(buys and one.balance[-1] >= opening + EMPTY)
    yield "years_until_back", years_until_back(one.balance, opening) if buys else np.nan
    yield "pounds_gained", float(one.balance[-1] - opening)


def years_until_back(balance: Floats, opening: float) -> float:
    """Give after how many years a fund has what it began with, from then on to the end; nan if it never has."""
    below = np.flatnonzero(balance < opening + EMPTY)
    last = int(below[-1]) + 1 if len(below) else 0
    return float(last + 1) if last < len(balance) else np.nan


# ---- what shifting leaves out


def of_later(source: Any) -> dict[str, Samples]:
    """Give cost and cashable saving of measures in the four years from the April in which they were bought."""
    out: dict[str, Samples] = {}
    for key in source.comparison.results:
        cost, council, _ = flows(source, [key], False)
        for year in range(1, cost.shape[2] - PAID_YEARS + 1):
            window = slice(year, year + PAID_YEARS)
            begins = 2018 + year
            out[f"later.{key}.cost_from_{begins}"] = Samples("pounds", cost[0][:, window].sum(axis=1))
            out[f"later.{key}.back_from_{begins}"] = Samples("pounds", council[0][:, window].sum(axis=1))
        out[f"later.{key}.cost_all"] = Samples("pounds", cost[0].sum(axis=1))
        out[f"later.{key}.back_all"] = Samples("pounds", council[0].sum(axis=1))
    return out

"""What must be right in a way of paying: each rule has what its kind needs and nothing else, and names what exists."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from caresim.config.effect_targets import NoTargetError, cells_where
from caresim.config.faults import Path, show, unknown
from caresim.config.kinds import NOTES
from caresim.config.schema.interventions import Intervention
from caresim.config.schema.payment import BASELINE, Payment, Rule
from caresim.config.schema.place import Geography
from caresim.config.values import Quantity
from caresim.config.vocabulary import ACTIVITIES, COST_SERVICES, PARTNERS, PAYERS, SUMS

ALWAYS = ("name", "rule", "where", "from", "until", "uplift_a_year")
ICB_TOO = "nhs"  # another word for the ICB, where a cost says who pays
REACHED = "person_reached"
MONEY = ("payer", "payee")
PIECE = (*MONEY, "per", "pounds")
NEEDS: dict[str, tuple[str, ...]] = {
    "activity_tariff": PIECE,
    "marginal_rate": PIECE,
    "blended": (*PIECE, "share"),
    "block": (*MONEY, "pounds_a_year"),
    "capitation": (*MONEY, "pounds_a_head"),
    "pooled_fund": ("bears", "shares"),
    "risk_share": ("bears", "shares"),
    "gain_share": ("bears", "shares"),
}
MAY_HAVE: dict[str, tuple[str, ...]] = {
    "marginal_rate": ("expected", "share_above", "share_below"),
    "blended": ("expected",),
    "pooled_fund": ("expected", "contributions"),
    "risk_share": ("expected", "beyond", "at_most"),
    "gain_share": ("expected", "beyond", "at_most"),
}


class Wrong(NamedTuple):
    """Something wrong below the way of paying."""

    path: Path
    message: str
    at_name: bool = False


def payment_faults(payment: Payment, geography: Geography) -> Iterator[Wrong]:
    """Find everything that does not fit together in a way of paying."""
    accounts = (*PAYERS, *payment.funds)
    yield from fund_faults(payment)
    seen: list[str] = []
    for i, rule in enumerate(payment.rules):
        here = ("rules", str(i))
        if rule.name in seen:
            yield Wrong((*here, "name"), f"is given twice: {show(rule.name)}")
        elif rule.name in COST_SERVICES:
            yield Wrong((*here, "name"), f"is the name of a service, {show(rule.name)}; give it another")
        for wrong in (*field_faults(rule), *name_faults(rule, accounts, seen), *where_faults(rule, geography)):
            yield wrong._replace(path=(*here, *wrong.path))
        seen.append(rule.name)


def fund_faults(payment: Payment) -> Iterator[Wrong]:
    """See that funds have names of their own and single numbers; what they recycle is one saving."""
    for name, fund in payment.funds.items():
        here = ("funds", name)
        if name in (*PARTNERS, ICB_TOO):
            yield Wrong(here, f"has the name of a partner, {show(name)}; give it another", True)
        if name in SUMS:
            yield Wrong(here, f"has the name of a sum in the tables, {show(name)}; give it another", True)
        if not name.strip() or name != name.strip() or len(name) > 60 or not name.isprintable():
            yield Wrong(here, f"must be a name of 1 to 60 characters without spaces around it, got {show(name)}", True)
        for what in ("opening", "replenished_a_year", "recycled_share"):
            yield from spread_fault(getattr(fund, what), (*here, what))
    if not any(is_spread(fund.recycled_share) for fund in payment.funds.values()):
        total = math.fsum(fund.recycled_share.value for fund in payment.funds.values())
        if total > 1 + 1e-6:
            yield Wrong(("funds",), f"must have recycled_share add up to at most 1, got {total:.9g}")


def field_faults(rule: Rule) -> Iterator[Wrong]:
    """See that a rule has what its kind needs and nothing that its kind has no use for."""
    needed, possible = NEEDS[rule.rule], MAY_HAVE.get(rule.rule, ())
    for name in needed:
        if getattr(rule, name) is None:
            yield Wrong((), f"has no {name}, which {rule.rule} must have")
    for name in written(rule):
        if name not in (*ALWAYS, *needed, *possible):
            yield Wrong((name,), f"has no meaning for {rule.rule}, which has: {', '.join((*needed, *possible))}")
    for name in ("pounds", "pounds_a_year", "at_most", "expected"):
        value = getattr(rule, name)
        if isinstance(value, Quantity):
            yield from spread_fault(value, (name,))
    if rule.pounds_a_head is not None and rule.pounds_a_head.places:
        yield Wrong(("pounds_a_head",), "must not be by_place; write a rule for each, with where")
    if rule.starts is not None and rule.until is not None and rule.until <= rule.starts:
        yield Wrong(("until",), f"must be after from, {rule.starts:%Y-%m}, got {rule.until:%Y-%m}")


def cost_faults(change: Intervention, funds: Sequence[str], geography: Geography) -> Iterator[tuple[Path, str]]:
    """See that whoever pays for a change exists, that what it pays for is counted, and that it is for some place."""
    payers = (*PARTNERS, ICB_TOO, *funds)
    for i, cost in enumerate(change.costs):
        if cost.payer not in payers:
            yield ("costs", str(i), "payer"), unknown(cost.payer, payers)
        if cost.per is not None and cost.per not in (REACHED, *ACTIVITIES):
            yield ("costs", str(i), "per"), unknown(cost.per, (REACHED, *ACTIVITIES))
        with suppress(NoTargetError):  # a name that does not exist has been told of
            if cells_where(cost.where or {}, geography).places == frozenset():
                yield ("costs", str(i), "where"), "matches no place: no place is in everything that it names"


def written(rule: Rule) -> list[str]:
    """List the names that a rule was written with, notes left out."""
    return [
        info.alias or name
        for name, info in type(rule).model_fields.items()
        if name not in NOTES and getattr(rule, name) is not None
    ]


def name_faults(rule: Rule, accounts: tuple[str, ...], seen: list[str]) -> Iterator[Wrong]:
    """See that partners, funds, activities, services and rules above exist."""
    for end in MONEY:
        name = getattr(rule, end)
        if name is not None and name not in accounts:
            yield Wrong((end,), unknown(name, accounts))
    if rule.payer is not None and rule.payer == rule.payee:
        yield Wrong(("payee",), f"must not be the payer, {show(rule.payer)}")
    if rule.per is not None and rule.per not in ACTIVITIES:
        yield Wrong(("per",), unknown(rule.per, ACTIVITIES))
    covered = (*COST_SERVICES, *seen)
    for i, name in enumerate(rule.bears or ()):
        if name not in covered:
            yield Wrong(("bears", str(i)), unknown(name, covered))
    for field in ("shares", "contributions"):
        shares: Mapping[str, float] = getattr(rule, field) or {}
        for name in shares:
            if name not in accounts:
                yield Wrong((field, name), unknown(name, accounts), True)


def where_faults(rule: Rule, geography: Geography) -> Iterator[Wrong]:
    """See that the places and unitaries of a rule exist."""
    for key, names in (rule.where or {}).items():
        allowed = geography.members(key)
        for i, name in enumerate(names):
            if name not in allowed:
                yield Wrong(("where", key, str(i)), unknown(name, allowed))
    if rule.where and not places_of(rule.where, geography):
        yield Wrong(("where",), "matches no place: no place is in everything that it names")


def places_of(where: Mapping[str, tuple[str, ...]] | None, geography: Geography) -> tuple[str, ...]:
    """List the places that a rule or a cost is for: those that every key of `where` has."""
    return tuple(
        place
        for place, facts in geography.places.items()
        if all((place if key == "place" else getattr(facts, key)) in names for key, names in (where or {}).items())
    )


def spread_fault(value: Quantity, path: Path) -> Iterator[Wrong]:
    """Refuse a number that differs by place or age where only one has a meaning."""
    if is_spread(value):
        yield Wrong(path, "must be one number, the same for every place and age")


def is_spread(value: Quantity) -> bool:
    """Tell whether a number differs by place or age."""
    return bool(value.places or value.ages)


def is_baseline(rule: Rule) -> bool:
    """Tell whether a rule expects what happens in the baseline."""
    return rule.expected is None or rule.expected == BASELINE

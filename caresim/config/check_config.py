"""What must be right between values, after each is right by itself."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

from pydantic import BaseModel

from caresim.config.check_budgets import account_faults
from caresim.config.check_changes import check_changes
from caresim.config.check_payment import cost_faults, payment_faults
from caresim.config.check_plausible import unbelievable
from caresim.config.check_related import check_months, unrelated
from caresim.config.effect_targets import ONE_NUMBER
from caresim.config.effects import look_up
from caresim.config.faults import Fault, Path, join, show, unknown
from caresim.config.poolkinds import Capacity
from caresim.config.schema.base import field_names
from caresim.config.schema.payment import Payment
from caresim.config.schema.place import MOST_PLACES
from caresim.config.schema.resources import Pool
from caresim.config.schema.root import Config
from caresim.config.smallkinds import EARLIEST, LATEST
from caresim.config.tree import DEFAULT, Node
from caresim.config.validating import fault_at
from caresim.config.values import Keyed, Quantity, Spread
from caresim.config.vocabulary import MARKETS, SUMS

BESIDE_POOLS = ("delayed", "dtoc")  # of the table daily
LONGEST_RUN_DAYS = 15 * 366
ADMITTED = ("fall", "other_emergency", "planned")
ASKING = ("community", "safeguarding", "coming_of_age", "self_funded_home_care", "self_funded_care_home")


def check_across(config: Config, tree: Node) -> list[Fault]:
    """Return everything that does not fit together."""
    check = _Check(config, tree)
    check.geography()
    if check.faults:  # what follows names its places and their members
        check.calendar()
        check.pools()
        return check.faults
    check.calendar()
    check.spreads()
    if not check.faults:  # values are looked up by place
        check.related()
        check.population()
        for path, message in unbelievable(config):
            check.add(path, message)
    for name in ONE_NUMBER:
        check.one_number(name)
    check.pools()
    check.money()
    for path, message in account_faults(config):
        check.add(path, message)
    check_changes(config, check.add)
    if not check.faults:
        check_months(config, check.add)
    return check.faults


class _Check:
    def __init__(self, config: Config, tree: Node) -> None:
        self.config = config
        self.tree = tree
        self.faults: list[Fault] = []

    def add(self, path: Path, message: str, at_name: bool = False) -> None:
        self.faults.append(fault_at(self.tree, path, message, at_name))

    def add_to_either(self, path: Path, other: str, message: str) -> None:
        """Add a fault to a name, or to the other one of its section if only that was written."""
        node = self.tree.deepest(path)
        there = self.tree.deepest((*path[:-1], other))
        if node.file == DEFAULT and there.file != DEFAULT:
            node = there
        self.faults.append(Fault(node.file, node.line or None, join(path), message))

    def calendar(self) -> None:
        calendar = self.config.calendar
        for one, other in calendar.instead:
            if getattr(calendar, one) is not None and getattr(calendar, other) is not None:
                self.add(("calendar", other), f"cannot be given with {one}; give one of them")
        if calendar.total_days > LONGEST_RUN_DAYS:
            self.add(("calendar",), f"runs {calendar.total_days:,} days in all, more than 15 years")
            return
        for day, what in ((calendar.first_day, "first"), (_last(calendar.first_day, calendar.total_days), "last")):
            if not EARLIEST <= day.year <= LATEST:
                self.add(
                    ("calendar", "starts"), f"puts the {what} day simulated, {day}, outside {EARLIEST} to {LATEST}"
                )

    def geography(self) -> None:
        geography = self.config.geography
        here = ("geography",)
        if not geography.places:
            self.add((*here, "places"), "must have at least one place")
        if len(geography.places) > MOST_PLACES:
            self.add((*here, "places"), f"has more than {MOST_PLACES} places: {len(geography.places)}")
        if geography.county in geography.unitaries:
            i = geography.unitaries.index(geography.county)
            name = show(geography.county)
            self.add((*here, "unitaries", str(i)), f"has the name of the county, {name}; give it another")
        used: dict[str, set[str]] = {"unitaries": set(), "hubs": set(), "trusts": set()}
        for name, place in geography.places.items():
            where = (*here, "places", name)
            self.name_of_place(name, where)
            self.member((*where, "unitary"), place.unitary, geography.unitaries, used["unitaries"])
            self.member((*where, "hub"), place.hub, geography.hubs, used["hubs"])
            for trust in place.trusts:
                self.member((*where, "trusts", trust), trust, geography.trusts, used["trusts"])
        for plural, names in used.items():
            for i, name in enumerate(getattr(geography, plural)):
                if name not in names and not self.faults:
                    self.add((*here, plural, str(i)), f"names {show(name)}, which no place belongs to")

    def name_of_place(self, name: str, where: Path) -> None:
        if not name.strip() or name != name.strip() or len(name) > 60 or not name.isprintable():
            self.add(where, f"must be a name of 1 to 60 characters without spaces around it, got {show(name)}", True)
        if name in SUMS:
            self.add(where, f"has the name of a sum in the tables, {show(name)}; give it another", True)

    def member(self, path: Path, name: str, allowed: tuple[str, ...], used: set[str]) -> None:
        used.add(name)
        if name not in allowed:
            self.add(path, unknown(name, allowed), at_name=path[-2] == "trusts")

    def spreads(self) -> None:
        """See that whatever is spread by place is spread over the places there are."""
        places = tuple(self.config.geography.places)
        for path, value in spreads_of(self.config, self.tree, ()):
            where = (*path, "by_place")
            if not value.places:
                continue
            for place in value.places:
                if place not in places:
                    self.add((*where, place), unknown(place, places), at_name=True)
            missing = [place for place in places if place not in value.places]
            if missing:
                self.add(where, f"has no value for {', '.join(missing)}")

    def related(self) -> None:
        for path, other, message in unrelated(self.config):
            if other is None:
                self.add(path, message)
            else:
                self.add_to_either(path, other, message)

    def population(self) -> None:
        demand = self.config.demand
        if any(demand.population) or not self.is_to_be_run():
            return
        rates: dict[Path, Quantity] = {("admissions", name): getattr(demand.admissions, name) for name in ADMITTED}
        rates |= {(name,): getattr(demand, name) for name in ASKING}
        for path, rate in rates.items():
            if any(rate):
                self.add(("demand", *path), "is above 0, but the population is empty; give demand.population")

    def is_to_be_run(self) -> bool:
        """Say whether this is a scenario, not a set of defaults for others: it says where, or for how long."""
        places = (("geography", "places"), ("calendar", "years"), ("calendar", "days"))
        return any((node := self.tree.find(path)) is not None and node.file != DEFAULT for path in places)

    def one_number(self, name: str) -> None:
        """See that what stands at a path, or below it, is the same for every place and age."""
        path = tuple(name.split("."))
        for below, value in spreads_of(look_up(self.config, path), self.tree, path):
            if value.ages or value.places:
                self.add(below, "must be one number, the same for every place and age")

    def money(self) -> None:
        """See that prices are the same for all ages, and that the rules of payment name what exists."""
        for path, value in spreads_of(self.config.prices, self.tree, ("prices",)):
            if value.ages:
                self.add(path, "cannot vary by age, because purchases are not counted by age")
        self.one_number("appraisal")
        for path, payment in self.ways_of_paying():
            for wrong in payment_faults(payment, self.config.geography):
                self.add((*path, *wrong.path), wrong.message, wrong.at_name)
        brought = [change.payment for change in self.config.interventions if change.payment is not None]
        funds = list(self.config.payment.funds) + [name for payment in brought[-1:] for name in payment.funds]
        for i, change in enumerate(self.config.interventions):
            for path, message in cost_faults(change, funds, self.config.geography):
                self.add(("interventions", str(i), *path), message)

    def ways_of_paying(self) -> Iterator[tuple[Path, Payment]]:
        """Walk the way of paying of the config, and those that its changes bring."""
        yield ("payment",), self.config.payment
        for i, change in enumerate(self.config.interventions):
            if change.payment is not None:
                yield ("interventions", str(i), "payment"), change.payment

    def pools(self) -> None:
        for name in type(self.config.pools).model_fields:
            pool: Pool = getattr(self.config.pools, name)
            path = ("pools", name)
            amounts: list[tuple[Path, Capacity]] = [((*path, "capacity"), pool.capacity)]
            amounts += [((*path, "changes", str(i), "capacity"), c.capacity) for i, c in enumerate(pool.changes)]
            amounts += [((*path, "at_start", n), getattr(pool.at_start, n)) for n in ("in_use", "waiting")]
            starts = getattr(pool, "starts_a_week", None)
            if starts is not None:
                amounts.append(((*path, "starts_a_week"), starts))
            for where, amount in amounts:
                self.amount(where, amount, pool)
            self.changes(path, pool)
            self.start(path, pool)
        self.names_of_pools()

    def names_of_pools(self) -> None:
        """See that tables can tell the pools apart, from each other and from the people whom they count beside them."""
        seen = dict.fromkeys(BESIDE_POOLS, "what tables count beside the pools")
        for name in type(self.config.pools).model_fields:
            called = getattr(self.config.pools, name).name
            if called in seen:
                self.add(("pools", name, "name"), f"is the name of {seen[called]} as well: {show(called)}")
            seen.setdefault(called, f"pools.{name}")

    def amount(self, path: Path, amount: Capacity, pool: Pool) -> None:
        members = self.config.geography.members(pool.scope)
        if amount.members is None:
            if amount.single and len(members) > 1 and pool.share_by is None:
                each = f"a number for each of the {len(members)} members of the scope {pool.scope}"
                self.add(path, f"is one number: give share_by (population or population_65_plus), or {each}")
            return
        for member in amount.members:
            if member not in members:
                self.add((*path, member), unknown(member, members), at_name=True)
        missing = [member for member in members if member not in amount.members]
        if missing:
            self.add(path, f"has no number for {', '.join(missing)}")

    def changes(self, path: Path, pool: Pool) -> None:
        for i, (before, after) in enumerate(itertools.pairwise(pool.changes), start=1):
            if after.starts <= before.starts:
                where = (*path, "changes", str(i), "from")
                self.add(where, f"must be after the change before it, {before.starts}, got {after.starts}")

    def start(self, path: Path, pool: Pool) -> None:
        if path[-1] in MARKETS and any(_people(getattr(pool.at_start, n)) for n in ("in_use", "waiting")):
            self.add((*path, "at_start"), "is for queues; people in a market at the start belong under at_start.people")
        if pool.capacity.is_single and pool.capacity.single is None:
            waiting = pool.at_start.waiting
            if waiting.single or any((waiting.members or {}).values()):
                self.add((*path, "at_start", "waiting"), "must be 0 where the capacity is unlimited")


def spreads_of(value: object, tree: Node, path: Path) -> Iterator[tuple[Path, Spread[object]]]:
    """Walk every value that may be spread by place, each with the path it is written at."""
    if isinstance(value, BaseModel):
        for written, name in field_names(type(value)).items():
            yield from spreads_of(getattr(value, name), tree, (*path, written))
    elif isinstance(value, Keyed):
        if tree.find((*path, value.by)) is None:
            yield from spreads_of(next(iter(value.values.values())), tree, path)
        else:
            for key, below in value.items():
                yield from spreads_of(below, tree, (*path, value.by, key))
    elif isinstance(value, Spread):
        yield path, value


def _last(first: datetime.date, days: int) -> datetime.date:
    return first + datetime.timedelta(days=days - 1)


def _people(capacity: Capacity) -> bool:
    """Tell whether a position at the start has anybody in it."""
    return bool(capacity.single or any((capacity.members or {}).values()))

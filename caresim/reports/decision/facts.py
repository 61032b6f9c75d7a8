"""Ask the tables of a comparison for facts, whatever is missing from them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from caresim.reports import words
from caresim.reports.decision.lookup import Lookup
from caresim.reports.decision.option import Option, printable, unmarked
from caresim.reports.decision.tables import (
    ALL,
    ALL_PARTNERS,
    ALL_SERVICES,
    ALL_YEARS,
    BASELINE,
    COLUMNS,
    EVERYBODY,
    INVESTMENT,
    PUBLIC,
    complete,
)
from caresim.reports.estimate import NAN, Estimate
from caresim.reports.facts import first_at
from caresim.reports.shared_facts import Facts

HEADLINE = "hospital_driven_cost"
NOTHING = Estimate(NAN)
ALIKE = "paid_alike"
TINY = 500.0  # pounds: less is no gain or loss worth naming
_ESTIMATES = ["mean", "low", "high", "p05", "p95", "p20", "p80"]


@dataclass(frozen=True)
class Decision(Facts):
    """A comparison as its reports see it: every table is there, if only with no rows."""

    no_interval = "one pair, so no interval"
    assumptions: Mapping[str, Sequence[Mapping[str, Any]]]

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {name: complete(self.given.get(name), name) for name in COLUMNS}

    @property
    def name(self) -> str:
        """What the comparison is called."""
        return printable(self.manifest.get("name") or "caresim comparison")

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years reported, first to last."""
        tables = (self.table("differences"), self.table("summary"), self.table("money_differences"))
        return tuple(sorted({str(y) for table in tables for y in table["year"]} - {ALL_YEARS}))

    @cached_property
    def last_year(self) -> str:
        """The last year reported: what the options have become by then."""
        return self.years[-1] if self.years else "the last year"

    @cached_property
    def draws(self) -> int:
        """How many pairs drew their own sizes of effects."""
        return int(self.manifest.get("draws") or 0)

    @property
    def fewest(self) -> int:
        """The smaller of the number of pairs and that of draws, if there are any."""
        return min(self.replications, self.draws) if self.draws else self.replications

    @cached_property
    def starts(self) -> pd.Timestamp:
        """The first day reported."""
        return pd.Timestamp(str(self.manifest.get("start") or self.manifest.get("starts") or "2000-01-01"))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Every scenario but the baseline, in the order of the experiment."""
        listed = [item for item in self.manifest.get("scenarios") or () if isinstance(item, Mapping)]
        found = {
            str(i["key"]): Option(str(i["key"]), printable(i.get("name") or i["key"]), _changes(i)) for i in listed
        }
        for key in self.table("differences")["scenario"].drop_duplicates():
            found.setdefault(str(key), Option(str(key), words.capital(words.name(str(key)))))
        found.pop(BASELINE, None)
        return tuple(found.values())

    @cached_property
    def choices(self) -> tuple[Option, ...]:
        """The options that are not the twin of another; all of them where there is nothing else."""
        return tuple(option for option in self.options if not option.is_twin) or self.options

    def twin(self, option: Option) -> Option | None:
        """Find the twin without effect of an option: the one of its name, or whose changes are called like its own."""
        names = {str(change.get("name")) for change in option.changes}
        for other in self.options:
            if not other.is_twin or other is option:
                continue
            theirs = {unmarked(change.get("name")) for change in other.changes}
            if other.root == option.key or unmarked(other.name) == option.name or (names and theirs == names):
                return other
        return None

    def is_told_against(self, option: Option) -> bool:
        """Whether an option is the way of paying that others bring among other changes, and nothing else."""
        others = (set(o.pays_anew) for o in self.options if o.key in self.told_alike)
        return option.only_pays and any(set(option.pays_anew) <= ways for ways in others)

    def option(self, key: str) -> Option:
        """Find an option by its key."""
        return next((option for option in self.options if option.key == key), Option(key, key))

    @cached_property
    def lead(self) -> Option | None:
        """The option that the first page is about: worth most, or saving most where nothing is appraised."""
        if self.only_moves_money:
            return max(self.choices, key=lambda option: self.moved(option.key))
        ranked = [(self._worth(option), -number, option) for number, option in enumerate(self.choices)]
        return max(ranked)[2] if ranked else None

    @cached_property
    def only_moves_money(self) -> bool:
        """Whether care is the same under every choice and nothing is spent, but somebody gains and somebody pays."""
        savings = (self.saving(option.key).mean for option in self.choices)
        costs = (self.invested(option.key) for option in self.choices)
        same = all(not words.known(value) or abs(value) < TINY for value in (*savings, *costs))
        return same and any(self.moved(option.key) >= TINY for option in self.choices)

    def moved(self, key: str) -> float:
        """Give the most that any partner gains over all years."""
        nets = (self.net(key, partner).mean for partner in self.partners)
        return max((net for net in nets if words.known(net)), default=0.0)

    @cached_property
    def ranked(self) -> tuple[Option, ...]:
        """Choices, the one worth most first."""
        return tuple(sorted(self.choices, key=lambda option: -self._worth(option)))

    def _worth(self, option: Option) -> float:
        for found in (self.worth(option.key), self.saving(option.key)):
            if words.known(found.mean):
                return round(found.mean, -2)  # what differs by less is worth the same
        return -math.inf

    # ---- differences and levels

    @cached_property
    def _differences(self) -> dict[str, Lookup]:
        return {
            name: Lookup(
                self.table(name),
                ("scenario", "measure", "area", "year"),
                [column for column in _ESTIMATES if column in COLUMNS[name]],
            )
            for name in ("summary", "differences", "drawn_differences")
        }

    def _look(self, name: str, key: str, measure: str, area: str | None, year: str | None) -> Estimate:
        return self._differences[name].get((key, measure, area or self.county, year or self.last_year), NOTHING)

    def difference(self, key: str, measure: str, area: str | None = None, year: str | None = None) -> Estimate:
        """Give scenario less baseline; chance alone."""
        return self._look("differences", key, measure, area, year)

    def drawn(self, key: str, measure: str, area: str | None = None, year: str | None = None) -> Estimate:
        """Give scenario less baseline where every pair draws its own sizes of effects: chance and evidence."""
        return self._look("drawn_differences", key, measure, area, year)

    def level(self, key: str, measure: str, area: str | None = None, year: str | None = None) -> Estimate:
        """Give a measure itself, of a scenario or the baseline."""
        return self._look("summary", key, measure, area, year)

    def saving(self, key: str, measure: str = HEADLINE, area: str | None = None, year: str | None = None) -> Estimate:
        """Give how much lower a measure is than in the baseline; chance alone."""
        return self.difference(key, measure, area, year).turned

    def drawn_saving(
        self, key: str, measure: str = HEADLINE, area: str | None = None, year: str | None = None
    ) -> Estimate:
        """Give how much lower a measure is; chance and evidence."""
        return self.drawn(key, measure, area, year).turned

    # ---- money

    @cached_property
    def _money(self) -> dict[str, Lookup]:
        by = ("scenario", "year", "unitary", "partner", "service")
        return {name: Lookup(self.table(name), by, ["mean", "low", "high"]) for name in ("money_differences", ALIKE)}

    @cached_property
    def told_alike(self) -> frozenset[str]:
        """The options with a way of paying among other changes, told against the baseline paid in the same way.

        What their rules pay for the baseline's care would else look like a gain. Of an option that only pays otherwise,
        those payments are what it is about.
        """
        there = set(self.table(ALIKE)["scenario"].astype(str))
        return frozenset(o.key for o in self.options if o.key in there and not o.only_pays)

    def money(
        self,
        key: str,
        partner: str = ALL_PARTNERS,
        service: str = ALL_SERVICES,
        area: str | None = None,
        year: str = ALL_YEARS,
    ) -> Estimate:
        """Give how much more a partner pays for a service than in the baseline, payments included; see `told_alike`."""
        found = self._money[ALIKE if key in self.told_alike else "money_differences"]
        return found.get((key, year, area or self.county, partner, service), NOTHING)

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """Everybody on whom a difference lands, the council first, funds last."""
        tables = (self.table("money_differences"), self.table("appraisal"))
        given = [str(p) for table in tables for p in table["partner"].drop_duplicates()]
        given = [p for p in dict.fromkeys(given) if p not in {ALL_PARTNERS, EVERYBODY, PUBLIC}]
        known = [p for p in ("council", "icb", "acute_trust", "community_trust", "person") if p in given]
        return (*known, *(p for p in given if p not in known))

    def net(self, key: str, partner: str, area: str | None = None, year: str | None = None) -> Estimate:
        """Give what a partner is better off by, investment and payments included, at base-year prices."""
        found = NOTHING if key in self.told_alike else self.weighed(key, "net_saving", partner, area, year)
        return found if words.known(found.mean) else self.money(key, partner, area=area, year=year or ALL_YEARS).turned

    def drawn_net(self, key: str, partner: str) -> Estimate:
        """Give the same over all years where every pair draws its own sizes of effects."""
        return NOTHING if key in self.told_alike else self.weighed(key, "net_saving", partner, drawn=True)

    def cash(self, key: str, partner: str) -> Estimate:
        """Give what a partner is better off by in cash, over all years: what can be taken out of a budget."""
        return NOTHING if key in self.told_alike else self.weighed(key, "net_cashable_saving", partner)

    def invested(self, key: str, partner: str | None = None, area: str | None = None, year: str | None = None) -> float:
        """Give what is spent on the changes of an option, by one or all; nan where nothing is known of costs."""
        found = self.weighed(key, "investment", partner or EVERYBODY, area, year).mean
        if words.known(found) or not self._knows_costs:
            return found
        partners = [partner] if partner else list(self.partners)
        there = [self.money(key, p, INVESTMENT, area, year or ALL_YEARS).mean for p in partners]
        return sum(value for value in there if words.known(value))

    @cached_property
    def _knows_costs(self) -> bool:
        return bool(self.table("money_differences")["service"].eq(INVESTMENT).any())

    # ---- appraisal

    @cached_property
    def _appraised(self) -> dict[str, Lookup]:
        by = ("scenario", "measure", "partner", "area", "year", "basis", "corrected")
        tables = {name: self.table(name) for name in ("appraisal", "drawn_appraisal")}
        asked = {name: table["basis"].ne("nominal") & table["mean"].notna() for name, table in tables.items()}
        return {name: Lookup(table[asked[name]], by, _ESTIMATES) for name, table in tables.items()}

    def weighed(
        self,
        key: str,
        measure: str,
        partner: str = PUBLIC,
        area: str | None = None,
        year: str | None = None,
        basis: str | None = None,
        corrected: bool = False,
        drawn: bool = False,
    ) -> Estimate:
        """Give a measure of the appraisal: by default for the public purse, all years, as it is, chance alone."""
        found = self._appraised["drawn_appraisal" if drawn else "appraisal"]
        at = (key, measure, partner, area or self.county, year or ALL, basis or _basis(measure), str(corrected))
        return found.get(at, NOTHING)

    def worth(self, key: str, corrected: bool = False, drawn: bool = False, cash: bool = False) -> Estimate:
        """Give the net present value to the public purse."""
        return self.weighed(key, "net_present_value" + "_cashable" * cash, corrected=corrected, drawn=drawn)

    @cached_property
    def is_appraised(self) -> bool:
        """Whether costs and savings were weighed."""
        return bool(self.table("appraisal")["measure"].eq("net_present_value").any())

    @cached_property
    def counts_cash(self) -> bool:
        """Whether the appraisal tells cash from capacity."""
        return bool(self.table("appraisal")["measure"].eq("payback_month_cashable").any())

    @cached_property
    def weighed_years(self) -> tuple[str, ...]:
        """The years that are weighed."""
        return tuple(sorted({str(y) for y in self.table("appraisal")["year"]} - {ALL})) or self.years

    # ---- assumptions

    def rows(self, key: str) -> Sequence[Mapping[str, Any]]:
        """Give the numbers in force in a scenario."""
        return self.assumptions.get(key) or ()

    def assumption(self, path: str) -> Mapping[str, Any] | None:
        """Find the baseline's number at a path, or the first below it."""
        if path not in self._assumed:
            self._assumed[path] = first_at(self.rows(BASELINE), path)
        return self._assumed[path]

    @cached_property
    def of_appraisal(self) -> dict[str, dict[int | None, float]]:
        """The baseline's numbers that the appraisal works with, by path, then by year (None: the same in all)."""
        found: dict[str, dict[int | None, float]] = {}
        for row in self.rows(BASELINE):
            value = row.get("value")
            path, _, year = str(row.get("path")).partition(".by_year.")
            if path.startswith("appraisal.") and isinstance(value, int | float):
                found.setdefault(path, {})[int(year[:4]) if year else None] = float(value)
        return found

    @cached_property
    def _assumed(self) -> dict[str, Mapping[str, Any] | None]:
        return {}


def _basis(measure: str) -> str:
    if measure.startswith(("net_present_value", "benefit_cost_ratio", "probability_npv")):
        return "present"
    return "real" if "payback" in measure else "base_year"


def _changes(item: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return tuple(change for change in item.get("changes") or () if isinstance(change, Mapping))

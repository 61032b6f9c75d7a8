"""What a comparison gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from caresim.config import CaresimError
from caresim.studies.precision import replications_for
from caresim.studies.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from caresim.money.appraisal import Appraisal, Baseline
    from caresim.studies.differences import Landed

    Maker = Callable[[str, Result, Result], pd.DataFrame]

BASELINE = "baseline"
TABLES = (
    *("summary", "differences", "drawn_differences", "differences_by_place", "money_differences", "paid_alike"),
    *("line_differences", "bridge", "pressure", "budgets", "targets", "warm_up"),
)


class Counting(Protocol):
    """Whoever wants to know how far something is."""

    def expect(self, more: int) -> None:
        """Learn of steps to come."""

    def done(self) -> None:
        """Count one step."""


@dataclass(frozen=True)
class Comparison:
    """A baseline and scenarios with the same luck, and tables of their differences (pandas DataFrames).

    `results[key].precision` is what the paired difference has reached: half its 95 % interval over the baseline's mean
    (of what: see `compare`). `drawn` are the replications that each drew their own sizes of effects, paired with
    `drawn_baseline`. `parts` has, for a scenario that was taken apart, a result for each part.
    """

    baseline: Result
    results: dict[str, Result]
    labels: dict[str, str]
    drawn_baseline: Result | None = None
    drawn: dict[str, Result] = field(default_factory=dict)
    parts: dict[str, dict[str, Result]] = field(default_factory=dict, repr=False)
    seconds: float = 0.0

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Every measure of the summary: scenario less baseline, chance alone.

        Columns: scenario, measure, unit, area, year, mean, low, high (95 % interval of the mean), p05, p95 (of
        replications), replications, low_unpaired, high_unpaired, variance_ratio (see `pairing.paired`), share_lower,
        share_higher (of replications in which the scenario is below and above the baseline), p20, p80. Year "all
        years" stands beside the years.
        """
        from caresim.studies.differences import differences

        return self._all(differences, self.baseline, self.results)

    @cached_property
    def drawn_differences(self) -> pd.DataFrame:
        """As `differences`, from the replications that drew their own sizes: chance and evidence together.

        p05 and p95 are the range that is left open; low and high are still the interval of the mean.
        """
        from caresim.studies.differences import differences

        return self._all(differences, self.drawn_baseline or self.baseline, self.drawn)

    @cached_property
    def differences_by_place(self) -> pd.DataFrame:
        """Who is averted or helped: scenario, place, age, measure, unit, year, mean, low, high, replications."""
        from caresim.studies.differences import differences_by_place

        return self._all(differences_by_place, self.baseline, self.results)

    @cached_property
    def money_differences(self) -> pd.DataFrame:
        """What lands on whom, payments included; rules of payment that expect the baseline take its mean.

        Columns: scenario, year, unitary, partner, service, mean, low, high, replications.
        """
        import pandas as pd

        from caresim.studies.differences import money_differences

        base = self._landed[BASELINE]
        tables = [money_differences(key, base, self._landed[key]) for key in self.results]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def paid_alike(self) -> pd.DataFrame:
        """As `money_differences`, of scenarios with a way of paying of their own, to the baseline paid in that way.

        What their rules pay for the care of the baseline is in neither: it is no gain of anybody's from what changes.
        """
        import pandas as pd

        from caresim.money.payments import payment_of
        from caresim.studies.differences import landed, money_differences

        base, own = self.baseline.runs, payment_of(self.baseline.scenario)
        ways = {key: payment_of(result.scenario) for key, result in self.results.items()}
        tables = [
            money_differences(key, landed(base, base, way), self._landed[key])
            for key, way in ways.items()
            if way.rules != own.rules
        ]
        return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()

    @cached_property
    def line_differences(self) -> pd.DataFrame:
        """What lands on whom by line of the ledger, such as continuing care, with the baseline's level.

        Columns: scenario, year, unitary, partner, line, baseline, mean, low, high, replications.
        """
        import pandas as pd

        from caresim.studies.differences import line_differences

        base = self._landed[BASELINE]
        tables = [line_differences(key, base, self._landed[key]) for key in self.results]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def _landed(self) -> dict[str, Landed]:
        """What lands on whom, in the baseline and under every scenario."""
        from caresim.studies.differences import landed

        base = self.baseline.runs
        several = {BASELINE: base, **{key: result.runs for key, result in self.results.items()}}
        return {key: landed(runs, base) for key, runs in several.items()}

    @cached_property
    def _drawn_landed(self) -> dict[str, Landed]:
        """The same in the replications that drew their own sizes of effects; empty where there are none."""
        from caresim.studies.differences import landed

        if self.drawn_baseline is None:
            return {}
        base = self.drawn_baseline.runs
        several = {BASELINE: base, **{key: result.runs for key, result in self.drawn.items()}}
        return {key: landed(runs, base) for key, runs in several.items()}

    @cached_property
    def budgets(self) -> pd.DataFrame:
        """Spend by line of a budget or agreement beside what is known of the line, the baseline's first."""
        import pandas as pd

        from caresim.studies.budgets import budget_table

        base, drawn = self._landed[BASELINE], self._drawn_landed
        pairs = {key: (drawn[BASELINE], side) for key, side in drawn.items()}
        tables = [budget_table(key, base, side, pairs.get(key)) for key, side in self._landed.items()]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def pressure(self) -> pd.DataFrame:
        """What of a difference in the cost of hospital demand is demand, length of stay, delay, intensity and price."""
        from caresim.studies.pressure import to_scenario

        return self._all(to_scenario, self.baseline, self.results)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """The figures that the baseline was fitted to or is held against, and what it gives."""
        from caresim.studies.held_against import target_table

        return target_table(self.baseline)

    @cached_property
    def warm_up(self) -> pd.DataFrame:
        """Whether the baseline had settled when reporting began: its first months against later years."""
        from caresim.studies.held_against import warm_up_table

        return warm_up_table(self.baseline.runs)

    @cached_property
    def appraisals(self) -> dict[str, Appraisal]:
        """Every scenario weighed against the baseline; chance alone."""
        from caresim.money.appraisal import appraise

        return {key: appraise(self._base, result.runs) for key, result in self.results.items()}

    @cached_property
    def _base(self) -> Baseline:
        """The baseline's ledger, made once for all scenarios."""
        from caresim.money.appraisal import Baseline

        return Baseline(self.baseline.runs)

    @cached_property
    def drawn_appraisals(self) -> dict[str, Appraisal]:
        """Every scenario weighed by the replications that drew their own sizes; chance and evidence together."""
        from caresim.money.appraisal import Baseline, appraise

        base = Baseline((self.drawn_baseline or self.baseline).runs)
        return {key: appraise(base, result.runs) for key, result in self.drawn.items()}

    @cached_property
    def bridge(self) -> pd.DataFrame:
        """What each part contributes: scenario, part, measure, unit, area, year, mean, low, high, replications.

        The parts, "interaction" and, where the scenario changes more than its interventions, "other changes" add up to
        "total".
        """
        from caresim.studies.differences import bridge

        def part(key: str, base: Result, changed: Result) -> pd.DataFrame:
            return bridge(key, base, changed, self.parts[key])

        return self._all(part, self.baseline, {key: self.results[key] for key in self.parts})

    @cached_property
    def summary(self) -> pd.DataFrame:
        """The summary of every run, the baseline's first, with the scenario in the first column."""
        import pandas as pd

        tables = {"baseline": self.baseline.summary, **{key: r.summary for key, r in self.results.items()}}
        return pd.concat([t.assign(scenario=key) for key, t in tables.items()], ignore_index=True)[
            ["scenario", *self.baseline.summary.columns]
        ]

    def has_uncertain_sizes(self, key: str) -> bool:
        """Tell whether any replication of a scenario or of the baseline has drawn sizes of its own."""
        drawn = [r.runs for r in (self.drawn_baseline, self.drawn.get(key)) if r is not None]
        return any(own is not runs.compiled for runs in drawn for own in runs.own)

    def replications_for(self, precision: float) -> dict[str, int]:
        """Give how many replications a precision (as in `until_precision`) takes, for every scenario that has some.

        Raises
        ------
        CaresimError
            The precision is not above 0 and at most 1.
        """
        if not 0 < precision <= 1:
            raise CaresimError(f"a precision must be above 0 and at most 1, got {precision}")
        return {
            key: replications_for(len(r.runs.replications), r.precision, precision)
            for key, r in self.results.items()
            if r.precision is not None
        }

    def tables(self, steps: Counting | None = None) -> dict[str, pd.DataFrame]:
        """Give every table that there is something to put into, by its name (columns: docs/reference/tables.md).

        `steps`, if given, is told how many tables are to be expected and of each that is done.
        """
        makers = {name: partial(getattr, self, name) for name in TABLES} | self._appraisal_makers()
        if steps is not None:
            steps.expect(len(makers))
        there = {}
        for name, make in makers.items():
            there[name] = make()
            if steps is not None:
                steps.done()
        return {name: table for name, table in there.items() if len(table)}

    def _appraisal_makers(self) -> dict[str, Callable[[], pd.DataFrame]]:
        """Give what makes the tables of the appraisals: all of it, by month, by line, funds, what it depends on."""
        from caresim.money.by_line import cash_by_line
        from caresim.money.outcomes import appraisal_table
        from caresim.money.paths import cumulative_table

        each: dict[str, Callable[[dict[str, Appraisal]], pd.DataFrame]] = {
            "appraisal": appraisal_table,
            "cumulative": cumulative_table,
            "cash_by_line": cash_by_line,
            "fund_balances": balances_of,
        }
        makers: dict[str, Callable[[], pd.DataFrame]] = {
            name: partial(make, self.appraisals) for name, make in each.items()
        }
        makers["positions"] = self._positions
        if self.drawn:
            makers["tornado"] = self._tornado
            makers |= {f"drawn_{name}": partial(make, self.drawn_appraisals) for name, make in each.items()}
        return makers

    def _positions(self) -> pd.DataFrame:
        """What every partner pays net, in the baseline and under every scenario."""
        import pandas as pd

        from caresim.studies import weighing

        several = {BASELINE: self.baseline, **self.results}
        return pd.concat(
            [weighing.net_positions(key, self._base, r.runs) for key, r in several.items()], ignore_index=True
        )

    def _tornado(self) -> pd.DataFrame:
        """How far each assumption moves what a scenario is worth."""
        import pandas as pd

        from caresim.studies import weighing

        base = self.baseline.runs
        several = [
            weighing.tornado(key, base, self.results[key].runs, self.drawn[key].runs, a, self.appraisals[key])
            for key, a in self.drawn_appraisals.items()
        ]
        return pd.concat(several, ignore_index=True)

    @staticmethod
    def _all(maker: Maker, base: Result, changed: dict[str, Result]) -> pd.DataFrame:
        import pandas as pd

        tables = [maker(key, base, result) for key, result in changed.items()]
        return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def balances_of(several: dict[str, Appraisal]) -> pd.DataFrame:
    """Give the balance of each fund by year under every scenario."""
    import pandas as pd

    from caresim.money.outcomes import fund_balances

    return pd.concat([fund_balances(a).assign(scenario=key) for key, a in several.items()], ignore_index=True)

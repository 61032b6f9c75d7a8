"""Fit the baseline: choose what no source gives, so that the simulated year 2018-19 meets its targets.

    python experiments/00_baseline_calibration/calibrate.py [--variant baseline|in_year|rule_none|rule_ramp] [--quick]

The other variants start from the fitted baseline. `in_year` makes the in-year reading the client's figure, with prices
at the top of their ranges. The variants of the deconditioning rule are fitted to every target but the cost, so that the
cost under another rule is a result and no unfitted rule stands beside a fitted one.

Gauss-Newton on the logarithms of factors, with a Jacobian by finite differences and Broyden's updates after it. Draws
are keyed, so that two parameter sets share their luck and small differences are not lost in noise. Queues get the
capacity that they use plus MARGIN square roots of it (square-root staffing), markets 1/0.95 of their use. One seed
fits, another reports. Writes the chosen values to configs/northamptonshire/ and the residuals to fit_VARIANT.md.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML
from scipy.optimize import lsq_linear

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from choosing import Parameter, overrides, parameters  # noqa: E402
from simulated import simulated  # noqa: E402
from writing import write_fit  # noqa: E402

import caresim  # noqa: E402

FIT_SEED, REPORT_SEED = 11, 1
MARGIN = 1.5
RIDGE = 0.3
QUEUES = ("assessment", "adaptations", "reablement", "intermediate_care")
MARKETS = ("home_care", "supported_living", "extra_care", "residential", "nursing")
LARGEST_STEP = 0.5
POLISHED = 4
NEAR_PATHWAY_2 = 0.95
RESTAFFED = 3  # rounds in which capacities follow their use; then they stand, and the slopes are taken again
YEAR = {"calendar.years": 1}
TOP_OF_RANGE = {
    "home_care": 18.0,
    "residential": 690.0,
    "nursing": 760.0,
    "reablement": 57.0,
    "intermediate_care": 150.0,
}
BASELINE = HERE.parent.parent / "configs" / "northamptonshire" / "baseline.yaml"


@dataclass(frozen=True)
class Variant:
    """What a fit starts from, what it holds fixed, and which target the level of need answers to."""

    start: Path
    fixed: dict[str, Any]
    need_answers: str
    leaves_out: tuple[str, ...] = ()  # targets
    keeps: tuple[str, ...] = ()  # parameters that are not fitted again


VARIANTS = {
    "baseline": Variant(HERE / "start.yaml", {}, "hospital_driven_cost"),
    "in_year": Variant(BASELINE, {f"prices.{k}": v for k, v in TOP_OF_RANGE.items()}, "hospital_driven_cost_in_year"),
    **{
        f"rule_{rule}": Variant(
            BASELINE,
            {"need.deconditioning.rule": rule},
            "hospital_share_of_new_demand",
            leaves_out=("hospital_driven_cost",),
            keeps=("over_referral",),
        )
        for rule in ("none", "ramp")
    },
}


class Fit:
    """The state of a fit: factors by logarithm, capacities, and what they give."""

    def __init__(
        self, start: Path, targets: dict[str, Any], chosen: list[Parameter], fixed: dict[str, Any], replications: int
    ) -> None:
        self.names = list(targets)
        self.values = np.asarray([float(targets[n]["value"]) for n in self.names])
        self.weights = 1.0 / np.asarray([tolerance(targets[n]) for n in self.names])
        self.chosen, self.fixed, self.replications = chosen, fixed, replications
        self.start = caresim.load(start)
        self.from_scratch = start != BASELINE
        self.capacities: dict[str, Any] = {}

    def scenario(self, x: Any) -> caresim.Scenario:
        """Give the scenario of a set of factors."""
        return caresim.load(self.start, {**overrides(self.start, self.chosen, x), **self.fixed, **self.capacities})

    def run(
        self, x: Any, seed: int = FIT_SEED, extra: dict[str, Any] | None = None, replications: int | None = None
    ) -> Any:
        """Simulate the year."""
        scenario = caresim.load(self.scenario(x), extra if extra is not None else YEAR)
        return caresim.run(scenario, replications=replications or self.replications, seed=seed)

    def residuals(self, x: Any) -> Any:
        """Give log(simulated / target) of every target, over its tolerance."""
        result = self.run(x)
        rows = [simulated(result.runs, r) for r in result.runs.replications]
        mean = np.asarray([np.mean([row[n] for row in rows]) for n in self.names])
        self.result = result
        return np.log(np.maximum(mean, 1e-9) / self.values) * self.weights

    def restaff(self) -> None:
        """Set capacities by the use of the last run."""
        runs = self.result.runs
        minutes = sum(r.pool_use[:12, :, 0].sum(axis=0) for r in runs.replications) / len(runs.replications)
        days = 365.0 * 1440.0
        by_kind: dict[str, dict[str, float]] = {}
        for k, member in enumerate(runs.compiled.pools):
            by_kind.setdefault(member.kind, {})[member.member] = float(minutes[k]) / days
        for kind in QUEUES:
            need = {m: max(2, math.ceil(u + MARGIN * math.sqrt(u))) for m, u in by_kind[kind].items()}
            old = self.capacities.get(f"pools.{kind}.capacity")
            if isinstance(old, dict) and all(abs(old[m] - n) <= 1 for m, n in need.items()):
                continue  # settle
            self.capacities[f"pools.{kind}.capacity"] = need
        for kind in MARKETS:
            self.capacities[f"pools.{kind}.capacity"] = {m: math.ceil(u / 0.95) for m, u in by_kind[kind].items()}


def plenty(fit: Fit, kind: str) -> Any:
    """Give every member of a queue three times what the county starts from, to see what would be used."""
    pool = getattr(fit.start.config.pools, kind)
    members = fit.start.config.geography.members(pool.scope)
    capacity = pool.capacity
    return {m: 3 * int(capacity.at(m) or 0) for m in members}


def tolerance(target: dict[str, Any]) -> float:
    """Give how far off a target may be, as a share of it."""
    within = target["within"]
    if isinstance(within, str):
        return float(within.rstrip(" %")) / 100.0
    return float(within) / float(target["value"])


def jacobian(fit: Fit, x: Any, base: Any) -> Any:
    """Give the change of every residual with every factor, by finite differences."""
    columns = []
    for i, parameter in enumerate(fit.chosen):
        shift = np.zeros(len(x))
        shift[i] = 0.08
        at = fit.names.index(parameter.mainly)
        columns.append((fit.residuals(x + shift) - base) / 0.08)
        print(
            f"  effect of {parameter.name}: {columns[-1][at] / fit.weights[at]:+.2f} on {parameter.mainly}",
            file=sys.stderr,
        )
    return np.stack(columns, axis=1)


def step(slopes: Any, base: Any, least: Any, most: Any) -> Any:
    """Give the step within bounds that the slopes say is best, drawn a little towards no step (ridge)."""
    tall = np.vstack([slopes, RIDGE * np.eye(slopes.shape[1])])
    goal = np.concatenate([-base, np.zeros(slopes.shape[1])])
    return lsq_linear(tall, goal, bounds=(least - 1e-9, most + 1e-9)).x


def improve(fit: Fit, x: Any, rounds: int) -> Any:
    """Take damped Gauss-Newton steps; returns the factors with the smallest largest miss."""
    low = np.asarray([math.log(p.low) for p in fit.chosen])
    high = np.asarray([math.log(p.high) for p in fit.chosen])
    fit.capacities = {f"pools.{kind}.capacity": plenty(fit, kind) for kind in QUEUES} if fit.from_scratch else {}
    for _ in range(3 if fit.from_scratch else 1):
        base = fit.residuals(x)
        if fit.from_scratch:
            fit.restaff()
    base = fit.residuals(x) if fit.from_scratch else base
    slopes = jacobian(fit, x, base)
    best, least, best_capacities = x, np.inf, dict(fit.capacities)
    for turn in range(rounds):
        moved = step(slopes, base, np.maximum(low - x, -LARGEST_STEP), np.minimum(high - x, LARGEST_STEP))
        after = x + moved
        new = fit.residuals(after)
        if moved @ moved > 0:
            slopes += np.outer(new - base - slopes @ moved, moved) / (moved @ moved)
        x, base = after, new
        miss = float(np.abs(new).max())
        worst = ", ".join(f"{fit.names[i]} {new[i]:+.2f}" for i in np.argsort(-np.abs(new))[:4])
        print(f"round {turn + 1}: largest misses, in tolerances: {worst}", file=sys.stderr)
        if miss < least:
            best, least, best_capacities = x, miss, dict(fit.capacities)
        if miss < 0.4:
            break
        if turn < RESTAFFED:
            fit.restaff()
            base = fit.residuals(x)
        if turn == RESTAFFED:
            slopes = jacobian(fit, x, base)
    fit.capacities = best_capacities
    return polish(fit, best, slopes, low, high)


def polish(fit: Fit, x: Any, slopes: Any, low: Any, high: Any) -> Any:
    """Take the last steps with more replications: what is left of a miss by then is mostly chance."""
    fit.replications *= 5
    best, least = x, np.inf
    for turn in range(POLISHED):
        base = fit.residuals(x)
        miss = float(np.abs(base).max())
        print(f"polish {turn + 1}: largest miss {miss:.2f} tolerances", file=sys.stderr)
        if miss < least:
            best, least = x, miss
        x = x + step(slopes, base, np.maximum(low - x, -LARGEST_STEP), np.minimum(high - x, LARGEST_STEP))
    return best


def main() -> None:
    """Fit, report with another seed, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variant", choices=tuple(VARIANTS), default="baseline")
    parser.add_argument(
        "--quick", action="store_true", help="two replications and few rounds, to try it out; writes nothing"
    )
    options = parser.parse_args()
    variant = VARIANTS[options.variant]
    targets = YAML(typ="safe").load(HERE / "targets.yaml")
    if variant.need_answers == "hospital_driven_cost_in_year":
        targets["fitted"]["hospital_driven_cost_in_year"] = targets["fitted"]["hospital_driven_cost"]
        targets["fitted"].pop("hospital_driven_cost")
    for name in variant.leaves_out:
        targets["held_out"][name] = targets["fitted"].pop(name)
    chosen = [p for p in parameters(HERE / "parameters.yaml") if p.name not in variant.keeps]
    chosen = [p.answering(variant.need_answers) if p.name == "need" else p for p in chosen]
    if variant.start == BASELINE:  # the threshold of pathway 3 is near that of pathway 2 already
        chosen = [replace(p, low=NEAR_PATHWAY_2) if p.name == "care_home_threshold" else p for p in chosen]
    fit = Fit(variant.start, targets["fitted"], chosen, variant.fixed, 2 if options.quick else 4)
    rounds = 2 if options.quick else 10
    x = improve(fit, np.zeros(len(chosen)), rounds)
    if not options.quick:
        write_fit(fit, x, targets, options.variant, REPORT_SEED)


if __name__ == "__main__":
    main()

"""Print the tables of docs/verification.md: `python -m tests.theory`."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

import caresim
from caresim import textbook
from tests.theory.cases import CASES
from tests.theory.checking import SEED, estimate
from tests.theory.formulas import lognormal_equilibrium
from tests.theory.test_infinite import LOGNORMAL, MEAN, MEDIAN, occupancy


def queues() -> None:
    """Run every case on the kernel and print a row a quantity."""
    print("| system | formula | quantity | theory | simulated (95 %) |\n|---|---|---|---|---|")
    for case in CASES:
        result = caresim.run(case.scenario(case.days), "kernel", case.replications, SEED, case.events, workers=1)
        measured = case.measure(result)
        for quantity, expected in case.expected.items():
            found = estimate(measured[quantity])
            row = (case.name, case.formula, quantity, f"{expected:.4f}", f"{found.mean:.4f} ± {found.half_width():.4f}")
            print("|", " | ".join(row), "|")


def infinite(replications: int = 400) -> None:
    """Print mean and variance of the number in service on some days, from empty."""
    print(
        "| day | mean and variance by theory | mean, simulated (95 %) | variance, simulated (95 %) |\n|---|---|---|---|"
    )
    levels = occupancy(caresim.run(textbook.infinite(8.0, LOGNORMAL, 40), "kernel", replications, SEED))
    for day in (1, 3, 10, 40):
        expected = 8.0 * MEAN * float(lognormal_equilibrium(float(day), MEAN, MEDIAN))
        numbers: Any = levels[:, day - 1]
        found = estimate(numbers)
        low, high = (replications - 1) * numbers.var(ddof=1) / stats.chi2.ppf([0.975, 0.025], replications - 1)
        print(
            f"| {day} | {expected:.2f} | {found.mean:.2f} ± {found.half_width():.2f} "
            f"| {np.var(numbers, ddof=1):.1f} ({low:.1f} to {high:.1f}) |"
        )


if __name__ == "__main__":
    queues()
    print()
    infinite()

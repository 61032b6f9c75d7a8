"""Print the table of docs/verification.md: `python -m tests.theory`."""

from __future__ import annotations

import caresim
from tests.theory.cases import CASES
from tests.theory.checking import SEED, estimate


def main() -> None:
    """Run every case on the kernel and print a row a quantity."""
    print("| system | formula | quantity | theory | simulated (95 %) |\n|---|---|---|---|---|")
    for case in CASES:
        result = caresim.run(
            case.scenario(case.days), replications=case.replications, seed=SEED, events=case.events, workers=1
        )
        measured = case.measure(result)
        for quantity, expected in case.expected.items():
            found = estimate(measured[quantity])
            print(
                f"| {case.name} | {case.formula} | {quantity} | {expected:.4f} | "
                f"{found.mean:.4f} ± {found.half_width():.4f} |"
            )


if __name__ == "__main__":
    main()

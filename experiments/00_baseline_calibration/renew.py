"""Renew the numbers of docs/baseline.md from runs of the fitted configs; the words around them are written by hand.

    python experiments/00_baseline_calibration/renew.py [--replications 40]

Tables stand between <!-- begin NAME --> and <!-- end NAME -->. Run calibrate.py for every variant first.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from simulated import simulated  # noqa: E402
from writing import target_row  # noqa: E402

import caresim  # noqa: E402
from caresim.measures.statistics import mean_interval  # noqa: E402

ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "baseline.md"
CONFIGS = ROOT / "configs" / "northamptonshire"
ONE_YEAR = {"calendar.years": 1}
AGES = ("18-64", "65-74", "75-84", "85+")
READINGS = (
    "hospital_driven_cost",
    "hospital_driven_cost_in_year",
    "new_demand_cost_in_year",
    "hospital_driven_cost_net",
)


def main() -> None:
    """Run every variant and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=40)
    n = parser.parse_args().replications
    targets = YAML(typ="safe").load(HERE / "targets.yaml")
    base = rows_of(caresim.load(CONFIGS / "baseline.yaml", ONE_YEAR), n)
    text = PAGE.read_text(encoding="utf-8")
    for kind in ("fitted", "held_out"):
        text = put(text, kind, targets_table(targets[kind], base))
    text = put(text, "readings", readings_table(n, base))
    text = put(text, "rules", rules_table(n, base))
    text = put(text, "falls", falls_table(n, base))
    text = put(text, "years", years_table(n))
    PAGE.write_text(text, encoding="utf-8")


def rows_of(scenario: caresim.Scenario, replications: int) -> list[dict[str, float]]:
    """Simulate and give every target's value by replication."""
    print(f"{scenario.name}: {replications} replications", file=sys.stderr)
    runs = caresim.run(scenario, replications=replications, seed=1).runs
    return [simulated(runs, r) for r in runs.replications]


def put(text: str, name: str, table: list[str]) -> str:
    """Replace the table of that name.

    Raises
    ------
    ValueError
        The page has no such place.
    """
    pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.S)
    if not pattern.search(text):
        raise ValueError(f"{PAGE} has no table {name}")
    return pattern.sub(lambda m: m.group(1) + "\n".join(["", *table, "", ""]) + m.group(2), text)


def targets_table(targets: dict[str, Any], rows: list[dict[str, float]]) -> list[str]:
    """Give target, simulated value with interval, and source of every target."""
    head = ["| target | value | simulated | 95 % interval | miss | grade and source |", "|---|---|---|---|---|---|"]
    return head + [target_row(name, target, [row[name] for row in rows]) for name, target in targets.items()]


def millions(rows: list[dict[str, float]], name: str) -> str:
    """Write a cost as £m with the 95 % interval of its mean."""
    values = np.asarray([row[name] for row in rows]) / 1e6
    mean, low, high = mean_interval(values).values()
    return f"£{mean:.1f}m ({low:.1f} to {high:.1f})"


def cost_rows(named: dict[str, list[dict[str, float]]]) -> list[str]:
    """Give the readings of the cost, one variant a row."""
    head = [
        "| | first 52 weeks, gross | in year, hospital only | in year, all new demand | first 52 weeks, net |",
        "|---|---|---|---|---|",
    ]
    return head + [
        f"| {name} | " + " | ".join(millions(rows, m) for m in READINGS) + " |" for name, rows in named.items()
    ]


def readings_table(n: int, base: list[dict[str, float]]) -> list[str]:
    """Give the readings in the baseline and in the variant fitted to the in-year reading."""
    variant = rows_of(caresim.load(CONFIGS / "baseline_in_year.yaml", ONE_YEAR), n)
    return cost_rows({"`baseline.yaml`": base, "`baseline_in_year.yaml`": variant})


def rules_table(n: int, base: list[dict[str, float]]) -> list[str]:
    """Give the readings under each deconditioning rule, each fitted to the same targets but the cost."""
    named = {"step (the client's assertion)": base}
    for rule, words in (("ramp", "ramp (7 % a day after day 7)"), ("none", "none")):
        if (HERE / f"rule_{rule}.yaml").is_file():  # a rule that was not fitted is not shown
            named[words] = rows_of(caresim.load(HERE / f"rule_{rule}.yaml", ONE_YEAR), n)
    return cost_rows(named)


def falls_table(n: int, base: list[dict[str, float]]) -> list[str]:
    """Give what changes when half of all emergency admissions are falls, as the client's prospectus says."""
    start = caresim.load(CONFIGS / "baseline.yaml", ONE_YEAR)
    changes: dict[str, Any] = {}
    for age in AGES[1:]:
        both = [f"demand.admissions.{cause}.by_age.{age}" for cause in ("fall", "other_emergency")]
        total = sum(start.number(path) for path in both)
        changes |= dict.fromkeys(both, total / 2)
    changes["packages.fall_share_from_care"] = 0.5
    half = rows_of(caresim.load(start, changes), n)
    return cost_rows({"9 % of admissions are falls": base, "50 % of admissions are falls": half})


def years_table(n: int) -> list[str]:
    """Give the headline measures of all five years."""
    summary = caresim.run(CONFIGS / "baseline.yaml", replications=n, seed=1).summary
    county = summary[summary["area"] == "Northamptonshire"]
    years = list(dict.fromkeys(county["year"]))
    names = (
        "hospital_driven_cost",
        "people_supported",
        "dtoc_beds",
        "delayed_beds",
        "emergency_admissions_65_plus",
        "hospital_share_of_new_demand",
    )
    lines = ["| measure | " + " | ".join(years) + " |", "|---" * (len(years) + 1) + "|"]
    for name in names:
        cells = []
        for year in years:
            row = county[(county["measure"] == name) & (county["year"] == year)].iloc[0]
            cells.append(f"{row['mean']:,.3g}" if row["mean"] < 2 else f"{row['mean']:,.0f}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


if __name__ == "__main__":
    main()

"""Write what a fit chose: the config layer, and a page of targets, simulated values and residuals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML
from simulated import simulated

from caresim.config.neutral import NEUTRAL
from caresim.measures.statistics import mean_interval

HERE = Path(__file__).resolve().parent
CONFIGS = HERE.parent.parent / "configs" / "northamptonshire"
LAYERS = {  # the layer each variant writes, and what it extends
    "baseline": (CONFIGS / "fitted.yaml", "county.yaml"),
    "in_year": (CONFIGS / "fitted_in_year.yaml", "baseline.yaml"),
    "rule_none": (HERE / "rule_none.yaml", "../../configs/northamptonshire/baseline.yaml"),
    "rule_ramp": (HERE / "rule_ramp.yaml", "../../configs/northamptonshire/baseline.yaml"),
}
REPLICATIONS = 40


def write_fit(fit: Any, x: Any, targets: dict[str, Any], variant: str, seed: int) -> None:
    """Run once more with another seed and write config and page."""
    result = fit.run(x, seed=seed, replications=REPLICATIONS)
    rows = [simulated(result.runs, r) for r in result.runs.replications]
    write_config(fit, x, variant)
    page = HERE / f"fit_{variant}.md"
    page.write_text(fit_page(fit, x, targets, rows, variant, seed), encoding="utf-8")
    print(page.read_text(encoding="utf-8"))


def write_config(fit: Any, x: Any, variant: str) -> None:
    """Write every section that the fit moved, whole, as a layer between county and baseline."""
    resolved = fit.scenario(x).resolved()
    file, parent = LAYERS[variant]
    nodes = {on.split(".by_")[0] for p in fit.chosen for on in p.on} - {"at_start.people"}
    nodes |= {"pools", "at_start", *(path for path in fit.fixed)}
    layer: dict[str, Any] = {"extends": parent, "name": f"Northamptonshire, fitted ({variant})"}
    for path in sorted(nodes):
        put(layer, path, mark(get(resolved, path), path, fit))
    yaml = YAML()
    yaml.width = 140
    yaml.default_flow_style = None
    with file.open("w", encoding="utf-8") as stream:
        stream.write("# Written by experiments/00_baseline_calibration/calibrate.py; do not edit by hand.\n")
        yaml.dump(layer, stream)


def get(tree: Any, path: str) -> Any:
    """Follow a path in a plain config."""
    for name in path.split("."):
        tree = tree[name]
    return tree


def put(tree: dict[str, Any], path: str, value: Any) -> None:
    """Put a node into a plain config."""
    *parents, last = path.split(".")
    for name in parents:
        tree = tree.setdefault(name, {})
    tree[last] = value


def mark(node: Any, path: str, fit: Any) -> Any:
    """Say of a fitted node that it was fitted, and to what; pools and prices say their own."""
    if path == "pools":
        for kind, pool in node.items():
            if f"pools.{kind}.capacity" in fit.capacities:
                queue = (
                    "use in 2018-19 plus one and a half times its square root"
                    if "priority" in pool or kind in QUEUES
                    else "use in 2018-19 over 0.95"
                )
                pool["grade"], pool["source"] = "C", f"fitted: {queue}"
                pool.pop("share_by", None)
            for key in [key for key, value in pool.items() if is_neutral(kind, key, value)]:
                del pool[key]
        return node
    if path == "at_start":
        node["people"]["grade"], node["people"]["source"] = (
            "C",
            "fitted: 7,000 with council support, half of them 65 or over",
        )
        return node
    if path.startswith("prices."):
        return {
            **node,
            "grade": "C",
            "source": "assumption: near the top of the register's range, for this variant only",
        }
    if not isinstance(node, dict):
        return node
    names = [p for p in fit.chosen if any(on.split(".by_")[0] == path for on in p.on)]
    node["grade"], node["source"] = "C", "fitted, mainly to " + ", ".join(dict.fromkeys(p.mainly for p in names))
    return node


def is_neutral(kind: str, key: str, value: Any) -> bool:
    """Tell whether a pool would have this value anyway."""
    return bool(value == NEUTRAL["pools"][kind].get(key))


QUEUES = ("assessment", "adaptations", "reablement", "intermediate_care")


def fit_page(fit: Any, x: Any, targets: dict[str, Any], rows: list[dict[str, float]], variant: str, seed: int) -> str:
    """Compose the page: targets with what was simulated, then parameters."""
    lines = [
        f"# What the calibration chose ({variant})",
        "",
        f"Fitted with seed 11, reported with seed {seed}, {len(rows)} replications. Intervals are 95 % intervals",
        "of the mean: simulation error only. `miss` is the distance to the target over the tolerance; above 1 it is",
        "not met.",
        "",
    ]
    for kind, title in (("fitted", "Fitted"), ("held_out", "Held out")):
        lines += [
            f"## {title}",
            "",
            "| target | value | simulated | 95 % interval | miss | source |",
            "|---|---|---|---|---|---|",
        ]
        lines += [target_row(name, target, [row[name] for row in rows]) for name, target in targets[kind].items()]
        lines.append("")
    lines += ["## Parameters", "", "| factor on | factor | mainly answers to |", "|---|---|---|"]
    lines += [
        f"| {', '.join(f'`{on}`' for on in p.on)} ({p.name}) | {np.exp(v):.3f} | {p.mainly} |"
        for p, v in zip(fit.chosen, x, strict=True)
    ]
    lines += ["", "Capacities: " + "; ".join(f"`{k}` {v}" for k, v in fit.capacities.items())]
    return "\n".join(lines) + "\n"


def target_row(name: str, target: dict[str, Any], values: list[float]) -> str:
    """Compose a row of the table of targets."""
    mean, least, most = (float(value) for value in mean_interval(np.asarray(values)).values())
    goal = float(target["value"])
    if "low" in target:
        low, high = float(target["low"]), float(target["high"])
        miss = "inside" if low <= mean <= high else "outside"
        stated = f"{shown(goal)} ({shown(low)} to {shown(high)})"
    else:
        within = target["within"]
        allowed = goal * float(within.rstrip(" %")) / 100 if isinstance(within, str) else float(within)
        miss, stated = f"{abs(mean - goal) / allowed:.2f}", shown(goal)
    interval = f"{shown(least)} to {shown(most)}"
    return f"| {name} | {stated} | {shown(mean)} | {interval} | {miss} | {target['grade']}: {target['source']} |"


def shown(value: float) -> str:
    """Write a number as a reader wants it."""
    if abs(value) < 2:
        return f"{value:.3f}"
    return f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}"

"""Renew the experiments: run them, write their numbers into the findings, say where the words no longer hold.

    python experiments/renew.py                       # all of them, about twenty minutes on two cores
    python experiments/renew.py 01 05_discharge       # some of them, by the beginning of their names
    python experiments/renew.py --check               # run nothing: do the findings agree with the numbers kept?
    python experiments/renew.py --rewrite             # run nothing: write findings and figures from the numbers kept
    python experiments/renew.py 01 --replications 10  # quicker and rougher

Numbers stand between markers in `findings.md` and are kept in `numbers.csv` beside it; figures are drawn from them.
Replications are kept under out/experiments, so a renewal after a change of prices or words simulates nothing twice.
Exit 1 where a number that was renewed contradicts the words around it, with file and line.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from renewing.expression import WrongExpressionError  # noqa: E402
from renewing.figures import draw_all, figure_numbers  # noqa: E402
from renewing.findings import Trouble, UnknownNameError, asked_for, renewed  # noqa: E402
from renewing.number import Number, read_numbers, write_numbers  # noqa: E402
from renewing.source import Kept, Numbers  # noqa: E402

ROOT = HERE.parent
KEPT = ROOT / "out" / "experiments"
FINDINGS, NUMBERS, MORE = "findings.md", "numbers.csv", "more.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Renew or check; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="the beginning of a folder's name; all if not given")
    parser.add_argument("--check", action="store_true", help="run nothing; hold findings against the numbers kept")
    parser.add_argument("--rewrite", action="store_true", help="run nothing; write findings and figures anew")
    parser.add_argument("--replications", type=int, help="in place of what each experiment says")
    parser.add_argument("--draws", type=int, help="in place of what each experiment says")
    parser.add_argument("--workers", type=int, help="how many cores to use; all if not given")
    asked = parser.parse_args(arguments)
    folders = chosen(asked.names)
    troubles = 0
    for folder in folders:
        begun = time.perf_counter()
        found = check(folder) if asked.check else rewrite(folder) if asked.rewrite else renew(folder, asked)
        for trouble in found:
            print(f"{shown(folder / FINDINGS)}:{trouble.line}: {trouble.message}", file=sys.stderr)
        troubles += len(found)
        if not asked.check:
            print(f"{folder.name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return 1 if troubles else 0


def chosen(names: Sequence[str]) -> list[Path]:
    """Give the folders with experiments whose names begin as asked.

    Raises
    ------
    SystemExit
        A name that no folder begins with.
    """
    there = sorted({path.parent for path in HERE.glob("*/experiment*.yaml")})
    for name in names:
        if not any(folder.name.startswith(name) for folder in there):
            raise SystemExit(f"no experiment begins with {name!r}; there are: {', '.join(f.name for f in there)}")
    return [f for f in there if not names or any(f.name.startswith(name) for name in names)]


def shown(path: Path) -> str:
    """Write a path as seen from the project's folder."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def files_of(folder: Path) -> dict[str, Path]:
    """Give a folder's experiment files by the names that numbers have for them."""
    return {path.stem.removeprefix("experiment").removeprefix("_"): path for path in sorted(folder.glob("exp*.yaml"))}


def check(folder: Path) -> list[Trouble]:
    """Hold the findings against the numbers kept, and say where they differ."""
    page = folder / FINDINGS
    if not page.is_file():
        return [Trouble(1, "is not written yet")]
    old = page.read_text(encoding="utf-8")
    kept = Kept(read_numbers(folder / NUMBERS))
    new, troubles = renewed(old, kept, labels_of(folder))
    stale = [
        Trouble(line, f"is not what {NUMBERS} says: {after.strip()[:200]}")
        for line, (before, after) in enumerate(zip(old.splitlines(), new.splitlines(), strict=False), start=1)
        if before != after
    ]
    return [*troubles, *stale]


def rewrite(folder: Path) -> list[Trouble]:
    """Write findings and figures anew from the numbers kept: after a change of words or of how numbers are written."""
    return write(folder, text_of(folder), Kept(read_numbers(folder / NUMBERS)))


def renew(folder: Path, asked: Any) -> list[Trouble]:
    """Run a folder's experiments and write numbers, findings and figures."""
    comparisons = {key: compared(folder, path, asked) for key, path in files_of(folder).items()}
    text = text_of(folder)
    return write(folder, text, keep(folder, text, numbers_of(folder, comparisons)))


def text_of(folder: Path) -> str:
    """Read the findings; nothing where there are none yet."""
    page = folder / FINDINGS
    return page.read_text(encoding="utf-8") if page.is_file() else ""


def write(folder: Path, text: str, kept: Callable[[str], Number]) -> list[Trouble]:
    """Write findings and figures with the numbers kept, and say what is wrong with them."""
    new, troubles = renewed(text, kept, labels_of(folder))
    if new != text:
        (folder / FINDINGS).write_text(new, encoding="utf-8")
    return [*troubles, *draw_all(folder, new, kept, labels_of(folder))]


def compared(folder: Path, path: Path, asked: Any) -> Any:
    """Run one experiment."""
    from caresim.config.experiment import load_experiment
    from caresim.studies.compare import compare

    experiment = load_experiment(path)
    KEPT.mkdir(parents=True, exist_ok=True)
    print(f"{folder.name}/{path.name}: {experiment.name}", file=sys.stderr)
    return compare(
        experiment.baseline,
        experiment.scenarios,
        replications=asked.replications or experiment.replications,
        seed=experiment.seed,
        workers=asked.workers,
        draws=experiment.draws if asked.draws is None else asked.draws,
        bridge=experiment.bridge,
        store=KEPT,  # one for all: many experiments share the baseline, some share scenarios
        labels=experiment.labels,
    )


def numbers_of(folder: Path, comparisons: Mapping[str, Any]) -> Numbers:
    """Make the numbers of a folder; with those of its `more.py`."""
    from renewing.compared import Compared

    sources = {key: Compared(comparison) for key, comparison in comparisons.items()}
    path = folder / MORE
    if not path.is_file():
        return Numbers(sources)
    spec = importlib.util.spec_from_file_location(f"more_{folder.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Numbers(sources, module.more(sources))


def keep(folder: Path, text: str, numbers: Numbers) -> Callable[[str], Number]:
    """Write the numbers that the findings use, and give them as they were written: what is told is what is kept."""
    used: dict[str, Number] = {}
    for expression in (*asked_for(text), *figure_numbers(text)):
        try:
            used[expression] = numbers(expression)
        except (UnknownNameError, WrongExpressionError):
            continue  # it is reported with its line where it is used
    write_numbers(folder / NUMBERS, used)
    kept = read_numbers(folder / NUMBERS)
    return lambda expression: kept[expression] if expression in kept else numbers(expression)


def labels_of(folder: Path) -> dict[str, str]:
    """Give what the scenarios of a folder are called, by the names that numbers have for them."""
    from ruamel.yaml import YAML

    labels: dict[str, str] = {}
    for key, path in files_of(folder).items():
        for name, scenario in YAML(typ="safe").load(path)["scenarios"].items():
            labels[f"{key}.{name}" if key else name] = scenario.get("name", name)
    return labels


if __name__ == "__main__":
    raise SystemExit(main())

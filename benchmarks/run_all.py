"""Run every benchmark, each in a process of its own, and rewrite the table in README.md."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ORDER = ("kernel_against_reference", "tandem_against_cpp", "memory", "ns_an_event", "first_use", "two_hundred",
         "comparing")  # fmt: skip
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PACKAGES = ("numba", "llvmlite", "numpy", "simpy")


def main() -> None:
    """Run what is named on the command line, or everything, and write the table if it was everything."""
    chosen = sys.argv[1:] or list(ORDER)
    rows = [row for name in chosen for row in rows_of(name)]
    if not sys.argv[1:]:
        readme = HERE / "README.md"
        text = readme.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        readme.write_text(before + BEGIN + "\n" + table(rows) + END + rest.split(END)[1], encoding="utf-8")


def rows_of(name: str) -> list[dict[str, str]]:
    """Run one benchmark and show its rows as they come."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, HERE / f"{name}.py"], stdout=subprocess.PIPE, text=True, check=True, env=path()
    )
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    for row in rows:
        print(f"{row['question']}: {row['answer']} ({row['what']})")
    print(f"  {name}: {time.perf_counter() - begun:.0f} s", flush=True)
    return rows


def path() -> dict[str, str]:
    """Let the benchmarks import the checkout that they lie in."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)])}


def table(rows: list[dict[str, str]]) -> str:
    """Write machine, date and rows as Markdown; ratios come first, as they hold on other machines too."""
    ratios = [row for row in rows if row["answer"].endswith(" times")]
    rest = [row for row in rows if row not in ratios]
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    lines = [
        f"Measured on {datetime.date.today().isoformat()}: {processor()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}.",
        "", "| Question | Answer | What was run |", "|---|---|---|",
        *(f"| {row['question']} | {row['answer']} | {row['what']} |" for row in ratios + rest),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def processor() -> str:
    """Name the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()

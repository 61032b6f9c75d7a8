"""The scripts of the calibration run, and know every target."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

import caresim
from tests.measures.worlds import priced

FOLDER = Path(__file__).resolve().parents[2] / "experiments" / "00_baseline_calibration"
sys.path.append(str(FOLDER))

from simulated import simulated  # noqa: E402


def test_the_scripts_find_all_that_they_import() -> None:
    subprocess.run([sys.executable, "-c", "import calibrate, renew"], cwd=FOLDER, check=True)


def test_every_target_has_a_simulated_value() -> None:
    targets = YAML(typ="safe").load(FOLDER / "targets.yaml")
    result = caresim.run(caresim.load(priced()), replications=2, seed=1)
    rows = [simulated(result.runs, r) for r in result.runs.replications]
    assert {*targets["fitted"], *targets["held_out"]} <= set(rows[0])
    by_age = [sum(row[f"emergency_admissions_{age}"] for age in ("65_74", "75_84", "85_plus")) for row in rows]
    summary = result.summary.set_index(["measure", "area", "year"])["mean"]
    first = summary["emergency_admissions_65_plus"].iloc[0]
    assert first > 0
    assert np.mean(by_age) == pytest.approx(first)

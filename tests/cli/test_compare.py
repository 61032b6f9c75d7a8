"""`caresim compare`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.calls import BASELINE, ROOT, Call

COMMAND = [sys.executable, "-m", "caresim.cli", "compare"]
TABLES = {"summary", "differences", "differences_by_place", "money_differences", "appraisal", "cumulative"}


@pytest.fixture
def experiment(world: Path) -> Path:
    """Write an experiment: fewer falls."""
    file = world.parent / "experiment.yaml"
    file.write_text(
        """\
experiment: 1
name: Falls
question: What if there were half the falls?
baseline: world.yaml
replications: 3
seed: 4
scenarios:
  fewer: {name: Half the falls, set: {demand.admissions.fall: 100}}
  same: {name: As it is}
""",
        encoding="utf-8",
    )
    return file


def test_a_comparison_answers_in_sentences_and_writes_its_folder(
    caresim: Call, experiment: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    code, said, _ = caresim("compare", experiment, "--out", out)
    lines = said.splitlines()
    assert code == 0
    assert lines[0] == "What if there were half the falls?"
    assert "Half the falls" in lines
    assert "simulation error only" in said
    assert "County, 3 replications, each paired with the baseline's." in lines
    assert lines[-1] == f"Report: {out / 'report.html'}"
    assert {file.stem for file in (out / "tables").iterdir()} >= TABLES
    assert {folder.name for folder in (out / "scenarios").iterdir()} == {"baseline", "fewer", "same"}
    facts = json.loads((out / "manifest.json").read_text("utf-8"))
    assert (facts["kind"], facts["name"], facts["seed"], facts["replications"]) == ("comparison", "Falls", 4, 3)
    assert [s["name"] for s in facts["scenarios"]] == ["Half the falls", "As it is"]
    assert any(name.endswith("experiment.yaml") for name in facts["inputs"])
    differences = pd.read_parquet(out / "tables" / "differences.parquet")
    assert set(differences["scenario"]) == {"fewer", "same"}
    assert not (tmp_path / "out.partial").exists()


def test_the_config_of_a_scenario_can_be_run_again(caresim: Call, experiment: Path, tmp_path: Path) -> None:
    caresim("compare", experiment, "--out", tmp_path / "out")
    resolved = tmp_path / "out" / "scenarios" / "fewer" / "config.resolved.yaml"
    code, said, _ = caresim("run", resolved, "--replications", 3, "--seed", 4, "--json")
    rows = {(r["measure"], r["year"], r["area"]): r["mean"] for r in json.loads(said)["summary"]}
    summary = pd.read_parquet(tmp_path / "out" / "tables" / "summary.parquet")
    ours = summary[(summary["scenario"] == "fewer") & (summary["measure"] == "admissions")]
    assert code == 0
    assert all(rows["admissions", r.year, r.area] == r.mean for r in ours.itertuples())


def test_options_come_before_what_the_experiment_says(caresim: Call, experiment: Path) -> None:
    words = ("compare", experiment, "--json", "--replications", 2)
    said = json.loads(caresim(*words, "--set", "demand.admissions.fall=0").out)
    assert {row["mean"] for row in said["differences"] if row["measure"] == "admissions"} == {0.0}
    assert {row["replications"] for row in said["differences"] if row["measure"] == "admissions"} == {2}
    assert caresim(*words).out != caresim(*words, "--seed", 5).out
    assert caresim(*words).out == caresim(*words, "--engine", "reference").out


def test_json_has_nothing_that_is_not_a_number(caresim: Call, experiment: Path) -> None:
    said = json.loads(caresim("compare", experiment, "--json", "--replications", 1).out)
    assert said["folder"] is None
    assert said["labels"] == {"fewer": "Half the falls", "same": "As it is"}
    assert said["differences"][0]["low"] is None


def test_a_name_too_long_for_what_is_kept_until_then_is_refused_before_the_comparison(
    caresim: Call, experiment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caresim.compare", lambda *given, **more: pytest.fail("it was run"), raising=False)
    code, out, err = caresim("compare", experiment, "--out", tmp_path / ("a" * 250))
    assert (code, out) == (2, "")
    assert "too long a name for a folder here; choose a shorter one" in err


def test_a_wrong_experiment_is_exit_code_2_with_file_and_line(caresim: Call, experiment: Path, tmp_path: Path) -> None:
    experiment.write_text(experiment.read_text("utf-8").replace("fall: 100", "fal: 100"), encoding="utf-8")
    code, out, err = caresim("compare", experiment, "--out", tmp_path / "out")
    assert (code, out) == (2, "")
    assert "experiment.yaml:8: demand.admissions.fal" in err
    assert "did you mean 'fall'?" in err
    assert not list(tmp_path.glob("out*"))


def test_a_scenario_is_no_experiment(caresim: Call, world: Path) -> None:
    code, _, err = caresim("compare", world)
    assert code == 2
    assert "is a scenario, not an experiment; caresim run runs it" in err


def test_check_takes_experiments_too(caresim: Call, experiment: Path, world: Path) -> None:
    assert caresim("check", experiment, world).out == "2 files checked: no faults.\n"
    experiment.write_text(experiment.read_text("utf-8").replace("seed: 4", "seed: -4"), encoding="utf-8")
    code, out, _ = caresim("check", experiment)
    assert code == 2
    assert out.endswith("experiment.yaml:6: seed must be from 0 to 9223372036854775807, got -4\n")


@pytest.mark.parametrize("verb", ["check", "compare"])
def test_a_change_after_the_last_day_is_noted_once(caresim: Call, experiment: Path, verb: str) -> None:
    late = "[{name: Late, effects: [{on: demand.admissions.fall, times: 0.5, from: 2090-01}]}]"
    written = experiment.read_text("utf-8") + f"  late: {{interventions: {late}}}\n"
    experiment.write_text(written, encoding="utf-8")
    code, _, err = caresim(verb, experiment, *(["--replications", 1, "--quiet"] if verb == "compare" else []))
    assert (code, err) == (
        0, "Note: Late: its effect on demand.admissions.fall is not in force in any month simulated\n"
    )  # fmt: skip


@pytest.mark.parametrize("verb", ["check", "compare"])
def test_what_a_run_leaves_out_is_noted_once(caresim: Call, experiment: Path, verb: str) -> None:
    written = experiment.read_text("utf-8").replace("replications", "set: {prices.home_care: 20}\nreplications")
    experiment.write_text(written, encoding="utf-8")
    code, _, err = caresim(verb, experiment, *(["--replications", 1, "--quiet"] if verb == "compare" else []))
    assert (code, err.count("\n")) == (0, 2)
    assert err.count("Note: nobody is in care when the run begins (at_start.people): ") == 1
    assert err.startswith(
        "Note: the end of the run cuts off the first 52 weeks of those who leave hospital in the last 28"
    )


def test_going_on_needs_a_folder_and_a_started_one_is_not_started_again(
    caresim: Call, experiment: Path, tmp_path: Path
) -> None:
    code, _, err = caresim("compare", experiment, "--resume")
    assert code == 2
    assert "--out" in err
    partial = tmp_path / "out.partial"
    partial.mkdir()
    (partial / "0.npz").write_bytes(b"")
    code, _, err = caresim("compare", experiment, "--out", tmp_path / "out")
    assert code == 2
    assert "1 replication of what was interrupted" in " ".join(err.split())
    assert (partial / "0.npz").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_an_interrupted_comparison_says_how_to_go_on_and_then_gives_the_same(caresim: Call, tmp_path: Path) -> None:
    experiment, out, partial = tmp_path / "e.yaml", tmp_path / "out", tmp_path / "out.partial"
    experiment.write_text(
        f"experiment: 1\nname: E\nbaseline: {BASELINE}\nset: {{calendar.years: 1}}\nreplications: 8\n"
        "scenarios: {more: {set: {pools.reablement.capacity: 500}}}\n",
        encoding="utf-8",
    )
    running = subprocess.Popen(
        [*COMMAND, str(experiment), "--out", str(out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=ROOT,
    )  # fmt: skip
    while running.poll() is None and len(list(partial.glob("*.npz"))) < 2:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    said, err = running.communicate(timeout=120)
    assert (running.returncode, said) == (130, "")
    assert "Traceback" not in err
    assert "--resume" in err
    assert not out.exists()
    kept = len(list(partial.glob("*.npz")))
    assert 2 <= kept < 16
    resumed = json.loads(caresim("compare", experiment, "--out", out, "--resume", "--json").out)
    whole = json.loads(caresim("compare", experiment, "--json").out)
    assert resumed["differences"] == whole["differences"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["e.yaml", "out"]


def test_a_comparison_that_cannot_be_written_keeps_what_was_simulated(
    caresim: Call, experiment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("caresim.reports.comparison_folder.fill", full)
    code, said, err = caresim("compare", experiment, "--out", tmp_path / "out")
    assert (code, said) == (1, "")
    assert "No space left on device" in err
    assert "--resume" in err
    assert len(list((tmp_path / "out.partial").glob("*.npz"))) == 6
    assert not (tmp_path / "out").exists()
    monkeypatch.undo()
    assert caresim("compare", experiment, "--out", tmp_path / "out", "--resume").code == 0
    assert not (tmp_path / "out.partial").exists()

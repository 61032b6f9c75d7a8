"""Exit codes, streams and errors of the command as a whole."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tests.cli.calls import BASELINE, ROOT, Call

COMMAND = [sys.executable, "-m", "caresim.cli"]


def test_help_lists_the_verbs(caresim: Call) -> None:
    code, out, err = caresim("--help")
    assert (code, err) == (0, "")
    assert {"check", "run", "explain", "schema"} <= {line.split()[0] for line in out.splitlines() if line.strip()}


def test_a_verb_that_does_not_exist_is_answered_with_the_nearest(caresim: Call) -> None:
    code, out, err = caresim("rnu")
    assert (code, out) == (2, "")
    assert "Did you mean 'run'?" in err


def test_an_option_that_does_not_exist_is_answered_with_the_nearest(caresim: Call) -> None:
    code, _, err = caresim("run", BASELINE, "--replicatons", 3)
    assert code == 2
    assert "--replications" in err


@pytest.mark.parametrize(
    "words",
    [
        ("--engine", "kernal"),
        ("--replications", 0),
        ("--replications", "many"),
        ("--replications", 10**9),
        ("--seed", -1),
        ("--until-precision", 0),
    ],
)
def test_an_option_out_of_its_range_is_a_wrong_command_line(caresim: Call, words: tuple[object, ...]) -> None:
    code, out, err = caresim("run", BASELINE, *words)
    assert (code, out) == (2, "")
    assert str(words[0]) in err


def test_the_version_is_that_of_the_package(caresim: Call) -> None:
    assert caresim("--version").out.startswith("caresim 0.")


def test_the_version_is_answered_without_an_installed_package(caresim: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert caresim("--version") == (0, "caresim, not installed: run from its source\n", "")


def test_a_wrong_config_is_exit_code_2_and_no_traceback(caresim: Call, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("name: Wrong\npools:\n  reablement: {capacity: -3}\n", encoding="utf-8")
    code, out, err = caresim("run", file, "--out", tmp_path / "out")
    assert (code, out) == (2, "")
    assert "wrong.yaml:3: pools.reablement.capacity must be" in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [(RuntimeError("boom"), "a fault of the program: RuntimeError: boom"), (PermissionError(13, "No"), "No")],
)
def test_what_nobody_foresaw_is_one_line_and_exit_code_1(
    caresim: Call, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("caresim.config.json_schema", fail, raising=False)
    code, out, err = caresim("schema")
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "explain", str(tmp_path / "none.yaml"), "--debug"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error_to_talk_about() -> None:
    pipe = f"{' '.join(COMMAND)} explain {BASELINE} | head -n 1"
    done = subprocess.run(pipe, shell=True, check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.startswith("path")
    assert done.stderr == ""


def test_the_command_works_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run([*COMMAND, "check", str(BASELINE)], check=False, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 file checked: no faults.\n", "")


@pytest.mark.parametrize("verb", ["run", "compare"])
def test_verbs_that_simulate_say_the_same_of_the_same_options(caresim: Call, verb: str) -> None:
    said = " ".join(caresim(verb, "--help").out.split())
    for words in (
        "How many times the same years are simulated",
        "Seed of the random numbers",
        "Where to write report, tables and manifest: all of them or none.",
        "Continue until half the 95 % interval of",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("ending", "frozen"), [("from caresim.cli.app import main; main(['--help'])", True), ("caresim.load({})", False)]
)
def test_only_a_command_leaves_without_looking_for_garbage(ending: str, frozen: bool) -> None:
    watch = "import atexit, gc; n = gc.get_freeze_count(); "  # Python 3.12 begins with some that are frozen
    watch += "atexit.register(lambda: print('frozen', gc.get_freeze_count() > n + 1000)); import caresim; "
    said = subprocess.run([sys.executable, "-c", watch + ending], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.splitlines()[-1] == f"frozen {frozen}"


def test_a_name_that_is_no_text_is_refused_before_anything_is_done(caresim: Call) -> None:
    code, out, err = caresim("run", "b\udcff.yaml")
    assert (code, out) == (2, "")
    assert "'b\\udcff.yaml' is not in UTF-8" in err

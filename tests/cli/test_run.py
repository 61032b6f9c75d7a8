"""`caresim run`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from caresim.studies.machine_code import ANNOUNCEMENT
from tests.cli.calls import BASELINE, ROOT, Call

FILES = ("manifest.json", "config.resolved.yaml", "report.html", "report.xlsx", "figures", "tables/summary.parquet")


def test_a_run_answers_with_the_summary_and_ends_with_the_path_of_the_report(
    caresim: Call, world: Path, tmp_path: Path
) -> None:
    out_dir = tmp_path / "out"
    code, out, err = caresim("run", world, "--replications", 2, "--out", out_dir)
    assert (code, err) in ((0, ""), (0, f"{ANNOUNCEMENT}\n"))
    assert "95 % interval" in out.splitlines()[0]
    assert any(line.startswith("  Emergency admissions, 65 and over") for line in out.splitlines())
    assert len(out.splitlines()) < 30
    assert "simulation error only" in out
    assert out.splitlines()[-1] == f"Report: {out_dir / 'report.html'}"
    assert [name for name in FILES if not (out_dir / name).exists()] == []


def test_the_same_seed_gives_the_same_answer_and_another_seed_another(caresim: Call, world: Path) -> None:
    words = ("run", world, "--replications", 2, "--json")
    first, again, other = caresim(*words), caresim(*words), caresim(*words, "--seed", 2)
    assert first.out == again.out
    assert first.out != other.out


def test_json_is_the_summary_and_the_path_of_the_report(caresim: Call, world: Path) -> None:
    said = json.loads(caresim("run", world, "--replications", 2, "--json").out)
    assert said["report"] is None
    assert {"measure", "unit", "area", "year", "mean", "low", "high", "replications"} <= set(said["summary"][0])


def test_one_replication_is_a_run_without_an_interval(caresim: Call, world: Path) -> None:
    code, out, _ = caresim("run", world, "--replications", 1)
    assert code == 0
    assert "1 replication." in out


def test_a_folder_with_something_else_in_it_is_refused_before_the_run(
    caresim: Call, world: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("chapter 1", encoding="utf-8")
    code, out, err = caresim("run", world, "--out", tmp_path / "mine")
    assert (code, out) == (2, "")
    assert "not a caresim result" in err
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_file_as_folder_is_refused(caresim: Call, world: Path) -> None:
    code, out, err = caresim("run", world, "--out", world)
    assert (code, out) == (2, "")
    assert "--out" in err


def test_a_folder_below_a_file_is_refused_before_the_run(
    caresim: Call, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caresim.run", lambda *given, **more: pytest.fail("it was run"), raising=False)
    code, out, err = caresim("run", world, "--out", world / "below" / "it")
    assert (code, out) == (2, "")
    assert f"{world} is a file" in err


@pytest.mark.parametrize("below", ["", "out", "some/out"])
def test_a_link_that_leads_to_nothing_is_refused_before_the_run(
    caresim: Call, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    monkeypatch.setattr("caresim.run", lambda *given, **more: pytest.fail("it was run"), raising=False)
    link = tmp_path / "link"
    try:
        link.symlink_to(tmp_path / "nothing")
    except OSError:
        pytest.skip("no links can be made here")
    code, out, err = caresim("run", world, "--out", link / below)
    assert (code, out) == (2, "")
    assert f"{link} leads to nothing" in err


def test_a_folder_that_cannot_be_written_to_is_refused_before_the_run(
    caresim: Call, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**given: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("caresim.reports.destination.TemporaryDirectory", denied, raising=False)
    monkeypatch.setattr("caresim.run", lambda *given, **more: pytest.fail("it was run"), raising=False)
    code, out, err = caresim("run", world, "--out", tmp_path / "out")
    assert (code, out) == (2, "")
    assert f"cannot write to {tmp_path}: Permission denied" in err


LONG = "a" * 300


@pytest.mark.parametrize(
    ("out_dir", "said"),
    [
        (LONG, "too long a name for a folder here; choose a shorter one"),
        (f"new/{LONG}/out", "too long a name for a folder here; choose a shorter one"),
        ("", ". is no name that a result can be given; name a folder, such as result"),
        (".", ". is no name that a result can be given; name a folder, such as result"),
        ("new/..", "new/.. is no name that a result can be given; name a folder, such as new/../result"),
        ("~/out", "~/out begins with a ~ that was left as it is; write out the folder that it stands for"),
    ],
)
def test_a_name_that_no_folder_can_have_is_refused_before_the_run(
    caresim: Call, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out_dir: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("caresim.run", lambda *given, **more: pytest.fail("it was run"), raising=False)
    code, out, err = caresim("run", world, "--out", out_dir)
    assert (code, out) == (2, "")
    assert "--out" in err
    assert said in err
    assert len(err) < 300
    assert [file.name for file in tmp_path.iterdir()] == [world.name]


def test_a_folder_that_the_system_would_not_tell_of_is_refused_before_the_run(
    caresim: Call, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("caresim.run", lambda *given, **more: pytest.fail("it was run"), raising=False)
    monkeypatch.setattr(Path, "is_symlink", denied)
    code, out, err = caresim("run", world, "--out", tmp_path / "out")
    assert (code, out) == (2, "")
    assert f"cannot write to {tmp_path / 'out'}: Permission denied" in err


def test_a_folder_that_is_a_disk_of_its_own_is_refused_before_the_run(
    caresim: Call, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    monkeypatch.setattr("caresim.run", lambda *given, **more: pytest.fail("it was run"), raising=False)
    monkeypatch.setattr("os.path.ismount", lambda path: path == tmp_path / "disk")
    code, out, err = caresim("run", world, "--out", tmp_path / "disk")
    assert (code, out) == (2, "")
    assert f"{tmp_path / 'disk'} is where a disk begins, which cannot be replaced; name a folder in it" in err


@pytest.mark.skipif(sys.platform == "win32", reason="names differ")
@pytest.mark.parametrize("out_dir", ["a" * 247, "out.", "out/", "out/.", "new/out"])
def test_a_folder_may_have_any_other_name(
    caresim: Call, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out_dir: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in ("a new one", "another in its place"):
        assert caresim("run", world, "--replications", 1, "--quiet", "--out", out_dir).code == 0
    assert [file.name for file in (tmp_path / out_dir).parent.iterdir() if file != world] == [Path(out_dir).name]


def test_what_the_engines_have_no_room_for_is_exit_code_2_as_check_says(caresim: Call, world: Path) -> None:
    code, out, err = caresim("run", world, "--set", "demand.admissions.fall=1e9", "--quiet")
    assert (code, out) == (2, "")
    assert "demand.admissions.fall for " in err
    assert "people a day; at most 512 fit" in err


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
@pytest.mark.parametrize("goes_on", [True, False])
def test_an_interrupted_run_is_exit_code_130_and_goes_on_where_it_was(
    caresim: Call, tmp_path: Path, goes_on: bool
) -> None:
    out, partial, short = tmp_path / "out", tmp_path / "out.partial", ("--set", "calendar.years=1", "--seed", "3")
    words = [sys.executable, "-m", "caresim.cli", "run", str(BASELINE), *short, *(["--out", str(out)] * goes_on)]
    running = subprocess.Popen(
        [*words, "--replications", "10000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    while running.poll() is None and goes_on and len(list(partial.glob("*.npz"))) < 2:
        time.sleep(0.05)
    time.sleep(0 if goes_on else 5)
    running.send_signal(signal.SIGINT)
    said, err = running.communicate(timeout=120)
    assert (running.returncode, said) == (130, "")
    assert "Traceback" not in err
    assert not out.exists()
    if not goes_on:
        assert list(tmp_path.iterdir()) == []
        return
    kept = len(list(partial.glob("*.npz")))
    assert "--resume" in err
    code, _, err = caresim("run", BASELINE, *short, "--out", out)
    assert code == 2
    assert f"has {kept} replications of what was interrupted" in " ".join(err.split())
    ends = ("--replications", kept + 2, "--quiet", "--json")
    resumed = json.loads(caresim("run", BASELINE, *short, "--out", out, "--resume", *ends).out)
    assert resumed["summary"] == json.loads(caresim("run", BASELINE, *short, *ends).out)["summary"]
    assert [file.name for file in tmp_path.iterdir()] == ["out"]

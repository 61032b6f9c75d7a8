"""The result folder: there wholly or not at all, and enough to make the report again."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pandas as pd
import pytest

import caresim
from caresim.reports import folder
from caresim.reports.folder import write
from caresim.studies.result import Result, table_makers
from tests.measures import worked

WHOLE = {"manifest.json", "config.resolved.yaml", "assumptions.json", "report.html", "report.xlsx", "figures", "tables"}


@pytest.fixture(scope="module")
def result() -> Result:
    """Run a small world."""
    return caresim.run(worked.config(), replications=2, events=True)


def test_a_folder_holds_everything(result: Result, tmp_path: Path) -> None:
    out = write(result, tmp_path / "deep" / "out", "caresim run")
    assert {file.name for file in out.iterdir()} == WHOLE
    assert {file.stem for file in (out / "tables").iterdir()} == {"summary", "events", *table_makers(), "pressure"}
    facts = json.loads((out / "manifest.json").read_text("utf-8"))
    assert (facts["seed"], facts["engine"], facts["replications"], facts["command"]) == (1, "kernel", 2, "caresim run")
    assert facts["digest"] == result.scenario.digest
    assert facts["made"] == datetime.date.today().isoformat()
    events = pd.read_parquet(out / "tables" / "events.parquet")
    assert len(events) == len(result.events(0)) + len(result.events(1))
    assert list(events.columns) == list(result.events(0).columns)


@pytest.mark.parametrize(("run_out", "cut"), [(0, ["2020-21", "2021-22"]), (358, ["2021-22"]), (364, [])])
def test_years_that_the_end_of_the_run_cuts_off_are_told(run_out: int, cut: list[str]) -> None:
    """Reported are 5 days of 2020-21 and 10 of the year after."""
    calendar = {"starts": "2021-03-27", "days": 15, "run_out_days": run_out}
    config = {"demand": {"population": 9, "admissions": {"fall": 1}}, "prices": {"home_care": 20}}
    made = caresim.run(caresim.load({**config, "calendar": calendar}), replications=1)
    assert folder.manifest(made, "caresim run")["cut_off_years"] == cut


def test_the_resolved_config_is_the_same_scenario(result: Result, tmp_path: Path) -> None:
    out = write(result, tmp_path / "out", "caresim run")
    assert caresim.load(out / "config.resolved.yaml").digest == result.scenario.digest


def test_a_config_that_shares_sections_with_another_is_written_as_if_alone(result: Result, tmp_path: Path) -> None:
    other = caresim.run(
        caresim.load(result.scenario, {"name": "Other", "need.deconditioning.factor": 1.5}), replications=1
    )
    known: dict[str, str] = {}
    for name, one in (("first", result), ("other", other)):
        folder.write_config(tmp_path / "alone.yaml", one)
        folder.write_config(tmp_path / f"{name}.yaml", one, known)
        assert (tmp_path / f"{name}.yaml").read_bytes() == (tmp_path / "alone.yaml").read_bytes()
        assert caresim.load(tmp_path / f"{name}.yaml").digest == one.scenario.digest
    assert len(known) < 2 * len(result.scenario.resolved())


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), RuntimeError("bad")])
def test_a_failure_midway_leaves_nothing_new_and_what_was_there(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    out = write(result, tmp_path / "out", "the first")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(folder, "write_reports", fail)
    for name in ("out", "new"):
        with pytest.raises(caresim.CaresimError if isinstance(error, OSError) else type(error)):
            write(result, tmp_path / name, "the second")
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    assert json.loads((out / "manifest.json").read_text("utf-8"))["command"] == "the first"
    assert {file.name for file in out.iterdir()} == WHOLE


@pytest.mark.parametrize(
    ("error", "raised"),
    [(OSError(5, "Input/output error"), caresim.CaresimError), (KeyboardInterrupt(), KeyboardInterrupt)],
)
def test_a_failure_or_an_interrupt_while_it_is_put_in_place_brings_the_old_result_back(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, raised: type[BaseException]
) -> None:
    out = write(result, tmp_path / "out", "the first")
    replace, calls = folder.os.replace, []

    def second_fails(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise error
        replace(source, target)

    monkeypatch.setattr(folder.os, "replace", second_fails)
    with pytest.raises(raised) as said:
        write(result, out, "the second")
    if isinstance(error, OSError):
        assert "Input/output error" in str(said.value)
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    assert json.loads((out / "manifest.json").read_text("utf-8"))["command"] == "the first"


def test_a_result_replaces_an_earlier_one_and_nothing_else(result: Result, tmp_path: Path) -> None:
    out = write(result, tmp_path / "out", "the first")
    (out / "stale.txt").write_text("old", encoding="utf-8")
    write(result, out, "the second")
    assert {file.name for file in out.iterdir()} == WHOLE
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("chapter 1", encoding="utf-8")
    with pytest.raises(caresim.CaresimError) as said:
        write(result, mine, "the third")
    assert "is not a caresim result" in str(said.value)
    assert [file.name for file in mine.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(("name", "said"), [("a" * 300, "too long a name for a folder here"), (".", "is no name")])
def test_a_name_that_no_folder_can_have_is_said_in_words(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(caresim.CaresimError) as error:
        write(result, Path(name), "the first")
    assert said in str(error.value)
    assert list(tmp_path.iterdir()) == []

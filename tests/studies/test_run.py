"""A run: the same whatever its workers, precise when asked, refusing what makes no sense."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import caresim
from caresim import textbook
from caresim.studies import machine_code
from caresim.studies.result import table_makers
from caresim.studies.run import FEWEST
from caresim.studies.threads import side_by_side
from tests.measures.worlds import priced


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_do_not_depend_on_the_number_of_workers(workers: int) -> None:
    one = caresim.run(priced(), replications=5, workers=1)
    many = caresim.run(priced(), replications=5, workers=workers)
    for name in ("summary", *table_makers()):
        pd.testing.assert_frame_equal(one.table(name), many.table(name))


def test_a_replication_is_the_same_however_many_there_are() -> None:
    few, more = caresim.run(priced(), replications=2), caresim.run(priced(), replications=4)
    flow = more.table("flow")
    pd.testing.assert_frame_equal(few.table("flow"), flow[flow["replication"] < 2])


def test_progress_ends_with_all_done() -> None:
    told: list[tuple[int, int]] = []
    caresim.run(priced(), replications=3, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (3, 3)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_run_until_a_precision_stops_and_says_what_it_reached() -> None:
    result = caresim.run(priced(), until_precision=0.2)
    row = result.summary[result.summary["measure"] == "hospital_driven_cost"].iloc[0]
    assert result.precision == pytest.approx((row["high"] - row["low"]) / 2 / row["mean"])
    assert 0 < result.precision <= 0.2
    assert row["replications"] >= FEWEST


def test_a_precision_is_that_of_the_first_year_reported_whole() -> None:
    world = {**priced(), "calendar": {"starts": "2019-03-01", "days": 397, "run_out_days": 364}}
    result = caresim.run(world, until_precision=0.2)
    rows = result.summary[result.summary["measure"].eq("hospital_driven_cost")].drop_duplicates("year")
    month, year = rows.to_dict("records")
    assert month["year"] == "2018-19"
    assert result.precision == pytest.approx((year["high"] - year["low"]) / 2 / year["mean"])


def test_a_precision_that_is_easy_takes_the_fewest_replications() -> None:
    world = {**priced(), "calendar": {"starts": "2019-04-01", "days": 250, "run_out_days": 364}}
    assert len(caresim.run(world, until_precision=1.0).runs.replications) == FEWEST


def test_a_run_without_a_precision_reached_none() -> None:
    assert caresim.run(priced(), replications=1).precision is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"replications": 0}, "replications must be from 1 to 100,000, got 0"),
        ({"replications": 10**12}, "replications must be from 1 to 100,000, got 1000000000000"),
        ({"seed": -1}, "the seed must be a whole number from 0 to 9223372036854775807, got -1"),
        ({"seed": 1 << 63}, "the seed must be a whole number"),
        ({"seed": 1.5}, "seed must be a whole number, got 1.5"),
        ({"replications": 2.0}, "replications must be a whole number, got 2.0"),
        ({"replications": "3"}, "replications must be a whole number, got '3'"),
        ({"engine": "kernal"}, "there is no engine 'kernal'; there are: kernel, reference"),
        ({"workers": 0}, "workers must be 1 or more, got 0"),
        ({"until_precision": 0.0}, "until_precision must be above 0 and at most 1, got 0"),
    ],
)
def test_an_argument_out_of_its_range_is_named_before_anything_is_run(given: dict[str, Any], said: str) -> None:
    with pytest.raises(caresim.CaresimError) as error:
        caresim.run({"name": "Nothing"}, **given)
    assert said in str(error.value)


def test_a_table_that_does_not_exist_is_answered_with_those_that_do() -> None:
    result = caresim.run(priced(), replications=1)
    with pytest.raises(caresim.CaresimError) as error:
        result.table("flows")
    assert "there is no table 'flows'; there are: assessments, chains, daily, dtoc, events, flow" in str(error.value)


def test_events_are_there_only_if_they_were_asked_for_and_only_of_replications_run() -> None:
    with pytest.raises(caresim.CaresimError) as error:
        caresim.run(priced(), replications=1).events()
    assert "run it with events=True" in str(error.value)
    with pytest.raises(caresim.CaresimError) as error:
        caresim.run(priced(), replications=1, events=True).events(1)
    assert "there is no replication 1; there are 0 to 0" in str(error.value)


def test_a_result_can_be_looked_at_in_one_short_line() -> None:
    assert len(repr(caresim.run(priced(), replications=1))) < 1000


def test_compiling_is_announced_once_and_only_to_who_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    monkeypatch.setattr("caresim.studies.run.must_compile", lambda engine, events: True)
    caresim.run(priced(), replications=1, say=said.append)
    caresim.run(priced(), replications=1)
    assert said == [machine_code.ANNOUNCEMENT]
    assert capsys.readouterr() == ("", "")


def test_an_engine_that_has_run_in_this_process_is_not_compiled_again() -> None:
    caresim.run(priced(), replications=1)
    assert not machine_code.must_compile("kernel")


def test_what_can_be_done_meanwhile_is_done_while_the_tasks_are() -> None:
    caresim.run(priced(), replications=1, engine="reference")  # what has to be compiled is done before the others
    done = threading.Event()
    tasks = [partial(done.wait, 10.0)] * 2
    assert list(side_by_side(tasks, "reference", 2, None, 0, 2, done.set)) == [True, True]


def test_an_interrupt_leaves_all_tasks_but_those_begun() -> None:
    """The program would else go on until all of them were done: of 10,000 replications that is an hour."""
    caresim.run(priced(), replications=1, engine="reference")
    gate, done = threading.Event(), []

    def task() -> None:
        gate.wait(10.0)
        done.append(1)

    def interrupted() -> None:
        threading.Timer(0.2, gate.set).start()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(side_by_side([task] * 20, "reference", 1, None, 0, 20, interrupted))
    assert len(done) <= 1


def test_what_a_task_raises_is_raised_and_ends_the_others() -> None:
    caresim.run(priced(), replications=1, engine="reference")
    done: list[int] = []

    def task(number: int) -> int:
        if number == 3:
            raise ValueError("three")
        done.append(number)
        return number

    with pytest.raises(ValueError, match="three"):
        list(side_by_side([partial(task, n) for n in range(20)], "reference", 1, None, 0, 20))
    assert done == [0, 1, 2]
    assert list(side_by_side([partial(task, n) for n in (5, 4, 9)], "kernel", 3, None, 0, 3)) == [5, 4, 9]


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_an_interrupt_at_any_instruction_stops_no_thread_for_ever() -> None:
    """Many tasks that take no time, so that whoever waits for them is always about to lock something."""
    caresim.run(priced(), replications=1, engine="reference")
    tasks: list[Callable[[], int]] = [partial(int, 1)] * 20_000

    def again_and_again() -> None:
        while True:
            list(side_by_side(tasks, "reference", 1, None, 0, len(tasks)))

    before = threading.active_count()
    for after in (0.002, 0.004, 0.008, 0.015, 0.02, 0.03) * 3:
        with pytest.raises(KeyboardInterrupt):
            interrupt(again_and_again, after)
    until = time.monotonic() + 20
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.05)
    assert threading.active_count() <= before


def interrupt(what: Callable[[], None], after: float) -> None:
    """Do something that is interrupted after some seconds."""

    def hear(*_: object) -> None:
        raise KeyboardInterrupt

    heard_before = signal.signal(signal.SIGALRM, hear)
    try:
        signal.setitimer(signal.ITIMER_REAL, after)
        what()
    finally:
        signal.signal(signal.SIGALRM, heard_before)


def test_the_table_of_events_is_the_logs_of_all_replications_one_after_another() -> None:
    result = caresim.run(priced(), replications=2, events=True)
    events = result.table("events")
    assert list(events.columns) == ["replication", "minute", "person", "event", "place", "age", "pool", "value"]
    assert len(events) == len(result.events(0)) + len(result.events(1))
    assert list(events["replication"].unique()) == [0, 1]
    with pytest.raises(caresim.CaresimError, match="run it with events=True"):
        caresim.run(priced(), replications=1).table("events")


def test_what_the_engines_have_no_room_for_is_a_wrong_config() -> None:
    crowd = {"population": {"by_age": dict.fromkeys(("18-64", "65-74", "75-84", "85+"), 1e9)}, "community": 1000}
    with pytest.raises(caresim.ConfigError, match="people a day; at most 512 fit"):
        caresim.run({"name": "A crowd", "calendar": {"days": 2}, "demand": crowd}, replications=1)


def test_what_is_kept_is_read_and_not_simulated_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = textbook.queue(arrivals_a_day=2.0, service={"exponential": {"mean_days": 3}}, servers=8, days=60)
    first = caresim.run(queue, replications=2, store=tmp_path)
    module = import_module("caresim.studies.run")  # caresim.run is its function
    real, simulated = module.engine_of("kernel"), []

    def counted(tables: Any, seed: int, number: int, *rest: Any, **named: Any) -> Any:
        simulated.append(number)
        return real(tables, seed, number, *rest, **named)

    monkeypatch.setattr(module, "engine_of", lambda _: counted)
    again = caresim.run(queue, replications=3, store=tmp_path)
    assert simulated == [2]
    assert again.table("pools").query("replication < 2").equals(first.table("pools"))
    logged = caresim.run(queue, replications=1, store=tmp_path, events=True)
    assert len(logged.events(replication=0)) > 0

"""The textbook scenarios are ordinary ones, in Python and in YAML alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import caresim
from caresim import textbook
from caresim.model.compile import compile_scenario

FOLDER = Path(__file__).parents[2] / "configs" / "textbook"
EXPONENTIAL = {"exponential": {"mean_days": 1}}
FILES = {
    "queue.yaml": lambda: textbook.queue(4, EXPONENTIAL, 5, 1000, 200),
    "one_server.yaml": lambda: textbook.queue(0.6, {"lognormal": {"mean_days": 1, "sd_days": 1.5}}, 1, 1000, 200),
    "infinite.yaml": lambda: textbook.infinite(8, {"lognormal": {"mean_days": 5, "median_days": 3}}, 365, 200),
    "priorities.yaml": lambda: textbook.priorities(1.2, 1.2, EXPONENTIAL, 3, 1000, 200),
    "tandem.yaml": lambda: textbook.tandem(1.5, EXPONENTIAL, EXPONENTIAL, 3, 2, 1000, 200),
}


def test_every_file_is_tested() -> None:
    assert {path.name for path in FOLDER.glob("*.yaml")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_the_function_says(name: str) -> None:
    file, made = caresim.load(FOLDER / name), FILES[name]()
    assert file.name == made.name
    assert file.config == made.config


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_it_reduces_to(name: str) -> None:
    first = (FOLDER / name).read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"arrivals_a_day": -1}, "arrivals_a_day must be from 0 to 1000000, got -1"),
        ({"arrivals_a_day": float("nan")}, "arrivals_a_day must be a finite number, got .nan"),
        ({"arrivals_a_day": "a"}, "arrivals_a_day must be a number, got 'a'"),
        ({"arrivals_a_day": True}, "arrivals_a_day must be a number, got true"),
        ({"servers": -1}, "servers must be from 0 to 10000000, got -1"),
        ({"servers": 2.5}, "servers must be a whole number, got 2.5"),
        ({"servers": [2]}, "servers must be a whole number, got a list"),
        ({"days": 0}, "days must be from 1 to 5479, got 0"),
        ({"days": None}, "days must be a whole number, got nothing"),
        ({"warm_up_days": -7}, "warm_up_days must be from 0 to 5479, got -7"),
        ({"initial_in_use": -1}, "initial_in_use must be from 0 to 10000000, got -1"),
        ({"initial_waiting": 0.5}, "initial_waiting must be a whole number, got 0.5"),
        ({"weekday_factors": 3}, "weekday_factors must be a list of 7 numbers, got 3"),
        ({"weekday_factors": [1, 1, 1, 1, 1, 1, -1]}, "weekday_factors.6 must be 0 or more, got -1"),
        ({"service": None}, "service must be a distribution, such as "),
        ({"service": {"exponential": {"mean_days": -1}}}, "service.exponential.mean_days must be above 0, got -1"),
        ({"service": {1, 2}}, "service has no place in a config: set"),
    ],
)
def test_a_wrong_argument_is_named_as_the_function_names_it(given: dict[str, Any], said: str) -> None:
    right = {"arrivals_a_day": 1, "service": EXPONENTIAL, "servers": 2, "days": 10}
    with pytest.raises(caresim.ConfigError) as error:
        textbook.queue(**{**right, **given})
    assert str(error.value).startswith(f"caresim.textbook: {said}")


def test_all_wrong_arguments_are_named_at_once_by_every_function() -> None:
    wrong: tuple[tuple[Callable[[], object], list[str]], ...] = (
        (lambda: textbook.infinite(-1, EXPONENTIAL, 0), ["arrivals_a_day", "days"]),
        (
            lambda: textbook.tandem(-1, {}, EXPONENTIAL, None, -2, 10, -1),
            ["arrivals_a_day", "first", "servers_second", "warm_up_days"],
        ),
        (lambda: textbook.priorities(-1, -2, {}, -3, 10), ["other_a_day", "servers", "service", "urgent_a_day"]),
    )
    for call, names in wrong:
        with pytest.raises(caresim.ConfigError) as error:
            call()
        assert [fault.path for fault in error.value.faults] == names


def test_numbers_of_numpy_are_arguments_too() -> None:
    made = textbook.queue(np.float64(4), EXPONENTIAL, np.int64(5), np.int64(9), weekday_factors=np.ones(7))
    assert made.config == textbook.queue(4, EXPONENTIAL, 5, 9, weekday_factors=[1] * 7).config


def test_a_distribution_may_be_a_file_as_in_a_config(tmp_path: Path) -> None:
    file = tmp_path / "stays.csv"
    file.write_text("days\n1\n3\n", encoding="utf-8")
    service = {"empirical": {"file": str(file), "column": "days"}}
    made = textbook.queue(4, service, 5, 9)
    assert made.config == textbook.queue(4, {"empirical": {"values": [1, 3]}}, 5, 9).config
    file.unlink()
    with pytest.raises(caresim.ConfigError, match=r"stays\.csv does not exist") as error:
        textbook.queue(4, service, -5, 9)
    assert [fault.path for fault in error.value.faults] == ["", "servers"]


def test_arrivals_a_day_are_exact() -> None:
    for scenario in (
        textbook.queue(2.14, EXPONENTIAL, 61, 181),
        textbook.tandem(2.14, EXPONENTIAL, EXPONENTIAL, 1, 1, 181),
    ):
        compiled = compile_scenario(scenario)
        months = len(compiled.time.months)
        assert compiled.tables["rate"][0][0, 3, 1, :months] == pytest.approx(2.14, rel=1e-12)
        assert compiled.tables["rate"][0][:, :, :, :months].sum() == pytest.approx(2.14 * months, rel=1e-12)

"""The textbook scenarios are ordinary ones, in Python and in YAML alike."""

from __future__ import annotations

from pathlib import Path

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


def test_a_wrong_number_is_a_fault_of_the_config() -> None:
    with pytest.raises(caresim.ConfigError, match=r"demand.admissions.other_emergency must be 0 or more"):
        textbook.queue(-1, EXPONENTIAL, 1, 10)
    with pytest.raises(caresim.ConfigError, match=r"pools.acute_beds.capacity"):
        textbook.queue(1, EXPONENTIAL, 2.5, 10)  # type: ignore[arg-type]


def test_arrivals_a_day_are_exact() -> None:
    for scenario in (
        textbook.queue(2.14, EXPONENTIAL, 61, 181),
        textbook.tandem(2.14, EXPONENTIAL, EXPONENTIAL, 1, 1, 181),
    ):
        compiled = compile_scenario(scenario)
        months = len(compiled.time.months)
        assert compiled.tables["rate"][0][0, 3, 1, :months] == pytest.approx(2.14, rel=1e-12)
        assert compiled.tables["rate"][0][:, :, :, :months].sum() == pytest.approx(2.14 * months, rel=1e-12)

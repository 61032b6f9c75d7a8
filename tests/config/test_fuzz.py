# ruff: noqa: E501 (messages are compared whole)
"""Whatever is written, a config is either right or wrong with reasons: nothing else is ever raised."""

import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caresim.config import ConfigError, Scenario, load

from .conftest import BASELINE, Write

QUICK = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MANY = settings(QUICK, max_examples=120)
ODD_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["none", "unlimited", "1e3", "2018-04-01", "by_age", "-1", "\0", "£5", "", " "]),
    st.sampled_from([10**400, -(10**19), 1e308, float("nan"), float("inf"), -0.0]),
)
ODD = st.recursive(
    ODD_SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["value", "values", "by_age", "by_place", "by_setting", "file", "column", "unit", "grade", "85+", "18-64",
                 "fixed", "lognormal", "mean_days", "empirical", "low", "high", "extends", "capacity", "x", ""]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)  # fmt: skip


def only_config_errors(source: Any, overrides: Any = None) -> Scenario | None:
    try:
        return load(source, overrides)
    except ConfigError as error:
        wrong = error
    assert wrong.faults
    for line in str(wrong).splitlines():
        assert re.match(r"[^:]*(:\d+)?: \S", line), line
    return None


@MANY
@given(st.binary(max_size=300))
def test_random_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "random.yaml"
    path.write_bytes(content)
    only_config_errors(path)


@MANY
@given(st.text("abc:{}[],&*!|>'\"%@`#-? \n\t0123.~<", max_size=60))
def test_random_yaml(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.getbasetemp() / "random.yaml"
    path.write_text(content, encoding="utf-8")
    only_config_errors(path)


@QUICK
@given(st.integers(0, 2**32))
def test_mutations_of_the_baseline_text(write_once: Path, seed: int) -> None:
    rng = random.Random(seed)
    text = (BASELINE.parent.parent / "england.yaml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for _ in range(rng.randint(1, 4)):
        i = rng.choice([i for i, line in enumerate(lines) if line])
        line = lines[i]
        at = rng.randrange(len(line))
        lines[i] = rng.choice(
            [
                "",
                line * 2,
                line[:at] + rng.choice("{}[]:,'\"&*!#\t -0e.\x00") + line[at + 1 :],
                line[:at] + line[at + 1 :],
                "  " + line,
                line.lstrip(),
            ]
        )
    start = rng.randrange(len(lines))
    write_once.write_text("".join(lines[start : start + 120] if rng.random() < 0.8 else lines), encoding="utf-8")
    only_config_errors(write_once)


@pytest.fixture
def write_once(write: Write) -> Path:
    return write("", "mutated.yaml")


def paths_of(data: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path] if path else []
    if isinstance(data, dict):
        for name, below in data.items():
            found += paths_of(below, (*path, name))
    return found


@QUICK
@given(data=st.data())
def test_mutations_of_values(baseline: Scenario, data: st.DataObject) -> None:
    resolved = baseline.resolved()
    paths = paths_of(resolved)
    for _ in range(data.draw(st.integers(1, 3))):
        *above, last = data.draw(st.sampled_from(paths))
        node: Any = resolved
        for name in above:
            node = node.get(name) if isinstance(node, dict) else None
        if isinstance(node, dict):
            node[last] = data.draw(ODD)
    only_config_errors(resolved)


@QUICK
@given(data=st.data())
def test_random_overrides(baseline: Scenario, data: st.DataObject) -> None:
    paths = [".".join(path) for path in paths_of(baseline.resolved())]
    overrides = data.draw(st.dictionaries(st.one_of(st.sampled_from(paths), st.text(max_size=6)), ODD, max_size=3))
    scenario = only_config_errors(baseline, overrides)
    if scenario is not None:
        assert load(scenario.resolved()) == scenario


@MANY
@given(st.lists(st.text("ab.=:{}[]\"'1 ", max_size=12), max_size=3))
def test_random_texts_of_overrides(baseline: Scenario, texts: list[str]) -> None:
    only_config_errors(baseline, texts)


def numbers(scenario: Scenario) -> list[str]:
    within = ("prices.", "discharge.referred", "need.", "hospital.death", "packages.held", "pools.")
    return [row["path"] for row in scenario.rows() if row["path"].startswith(within) and row["value"] not in (0, 1)]


@QUICK
@given(data=st.data())
def test_overrides_commute(baseline: Scenario, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(numbers(baseline)), min_size=2, max_size=4, unique=True))
    factor = data.draw(st.floats(0.97, 1))
    wholes = ("capacity", "priority", "waited", "members")
    overrides = {
        path: baseline.number(path) if any(word in path for word in wholes) or "pools." in path
        else baseline.number(path) * factor
        for path in chosen
    }  # fmt: skip
    try:
        together = load(baseline, overrides)
    except ConfigError:
        return  # a mean that fell to its median, say
    backwards = load(baseline, dict(reversed(overrides.items())))
    one_by_one = baseline
    for path in reversed(chosen):
        one_by_one = load(one_by_one, {path: overrides[path]})
    assert together.digest == backwards.digest == one_by_one.digest
    assert [together.number(path) for path in chosen] == list(overrides.values())


@QUICK
@given(data=st.data())
def test_what_is_resolved_loads_again(baseline: Scenario, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(numbers(baseline)))
    scenario = only_config_errors(baseline, {path: data.draw(st.sampled_from([2, 3, 0.5, "none", {"value": 4}]))})
    if scenario is not None:
        again = load(scenario.resolved())
        assert again.digest == scenario.digest
        assert again.resolved() == scenario.resolved()

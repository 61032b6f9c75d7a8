"""Scenarios that differ only after a referral are told once who comes; that must change no bit of a result."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from caresim.engines.kernel import sharing
from caresim.engines.kernel.sharing import Expected, Shared, what_is_expected
from caresim.engines.kernel.simulate import Room, simulate, tell
from caresim.engines.outcome import Outcome
from caresim.model.codes import ACUTE_BEDS
from caresim.model.key import key_of
from caresim.model.tables import NUMBERS
from tests.engines import worlds
from tests.engines.comparing import SEED

SEEDS = (1, 2, 4, 5)


def open_doors(seed: int) -> Any:
    """Give the tables of a world whose beds in hospital are unlimited, so that people are told of."""
    tables = worlds.seeded(seed).tables
    assert not tables["queues"][0][tables["pool_kind"][0] == ACUTE_BEDS].any()
    return tables


def expected(tables: Any) -> Expected:
    return tell(tables, key_of(SEED, 0), Room(0), np.empty((0, 8), np.int64))


def same(first: Outcome, second: Outcome) -> bool:
    assert first.counts.tobytes() == second.counts.tobytes()
    return (first.events, first.in_use, first.capacity, first.inside) == (
        second.events, second.in_use, second.capacity, second.inside,
    )  # fmt: skip


def spoilt(tables: Any) -> Any:
    """Give tables in which all is nonsense that is not said to be read."""
    made = tables.copy()
    t = made[0]
    keep = {*sharing.READ, "epoch", "layout", "rules", "pool_of"}
    for name in set(made.dtype.names) - keep:
        made[name] = np.frombuffer(b"\x5a" * made[name].nbytes, made[name].dtype).reshape(made[name].shape)
    for name in set(made["rules"].dtype.names) - set(sharing.RULES_READ):
        field = t["rules"][name]
        field[...] = np.frombuffer(b"\x5a" * field.nbytes, field.dtype).reshape(field.shape)
    served = t["pool_of"][:, ACUTE_BEDS].copy()
    t["pool_of"] = 10**6
    t["pool_of"][:, ACUTE_BEDS] = served
    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_expecting_reads_nothing_but_what_is_said(seed: int) -> None:
    """A forgotten field would let scenarios share what differs between them."""
    tables = open_doors(seed)
    told, again = expected(tables), expected(spoilt(tables))
    assert told.told > 100
    assert told.counts.tobytes() == again.counts.tobytes()
    assert (told.coming == again.coming).all()
    assert (told.whom == again.whom).all()
    assert len(told.people) > 10
    for name in told.people.dtype.names:
        assert told.people[name].tobytes() == again.people[name].tobytes(), name
    assert (told.told, told.unseen) == (again.told, again.unseen)


@pytest.mark.parametrize("name", [n for n in sharing.RULES_READ if n in NUMBERS])
def test_whatever_is_read_is_in_the_digest(name: str) -> None:
    tables = open_doors(1)
    other = tables.copy()
    other[0]["rules"][int(tables[0]["epoch"][0])][name] += 0.125
    assert what_is_expected(other) != what_is_expected(tables)


@pytest.mark.parametrize("seed", SEEDS)
def test_sharing_changes_nothing(seed: int) -> None:
    tables = open_doors(seed)
    fewer, more = tables.copy(), tables.copy()
    fewer["capacity"] = np.where(tables["queues"] != 0, tables["capacity"] + 3, tables["capacity"])
    more["rate"] *= 0.75
    shared = Shared()
    for number in range(2):
        for t in (tables, fewer, more, tables):
            assert same(simulate(t, SEED, number, shared=shared), simulate(t, SEED, number))
    assert what_is_expected(tables) == what_is_expected(fewer) != what_is_expected(more)


def test_what_is_told_already_is_not_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tables, times = open_doors(1), []

    def counted(*arguments: Any) -> Expected:
        times.append(arguments)
        return tell(*arguments)

    monkeypatch.setattr("caresim.engines.kernel.simulate.tell", counted)
    shared = Shared(most=2)
    for number in (0, 0, 1, 0, 2, 2, 1):  # of two that are kept, the one that was used longest ago goes
        simulate(tables, SEED, number, shared=shared)
    assert len(times) == 4

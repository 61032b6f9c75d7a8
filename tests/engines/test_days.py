"""Moments come out of the kernel's lists in their order, each that counts once, however little room there is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from caresim.engines.kernel.world import PAGE

# Few pages, on few days, with clocks that are set anew all the time: what is stale has to make room.
UNCOMPILED = """
import numpy as np
from caresim.engines.contract import moment
from caresim.engines.kernel import days
from caresim.engines.kernel.world import NOTHING, OK, world_dtype

PEOPLE, DAYS, ROOM, GRAIN = 12, 5, {room}, {grain}
random = np.random.default_rng({seed})
w = np.zeros(1, world_dtype(PEOPLE, ROOM, 4)).view(np.recarray)[0]
for s in range(PEOPLE):
    w.people[s].number = s
    w.people[s].rings[:] = -1
w.today[0] = NOTHING
tidied, rung, now = 0, 0, 0
tidy = days.tidy
def counted(world):
    global tidied
    tidied += 1
    return tidy(world)
days.tidy = counted
days.open_day(w)
for turn in range(3000):
    s, kind = random.integers(PEOPLE), random.integers(3)
    if random.random() < 0.1:
        w.people[s].rings[kind] = -1
    else:
        minute = (now + random.integers(1, DAYS * 1440)) // GRAIN * GRAIN + GRAIN
        w.people[s].rings[kind] = minute
        days.push(w, moment(minute, 1, s, kind), s)
    if turn % 6 == 5:
        valid = sorted(moment(int(m), 1, s, k) for s in range(PEOPLE) for k, m in enumerate(w.people[s].rings) if m > 0)
        while valid:
            while days.head(w) == NOTHING:
                days.open_day(w)
            key = int(days.head(w))
            s = int(days.take_head(w, key))
            if days.is_valid(w, key, s):
                break
        if valid:
            assert key == valid[0], (turn, key, valid[0])
            now, rung = int(days.minute_of(key)), rung + 1
            w.people[s].rings[key & days.KIND] = -1
    if w.code != OK:
        break
print(tidied > 0, w.code == OK, rung)
"""


def lived(room: int, seed: int, grain: int = 1) -> list[str]:
    script = UNCOMPILED.format(room=room, seed=seed, grain=grain)
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        env=environment, cwd=root, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


@pytest.mark.parametrize("seed", range(3))
def test_what_is_stale_makes_room(seed: int) -> None:
    assert lived(PAGE * 10, seed) == ["True", "True", "500"]


def test_too_little_room_is_told() -> None:
    assert lived(PAGE * 4, 0)[:2] == ["True", "False"]


def test_with_room_to_spare_nothing_is_tidied() -> None:
    assert lived(PAGE * 400, 0) == ["False", "True", "500"]


def test_what_shares_a_minute_with_many_others_comes_in_order() -> None:
    assert lived(PAGE * 400, 0, grain=1440)[1:] == ["True", "500"]

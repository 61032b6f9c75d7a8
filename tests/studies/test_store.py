"""What is kept of a replication on disk is what it was, to the bit and the type."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from caresim.measures.replication import Replication, narrow
from caresim.studies.store import BYTES, Store

WHOLE = st.integers(-(1 << 62), 1 << 62)
NUMBERS = st.one_of(
    arrays(np.int64, st.integers(0, 5), elements=WHOLE),
    arrays(np.int32, st.integers(0, 5), elements=st.integers(-(1 << 31), (1 << 31) - 1)),
)


def empty() -> Replication:
    """Give a replication in which nothing happened."""
    nothing = dict.fromkeys((field.name for field in fields(Replication)), np.zeros(3, np.int32))
    return Replication(**{**nothing, "number": 4, "events": 7})


@given(values=NUMBERS)
def test_numbers_in_few_bytes_are_the_same_numbers(values):
    kept = narrow(values, BYTES)
    assert kept.dtype.itemsize <= values.dtype.itemsize
    np.testing.assert_array_equal(kept.astype(values.dtype), values)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([0, 127, -128], np.int8), ([128], np.int16), ([-129], np.int16), ([1 << 15], np.int32), ([1 << 31], np.int64),
        ([], np.int8),
    ],
)  # fmt: skip
def test_numbers_take_as_few_bytes_as_they_need(values, kind):
    assert narrow(np.asarray(values, dtype=np.int64), BYTES).dtype == kind


def test_what_is_not_whole_is_refused_and_not_cut():
    with pytest.raises(TypeError):
        narrow(np.asarray([0.5, 1.0]), BYTES)


@given(stock=NUMBERS, beds=NUMBERS)
def test_a_replication_is_read_as_it_was_written(tmp_path_factory, stock, beds):
    store = Store(tmp_path_factory.mktemp("kept"), "kernel", 1)
    written = replace(empty(), stock=stock, beds=beds)
    store.save("a", written)
    read = store.load("a", 4)
    assert (read.number, read.events) == (4, 7)
    for name in ("stock", "beds", "flow"):
        before, after = getattr(written, name), getattr(read, name)
        assert (after.dtype, after.shape) == (before.dtype, before.shape)
        np.testing.assert_array_equal(after, before)


def test_what_is_0_takes_next_to_no_room(tmp_path: Path):
    store = Store(tmp_path, "kernel", 1)
    flow = np.zeros((60, 7, 4, 6, 53), np.int16)
    flow[::7, 2] = 300
    store.save("a", replace(empty(), flow=flow))
    np.testing.assert_array_equal(store.load("a", 4).flow, flow)
    assert store.file("a", 4).stat().st_size < flow.nbytes / 5


def test_a_file_of_another_make_is_not_read(tmp_path: Path):
    store = Store(tmp_path, "kernel", 1)
    np.savez(store.file("a", 4), **{field.name: 4 for field in fields(Replication)})
    assert store.load("a", 4) is None


@pytest.mark.parametrize("place", [6, 8, 10, 20])  # version, whether it is encrypted, compression, size
def test_a_damaged_file_is_not_read(tmp_path: Path, place: int):
    store = Store(tmp_path, "kernel", 1)
    store.save("a", empty())
    file = store.file("a", 4)
    whole = file.read_bytes()
    at = whole.index(b"PK\x01\x02") + place
    file.write_bytes(whole[:at] + b"\x63" + whole[at + 1 :])
    assert store.load("a", 4) is None

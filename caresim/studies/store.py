"""Replications kept on disk while a study runs, so that it can be stopped and gone on with.

A replication is found again only by all that it depends on: what the engine runs on, the seed, its number, and the code
of model and engines. So a config that has changed since, or a new version of the program, never reads an old result.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from caresim.config import CaresimError
from caresim.measures.replication import Replication, narrow
from caresim.model.compile import Compiled

PACKAGE = Path(__file__).parent.parent
CODE = ("config/vocabulary.py", "model", "engines", "measures/replication.py")
ABOUT = "what_this_is.txt"
WORDS = "What a caresim command under way, or interrupted, has simulated. `--resume` goes on; else delete it.\n"
BYTES = (np.int8, np.int16, np.int32)
LAYOUT, BITS = "layout", ".bits"  # of what is in a file: kind and shape of each array; which of its numbers are not 0


def activity_of(compiled: Compiled) -> str:
    """Give the digest of all that activity follows from; prices, payment rules and costs are not in it."""
    whole = hashlib.sha256(np.asarray(compiled.tables).view(np.uint8).data)
    whole.update(repr((compiled.time, len(compiled.places), len(compiled.unitaries), len(compiled.pools))).encode())
    return whole.hexdigest()


@cache
def code_digest() -> str:
    """Give the digest of the code that a replication comes out of."""
    whole = hashlib.sha256("\n".join(version(name) for name in ("numpy", "numba", "simpy")).encode())
    for part in CODE:
        path = PACKAGE / part
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            whole.update(file.relative_to(PACKAGE).as_posix().encode() + file.read_bytes())
    return whole.hexdigest()


class Store:
    """A folder of replications."""

    def __init__(self, folder: Path, engine: str, seed: int) -> None:
        """Open a folder, or make it.

        Raises
        ------
        CaresimError
            It cannot be written to.
        """
        self.folder = folder
        self.common = f"{engine} {seed} {code_digest()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ABOUT).write_text(WORDS, encoding="utf-8")
        except OSError as error:
            raise CaresimError(f"cannot write to {folder}: {error.strerror}") from error

    def file(self, activity: str, number: int) -> Path:
        """Give the file that a replication is kept in."""
        name = hashlib.sha256(f"{self.common} {activity} {number}".encode()).hexdigest()
        return self.folder / f"{name[:40]}.npz"

    def load(self, activity: str, number: int) -> Replication | None:
        """Read a replication; None where it is not there, or not readable."""
        try:
            with self.file(activity, number).open("rb") as stream, np.load(stream) as kept:
                values = unpacked(kept)
        except Exception:  # whatever zip, numpy and the parser of its headers say of a damaged file
            return None
        numbers = {name: int(values[name]) for name in ("number", "events")}
        return Replication(**{**values, **numbers}) if numbers["number"] == number else None

    def save(self, activity: str, replication: Replication) -> None:
        """Write a replication: whole, or not at all."""
        file = self.file(activity, replication.number)
        draft = file.with_suffix(f".{os.getpid()}.tmp")
        try:
            with draft.open("wb") as stream:
                np.savez(stream, **packed(replication))
            os.replace(draft, file)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise CaresimError(f"cannot write to {self.folder}: {error.strerror}") from error


def packed(replication: Replication) -> dict[str, Any]:
    """Give the numbers of a replication that are not 0 in as few bytes as they need, and where they stand.

    That takes a third of the room. To compress what is left would save little of it and take ten times as long.
    """
    values = {field.name: np.asarray(getattr(replication, field.name)) for field in fields(Replication)}
    there = {name: array != 0 for name, array in values.items()}
    return {
        LAYOUT: np.asarray([f"{array.dtype.str} {' '.join(map(str, array.shape))}" for array in values.values()]),
        **{name: narrow(array[there[name]], BYTES) for name, array in values.items()},
        **{f"{name}{BITS}": np.packbits(where) for name, where in there.items()},
    }


def unpacked(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Give the arrays of a replication as they were, by their names."""
    values = {}
    for field, layout in zip(fields(Replication), kept[LAYOUT].tolist(), strict=True):
        kind, *shape = layout.split()
        array = values[field.name] = np.zeros([int(n) for n in shape], dtype=kind)
        there = np.unpackbits(kept[field.name + BITS], count=array.size).astype(bool)
        array[there.reshape(array.shape)] = kept[field.name]
    return values


def kept_in(folder: Path) -> int:
    """Count the replications in a folder."""
    return sum(1 for _ in folder.glob("*.npz")) if folder.is_dir() else 0


def remove(folder: Path) -> None:
    """Remove what a store wrote, and its folder if nothing else is in it."""
    if not folder.is_dir():
        return
    for pattern in ("*.npz", "*.tmp", ABOUT):
        for file in folder.glob(pattern):
            file.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()

"""The key of a replication, for Python."""

from __future__ import annotations

import numpy as np

from caresim.config import CaresimError
from caresim.model.chance import replication_key
from caresim.model.jit import entry

_key = entry(replication_key.py_func if hasattr(replication_key, "py_func") else replication_key)


def key_of(seed: int, replication: int) -> int:
    """Mix seed and replication into the 64-bit key from which every draw of the replication comes.

    Raises
    ------
    CaresimError
        The seed is not a whole number from 0 to 2**63 - 1.
    """
    if not 0 <= seed < 1 << 63:
        raise CaresimError(f"the seed must be a whole number from 0 to {(1 << 63) - 1}, got {seed}")
    return int(_key(np.uint64(seed), np.uint64(replication)))

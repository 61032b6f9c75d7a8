"""A line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caresim.model.codes import ORIGINS

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: pounds by year (or month), place and origin; one origin where there is none to tell."""

    partner: str
    service: str
    line: str
    pounds: Floats  # y or m, p, o
    grade: str = ""  # of the evidence for the cost of a change


def one_origin(pounds: Floats, origin: int) -> Floats:
    """Put m, p amounts under one origin."""
    out = np.zeros((*pounds.shape, len(ORIGINS)))
    out[..., origin] = pounds
    return out

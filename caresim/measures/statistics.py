"""What replications say about a mean, and shares of what may be nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVEL = 0.975  # one value in forty lies above, one below its counterpart: 95 % between them


def mean_interval(values: Floats, axis: int = 0) -> dict[str, Floats]:
    """Give `mean`, and `low` and `high` of its 95 % interval (Student's t), over an axis of replications.

    The interval is nan where there is one replication only.
    """
    n, mean = values.shape[axis], values.mean(axis=axis)
    half = np.full(mean.shape, np.nan)
    if n > 1:
        half = student(n) * values.std(axis=axis, ddof=1) / np.sqrt(n)
    return {"mean": mean, "low": mean - half, "high": mean + half}


def student(n: Any) -> Floats:
    """Give the 97.5 % point of Student's t for a mean of so many replications; nan for fewer than two."""
    from scipy.special import stdtrit

    n = np.asarray(n)
    return np.asarray(np.where(n > 1, stdtrit(np.maximum(n - 1, 1).astype(np.float64), LEVEL), np.nan))


def ratio(top: Any, bottom: Any) -> Floats:
    """Divide; nan where there is nothing to divide by."""
    out = np.full(np.shape(top), np.nan)
    np.divide(top, bottom, out=out, where=np.asarray(bottom) > 0)
    return out

"""Find estimates in a table by what stands in some of its columns."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from caresim.reports.estimate import Estimate


class Lookup:
    """Estimates by what stands in some columns; one is made when it is asked for, since most never are."""

    def __init__(self, table: pd.DataFrame, by: Sequence[str], values: Sequence[str]) -> None:
        keys = zip(*(table[column].astype(str).to_numpy(object) for column in by), strict=True)
        self._rows = {key: i for i, key in enumerate(keys)}
        self._numbers = table[list(values)].to_numpy(float)

    def get(self, key: tuple[str, ...], otherwise: Estimate) -> Estimate:
        """Give the estimate of a key, or something else where there is none."""
        row = self._rows.get(key)
        return otherwise if row is None else Estimate(*self._numbers[row].tolist())

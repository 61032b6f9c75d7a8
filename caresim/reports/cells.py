"""Group rows of a long table by what stands in its columns, without comparing texts row by row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd


class Cells:
    """Rows by what stands in some columns: a number for each combination, in the order of the columns."""

    def __init__(self, columns: Mapping[str, pd.Series[Any]]) -> None:
        found = {name: coded(column) for name, column in columns.items()}
        self.kinds = {name: kinds for name, (_, kinds) in found.items()}
        self.sizes = [len(kinds) + 1 for kinds in self.kinds.values()]  # the last is for nothing
        self.of_row = np.zeros(len(next(iter(columns.values()))), dtype=small(math.prod(self.sizes)))
        for (codes, _), size in zip(found.values(), self.sizes, strict=True):
            self.of_row *= size
            self.of_row += codes
            self.of_row[codes < 0] += size

    def named(self, cells: np.ndarray[Any, Any]) -> dict[str, pd.Categorical[Any]]:
        """Give the columns of some combinations."""
        codes = np.unravel_index(cells, self.sizes)
        return {
            name: pd.Categorical.from_codes(np.where(code == len(kinds), -1, code), categories=kinds)
            for (name, kinds), code in zip(self.kinds.items(), codes, strict=True)
        }


def texts(column: pd.Series[Any]) -> pd.Series[Any]:
    """Make names of what stands in a column."""
    codes, kinds = coded(column)
    return pd.Series(pd.Categorical.from_codes(codes, categories=kinds.astype(str)), index=column.index)


def coded(column: pd.Series[Any]) -> tuple[np.ndarray[Any, Any], pd.Index[Any]]:
    """Give a number for what stands in each row, -1 for nothing, and what the numbers stand for, in its order."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories
    if not isinstance(column.dtype, np.dtype) or column.dtype.kind not in "iM":
        codes, kinds = pd.factorize(column, sort=True)
        return codes, pd.Index(kinds)
    values = column.to_numpy()
    begins = np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])  # the same comes in long runs
    codes, kinds = pd.factorize(column.iloc[begins], sort=True)
    codes = codes.astype(small(len(kinds)))
    return np.repeat(codes, np.diff(begins, append=len(values))), pd.Index(kinds)


def small(most: int) -> np.dtype[Any]:
    """Give the shortest integers that count so far and have a -1: rows may be many millions."""
    return np.min_scalar_type(-most - 1)

"""Tables of money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from caresim.measures.runs import Runs
from caresim.measures.tables import by_unitary, category, years
from caresim.model.codes import ORIGINS, PATHWAYS, SERVICES
from caresim.model.tables import WINDOWS
from caresim.money.ledger import Entry, entries
from caresim.money.payments import expect, payment_entries, payment_of
from caresim.money.readings import HOSPITAL, READINGS, chain_pounds, discharges, pathway_pounds, reading

NO_ORIGIN = "none"


def money(runs: Runs, baseline: Runs | None = None) -> pd.DataFrame:
    """Pounds by year, unitary, partner, service, origin and line; lines that are 0 are left out.

    What partners pay each other is under the service "payment", above 0 for who pays and below for who is paid, so
    that the sum over partners is the whole cost. Rules that expect the baseline take the mean of `baseline`, or of the
    run itself where none is given.
    """
    expected = expect(payment_of(runs.scenario), baseline or runs)
    lines: list[Entry] = []
    numbers, at, pounds = [], [], []
    for own, r in runs.each():
        for entry in (*entries(own, r), *payment_entries(own, r, expected)):
            by = by_unitary(runs, entry.pounds, 1)
            y, u, o = np.nonzero(by)
            no_origin = by.shape[2] == 1
            at.append(np.stack([y, u, np.full_like(o, len(ORIGINS)) if no_origin else o, np.full_like(y, len(lines))]))
            pounds.append(by[y, u, o])
            numbers.append(np.full(len(y), r.number, dtype=np.int64))
            lines.append(entry)
    y, u, o, line = np.concatenate(at, axis=1)
    return pd.DataFrame(
        {
            "replication": np.concatenate(numbers),
            "year": named(y, years(runs)),
            "unitary": named(u, runs.compiled.unitaries),
            "partner": named(line, [e.partner for e in lines]),
            "service": named(line, [e.service for e in lines]),
            "origin": named(o, [*ORIGINS, NO_ORIGIN]),
            "line": named(line, [e.line for e in lines]),
            "pounds": np.concatenate(pounds),
        }
    )


def named(codes: Any, names: Sequence[str]) -> pd.Categorical[str]:
    """Make a column of the names that occur, in the order of the alphabet."""
    kinds, code_of = np.unique(np.asarray(names, dtype=object), return_inverse=True)
    there, codes = np.unique(code_of[codes], return_inverse=True)
    return pd.Categorical.from_codes(codes, categories=pd.Index(kinds[there]))


def readings(runs: Runs) -> pd.DataFrame:
    """The three readings of the cost of new demand, by the year the chains began in, gross."""
    each = [[by_unitary(runs, reading(own, r, name), 1) for name in READINGS] for own, r in runs.each()]
    pounds = np.asarray(each)  # replication, reading, y, u
    n, k, y, u = (i.reshape(-1) for i in np.indices(pounds.shape))
    return pd.DataFrame(
        {
            "replication": replications(runs)[n],
            "year": category(y, years(runs)),
            "unitary": category(u, runs.compiled.unitaries),
            "reading": np.asarray(READINGS, dtype=object)[k],
            "pounds": pounds.reshape(-1),
        }
    )


def chains(runs: Runs) -> pd.DataFrame:
    """What the hospital-driven cost is made of: pounds by service, for both windows."""
    pounds = np.stack([by_unitary(runs, chain_pounds(own, r)[:, :, HOSPITAL], 1) for own, r in runs.each()])
    n, y, u, w, s = np.nonzero(pounds)
    return pd.DataFrame(
        {
            "replication": replications(runs)[n],
            "year": category(y, years(runs)),
            "unitary": category(u, runs.compiled.unitaries),
            "window": category(w, WINDOWS),
            "service": category(s, SERVICES),
            "pounds": pounds[n, y, u, w, s],
        }
    )


def replications(runs: Runs) -> Any:
    """Give the numbers of the replications."""
    return np.asarray([r.number for r in runs.replications], dtype=np.int64)


def pathway_costs(runs: Runs) -> pd.DataFrame:
    """Discharges by pathway, and the hospital-driven cost (first 52 weeks) of the chains they began."""
    frames = []
    for own, r in runs.each():
        left = by_unitary(runs, discharges(own, r), 1)
        pounds = by_unitary(runs, pathway_pounds(own, r), 1)
        y, u, w = (axis.reshape(-1) for axis in np.indices(pounds.shape))
        frames.append(
            pd.DataFrame(
                {
                    "replication": r.number,
                    "year": category(y, years(runs)),
                    "unitary": category(u, runs.compiled.unitaries),
                    "pathway": category(w, PATHWAYS),
                    "discharges": left.reshape(-1).astype(np.int64),
                    "pounds": pounds.reshape(-1),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


MONEY_TABLES: dict[str, Callable[[Runs], pd.DataFrame]] = {
    "money": money,
    "readings": readings,
    "chains": chains,
    "pathway_costs": pathway_costs,
}

"""What social workers do: the queues of the assessment teams by class of work, and what reviews change.

People are counted to the place they live in, whichever team serves it: a queue that is handed over to another pool
stays where it was, and each unitary's part of a queue of the whole county is known.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caresim.measures.months import months_of
from caresim.measures.replication import Replication, month_minutes
from caresim.measures.runs import Runs
from caresim.measures.tables import by_unitary, category, long, months
from caresim.measures.years import by_year
from caresim.model.chance import DAY
from caresim.model.codes import COUNCIL, FUNDINGS, REVIEW_RESULTS, WORK

Floats = NDArray[np.float64]
REQUESTS, STARTS, MINUTES = range(3)  # of work_count
MORE, FEWER = REVIEW_RESULTS.index("more"), REVIEW_RESULTS.index("fewer")


def waiting_by_year(runs: Runs, r: Replication) -> Floats:
    """Give people who wait for an assessment team, mean over the year, by year, place and class of work."""
    days = by_year(runs, months_of(runs).days)
    return np.asarray(by_year(runs, r.work_waiting) / DAY / days[:, None, None])


def starts_by_year(runs: Runs, r: Replication) -> Floats:
    """Give pieces of work begun by year, place and class of work."""
    return by_year(runs, r.work_count[..., STARTS])


def days_waited_by_year(runs: Runs, r: Replication) -> Floats:
    """Give days waited by those whose work began, by year, place and class of work."""
    return np.asarray(by_year(runs, r.work_count[..., MINUTES]) / DAY)


def hours_by_year(runs: Runs, r: Replication) -> tuple[Floats, Floats]:
    """Give hours a week that reviews of council-paid packages found missing, and too many, by year and place."""
    hours = by_year(runs, r.reviews[:, :, COUNCIL, :, 1])
    return hours[..., MORE], hours[..., FEWER]


def reviews(runs: Runs) -> pd.DataFrame:
    """Reviews by what they find: people, and hours a week to be given ("more") or given back ("fewer")."""
    replication, (m, u, f, found), values = long(runs, lambda x: by_unitary(runs, x.reviews, 1))
    return pd.DataFrame(
        {
            "replication": replication,
            "month": months(runs)[m],
            "unitary": category(u, runs.compiled.unitaries),
            "funding": category(f, FUNDINGS),
            "result": category(found, REVIEW_RESULTS),
            "people": values[:, 0],
            "hours": values[:, 1].astype(np.float64),
        }
    )


def assessments(runs: Runs) -> pd.DataFrame:
    """Assessment teams by month and class of work: waiting is a time average, wait_days what starters waited in all."""
    lengths = month_minutes(runs.compiled)[runs.compiled.time.reported_months]
    shape = (len(lengths), len(runs.compiled.unitaries), len(WORK))
    m, u, w = (axis.reshape(-1) for axis in np.indices(shape))
    frames = []
    for r in runs.replications:
        waiting = by_unitary(runs, r.work_waiting, 1) / lengths[:, None, None]
        counted = by_unitary(runs, r.work_count.astype(np.int64), 1).reshape(-1, 3)
        frames.append(
            pd.DataFrame(
                {
                    "replication": np.full(len(m), r.number, dtype=np.int64),
                    "month": months(runs)[m],
                    "unitary": category(u, runs.compiled.unitaries),
                    "work": category(w, WORK),
                    "waiting": waiting.reshape(-1),
                    "requests": counted[:, REQUESTS],
                    "starts": counted[:, STARTS],
                    "wait_days": counted[:, MINUTES] / DAY,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


TEAM_TABLES: dict[str, Callable[[Runs], pd.DataFrame]] = {"assessments": assessments, "reviews": reviews}

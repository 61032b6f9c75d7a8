"""A fund worked out from what each measure costs and returns: nothing is simulated here.

It has £21m on 1 April 2019, pays the whole cost of the measures that it has chosen, and gets back a share of what the
council can take out of its budgets because of them: cashable savings, less what it spends more, at prices of 2018-19,
not discounted. What measures do to each other is left out.
A measure is chosen if its business case shows the council a cashable saving above its cost over the years reported. The
business case is one draw of the evidence, what happens is another: in replication r draw r happens, r + 1 is the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from renewing.compared import BASELINE
from renewing.number import Samples
from renewing.weighed import Asked, savings

Floats = NDArray[np.float64]
OPENING = 21e6
SHARES = (0, 50, 80, 100)
BY_2021 = slice(0, 3)  # 2018-19, 2019-20, 2020-21


def more(sources: Mapping[str, Any]) -> dict[str, Samples]:
    """Give the course of the fund, by replication."""
    source = sources[""]
    keys = list(source.comparison.results)
    out = told(*flows(source, keys, False), "central")
    if source.comparison.drawn:
        out |= told(*flows(source, keys, True), "drawn")
    return out


def flows(source: Any, keys: list[str], drawn: bool) -> tuple[Floats, Floats, Floats]:
    """Give cost, the council's cashable saving and everybody's saving of each measure (measure, replication, year)."""
    cost, council, everybody = [], [], []
    for key in keys:
        a = source.appraisal(key, BASELINE, drawn)
        at = list(a.accounts).index("council")
        cost.append(a.by_year(a.costs().sum(axis=(2, 3))))
        council.append(a.by_year(savings(a, Asked("saving", "council", cash=True))[..., at].sum(axis=2)))
        everybody.append(a.by_year(a.savings().sum(axis=(2, 3))))
    return np.stack(cost), np.stack(council), np.stack(everybody)


def told(cost: Floats, council: Floats, everybody: Floats, name: str) -> dict[str, Samples]:
    """Follow the fund with the measures that their business cases chose, with all, and by everybody's saving."""
    worth, case = council - cost, np.roll(council - cost, -1, axis=1)
    out: dict[str, Floats] = {}
    choices = {
        "chosen": case.sum(axis=2) > 0,
        "all": np.ones(case.shape[:2], dtype=bool),
        "system": np.roll(everybody - cost, -1, axis=1).sum(axis=2) > 0,
    }
    for choice, mask in choices.items():
        spent = (cost * mask[..., None]).sum(axis=0)
        back = (council * mask[..., None]).sum(axis=0)
        out[f"{choice}.measures"] = mask.sum(axis=0).astype(float)
        out[f"{choice}.spent"] = spent.sum(axis=1)
        out[f"{choice}.returned"] = back.sum(axis=1)
        out[f"{choice}.spent_by_2021"] = spent[:, BY_2021].sum(axis=1)
        out[f"{choice}.returned_by_2021"] = back[:, BY_2021].sum(axis=1)
        out[f"{choice}.promised"] = (case.sum(axis=2) * mask).sum(axis=0)
        out[f"{choice}.kept"] = (worth.sum(axis=2) * mask).sum(axis=0)
        for share in SHARES:
            out[f"{choice}.balance_{share}"] = OPENING - spent.sum(axis=1) + share / 100 * back.sum(axis=1)
    return {
        f"{name}.{key}": Samples("measures" if key.endswith("measures") else "pounds", values)
        for key, values in out.items()
    }

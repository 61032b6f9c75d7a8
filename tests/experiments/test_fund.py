"""The fund of experiments/12_spend_to_save that buys in rounds, on made-up measures; no engine runs."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "experiments" / "12_spend_to_save"
LIBRARY = ROOT / "configs" / "interventions"
sys.path.insert(0, str(ROOT / "experiments"))


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("more_of_the_fund", FOLDER / "more.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


fund = loaded()


def followed(measures: dict[str, tuple[list[float], list[float]]], rules: Any, promised: Any = None) -> Any:
    """Follow a fund that is offered measures (cost and return by year); the cases promise what comes, if not given."""
    cost, back = (np.array([measure[i] for measure in measures.values()], dtype=float) for i in range(2))
    cases = [promised or (cost, back)] * fund.ROUNDS
    return fund.course(cost, back, cases, rules)


GOOD = ([10, 10, 10, 10], [0, 20, 30, 30])  # 40 for 80
FAIR = ([5, 5, 5, 5], [0, 10, 10, 10])  # 20 for 30
LOSS = ([5, 5, 5, 5], [0, 1, 1, 1])


def test_what_promises_most_for_a_pound_is_bought_first_and_its_whole_cost_is_set_aside() -> None:
    one = followed({"fair": FAIR, "good": GOOD}, fund.Rules(opening=45, back=1))
    assert one.bought.tolist() == [2, 0]  # 45 cover one of them; what is in hand after two years covers both
    assert one.balance.tolist() == [35, 45, 60, 85, 90, 95, 95, 95]
    assert one.waited == 2


def test_without_recycling_a_fund_buys_only_what_it_can_pay_for_at_the_start() -> None:
    one = followed({"fair": FAIR, "good": GOOD}, fund.Rules(opening=45, back=0))
    assert one.bought.tolist() == [-1, 0]
    assert one.balance[-1] == 5
    assert one.waited == fund.ROUNDS


def test_a_dear_measure_that_cannot_be_paid_does_not_keep_a_cheap_one_out() -> None:
    assert followed({"fair": FAIR, "good": GOOD}, fund.Rules(opening=25, back=0)).bought.tolist() == [0, -1]


def test_a_measure_whose_case_promises_less_than_it_costs_is_never_bought_and_never_waited_for() -> None:
    one = followed({"loss": LOSS}, fund.Rules(opening=1000, back=1))
    assert one.bought.tolist() == [-1]
    assert one.waited == 0


def test_a_fund_buys_by_the_promise_and_lives_with_what_comes() -> None:
    promise = np.array([FAIR[0]], dtype=float), np.array([FAIR[1]], dtype=float)
    one = followed({"loss": LOSS}, fund.Rules(opening=20, back=1), promised=promise)
    assert one.bought.tolist() == [0]
    assert one.balance[-1] == 20 - 20 + 3


def test_a_fund_that_has_one_years_cost_in_hand_buys_more_and_may_fall_below_nothing() -> None:
    rules = fund.Rules(opening=10, back=0.1, years_in_hand=fund.YEAR_BY_YEAR)
    one = followed({"good": GOOD}, rules)
    assert one.bought.tolist() == [0]
    assert one.balance.tolist()[:4] == [0, -8, -15, -22]
    assert dict(fund.facts(one, 10.0))["share_below_nothing"] == 1
    assert followed({"good": GOOD}, fund.Rules(opening=10, back=0.1)).bought.tolist() == [-1]


def test_the_case_is_the_next_draw_and_with_new_cases_another_one_in_each_round() -> None:
    cost, back = np.ones((1, 7, 4)), np.arange(7.0)[None, :, None] * np.ones((1, 7, 4))
    drawn = [case[1][0, 0] for case in fund.cases_of(cost, back, 5, fund.Rules(1, 1))]
    assert drawn == [6, 6, 6, 6, 6]
    drawn = [case[1][0, 0] for case in fund.cases_of(cost, back, 5, fund.Rules(1, 1, new_cases=True))]
    assert drawn == [6, 0, 1, 2, 3]


@pytest.mark.parametrize(
    ("balance", "years"), [([9, 10, 9, 10, 11], 4), ([9, 9, 9, 9, 9], np.nan), ([10, 11, 12, 12, 12], 1)]
)
def test_a_fund_is_back_when_it_has_what_it_began_with_from_then_on(balance: list[float], years: float) -> None:
    assert fund.years_until_back(np.array(balance) * 1e6, 10e6) == pytest.approx(years, nan_ok=True)


def test_the_courses_of_all_draws_are_told_by_size_and_share() -> None:
    cost = np.full((1, 2, 4), 0.4e6)
    back = np.stack([np.full((2, 4), 0.5e6)])
    told = fund.in_rounds(cost, back)
    assert told["rounds.1m.100.share_waits"].values.tolist() == [1, 1]  # 1.6m for four years
    assert told["rounds.2m.100.measures_2019"].values.tolist() == [1, 1]
    assert told["rounds.2m.100.balance_2026_27"].values.tolist() == pytest.approx([2.4e6, 2.4e6])
    assert told["rounds.2m.50.share_back"].values.tolist() == [0, 0]
    assert told["rounds.2m.0.share_of_opening_2026_27"].values.tolist() == pytest.approx([0.2, 0.2])


def test_a_case_recommends_what_returns_more_than_it_costs_draw_by_draw() -> None:
    cost, back = np.ones((2, 3, 4)), np.stack([np.full((3, 4), 2.0), np.array([[0.0] * 4, [1.0] * 4, [1.1] * 4])])
    told = fund.recommended(["good", "doubtful"], cost, back)
    assert told["recommended.good"].values.tolist() == [1, 1, 1]
    assert told["recommended.doubtful"].values.tolist() == [0, 0, 1]


DATE = re.compile(r"\b(from|until|on): (20\d\d)-(\d\d)\b")


@pytest.mark.parametrize("path", sorted((FOLDER / "later").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_measure_bought_later_is_the_librarys_so_many_years_later(path: Path) -> None:
    name, _, year = path.stem.rpartition("_")
    years = int(year) - 2019
    library = (LIBRARY / f"{name}.yaml").read_text(encoding="utf-8")
    later = DATE.sub(lambda found: f"{found[1]}: {int(found[2]) + years}-{found[3]}", library)
    assert path.read_text(encoding="utf-8").partition("\n")[2] == later

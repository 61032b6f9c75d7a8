"""Ways of paying and assumptions of appraisals as they are written: shown, resolved, inherited, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

import caresim
from caresim.config import explain_rows, json_schema
from caresim.config.kinds import Number, Problems
from caresim.config.paykinds import YearlyOf
from tests.money.books import CONFIG

ROOT = Path(__file__).parents[2]
POOL = {"name": "pool", "rule": "pooled_fund", "bears": ["nursing"], "shares": {"council": 0.5, "icb": 0.5}}
BLOCK = {"name": "block", "rule": "block", "payer": "pilot", "payee": "icb", "from": "2018-06",
         "pounds_a_year": {"value": 5, "grade": "A"}, "where": {"unitary": "South"}}  # fmt: skip
PAYMENT = {"name": "x", "rules": [POOL, BLOCK], "funds": {"pilot": {"opening": 3, "recycled_share": 0.2}}}
BROUGHT = {"name": "ICO", "kind": "ico", "payment": {"name": "y", "rules": [POOL]}}
WRITTEN: dict[str, Any] = {**CONFIG, "payment": PAYMENT, "interventions": [BROUGHT]}


def test_what_is_resolved_loads_again() -> None:
    scenario = caresim.load(WRITTEN)
    again = caresim.load(scenario.resolved())
    assert again.digest == scenario.digest
    assert again.config.payment == scenario.config.payment


def test_editors_accept_it_and_refuse_what_is_wrong() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    assert validator.is_valid(WRITTEN)
    assert validator.is_valid(caresim.load(WRITTEN).resolved())
    for wrong in ({"rules": [{**BLOCK, "rule": "blok"}]}, {"rules": [{**POOL, "shares": {"icb": 2}}]}, {"found": {}}):
        assert not validator.is_valid({"payment": wrong})


def test_every_number_is_shown_with_its_unit_and_grade() -> None:
    rows = {row["path"]: row for row in explain_rows(caresim.load(WRITTEN))}
    pounds = rows["payment.rules.1.pounds_a_year"]
    assert (pounds["value"], pounds["unit"], pounds["grade"]) == (5, "pounds a year", "A")
    assert rows["payment.funds.pilot.opening"]["unit"] == "pounds"


def test_a_child_replaces_the_rules_and_keeps_what_it_does_not_name(tmp_path: Path) -> None:
    for name, content in {
        "parent.yaml": {"payment": PAYMENT, **CONFIG},
        "child.yaml": {"extends": "parent.yaml", "payment": {"name": "z", "rules": [POOL]}},
    }.items():
        with (tmp_path / name).open("w", encoding="utf-8") as file:
            YAML(typ="safe", pure=True).dump(content, file)
    payment = caresim.load(tmp_path / "child.yaml").config.payment
    assert (payment.name, len(payment.rules), list(payment.funds)) == ("z", 1, ["pilot"])


def test_the_examples_of_the_pages_load() -> None:
    for page in ("payment.md", "appraisal.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        block = text.split("```yaml\n")[1].split("```")[0]
        caresim.load(ROOT / "configs" / "northamptonshire" / "baseline.yaml", YAML(typ="safe", pure=True).load(block))


def test_a_rate_may_differ_from_year_to_year() -> None:
    written = {"by_year": {"2019-20": 0.02, "2021": 0.1}, "grade": "C"}
    rates = caresim.load({"appraisal": {"inflation": written}}).config.appraisal.inflation
    assert [rates.at(year) for year in (2018, 2019, 2020, 2021, 2030)] == [0.02, 0.02, 0.02, 0.1, 0.1]
    assert rates.growth(2018, 2018) == 1
    assert rates.growth(2018, 2021) == pytest.approx(1.02 * 1.02 * 1.1)
    assert rates.growth(2021, 2018) == pytest.approx(1 / (1.02 * 1.02 * 1.1))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"by_year": {"19": 0.1}}, "must be a year such as 2019 or 2019-20"),
        ({"by_year": {"2019": 0.1, "2019-20": 0.1}}, "is given twice: 2019"),
        ({"by_year": {}}, "must be a mapping of years to numbers"),
        ({"by_year": {"2019": 9}}, "must be from -0.5 to 0.5, got 9"),
        ({"by_yaer": {"2019": 0.1}}, "did you mean 'by_year'?"),
        ({"value": 0.1, "by_year": {"2019": 0.1}}, "must have either value or by_year"),
        ("much", "must be a number, got 'much'"),
    ],
)
def test_a_wrong_rate_is_named(written: object, message: str) -> None:
    problems = Problems()
    YearlyOf(Number(least=-0.5, most=0.5)).read(written, (), problems)
    assert any(message in text for _, text in problems.found), problems.found


def test_prices_may_not_differ_by_age() -> None:
    ages = dict.fromkeys(("18-64", "65-74", "75-84", "85+"), 1)
    said = "prices.nursing cannot vary by age, because purchases are not counted by age"
    with pytest.raises(caresim.ConfigError, match=said):
        caresim.load({"prices": {"nursing": {"by_age": ages}}})

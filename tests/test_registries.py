"""Whoever adds a name to one list is told of the others that lack it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from caresim.config.check_payment import MAY_HAVE, NEEDS
from caresim.config.schema.resources import Prices
from caresim.config.vocabulary import MEASURES, RULES_OF_PAYMENT, SERVICES, SETTINGS
from caresim.config.wording import NAMES
from caresim.money.rules import KINDS
from caresim.reports import figures, words
from caresim.reports.decision import figures as decision_figures
from caresim.studies.journey import SUPPORT
from caresim.studies.result import table_makers

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "caresim"


def test_every_measure_has_words_of_its_own() -> None:
    assert [measure for measure in MEASURES if measure not in words.MEASURES] == []


def test_every_rule_of_payment_has_its_function_and_what_it_needs() -> None:
    assert set(KINDS) == set(NEEDS) == set(RULES_OF_PAYMENT)
    assert set(MAY_HAVE) <= set(RULES_OF_PAYMENT)


def test_every_rule_of_payment_is_defined_on_its_page() -> None:
    page = (ROOT / "docs" / "payment.md").read_text(encoding="utf-8")
    assert [rule for rule in RULES_OF_PAYMENT if f"`{rule}`" not in page] == []


def test_every_service_has_a_price_and_words() -> None:
    assert [service for service in SERVICES if service not in Prices.model_fields] == []
    assert [service for service in SERVICES if service not in SUPPORT] == []
    assert [service for service in SETTINGS if service not in NAMES] == []


def test_every_table_is_on_its_page() -> None:
    page = (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
    assert [name for name in table_makers() if not re.search(rf"^\| `{name}` \|", page, re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("registry", "folder"),
    [(figures.FIGURES, "reports/figures"), (decision_figures.FIGURES, "reports/decision/figures")],
    ids=["of a run", "of a comparison"],
)
def test_every_file_that_draws_a_figure_is_in_the_list(registry: dict[str, object], folder: str) -> None:
    files = (PACKAGE / folder).glob("*.py")
    assert sum("\ndef draw(" in file.read_text(encoding="utf-8") for file in files) == len(registry)

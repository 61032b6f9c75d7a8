"""Whoever adds a name to one list is told of the others that lack it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import caresim
from caresim.config.check_payment import MAY_HAVE, NEEDS
from caresim.config.schema.resources import Prices
from caresim.config.vocabulary import FAMILIES, MEASURES, RULES_OF_PAYMENT, SERVICES, SETTINGS
from caresim.config.wording import NAMES
from caresim.model.compile.distributions import Library, equilibrium_quantiles
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


EXAMPLES = {
    "fixed": {"days": 3},
    "exponential": {"mean_days": 3},
    "lognormal": {"mean_days": 3, "median_days": 2},
    "weibull": {"shape": 2, "scale_days": 3},
    "gamma": {"mean_days": 3, "sd_days": 2},
    "empirical": {"values": [1, 2, 6]},
}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_of_distributions_can_be_drawn_and_stretched_and_is_on_its_page(family: str) -> None:
    """A family that only the config knew would be drawn as another."""
    scenario = caresim.load({"discharge": {"readmission_after": {family: EXAMPLES[family]}}})
    found = scenario.config.discharge.readmission_after.at()
    library = Library()
    rows = [library.row(found), library.row(found.stretched(2.0))]
    ends = [[equilibrium_quantiles(d)[256]] for d in (found, found.stretched(2.0)) if d.family != "exponential"]
    assert rows[0] != rows[1] or library.samples[:3] != library.samples[3:]
    assert found.stretched(2.0).mean == pytest.approx(2 * found.mean)
    assert not ends or ends[1] == pytest.approx([2 * ends[0][0]], rel=1e-9)
    page = (ROOT / "docs" / "guide" / "own_config.md").read_text(encoding="utf-8")
    assert f"| `{family}` |" in page


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

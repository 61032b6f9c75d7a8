"""The sections for the finance officer, the director, health partners and the researcher."""

from __future__ import annotations

import pandas as pd

from caresim.reports import pressure, words
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.finance import downside
from caresim.reports.decision.places import where_it_pays
from caresim.reports.decision.readers import Section, director, finance, health, researcher
from caresim.reports.decision.tables import COLUMNS
from caresim.reports.estimate import Estimate
from tests.reports import synthetic_decision as synthetic
from tests.reports.decision.conftest import Made


def rows_of(section: Section, caption: str) -> dict[str, dict[str, str]]:
    """Find a table of a section: its rows by their first cell, cells by the heading of their column."""
    table = next(table for table in section.tables if caption in table.caption)
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def test_a_budget_stands_beside_spend_and_variance_for_the_baseline_and_every_option(full: Decision) -> None:
    table = next(table for table in finance(full).tables if "Budget against simulated spend" in table.caption)
    assert [row[1] for row in table.rows] == list(synthetic.YEARS)
    row = dict(zip(table.columns, table.rows[-1], strict=True))
    assert row["Budget line"] == f"Home care, {synthetic.COUNTY}"
    assert row["Budget"] == "£20.0m\ngrade A"
    assert row["Baseline: variance"] == "+£1.0m"
    assert row["Reablement growth"] == phrases.gain(21e6 - 1.9e6 - 20e6)


def test_an_overspend_without_a_budget_is_told_and_no_budget_is_made_up(full: Decision) -> None:
    section = finance(full)
    row = rows_of(section, "Known overspend")[f"All care, {synthetic.COUNTY}"]
    assert (row["Budget"], row["Spent above it"]) == ("not known", f"£14.0m in {synthetic.YEARS[0]}\ngrade A")
    open_to = f"evidence\n{phrases.gain(-1.9e6 - 1.64e5)} to {phrases.gain(-1.9e6 + 1.64e5)}"
    assert row["Reablement growth"] == f"{phrases.gain(-1.9e6)}\n{words.percent(-1.9 / 14)} of it\n{open_to}"
    assert "the budget of All care" in section.missing
    assert "budgets by line (none is in the config)" in finance(Decision({}, {}, {})).missing


def test_a_line_of_an_agreement_shows_what_is_charged_to_it_and_on_what_evidence(full: Decision) -> None:
    section = health(full)
    found = rows_of(section, "Lines of agreements")
    assert "grade C: assumption: all of it" in found["Better Care Fund: Reablement"]["Simulated costs charged to it"]
    assert found["Section 75: The plan"]["What is known to be in it"].startswith("£107.0m")
    assert found["Section 75: The plan"]["Reablement growth"] == "not simulated"
    assert not any("section 75" in item for item in section.missing)


def test_a_difference_is_split_into_demand_stay_delay_intensity_and_price(
    full: Decision, given: dict[str, Made]
) -> None:
    pounds = dict.fromkeys(pressure.PARTS, 0.0) | {"demand": -1.2e6, "delay": -3.4e6, "total": -4.6e6}
    rows = [(o.key, full.county, full.last_year, part, "pounds", mean, mean - 1e5, mean + 1e5, 20)
            for o in full.options for part, mean in pounds.items()]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(COLUMNS["pressure"]))
    shown = Decision({**given["full"][0], "pressure": table}, *given["full"][1:])
    (found,) = [t for t in finance(shown).tables if t.columns[0] == "What of the difference"]
    cells = {row[0]: row[1] for row in found.rows}
    assert list(cells) == list(pressure.PARTS.values())
    assert cells["Delay: days waiting to leave"].startswith("\N{MINUS SIGN}£3.4m\n")
    assert cells["All together"].startswith("\N{MINUS SIGN}£4.6m\n")
    bare = Decision(*given["compared only"])
    assert not [t for t in finance(bare).tables if t.columns[0] == "What of the difference"]


def test_savings_and_costs_stand_by_place(full: Decision, given: dict[str, Made]) -> None:
    table = where_it_pays(full)
    assert table is not None
    assert full.lead is not None
    assert [row[0] for row in table.rows] == [*full.manifest["places"], "All places"]
    by_place = full.table("differences_by_place")
    here = by_place[by_place["scenario"].eq(full.lead.key) & by_place["year"].eq("all years")]
    row = here[here["place"].eq("Corby") & here["measure"].eq("public_cost")].iloc[0]
    cells = dict(zip(table.columns, next(r for r in table.rows if r[0] == "Corby"), strict=True))
    saved = cells["Saved by council and health service, less that cost"]
    assert saved.startswith(phrases.gain(-row["mean"]))
    assert cells["Cost of the changes"].startswith("£")
    without = {**given["full"][0], "differences_by_place": by_place[by_place["unit"].ne("pounds")]}
    bare = Decision(without, *given["full"][1:])
    assert where_it_pays(bare) is None
    assert "savings and costs by place" in director(bare).missing


def test_nursing_contribution_and_continuing_care_have_a_line_each(full: Decision) -> None:
    found = rows_of(health(full), "Nursing contribution and continuing care")
    assert {row["Baseline"] for row in found.values()} == {"£9.0m", "£20.0m"}


def test_beds_that_can_close_are_whole_and_never_below_nothing(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    busy = tables["differences"].query("measure == 'bed_days'").assign(measure="acute_beds_95th_percentile")
    busy = busy.assign(mean=-7.9, low=-11.0, high=2.0)
    table = pd.concat([tables["differences"], busy])
    notes = " ".join(health(Decision({**tables, "differences": table}, manifest, assumptions)).notes)
    assert "Reablement growth 7 (0 at the lower end" in notes


def test_what_was_fitted_is_told_from_what_was_held_out(full: Decision) -> None:
    found = rows_of(researcher(full), "Held out")
    fitted, held = (row for row in found.values())
    assert (fitted["Role"], fitted["Residual"], fitted["Met"]) == ("fitted", "+10", "met\nwithin 50")
    assert (held["Role"], held["Met"]) == ("held out\nweak", "missed\nwithin 50")


def test_a_level_that_had_not_settled_is_said_to_differ(full: Decision, given: dict[str, Made]) -> None:
    found = rows_of(researcher(full), "Warm-up of 364 days")
    assert [row["Settled"] for row in found.values()] == ["starts high", "yes"]
    once = rows_of(researcher(Decision(*given["once"])), "Warm-up of 364 days")
    assert {row["Settled"] for row in once.values()} == {"one run: not known"}
    assert any("warm-up" in item for item in researcher(Decision({}, {}, {})).missing)


def test_the_80th_percentile_of_cost_is_the_20th_of_worth_and_tells_chance_from_evidence(full: Decision) -> None:
    table = downside(full, full.ranked)
    assert table is not None
    rows = dict(zip((row[0] for row in table.rows), table.rows, strict=True))
    lead = table.columns.index("Reablement growth")
    chance, drawn = full.worth("reablement"), full.worth("reablement", drawn=True)
    assert rows["Freed capacity counted: 80th percentile, chance alone"][lead] == phrases.pounds(chance.p20)
    assert rows["Freed capacity counted: 80th percentile, chance and evidence"][lead] == phrases.pounds(drawn.p20)
    assert drawn.p05 < drawn.p20 < chance.p20 < chance.mean
    assert len(rows) == 10


def test_a_saving_s_80th_percentile_is_the_20th_of_the_difference() -> None:
    assert (Estimate(1.0, p20=-3.0, p80=2.0).turned.p20, Estimate(1.0, p20=-3.0, p80=2.0).turned.p80) == (-2.0, 3.0)

# ruff: noqa: E501 (messages are compared whole)
"""Single values are changed by path; the unit stays, the source and the grade go."""

import pytest

from caresim.config import ConfigError, Scenario, load
from caresim.config.overriding import parse_override

from .conftest import Write


def faults(scenario: Scenario, overrides: object) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(scenario, overrides)  # type: ignore[arg-type]
    return str(caught.value).splitlines()


def test_a_number_is_replaced_and_keeps_its_unit(baseline: Scenario) -> None:
    changed = load(baseline, {"packages.money_runs_out": 0.5})
    assert changed.config.packages.money_runs_out.value == 0.5
    assert changed.source_of("packages.money_runs_out") == (
        "override", 0, "per year of self-funding", "overridden", None, None, None, None,
    )  # fmt: skip
    assert baseline.number("packages.money_runs_out") != 0.5


@pytest.mark.parametrize(
    "path",
    [
        "pools.reablement.capacity",
        "need.first.by_age.85+.lognormal.mean_hours",
        "hospital.stay.emergency.by_age.85+.lognormal.mean_days",
        "demand.population.by_place.Corby.by_age.85+",
        "waiting.arrangement.by_pathway.pathway_3.exponential.mean_days",
        "packages.held_open_days.by_setting.nursing",
        "prices.contribution_share.by_service.nursing",
        "demand.admissions.month_factor.values.11",
        "reablement.visits.intensive_days",
        "packages.pressure.cap",
        "geography.places.Corby.trusts.Kettering General",
        "pools.assessment.priority.review",
        "calendar.run_out_weeks",
        "packages.review_every_days",
        "at_start.people.by_setting.nursing.by_age.85+",
        "discharge.to_assess",
    ],
)
def test_every_kind_of_number_can_be_replaced(baseline: Scenario, path: str) -> None:
    before = baseline.source_of(path)
    value = 0.97 if "Kettering" in path else 0.5 if "share" in path or "to_assess" in path else 15
    changed = load(baseline, {path: value})
    after = changed.source_of(path)
    assert changed.number(path) == value
    assert (after.file, after.source, after.grade, after.unit) == ("override", "overridden", None, before.unit)
    assert load(changed.resolved()) == changed


def test_other_numbers_keep_their_source(baseline: Scenario) -> None:
    changed = load(baseline, {"need.first.by_age.85+.lognormal.mean_hours": 9})
    rows = {row["path"]: row for row in changed.rows()}
    before = {row["path"]: row for row in baseline.rows()}
    assert [path for path in rows if rows[path] != before[path]] == ["need.first.by_age.85+.lognormal.mean_hours"]


def test_a_path_that_leads_nowhere_says_what_was_meant(baseline: Scenario) -> None:
    assert faults(baseline, {"pools.reablment.capacity": 3, "need.frst": 3}) == [
        "override: need.frst unknown name 'frst'; did you mean 'first'? allowed: first, on_request, deconditioning",
        "override: pools.reablment.capacity is not found: pools.reablment: unknown name 'reablment'; did you mean "
        "'reablement'? allowed: acute_beds, assessment, adaptations, reablement, intermediate_care, home_care, "
        "supported_living, extra_care, residential, nursing",
    ]


def test_a_value_that_is_wrong_is_said_to_come_from_an_override(baseline: Scenario) -> None:
    assert faults(baseline, {"pools.reablement.capacity": -3, "discharge.referred_above": "a"}) == [
        "override: discharge.referred_above must be a number, got 'a'",
        "override: pools.reablement.capacity must be 0 or more, got -3",
    ]


@pytest.mark.parametrize(
    ("override", "fault"),
    [
        ("need.first.by_age.85.lognormal.mean_hours=3", "is not found: need.first.by_age.85: there is no '85'; did you mean '85+'?"),
        ("discharge.referred_above.by_age.85+=1", "is not found: discharge.referred_above.by_age: there is no 'by_age'; there is: value"),
        ("calendar.years.value.x=1", "is not found: calendar.years.value: there is nothing below 5; set the whole of it"),
        ("packages.held_open_days.by_setting.nursin=1", "unknown name 'nursin'; did you mean 'nursing'? allowed: home_care, direct_payment, supported_living, extra_care, residential, nursing"),
        ("a..b=1", "has an empty name; write names with single dots between them, such as pools.reablement.capacity"),
        ('"a=1', "has a quote that is not closed"),
        ("need.first={a: b: c}", "is not YAML: "),
        ("pools.reablement.share_by.x=1", "cannot be set: there is no pools.reablement.share_by to set it in; set the whole of it"),
    ],
)  # fmt: skip
def test_a_wrong_override(baseline: Scenario, override: str, fault: str) -> None:
    (found,) = faults(baseline, [override])
    path = override.partition("=")[0]
    assert found.startswith(f"override: {path} {fault}")


@pytest.mark.parametrize("text", ["", "=3", "a", "a=", "need.first= "])
def test_an_override_is_a_path_and_a_value(baseline: Scenario, text: str) -> None:
    assert faults(baseline, [text]) == [
        f"override: must be PATH=VALUE, such as pools.reablement.capacity=60, got {text!r}"
    ]


def test_values_on_the_command_line_are_yaml() -> None:
    assert parse_override("a.b = {x: [1, none]}") == ("a.b", {"x": [1, "none"]})
    assert parse_override("a=1e3") == ("a", 1000.0)
    assert parse_override("a=unlimited") == ("a", "unlimited")
    assert parse_override('a="1"') == ("a", "1")
    assert parse_override("a=b=c") == ("a", "b=c")


def test_the_last_of_two_on_the_command_line_holds(baseline: Scenario) -> None:
    assert load(baseline, ["calendar.years=2", "calendar.years=3"]).config.calendar.years == 3


def test_a_whole_distribution_or_spread_is_replaced(baseline: Scenario) -> None:
    changed = load(baseline, {"waiting.adaptation": {"fixed": {"days": 3}}, "hospital.death_share": 0.1})
    assert changed.config.waiting.adaptation.at() is not None
    assert changed.config.hospital.death_share.at("x", "y") == 0.1
    assert changed.source_of("waiting.adaptation.fixed.days").source == "overridden"


def test_a_source_may_be_given_with_the_value(baseline: Scenario) -> None:
    given = {"value": 0.1, "source": "trial", "grade": "B"}
    assert load(baseline, {"hospital.death_share": given}).source_of("hospital.death_share")[3:5] == ("trial", "B")


def test_days_take_the_place_of_years(baseline: Scenario) -> None:
    calendar = load(baseline, {"calendar.days": 100, "calendar.warm_up_days": 0}).config.calendar
    assert (calendar.years, calendar.reported_days, calendar.warm_up) == (None, 100, 0)


def test_one_key_of_a_bare_keyed_value(write: Write) -> None:
    scenario = load(write("packages: {held_open_days: 5}"))
    held = load(scenario, {"packages.held_open_days.by_setting.nursing": 7}).config.packages.held_open_days
    assert (held.at("nursing").value, held.at("home_care").value) == (7, 5)


def test_a_section_is_merged(baseline: Scenario) -> None:
    changed = load(baseline, {"pools.reablement": {"capacity": 5, "overflow_after_days": 2}})
    pool = changed.config.pools.reablement
    assert (pool.capacity.single, pool.overflow_after_days, pool.grows_with_population) == (5, 2, True)


def test_names_with_a_dot(write: Write) -> None:
    text = "geography: {places: {St. Albans: {}}}\ndemand: {population: {by_place: {St. Albans: 3}}}"
    scenario = load(write(text))
    assert load(scenario, {"demand.population.by_place.St. Albans": 4}).config.demand.population.at("St. Albans") == 4
    quoted = 'demand.population.by_place."St. Albans"'
    assert load(scenario, {quoted: 5}).number(quoted) == 5
    assert quoted in {row["path"] for row in scenario.rows()}


def test_a_short_path_is_applied_before_a_long_one(baseline: Scenario) -> None:
    by_age = {"by_age": {"18-64": 0, "65-74": 0, "75-84": 0, "85+": 0}}
    one = {"hospital.death_share.by_age.85+": 0.5, "hospital.death_share": by_age}
    assert load(baseline, one).number("hospital.death_share.by_age.85+") == 0.5
    assert load(baseline, one) == load(baseline, dict(reversed(one.items())))


def test_what_is_filled_in_follows_the_override(write: Write) -> None:
    scenario = load(load(write("caresim: 1")), {"calendar.starts": "2020-01-01"})
    assert str(scenario.config.demand.population_date) == "2020-01-01"

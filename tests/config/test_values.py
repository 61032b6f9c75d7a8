# ruff: noqa: E501 (messages are compared whole)
"""A wrong value is named with its file, line and path, and the words say what would do."""

import pytest

import caresim
from caresim.config import ConfigError, load

from .conftest import Faults, Write

NUMBERS = {
    "abc": "must be a number, got 'abc'",
    "'1e3'": "must be a number, got the text '1e3'; write digits only, without quotes",
    "1_000": "must be a number, got the text '1_000'; write digits only, without quotes",
    "'1,000'": "must be a number, got the text '1,000'; write digits only, without quotes",
    "£5": "must be a number, got the text '£5'; write digits only, without quotes",
    "true": "must be a number, got true",
    "~": "must be a number, got nothing",
    "": "must be a number, got nothing",
    ".inf": "must be a finite number, got .inf",
    "-.inf": "must be a finite number, got -.inf",
    ".nan": "must be a finite number, got .nan",
    "1e999": "must be a finite number, got .inf",
    "1e13": "must be at most 1e+12 in size, got 10000000000000.0",
    "-1": "must be 0 or more, got -1",
    "[1]": "must be a number, got a list",
    "{vlue: 3}": "unknown name 'vlue'; did you mean 'value'? allowed: value, by_age, by_place, file, column, unit, "
    "source, grade, low, high, note",
}


@pytest.mark.parametrize(("text", "message"), NUMBERS.items())
def test_a_wrong_number(faults: Faults, text: str, message: str) -> None:
    path = "prices.home_care.vlue" if "vlue" in text else "prices.home_care"
    assert f"x.yaml:2: {path} {message}" in faults(f"prices:\n  home_care: {text}\n")


def test_notes_alone_are_no_value(faults: Faults) -> None:
    assert faults("prices:\n  home_care: {unit: pounds}\n") == [
        "x.yaml:2: prices.home_care has no value; give value, by_age, by_place, or file and column"
    ]


@pytest.mark.parametrize("value", [-0.01, 1.01, 5])
def test_a_probability_lies_between_0_and_1(faults: Faults, value: float) -> None:
    assert faults(f"discharge: {{referred_above: {value}}}") == [
        f"x.yaml:1: discharge.referred_above must be from 0 to 1, got {value}"
    ]


def test_an_annotated_value_is_named_without_its_last_step(faults: Faults) -> None:
    text = "discharge:\n  referred_above:\n    value: 2\n    grade: C\n"
    assert faults(text) == ["x.yaml:3: discharge.referred_above must be from 0 to 1, got 2"]


def test_all_faults_are_found_at_once(faults: Faults) -> None:
    text = """
        nam: a
        discharge:
          referred_above: 2
          refered_below: 1
        hospital:
          stay: {fall: {lognormal: {mean_days: 1, median_days: 2}}}
        pools:
          reablement: {capcity: 3, capacity: -3}
    """
    found = faults(text)
    assert [fault.split(" ")[0] + " " + fault.split(" ")[1] for fault in found] == [
        "x.yaml:2: nam",
        "x.yaml:4: discharge.referred_above",
        "x.yaml:5: discharge.refered_below",
        "x.yaml:7: hospital.stay.fall.lognormal.mean_days",
        "x.yaml:9: pools.reablement.capacity",
        "x.yaml:9: pools.reablement.capcity",
    ]
    assert found[4] == "x.yaml:9: pools.reablement.capacity must be 0 or more, got -3"
    assert found[5] == (
        "x.yaml:9: pools.reablement.capcity unknown name 'capcity'; did you mean 'capacity'? allowed: scope, capacity, "
        "share_by, name, working_days, grows_with_population, overflow_after_days, changes, at_start, unit, source, "
        "grade, low, high, note"
    )


def test_an_unknown_section(faults: Faults) -> None:
    (found,) = faults("hospitl: {}")
    assert found.startswith("x.yaml:1: hospitl unknown name 'hospitl'; did you mean 'hospital'? allowed: extends, ")


def test_a_section_that_is_no_mapping(faults: Faults) -> None:
    assert faults("name: a\nhospital: 3\n") == ["x.yaml:2: hospital must be a mapping (name: value), got 3"]
    assert faults("hospital: {stay: [1]}") == ["x.yaml:1: hospital.stay must be a mapping (name: value), got a list"]
    assert faults("pools:\n  reablement:\n") == [
        "x.yaml:2: pools.reablement must be a mapping (name: value), got nothing"
    ]


def test_ages_are_complete_and_known(faults: Faults) -> None:
    found = faults(
        "hospital:\n  death_share:\n    by_age:\n      18-64: 0\n      65-75: 0\n      75-84: 0\n      85+: 0\n"
    )
    assert found == [
        "x.yaml:3: hospital.death_share.by_age has no value for 65-74; give all of 18-64, 65-74, 75-84, 85+",
        "x.yaml:5: hospital.death_share.by_age.65-75 unknown name '65-75'; did you mean '65-74'? "
        "allowed: 18-64, 65-74, 75-84, 85+",
    ]


def test_two_ways_of_spreading_do_not_mix(faults: Faults) -> None:
    text = "hospital: {death_share: {value: 0.1, by_age: {18-64: 0, 65-74: 0, 75-84: 0, 85+: 0}}}"
    assert faults(text) == ["x.yaml:1: hospital.death_share has both value and by_age; give one of them"]


def test_places_are_complete_and_known(faults: Faults) -> None:
    text = """
        geography: {places: {Corby: {}, Kettering: {}}}
        demand: {population: {by_place: {Corby: 1, Ketering: 2}}}
    """
    assert faults(text) == [
        "x.yaml:3: demand.population.by_place has no value for Kettering",
        "x.yaml:3: demand.population.by_place.Ketering unknown name 'Ketering'; did you mean 'Kettering'? "
        "allowed: Corby, Kettering",
    ]


def test_shares_add_up_to_one(faults: Faults) -> None:
    assert faults("reablement: {outcomes: {independent: 0.8, same: 0.1}}") == [
        "x.yaml:1: reablement.outcomes must add up to 1, got 0.9"
    ]
    assert faults("reablement: {outcomes: {independent: 0.8, sam: 0.2}}") == [
        "x.yaml:1: reablement.outcomes.sam unknown name 'sam'; did you mean 'same'? "
        "allowed: independent, smaller, same, care_home"
    ]
    assert faults("reablement: {outcomes: {independent: 1.5, same: -0.5}}") == [
        "x.yaml:1: reablement.outcomes.independent must be from 0 to 1, got 1.5",
        "x.yaml:1: reablement.outcomes.same must be from 0 to 1, got -0.5",
    ]
    assert faults("reablement: {outcomes: 3}") == [
        "x.yaml:1: reablement.outcomes must be a mapping of independent, smaller, same, care_home to shares, got 3"
    ]


def test_rounded_shares_pass(write: Write) -> None:
    load(write("reablement: {outcomes: {independent: 0.3333333, same: 0.3333333, smaller: 0.3333334}}"))


DISTRIBUTIONS = {
    "3": " must be a distribution, such as {exponential: {mean_days: 2}}, got 3",
    "{}": " must name exactly one of fixed, exponential, lognormal, weibull, gamma, empirical, got none",
    "{expnential: {mean_days: 2}}": ".expnential unknown name 'expnential'; did you mean 'exponential'? allowed: fixed, "
    "exponential, lognormal, weibull, gamma, empirical, by_age, by_place, zero_share",
    "{exponential: 2}": ".exponential must be a mapping of mean_days, got 2",
    "{exponential: {mean: 2}}": ".exponential.mean unknown name 'mean'; did you mean 'mean_days'? allowed: mean_days",
    "{exponential: {mean_hours: 2}}": ".exponential.mean_hours is in hours; this is in days: write mean_days",
    "{exponential: {mean_days: 0}}": ".exponential.mean_days must be above 0, got 0",
    "{exponential: {}}": ".exponential has no mean_days; give mean_days",
    "{lognormal: {mean_days: 2, median_days: 2}}": ".lognormal.mean_days must be above the median, 2, got 2",
    "{lognormal: {mean_days: 900, median_days: 2}}": ".lognormal.mean_days must be at most 100 times the median, 2, "
    "got 900",
    "{lognormal: {mean_days: 2, median_days: 1, sd_days: 3}}": ".lognormal.sd_days cannot be given with mean_days, "
    "median_days; give mean_days and median_days, or mean_days and sd_days",
    "{lognormal: {mean_days: 2}}": ".lognormal has no median_days; give mean_days and median_days, or mean_days and "
    "sd_days",
    "{gamma: {mean_days: 2, sd_days: 0}}": ".gamma.sd_days must be above 0, got 0",
    "{gamma: {mean_days: 2, sd_days: 900}}": ".gamma.sd_days must be from 0.0001 to 100 times the mean, 2, got 900",
    "{gamma: {mean_days: 2, sd_days: 1}, fixed: {days: 2}}": " must name exactly one of fixed, exponential, lognormal, "
    "weibull, gamma, empirical, got gamma, fixed",
    "{fixed: {days: -2}}": ".fixed.days must be 0 or more, got -2",
    "{fixed: {days: 2}, zero_share: 2}": ".zero_share must be from 0 to 1, got 2",
    "{weibull: {shape: 0.01, scale_days: 2}}": ".weibull.shape must be from 0.05 to 1000, got 0.01",
    "{empirical: {values: []}}": ".empirical must have file and column, or values: a list of numbers",
    "{empirical: {values: [1, a]}}": ".empirical.values.1 must be a number, got 'a'",
}


@pytest.mark.parametrize(("text", "message"), DISTRIBUTIONS.items())
def test_a_wrong_distribution(faults: Faults, text: str, message: str) -> None:
    assert f"x.yaml:1: hospital.stay.fall{message}" in faults(f"hospital: {{stay: {{fall: {text}}}}}")


def test_nothing_but_notes_stands_beside_none(faults: Faults) -> None:
    assert faults("packages: {review_every_days: {value: none, source: nobody reviews, grade: C}}") == []
    assert faults("packages: {review_every_days: {value: none, vaule: 3, grade: D}}") == [
        "x.yaml:1: packages.review_every_days.grade unknown name 'D'; allowed: A, B, C",
        "x.yaml:1: packages.review_every_days.vaule has no meaning with value: none, got 3",
    ]


def test_a_stage_may_be_none_and_says_so(faults: Faults) -> None:
    assert faults("waiting: {adaptation: none}") == []
    assert faults("waiting: {assessment: {by_work: {review: none}}}") == []
    assert faults("waiting: {adaptation: nome}") == [
        "x.yaml:1: waiting.adaptation must be a distribution, such as {exponential: {mean_days: 2}}, or none, got 'nome'"
    ]


def test_keys_of_a_keyed_value_are_known(faults: Faults) -> None:
    assert faults("packages: {held_open_days: {by_setting: {homecare: 3}}}") == [
        "x.yaml:1: packages.held_open_days.by_setting.homecare unknown name 'homecare'; did you mean 'home_care'? "
        "allowed: home_care, direct_payment, supported_living, extra_care, residential, nursing"
    ]
    assert faults("packages: {held_open_days: {by_pathway: {restart: 3}}}") == [
        "x.yaml:1: packages.held_open_days.by_pathway unknown name 'by_pathway'; did you mean 'by_place'? "
        "allowed: by_setting, by_age, by_place"
    ]


def test_a_series_has_its_length(faults: Faults) -> None:
    assert faults("demand: {admissions: {weekday_factor: [1, 1]}}") == [
        "x.yaml:1: demand.admissions.weekday_factor must be a list of 7 numbers, got 2"
    ]
    assert faults("demand: {admissions: {weekday_factor: {values: [1, 1, 1, 1, 1, 1, x]}}}") == [
        "x.yaml:1: demand.admissions.weekday_factor.values.6 must be a number, got 'x'"
    ]
    assert faults("demand: {admissions: {weekday_factor: 3}}") == [
        "x.yaml:1: demand.admissions.weekday_factor must be a list of 7 numbers, got 3"
    ]


def test_words_are_known(faults: Faults) -> None:
    assert faults("need: {deconditioning: {rule: stepp}}") == [
        "x.yaml:1: need.deconditioning.rule unknown name 'stepp'; did you mean 'step'? allowed: none, step, ramp"
    ]
    assert faults("prices: {home_care: {value: 3, grade: D}}") == [
        "x.yaml:1: prices.home_care.grade unknown name 'D'; allowed: A, B, C"
    ]


def test_flags_are_true_or_false(faults: Faults) -> None:
    assert faults("demand: {admissions: {netted: no}}") == [
        "x.yaml:1: demand.admissions.netted must be true or false, got 'no'"
    ]


def test_low_is_not_above_high(faults: Faults) -> None:
    assert faults("prices: {home_care: {value: 3, low: 4, high: 2}}") == [
        "x.yaml:1: prices.home_care.high must be 4 (low) or more, got 2"
    ]


def test_the_version_is_one(faults: Faults) -> None:
    assert faults("caresim: 2") == ["x.yaml:1: caresim must be 1, got 2"]


def test_the_parameters_of_a_lognormal_follow_from_either_form() -> None:
    one = {"lognormal": {"mean_days": 34.06, "median_days": 30}}
    stay = load({"hospital": {"stay": {"fall": one}}}).config.hospital.stay.fall.at()
    other = {"lognormal": {"mean_days": 34.06, "sd_days": stay.sd}}
    again = load({"hospital": {"stay": {"fall": other}}}).config.hospital.stay.fall.at()
    assert again.median == pytest.approx(30)
    assert stay.log_mean == pytest.approx(3.4012, abs=1e-4)
    assert again.log_sd == pytest.approx(stay.log_sd)


def test_moments_of_the_families() -> None:
    def law(mapping: dict[str, object]) -> tuple[float, float, float | None]:
        read = load({"hospital": {"stay": {"fall": mapping}}}).config.hospital.stay.fall.at()
        return read.mean, read.sd, read.median

    assert law({"fixed": {"days": 2}}) == (2, 0, 2)
    assert law({"weibull": {"shape": 1, "scale_days": 2}}) == pytest.approx((2, 2, 1.3862943611))
    assert law({"gamma": {"mean_days": 2, "sd_days": 1}})[:2] == (2, 1)
    assert law({"empirical": {"values": [3, 1, 2, 10]}}) == pytest.approx((4, 3.5355339, 2.5))


def test_nothing_but_config_errors_from_odd_python_values() -> None:
    for odd in (object(), b"a", {1: 2}, {"a": {1, 2}}, lambda: 1, complex(1)):
        with pytest.raises(ConfigError):
            load({"need": odd})


def test_a_spread_value_asks_for_what_it_is_spread_by() -> None:
    scenario = load({"hospital": {"death_share": {"by_age": {"18-64": 0, "65-74": 0, "75-84": 0, "85+": 0.5}}}})
    assert scenario.config.hospital.death_share.at("anywhere", "85+") == 0.5
    with pytest.raises(KeyError):
        scenario.config.hospital.death_share.at()


def test_what_is_left_out_is_a_list_of_sentences() -> None:
    assert caresim.load({"left_out": ["The pandemic."]}).config.left_out == ("The pandemic.",)
    for given, message in (("The pandemic.", "must be a list of sentences"), ([3], r"left_out\.0 must be text"),
                           (["One."] * 7, "has more than 6 sentences: 7")):  # fmt: skip
        with pytest.raises(caresim.ConfigError, match=message):
            caresim.load({"left_out": given})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"value": 0.5, "low": -3}, r"referred_above\.low must be from 0 to 1, got -3"),
        ({"value": 0.5, "low": 0.6, "high": 0.8}, r"referred_above\.low must be the number, 0\.5, or less, got 0\.6"),
        ({"value": 0.5, "high": 0.4}, r"referred_above\.high must be the number, 0\.5, or more, got 0\.4"),
    ],
)
def test_a_range_includes_its_number(given: dict[str, float], message: str) -> None:
    with pytest.raises(caresim.ConfigError, match=message):
        caresim.load({"discharge": {"referred_above": given}})


def test_a_value_that_is_laid_over_another_leaves_its_range_behind() -> None:
    first = caresim.load({"discharge": {"referred_above": {"value": 0.5, "low": 0.4, "high": 0.6}}})
    assert caresim.load(first, {"discharge.referred_above": 0.9}).number("discharge.referred_above") == 0.9

"""An experiment: a baseline and scenarios that change it, with every fault at its line."""

from __future__ import annotations

import pytest

from caresim.config import ConfigError, check, load, load_experiment
from caresim.config.change_files import is_change
from caresim.config.limits import MOST_SEED

from .conftest import Faults, Write

BASELINE = """
    name: As it is
    calendar: {starts: 2020-01-06, days: 28}
    pools: {reablement: {capacity: 10}, assessment: {capacity: 5}}
"""
EXPERIMENT = """\
experiment: 1
name: Which is better?
question: More reablement, or more social workers?
baseline: world.yaml
set: {calendar.days: 56}
replications: 20
seed: 7
uncertainty: {draws: 5}
scenarios:
  more: {name: More reablement, set: {pools.reablement.capacity: 20}}
  both:
    set:
      pools.reablement.capacity: 20
      pools.assessment.capacity: 9
"""


def test_an_experiment_is_a_baseline_and_scenarios_that_change_it(write: Write) -> None:
    write(BASELINE, "world.yaml")
    experiment = load_experiment(write(EXPERIMENT, "experiment.yaml"))
    assert (experiment.name, experiment.question) == ("Which is better?", "More reablement, or more social workers?")
    assert (experiment.replications, experiment.seed, experiment.draws, experiment.bridge) == (20, 7, 5, ())
    assert experiment.labels == {"more": "More reablement", "both": "both"}
    assert {key: s.name for key, s in experiment.scenarios.items()} == {"more": "More reablement", "both": "both"}
    assert experiment.baseline.config.calendar.days == 56
    assert experiment.scenarios["both"].number("pools.reablement.capacity") == 20
    assert experiment.scenarios["both"].number("pools.assessment.capacity") == 9
    assert experiment.scenarios["both"].config.calendar.days == 56
    assert set(experiment.inputs) == {"experiment.yaml", "world.yaml"}


def test_a_scenario_is_what_loading_with_its_overrides_gives(write: Write) -> None:
    world = write(BASELINE, "world.yaml")
    experiment = load_experiment(write(EXPERIMENT, "experiment.yaml"))
    changed = {"calendar.days": 56, "pools.reablement.capacity": 20, "name": "More reablement"}
    assert experiment.scenarios["more"].digest == load(world, changed).digest


def test_what_a_scenario_sets_is_explained_by_the_line_of_the_experiment(write: Write) -> None:
    write(BASELINE, "world.yaml")
    experiment = load_experiment(write(EXPERIMENT, "experiment.yaml"))
    source = experiment.scenarios["both"].source_of("pools.assessment.capacity")
    assert (source.file, source.line) == ("experiment.yaml", 14)


def test_overrides_of_the_command_line_are_laid_over_all(write: Write) -> None:
    write(BASELINE, "world.yaml")
    experiment = load_experiment(write(EXPERIMENT, "experiment.yaml"), ["pools.assessment.capacity=3"])
    for scenario in (experiment.baseline, *experiment.scenarios.values()):
        assert scenario.number("pools.assessment.capacity") == 3


def test_what_is_left_out_has_a_default(write: Write) -> None:
    write(BASELINE, "world.yaml")
    text = "experiment: 1\nname: Short\nbaseline: world.yaml\nscenarios: {same: {}}\n"
    experiment = load_experiment(write(text, "experiment.yaml"))
    assert (experiment.question, experiment.replications, experiment.seed, experiment.draws) == ("", 100, 1, 0)
    assert experiment.scenarios["same"].resolved() | {"name": ""} == experiment.baseline.resolved() | {"name": ""}


def test_a_baseline_may_be_written_out(write: Write) -> None:
    write(BASELINE, "world.yaml")
    text = "experiment: 1\nname: Short\nbaseline: {extends: world.yaml, name: Mine}\nscenarios: {same: {}}\n"
    assert load_experiment(write(text, "experiment.yaml")).baseline.name == "Mine"


def test_every_fault_is_listed_with_its_line(faults: Faults, write: Write) -> None:
    write(BASELINE, "world.yaml")
    assert faults(
        """\
        experiment: 2
        baseline: world.yaml
        replications: 0
        sede: 3
        uncertainty: {draw: 5}
        scenarios:
          more:
            set:
              pools.reablement.capacity: -3
          less: {set: {pools.reablment.capacity: 3}, color: red}
          "my own": {name: ""}
          baseline: {}
          empty:
        bridge: [mroe]
        """,
        "experiment.yaml",
    ) == [
        "experiment.yaml:1: has no name, which it must have",
        "experiment.yaml:1: experiment must be 1: it is the version of the format, not a number of your own; got 2",
        "experiment.yaml:3: replications must be from 1 to 100000, got 0",
        "experiment.yaml:4: sede unknown name 'sede'; did you mean 'seed'? allowed: experiment, name, question, "
        "baseline, set, replications, seed, uncertainty, scenarios, bridge",
        "experiment.yaml:5: uncertainty.draw unknown name 'draw'; did you mean 'draws'? allowed: draws",
        "experiment.yaml:9: pools.reablement.capacity must be 0 or more, got -3",
        "experiment.yaml:10: pools.reablment.capacity is not found: pools.reablment: unknown name 'reablment'; did "
        "you mean 'reablement'? allowed: acute_beds, assessment, adaptations, reablement, intermediate_care, "
        "home_care, supported_living, extra_care, residential, nursing",
        "experiment.yaml:10: scenarios.less.color unknown name 'color'; allowed: name, description, interventions, "
        "set, payment",
        "experiment.yaml:11: name must be text, got ''",
        "experiment.yaml:11: scenarios.my own must be made of letters, digits, - and _, at most 60: it is also the "
        "name of a folder",
        "experiment.yaml:12: scenarios.baseline must have another name",
        "experiment.yaml:13: scenarios.empty must be a mapping (name: value), got nothing",
        "experiment.yaml:14: bridge.0 there is no scenario 'mroe'; did you mean 'more'?",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("baseline: none.yaml\nscenarios: {a: {}}", "experiment.yaml:3: none.yaml does not exist"),
        ("baseline: 3\nscenarios: {a: {}}", "experiment.yaml:3: baseline must be the path of a config, got 3"),
        ("baseline: world.yaml\nscenarios: {}", "experiment.yaml:4: scenarios must have at least one scenario"),
        ("baseline: world.yaml\nscenarios: [a]", "experiment.yaml:4: scenarios must be a mapping"),
        ("baseline: world.yaml\nset: 3\nscenarios: {a: {}}", "experiment.yaml:4: set must be a mapping"),
        ("baseline: world.yaml\nbridge: a\nscenarios: {a: {}}", "experiment.yaml:4: bridge must be a list"),
        ("baseline: world.yaml\nset: {names: x}\nscenarios: {a: {}}", "experiment.yaml:4: names unknown name 'names'"),
        ("baseline: experiment.yaml\nscenarios: {a: {}}", "experiment.yaml:1: is an experiment, not a scenario"),
        ("baseline: wrong.yaml\nscenarios: {a: {}}", "wrong.yaml:2: pools.reablement.capacity must be 0 or more"),
    ],
)
def test_one_fault_is_one_line(faults: Faults, write: Write, text: str, said: str) -> None:
    write(BASELINE, "world.yaml")
    write("name: Wrong\npools: {reablement: {capacity: -1}}\n", "wrong.yaml")
    (fault,) = faults(f"experiment: 1\nname: An experiment\n{text}\n", "experiment.yaml")
    assert fault.startswith(said)


def test_a_scenario_is_no_experiment_and_an_experiment_no_scenario(write: Write) -> None:
    world, experiment = write(BASELINE, "world.yaml"), write(EXPERIMENT, "experiment.yaml")
    with pytest.raises(ConfigError) as error:
        load(experiment)
    assert str(error.value) == "experiment.yaml:1: is an experiment, not a scenario; caresim compare runs it"
    with pytest.raises(ConfigError) as error:
        load_experiment(world)
    assert "world.yaml:2: is a scenario, not an experiment; caresim run runs it" in str(error.value)
    assert check([world, experiment]) == []


CHANGE = """\
name: More places
kind: ico
effects: [{on: pools.reablement.capacity, times: 1.5}]
payment: {name: Block, rules: [{name: block, rule: block, payer: icb, payee: council, pounds_a_year: 5}], funds: {}}
"""


def test_interventions_come_beside_those_of_the_baseline_and_their_faults_have_their_lines(write: Write) -> None:
    write(CHANGE, "changes/more.yaml")
    write(BASELINE + "    interventions: [{name: First, effects: []}]\n", "world.yaml")
    text = "experiment: 1\nname: E\nbaseline: world.yaml\nscenarios:\n  a: {interventions: [changes/more.yaml]}\n"
    experiment = load_experiment(write(text, "experiment.yaml"))
    assert [x.name for x in experiment.scenarios["a"].config.interventions] == ["First", "More places"]
    assert "changes/more.yaml" in experiment.inputs
    write(CHANGE.replace("times: 1.5", "times: -1"), "changes/more.yaml")
    with pytest.raises(ConfigError) as error:
        load_experiment("experiment.yaml")
    assert str(error.value) == "changes/more.yaml:3: interventions.1.effects.0.times must be 0 or more, got -1"


def test_a_way_of_paying_may_be_a_file_a_change_that_does_nothing_else_or_written_out(write: Write) -> None:
    write(BASELINE, "world.yaml")
    write("name: Nothing\nrules: []\n", "nothing.yaml")
    write("\n".join(line for line in CHANGE.splitlines() if "effects" not in line), "block.yaml")
    head = "experiment: 1\nname: E\nbaseline: world.yaml\nscenarios:\n"
    text = head + "  a: {payment: nothing.yaml}\n  b: {payment: block.yaml}\n  c: {payment: {name: Mine, rules: []}}\n"
    experiment = load_experiment(write(text, "experiment.yaml"))
    assert [s.config.payment.name for s in experiment.scenarios.values()] == ["Nothing", "Block", "Mine"]
    write(CHANGE, "more.yaml")
    with pytest.raises(ConfigError) as error:
        load_experiment(write(head + "  a: {payment: more.yaml}\n", "experiment.yaml"))
    assert str(error.value) == "experiment.yaml:5: payment more.yaml has effects too; list it under interventions"


def test_a_way_of_paying_that_a_change_would_overrule_is_refused(faults: Faults, write: Write) -> None:
    change = "{name: Blocks, payment: {name: Block, rules: []}}"
    head, mine = "experiment: 1\nname: E\nbaseline: world.yaml\nscenarios:\n", "payment: {name: Mine, rules: []}"
    said = "payment would never be in force: the change 'Blocks' brings its own way of paying"
    write(BASELINE, "world.yaml")
    both = faults(head + f"  a: {{interventions: [{change}], {mine}}}\n", "experiment.yaml")
    write(BASELINE + f"    interventions: [{change}]\n", "world.yaml")
    assert faults(head + f"  a: {{{mine}}}\n", "experiment.yaml") == both == [f"experiment.yaml:5: scenarios.a.{said}"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ("calendar.days: 20", "its calendar is not that of the baseline, so they cannot be paired"),
        ("geography.county: Rutland", "its county, Rutland, is not the baseline's, County"),
        ("geography.places: {Here: {}}", "its places are not those of the baseline, so they cannot be paired"),
        ("prices.base_year: 2025", "its prices are of 2025, the baseline's of 2018"),
    ],
)
def test_a_scenario_that_cannot_be_paired_is_a_fault_of_its_line(
    faults: Faults, write: Write, changed: str, why: str
) -> None:
    write(BASELINE + "    prices: {base_year: 2018}\n", "world.yaml")
    text = f"experiment: 1\nname: Short\nbaseline: world.yaml\nscenarios:\n  other: {{set: {{{changed}}}}}\n"
    assert faults(text, "experiment.yaml") == [f"experiment.yaml:5: scenarios.other cannot be compared: {why}"]


def test_places_that_change_their_unitary_cannot_be_paired(faults: Faults, write: Write) -> None:
    place = "unitary: North, hub: Hill, trusts: {Trust: 1}"
    two = f"geography: {{places: {{Ash: {{{place}}}, Elm: {{{place.replace('North', 'South')}}}}}}}"
    write(f"name: Two\ncalendar: {{days: 28}}\n{two}\n", "world.yaml")
    joined = "set: {geography.unitaries: [North], geography.places.Elm.unitary: North}"
    text = f"experiment: 1\nname: Short\nbaseline: world.yaml\nscenarios:\n  one: {{{joined}}}\n"
    why = "its places belong to other unitaries than those of the baseline, so they cannot be paired"
    assert faults(text, "experiment.yaml") == [f"experiment.yaml:5: scenarios.one cannot be compared: {why}"]


def test_scenarios_that_a_reader_or_a_disk_could_not_tell_apart_are_refused(faults: Faults, write: Write) -> None:
    write(BASELINE, "world.yaml")
    text = "experiment: 1\nname: Short\nbaseline: world.yaml\nscenarios:\n  more: {name: More}\n  More: {name: More}\n"
    assert faults(text, "experiment.yaml") == [
        "experiment.yaml:6: scenarios.More differs from more only in capital letters: it is also the name of a folder",
        "experiment.yaml:6: scenarios.More.name is the name of more as well: 'More'",
    ]


FEWER = "name: Fewer falls\neffects:\n  - {on: demand.admissions.fall, times: 0.5}\n"


def test_a_config_with_a_stray_list_of_effects_is_still_a_config(write: Write) -> None:
    both = write("name: Mine\neffects: []\ndemand: {}\n", "both.yaml")
    assert not is_change(both)
    assert is_change(write(FEWER, "change.yaml"))
    with pytest.raises(ConfigError, match="effects unknown name 'effects'"):
        load(both)


def test_a_change_is_neither_a_scenario_nor_an_experiment_and_says_what_it_is_for(write: Write) -> None:
    change = write(FEWER, "change.yaml")
    child = write("extends: change.yaml\nname: Mine\n", "child.yaml")
    said = "change.yaml:1: is a change, not a scenario; list it under interventions"
    for config in (change, child):
        with pytest.raises(ConfigError) as error:
            load(config)
        assert str(error.value) == said
    with pytest.raises(ConfigError) as error:
        load_experiment(change)
    assert str(error.value) == said.replace("a scenario", "an experiment")


def test_a_seed_may_be_as_large_as_on_the_command_line(write: Write, faults: Faults) -> None:
    write(BASELINE, "world.yaml")
    largest = EXPERIMENT.replace("seed: 7", f"seed: {MOST_SEED}")
    assert load_experiment(write(largest, "experiment.yaml")).seed == 9_223_372_036_854_775_807
    assert faults(EXPERIMENT.replace("seed: 7", f"seed: {MOST_SEED + 1}"), "experiment.yaml") == [
        "experiment.yaml:7: seed must be from 0 to 9223372036854775807, got 9223372036854775808"
    ]

"""An experiment: a question, a baseline, and scenarios that each change the baseline, written in one file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from caresim.config.faults import ConfigError, Fault, hint, join, show, unknown
from caresim.config.inheriting import holds_change, parent_path, read_chain, resolve
from caresim.config.kinds import Kind, Number, Problems, Text
from caresim.config.limits import MOST_REPLICATIONS, MOST_SEED
from caresim.config.loading import Overrides, build, load
from caresim.config.merging import merge
from caresim.config.pairing import unlike
from caresim.config.reading import read_yaml, shown
from caresim.config.scenario import Scenario
from caresim.config.schema.root import Config
from caresim.config.tree import OVERRIDE, Node, plain

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}\Z")
BASELINE = "baseline"  # no scenario may be called that

VALUES: dict[str, Kind] = {
    "name": Text(200),
    "question": Text(),
    "replications": Number(least=1, most=MOST_REPLICATIONS, whole=True),
    "seed": Number(least=0, most=MOST_SEED, whole=True),
}
UNCERTAINTY: dict[str, Kind] = {"draws": Number(least=0, most=MOST_REPLICATIONS, whole=True)}
NAMES = (
    "experiment",
    "name",
    "question",
    "baseline",
    "set",
    "replications",
    "seed",
    "uncertainty",
    "scenarios",
    "bridge",
)
NAMES_OF_SCENARIO = ("name", "description", "interventions", "set", "payment")
MUST_HAVE = ("name", "baseline", "scenarios")


@dataclass(frozen=True)
class Experiment:
    """A checked experiment. `labels` says what each scenario is called, `inputs` is the digest of every file read."""

    name: str
    question: str
    baseline: Scenario
    scenarios: Mapping[str, Scenario]
    labels: Mapping[str, str]
    replications: int = 100
    seed: int = 1
    draws: int = 0
    bridge: tuple[str, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict, repr=False)


def is_experiment(path: str | Path) -> bool:
    """Tell whether a file that can be read is an experiment and not a scenario."""
    try:
        return "experiment" in read_yaml(Path(path))[0]
    except ConfigError:
        return False


def load_experiment(path: str | Path, overrides: Overrides | None = None) -> Experiment:
    """Load an experiment; `overrides` are laid over the baseline and over every scenario, last of all.

    Raises
    ------
    ConfigError
        Something is wrong with the experiment or with a config that it leads to; all faults that can be told at once.
    """
    root, digest = read_yaml(Path(path))
    if "experiment" not in root:
        message = f"is {what_else(root)}"
        raise ConfigError([Fault(root.file, root.line or None, "", message)])
    faults: list[Fault] = []
    values = read_values(root, faults)
    scenarios = mapping_at(root, "scenarios", (), faults)
    bridge = read_bridge(root, list(scenarios), faults)
    baseline = collected(faults, lambda: baseline_of(root))
    loaded: dict[str, Scenario] = {}
    refuse_alike(scenarios, faults)
    for key, node in scenarios.items():
        read_scenario(key, node, faults)
        if baseline is not None and node.is_map:
            scenario = collected(faults, lambda k=key, n=node, b=baseline: scenario_of(k, n, b))
            refuse_unlike(key, node, baseline, scenario, faults)
            refuse_overruled(key, node, scenario, faults)
            loaded |= {} if scenario is None else {key: scenario}
    if overrides and baseline is not None and not faults:
        baseline = collected(faults, lambda b=baseline: load(b, overrides))
        loaded = {key: load(scenario, overrides) for key, scenario in loaded.items() if not faults}
    if faults or baseline is None:
        raise ConfigError(faults)
    inputs = {shown(Path(path)): digest, **baseline.inputs}
    for scenario in loaded.values():
        inputs |= scenario.inputs
    values["question"] = values.get("question", "")
    labels = {key: str(plain(node.get("name") or Node(key, node.file))) for key, node in scenarios.items()}
    return Experiment(baseline=baseline, scenarios=loaded, labels=labels, bridge=bridge, inputs=inputs, **values)


def what_else(root: Node) -> str:
    """Say what a file is that is not an experiment, and what it is for."""
    if holds_change(root):
        return "a change, not an experiment; list it under interventions"
    return "a scenario, not an experiment; caresim run runs it"


def read_values(root: Node, faults: list[Fault]) -> dict[str, Any]:
    """Read the plain values of the experiment, and say which names are unknown or missing."""
    read_names(root, NAMES, (), faults)
    for name in MUST_HAVE:
        if name not in root:
            faults.append(Fault(root.file, root.line or None, "", f"has no {name}, which it must have"))
    refuse_other_formats(root, faults)
    values = read_kinds(root, VALUES, (), faults)
    uncertainty = Node(mapping_at(root, "uncertainty", (), faults), root.file)
    read_names(uncertainty, tuple(UNCERTAINTY), ("uncertainty",), faults)
    values |= read_kinds(uncertainty, UNCERTAINTY, ("uncertainty",), faults)
    mapping_at(root, "set", (), faults)
    return values


def refuse_other_formats(root: Node, faults: list[Fault]) -> None:
    """Say what the number after `experiment` is where it is another than 1: it looks like that of the experiment."""
    given = root["experiment"]
    if given.value != 1 or isinstance(given.value, bool):
        message = f"must be 1: it is the version of the format, not a number of your own; got {show(plain(given))}"
        faults.append(Fault(given.file, given.line or None, "experiment", message))


def refuse_alike(scenarios: Mapping[str, Node], faults: list[Fault]) -> None:
    """Say which scenarios a reader, or a disk that knows no capital letters, could not tell apart."""
    keys: dict[str, str] = {}
    names: dict[str, str] = {}
    for key, node in scenarios.items():
        if key.lower() in keys:
            message = f"differs from {keys[key.lower()]} only in capital letters: it is also the name of a folder"
            faults.append(Fault(node.file, node.key_line or None, join(("scenarios", key)), message))
        keys.setdefault(key.lower(), key)
        name = node.get("name") if node.is_map else None
        if name is not None and isinstance(name.value, str):
            if name.value in names:
                message = f"is the name of {names[name.value]} as well: {show(name.value)}"
                faults.append(Fault(name.file, name.line or None, join(("scenarios", key, "name")), message))
            names.setdefault(name.value, key)


def read_scenario(key: str, node: Node, faults: list[Fault]) -> None:
    """Say what is wrong with how a scenario is written, apart from what its config will say."""
    path = ("scenarios", key)
    if not KEY.match(key):
        message = "must be made of letters, digits, - and _, at most 60: it is also the name of a folder"
        faults.append(Fault(node.file, node.key_line or None, join(path), message))
    elif key == BASELINE:
        faults.append(Fault(node.file, node.key_line or None, join(path), "must have another name"))
    if not node.is_map:
        message = f"must be a mapping (name: value), got {show(node.value)}"
        faults.append(Fault(node.file, node.line or None, join(path), message))
        return
    read_names(node, NAMES_OF_SCENARIO, path, faults)
    mapping_at(node, "set", path, faults)


def read_names(node: Node, allowed: tuple[str, ...], path: tuple[str, ...], faults: list[Fault]) -> None:
    """Say which names of a mapping are not known."""
    for name, below in node.items():
        if name not in allowed:
            faults.append(Fault(below.file, below.key_line or None, join((*path, name)), unknown(name, allowed)))


def read_kinds(node: Node, kinds: dict[str, Kind], path: tuple[str, ...], faults: list[Fault]) -> dict[str, Any]:
    """Read the values that a mapping has of those that it may have."""
    values = {}
    for name, kind in kinds.items():
        below = node.get(name)
        if below is None:
            continue
        problems = Problems()
        values[name] = kind.read(plain(below), (*path, name), problems)
        faults += [Fault(below.file, below.line or None, join(at), message) for at, message in problems.found]
    return values


def mapping_at(node: Node, name: str, path: tuple[str, ...], faults: list[Fault]) -> dict[str, Node]:
    """Return a mapping below a node; empty where there is none."""
    below = node.get(name)
    if below is None:
        return {}
    if not below.is_map or (name == "scenarios" and not below.value):
        wanted = "must be a mapping (name: value)" if not below.is_map else "must have at least one scenario"
        faults.append(Fault(below.file, below.line or None, join((*path, name)), f"{wanted}, got {show(below.value)}"))
        return {}
    return dict(below.items())


def read_bridge(root: Node, scenarios: list[str], faults: list[Fault]) -> tuple[str, ...]:
    """Return the scenarios whose parts are run one by one as well."""
    node = root.get("bridge")
    if node is None:
        return ()
    if not isinstance(node.value, tuple):
        message = f"must be a list of scenarios, got {show(node.value)}"
        faults.append(Fault(node.file, node.line or None, "bridge", message))
        return ()
    for i, item in node.items():
        if item.value not in scenarios:
            there = f"there are: {', '.join(scenarios) or 'none'}"
            message = f"there is no scenario {show(plain(item))}; {hint(str(item.value), scenarios) or there}"
            faults.append(Fault(item.file, item.line or None, f"bridge.{i}", message))
    return tuple(dict.fromkeys(str(item.value) for _, item in node.items()))


def collected(faults: list[Fault], loading: Any) -> Scenario | None:
    """Load a scenario; where that fails, keep the faults and go on."""
    try:
        scenario: Scenario = loading()
    except ConfigError as error:
        faults += error.faults
        return None
    return scenario


def baseline_of(root: Node) -> Scenario | None:
    """Load the baseline, a file or written out, with what is set for all scenarios."""
    asked = root.get("baseline")
    if asked is None:
        return None
    if asked.is_map:
        written, inputs = resolve(asked, {})
    elif not isinstance(asked.value, str):
        message = f"must be the path of a config, got {show(asked.value)}"
        raise ConfigError([Fault(asked.file, asked.line or None, "baseline", message)])
    else:
        read_yaml(parent_path(asked), asked)  # a file that is not there is a fault of the experiment's line
        written, inputs = read_chain(parent_path(asked))
    return built(written, inputs, root.get("set"))


def scenario_of(key: str, node: Node, baseline: Scenario) -> Scenario:
    """Lay a scenario over the baseline: its interventions beside those of the baseline, its payment, what it sets."""
    name = node.get("name") or Node(key, node.file, node.key_line, node.key_line)
    layer = Node({"name": name}, node.file, node.line, node.key_line)
    inputs = dict(baseline.inputs)
    if "description" in node:
        layer = layer.with_item("description", node["description"])
    if "payment" in node:
        layer = layer.with_item("payment", payment_of(node["payment"], inputs))
    more = node.get("interventions")
    if more is not None:
        already = baseline._written.get("interventions")
        if isinstance(more.value, tuple) and already is not None and isinstance(already.value, tuple):
            more = replace(more, value=(*already.value, *more.value))
        layer = layer.with_item("interventions", more)
    return built(merge(Config, baseline._written, layer), inputs, node.get("set"))


def refuse_unlike(key: str, node: Node, baseline: Scenario, scenario: Scenario | None, faults: list[Fault]) -> None:
    """Say why a scenario cannot be paired with the baseline."""
    why = unlike(baseline.config, scenario.config) if scenario is not None else None
    if why is not None:
        faults.append(Fault(node.file, node.key_line or None, join(("scenarios", key)), f"cannot be compared: {why}"))


def refuse_overruled(key: str, node: Node, scenario: Scenario | None, faults: list[Fault]) -> None:
    """Say where a scenario names a way of paying and a change brings another in its place."""
    payment = node.get("payment")
    changes = scenario.config.interventions if scenario is not None else ()
    brought = [change.name for change in changes if change.payment is not None]
    if payment is not None and brought:
        message = f"would never be in force: the change {show(brought[-1])} brings its own way of paying"
        faults.append(Fault(payment.file, payment.key_line or None, join(("scenarios", key, "payment")), message))


def payment_of(node: Node, inputs: dict[str, str]) -> Node:
    """Return a way of paying: written out, or that of a file, which may be a change that does nothing else."""
    if not isinstance(node.value, str):
        return node
    path = parent_path(node)
    written, inputs[shown(path)] = read_yaml(path, node)
    for name in ("effects", "costs"):
        if name in written and written[name].value:
            message = f"{shown(path)} has {name} too; list it under interventions"
            raise ConfigError([Fault(node.file, node.line or None, "payment", message)])
    return written.get("payment") or written


def built(written: Node, inputs: dict[str, str], changed: Node | None) -> Scenario:
    """Build a scenario; what is wrong with what it sets is said with the line on which it is set."""
    overrides = dict(changed.items()) if changed is not None and changed.is_map else {}
    try:
        return build(written, inputs, overrides)
    except ConfigError as error:
        raise ConfigError(placed(fault, overrides) for fault in error.faults) from None


def placed(fault: Fault, overrides: Mapping[str, Node]) -> Fault:
    """Give a fault of an override the file and line of the override."""
    if fault.file != OVERRIDE:
        return fault
    paths = [path for path in overrides if fault.path == path or fault.path.startswith(f"{path}.")]
    node = overrides[max(paths, key=len)] if paths else next(iter(overrides.values()))
    return replace(fault, file=node.file, line=node.key_line or None)

"""Names that do not exist, told together with wrong values and not only after they are right.

Names are looked up between values, which takes a whole config. So the values that are wrong are left out for the while:
what holds where nothing is written stands in their place, and a list ends before its first wrong entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pydantic import ValidationError

from caresim.config.faults import Fault, Path, is_unknown, join
from caresim.config.neutral import neutral
from caresim.config.schema.base import field_names
from caresim.config.schema.root import Config
from caresim.config.tree import Node, plain

Check = Callable[[Config, Node], list[Fault]]
ROUNDS = 5  # what is left out may be missed by what stands around it, which is left out in turn
OF_FUNDS = frozenset({"payer", "payee", "partners", "bears", "shares", "contributions"})
"""What names funds and rules of payment, which a way of paying or a change that was left out may have had."""


def unknown_names(tree: Node, check: Check) -> list[Fault]:
    """Return what a check finds of names that do not exist, in a config of which some values are wrong.

    What a mended part may have made unknown is left out: everything where the geography is wrong, the members of a
    pool where the pool is, funds where a way of paying or a change is.
    """
    default, wrong = neutral(), set[Path]()
    for _ in range(ROUNDS):
        try:
            config = Config.model_validate(plain(tree))
        except ValidationError as error:
            found = [wrong_at(one) for one in error.errors(include_url=False)]
            if any(not path or path[0] == "geography" or path[0] not in field_names(Config) for path in found):
                return []
            for path in found:
                tree = without(tree, path, default)
            wrong.update(found)
        else:
            names = [fault for fault in check(config, tree) if is_unknown(fault.message)]
            return [fault for fault in names if not is_doubtful(fault, wrong)]
    return []


def wrong_at(found: object) -> Path:
    """Give the path of what has to be left out for a finding of pydantic: where a name is missing, what lacks it."""
    assert isinstance(found, dict)
    path = tuple(str(part) for part in found["loc"])
    return path[:-1] if found["type"] == "missing" else path


def without(node: Node, path: Path, default: Node | None) -> Node:
    """Put what holds where nothing is written at a path, or nothing."""
    name, rest = path[0], path[1:]
    there, instead = node.child(name), default.child(name) if default is not None else None
    if isinstance(node.value, tuple) and (there is None or not leads_to_list(there, rest)):
        return replace(node, value=node.value[: int(name)])
    if there is not None and rest:
        return node.with_item(name, without(there, rest, instead))
    return node.with_item(name, instead) if instead is not None else node.without(name)


def leads_to_list(node: Node, path: Path) -> bool:
    """Tell whether a path goes into a list."""
    return any(isinstance(node.deepest(path[:n]).value, tuple) for n in range(len(path)))


def is_doubtful(fault: Fault, wrong: set[Path]) -> bool:
    """Tell whether a name may be unknown only because of what was left out."""
    if any(f"{fault.path}.".startswith(f"{join(other[:2])}.") for other in wrong if other[0] == "pools"):
        return True
    of_funds = not OF_FUNDS.isdisjoint(fault.path.split("."))
    return of_funds and any(other[0] in ("payment", "interventions") for other in wrong)

"""Fill in what depends on the config itself: a geography where little is said, the date of the population."""

from __future__ import annotations

from dataclasses import replace

from caresim.config.neutral import ONE_OF_EACH
from caresim.config.tree import DEFAULT, Node, from_plain

MEMBERS = {"unitary": "unitaries", "hub": "hubs"}


def complete(root: Node) -> Node:
    """Return the config with everything that it leaves open."""
    root = root.with_item("geography", complete_geography(root.get("geography")))
    demand, calendar = root.get("demand"), root.get("calendar")
    if demand is not None and demand.is_map and "population_date" not in demand:
        starts = calendar.get("starts") if calendar is not None else None
        if starts is not None:
            root = root.with_item("demand", demand.with_item("population_date", replace(starts, file=DEFAULT, line=0)))
    return root


def complete_geography(written: Node | None) -> Node:
    """Name what was not named; put the places in the order of their unitaries, then of their names."""
    geography = written if written is not None else Node({}, DEFAULT)
    if not geography.is_map:
        return geography
    if "county" not in geography:
        geography = geography.with_item("county", _text(ONE_OF_EACH["county"]))
    if "places" not in geography and not any(
        _several(geography.get(plural)) for plural in (*MEMBERS.values(), "trusts")
    ):
        geography = geography.with_item("places", from_plain({ONE_OF_EACH["place"]: {}}, DEFAULT))
    places = geography.get("places")
    if places is None or not places.is_map or not all(place.is_map for _, place in places.items()):
        return geography
    for name, plural in MEMBERS.items():
        geography = _complete_members(geography, plural, name, [p[name].value for _, p in places.items() if name in p])
    patients = [trust for _, p in places.items() if "trusts" in p and p["trusts"].is_map for trust in p["trusts"].value]
    geography = _complete_members(geography, "trusts", "trust", patients)
    filled = {name: _complete_place(place, geography) for name, place in places.items()}
    order = _order(geography)
    ranked = sorted(
        filled.items(), key=lambda item: (order.get(item[1]["unitary"].value, 99) if _has(item[1]) else 99, item[0])
    )
    return geography.with_item("places", replace(places, value=dict(ranked)))


def _has(place: Node) -> bool:
    return "unitary" in place and isinstance(place["unitary"].value, str)


def _order(geography: Node) -> dict[str, int]:
    listed = geography["unitaries"].value
    if not isinstance(listed, tuple):
        return {}
    return {node.value: i for i, node in enumerate(listed) if isinstance(node.value, str)}


def _complete_members(geography: Node, plural: str, name: str, used: list[object]) -> Node:
    if plural in geography:
        return geography
    names = list(dict.fromkeys(n for n in used if isinstance(n, str))) or [ONE_OF_EACH[name]]
    return geography.with_item(plural, from_plain(sorted(names), DEFAULT))


def _complete_place(place: Node, geography: Node) -> Node:
    """Let a place belong to the only member there is."""
    for name, plural in MEMBERS.items():
        only = _only(geography[plural])
        if name not in place and only is not None:
            place = place.with_item(name, _text(only))
    only = _only(geography["trusts"])
    if "trusts" not in place and only is not None:
        place = place.with_item("trusts", from_plain({only: 1}, DEFAULT))
    return place


def _several(listed: Node | None) -> bool:
    return listed is not None and isinstance(listed.value, tuple) and len(listed.value) > 1


def _only(listed: Node) -> str | None:
    if isinstance(listed.value, tuple) and len(listed.value) == 1 and isinstance(listed.value[0].value, str):
        return listed.value[0].value
    return None


def _text(text: str) -> Node:
    return Node(text, DEFAULT)

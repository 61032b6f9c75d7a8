"""Read YAML 1.2 into nodes that know their file and line. Nothing is executed, nothing is guessed."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from caresim.config.faults import ConfigError, Fault, show
from caresim.config.tree import DEEPEST, Node, Scalar

CONFIG_BYTES = 1_000_000
CSV_BYTES = 20_000_000
MOST_NODES = 100_000

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


def shown(path: Path) -> str:
    """Write a path relative to the working directory where it lies inside it."""
    absolute = Path(os.path.abspath(path))
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(absolute)


def read_text(path: Path, limit: int, asked_by: Node | None = None) -> tuple[str, str]:
    """Return the text of a UTF-8 file and its sha256.

    Raises
    ------
    ConfigError
        The file is missing, a directory, too large, empty or not UTF-8.
    """

    def refuse(message: str, line: int | None = None) -> ConfigError:
        if asked_by is not None and line is None:
            return ConfigError([Fault(asked_by.file, asked_by.line or None, "", f"{shown(path)} {message}")])
        return ConfigError([Fault(shown(path), line, "", message)])

    try:
        if path.is_dir():
            raise refuse("is a directory; give the file")
        if not path.exists():
            raise refuse("does not exist")
        if not path.is_file():
            raise refuse("is not an ordinary file")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise refuse(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > limit:
        raise refuse(f"is larger than {limit // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("is not UTF-8; save it as UTF-8", data.count(b"\n", 0, error.start) + 1) from None
    if not text.strip():
        raise refuse("is empty")
    return text, hashlib.sha256(data).hexdigest()


def read_yaml(path: Path, asked_by: Node | None = None, faults: list[Fault] | None = None) -> tuple[Node, str]:
    """Return the root of a config file, a mapping, and the sha256 of the file.

    Names that stand twice are refused, or, where there are `faults` to add them to, told there: the first one counts.
    """
    text, digest = read_text(path, CONFIG_BYTES, asked_by)
    root, twice = parse(text, shown(path))
    if not root.is_map:
        raise ConfigError([Fault(root.file, root.line, "", f"must be a mapping (name: value), got {show(root.value)}")])
    if twice and faults is None:
        raise ConfigError(twice)
    if faults is not None:
        faults += twice
    return root, digest


def parse_yaml(text: str, file: str) -> Node:
    """Return the root of one YAML document (errors: see `parse`; and a name that stands twice)."""
    root, twice = parse(text, file)
    if twice:
        raise ConfigError(twice)
    return root


@lru_cache(maxsize=128)
def parse(text: str, file: str) -> tuple[Node, tuple[Fault, ...]]:
    """Return the root of one YAML document, and the names that stand twice in a mapping, of which the first counts.

    Nodes never change, so that what was read before is used again.

    Raises
    ------
    ConfigError
        The text is not YAML, or uses what no config may have: tags, several documents, deep nesting.
    """
    try:
        builder = _Builder(file)
        return builder.build(YAML(typ="safe", pure=True).parse(text)), tuple(builder.twice)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else None
        raise ConfigError([Fault(file, line, "", _plain_words(error, text, line))]) from None
    except YAMLError as error:
        raise ConfigError([Fault(file, _line_of(error, text), "", f"is not YAML: {_first_line(error)}")]) from None
    except RecursionError:
        raise ConfigError([Fault(file, None, "", f"is nested more than {DEEPEST} deep")]) from None
    except ConfigError:
        raise
    except Exception as error:  # the YAML parser itself fails on some broken text
        raise ConfigError(
            [Fault(file, None, "", f"is not YAML: {_first_line(error) or type(error).__name__}")]
        ) from None


def scalar(text: str, quoted: bool) -> Scalar:
    """Resolve a scalar by the YAML 1.2 core schema; dates and times stay text, other notations of numbers too."""
    if quoted:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "+-.0123456789":
        if _INT.match(text):
            return int(text) if len(text) < 20 else float(text)
        if _FLOAT.match(text):
            return float(text)
    return text


class _Builder:
    """Turn YAML events into nodes without recursion of the YAML library, so that depth and size are ours to bound."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[str, int] = {}
        self.nodes = 0
        self.twice: list[Fault] = []

    def fault(self, line: int | None, message: str) -> ConfigError:
        return ConfigError([Fault(self.file, line, "", message)])

    def build(self, events: Iterator[Any]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)):
                if root is not None:
                    raise self.fault(event.start_mark.line + 1, "has more than one document; keep one per file")
                root = self.node(event, events, 0, None)
        if root is None:
            raise self.fault(None, "is empty")
        return root

    def node(self, event: Any, events: Iterator[Any], depth: int, key_line: int | None) -> Node:
        line = event.start_mark.line + 1
        if depth > DEEPEST:
            raise self.fault(line, f"is nested more than {DEEPEST} deep")
        if isinstance(event, AliasEvent):
            return self.alias(event, line)
        if event.tag not in (None, "!"):
            raise self.fault(line, f"has a tag, {str(event.tag)[:40]}, which a config may not have")
        anchor, before = event.anchor, self.nodes
        self.count(1, line)
        key_line = key_line or line
        if isinstance(event, ScalarEvent):
            here = line if event.value or not event.implicit[0] else key_line  # a value left out is where its name is
            node = Node(scalar(event.value, not event.implicit[0]), self.file, here, key_line)
        elif isinstance(event, MappingStartEvent):
            node = Node(self.mapping(events, depth), self.file, key_line, key_line)
        else:
            node = Node(self.sequence(events, depth), self.file, key_line, key_line)
        if anchor:
            self.anchors[anchor] = node
            self.sizes[anchor] = self.nodes - before
        return node

    def alias(self, event: Any, line: int) -> Node:
        if event.anchor not in self.anchors:
            raise self.fault(
                line, f"*{event.anchor} refers to an anchor, &{event.anchor}, that is not complete before it"
            )
        self.count(self.sizes[event.anchor], line)
        return self.anchors[event.anchor]

    def count(self, more: int, line: int) -> None:
        self.nodes += more
        if self.nodes > MOST_NODES:
            raise self.fault(line, f"has more than {MOST_NODES:,} values once its aliases are written out")

    def mapping(self, events: Iterator[Any], depth: int) -> dict[str, Node]:
        items: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            line = event.start_mark.line + 1
            if not isinstance(event, ScalarEvent) or event.tag not in (None, "!"):
                raise self.fault(line, "has a name that is not plain text")
            name = event.value
            if name == "<<":
                raise self.fault(line, "has a merge key, <<; write the values out or use extends")
            if event.anchor:
                raise self.fault(line, f"has an anchor, &{event.anchor}, on a name; put it on the value")
            below = self.node(next(events), events, depth + 1, line)
            if name in lines:
                message = f"has the name {show(name)} twice; the first is on line {lines[name]}"
                self.twice.append(Fault(self.file, line, "", message))
            else:
                lines[name], items[name] = line, below
        return items

    def sequence(self, events: Iterator[Any], depth: int) -> tuple[Node, ...]:
        items: list[Node] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self.node(event, events, depth + 1, None))
        return tuple(items)


def _plain_words(error: MarkedYAMLError, text: str, line: int | None) -> str:
    problem = str(error.problem or error.context or "cannot be read").replace("\n", " ")
    lines = text.splitlines()
    written = lines[line - 1] if line and line <= len(lines) else ""
    if "\t" in written and ("'\\t'" in problem or written[: len(written) - len(written.lstrip())].count("\t")):
        return "has a tab; indent with spaces"
    return f"is not YAML: {problem}"


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:120] if str(error).strip() else ""


def _line_of(error: Exception, text: str) -> int | None:
    position = getattr(error, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else None

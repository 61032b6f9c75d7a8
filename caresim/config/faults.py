"""What is wrong with a config, in words that say where and what would do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Path = tuple[str, ...]
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `line` is None where there is no line, `path` empty where the whole file is meant."""

    file: str
    line: int | None
    path: str
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        text = f"{where}: {self.path} {self.message}" if self.path else f"{where}: {self.message}"
        return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class CaresimError(Exception):
    """Something that the user can mend."""


class UnfitError(CaresimError):
    """A config is right by itself, and the engines have no room for something in it; `path` says for what."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.message = message

    def __reduce__(self) -> tuple[type[UnfitError], tuple[str, str]]:
        return type(self), (self.path, self.message)


class ConfigError(CaresimError):
    """A config is wrong; `faults` has every reason, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        ordered = sorted(set(faults), key=lambda f: (f.file, f.line or 0, f.path, f.message))
        more = len(ordered) - MOST_FAULTS
        if more > 1:
            ordered = [*ordered[:MOST_FAULTS], Fault(ordered[-1].file, None, "", f"has {more:,} more faults")]
        self.faults = ordered
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type[ConfigError], tuple[list[Fault]]]:
        return type(self), (self.faults,)


def join(path: Iterable[str]) -> str:
    """Write a path with dots; a name that is blank or has a dot itself is put in double quotes."""
    return ".".join(f'"{part}"' if "." in part or not part.strip() else part for part in path)


def split(path: str) -> Path:
    """Read what `join` writes.

    Raises
    ------
    ValueError
        A part is empty or a quote is not closed.
    """
    parts: list[str] = []
    rest = path
    while True:
        if rest.startswith('"'):
            part, quote, rest = rest[1:].partition('"')
            if not quote or (rest and not rest.startswith(".")):
                raise ValueError("has a quote that is not closed")
        else:
            part, dot, after = rest.partition(".")
            rest = dot + after
        if not part:
            raise ValueError(
                "has an empty name; write names with single dots between them, such as pools.reablement.capacity"
            )
        parts.append(part)
        if not rest:
            return tuple(parts)
        rest = rest[1:]


def show(value: object) -> str:
    """Write a value as it would look in a config, shortened."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, float):
        return {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}.get(repr(value), repr(value))
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "...")
    text = repr(value) if not isinstance(value, int) or abs(value) < 10**20 else "a whole number of more than 20 digits"
    return text if len(text) <= 60 else text[:57] + "..."


def nearest(name: str, allowed: Sequence[str]) -> str | None:
    """Return the allowed name that looks most like this one, if any does."""
    found = difflib.get_close_matches(name, allowed, n=1, cutoff=0.5)
    if found:
        return found[0]
    return next((a for a in allowed if a.lower().startswith(name.lower()) and len(name) > 2), None)


def hint(name: str, allowed: Sequence[str], before: Path | None = None) -> str:
    """Ask whether the nearest allowed name was meant; empty if none is near.

    With `before` the name is written as a path that begins so.
    """
    guess = nearest(name, allowed)
    if guess is None:
        return ""
    return f"did you mean {repr(guess) if before is None else join((*before, guess))}?"


def unknown(name: str, allowed: Sequence[str]) -> str:
    """Say that a name is not known, what it may have been meant to be, and which are allowed."""
    meant = hint(name, allowed)
    listed = ", ".join(allowed) if len(allowed) <= 40 else ", ".join(allowed[:40]) + ", ..."
    return f"unknown name {show(name)}; {meant}{' ' if meant else ''}allowed: {listed or 'none'}"


def there_is(names: Sequence[str]) -> str:
    """List the names that there are."""
    return f"there is: {', '.join(names) or 'nothing'}"


def is_unknown(message: str) -> bool:
    """Tell whether a message says that a name is not known, as `unknown` does, or that a path does not exist."""
    return message.startswith("unknown name") or " does not exist" in message

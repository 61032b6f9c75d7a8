"""Read a result folder back; what is broken in it is named, all at once, with what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml.error import YAMLError

from caresim.config import CaresimError
from caresim.reports.decision.write import changes_in

KINDS: dict[type, str] = {str: "a text", int: "a whole number", list: "a list", dict: "a mapping", date: "a date"}
FACTS: dict[str, type] = {
    "name": str, "seed": int, "replications": int, "start": date, "year_starts": str, "county": str, "unitaries": list,
    "rows": dict,
}  # fmt: skip
"""What a manifest must say for a report to be right."""


class ResultFolder:
    """A result folder and what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.manifest: dict[str, Any] = {}

    def read_manifest(self) -> Mapping[str, Any]:
        """Read manifest.json, which must say what every report needs; {} if it cannot be read."""
        found = self.json("manifest.json", dict)
        self.manifest = found or {}
        if found is not None:
            self.must_say(FACTS)
        return self.manifest

    def must_say(self, facts: Mapping[str, type]) -> None:
        """Find facts of the manifest that are not there, or of the wrong kind."""
        for name, kind in facts.items():
            given = self.manifest.get(name)
            if name not in self.manifest:
                self.wrong("manifest.json", f"has no {name!r}")
            elif not (is_date(given) if kind is date else isinstance(given, kind) and not isinstance(given, bool)):
                self.wrong("manifest.json", f"{name} must be {KINDS[kind]}, got {str(given)[:40]!r}")

    def listed(self, name: str, key: str | None = None) -> list[str]:
        """Give the texts of a list in the manifest, or those under a key of its mappings; none where there are none."""
        given = self.manifest.get(name)
        items = given if isinstance(given, list) else []
        texts = [item.get(key) if isinstance(item, dict) else item for item in items]
        return [text for text in texts if isinstance(text, str)]

    def row_counts(self) -> Mapping[str, Any]:
        """Give how many rows each table was written with."""
        given = self.manifest.get("rows")
        return given if isinstance(given, dict) else {}

    def json(self, name: str, kind: type) -> Any:
        """Read a JSON file that holds a mapping or a list; None, and a fault, if it does not."""
        try:
            found = json.loads((self.folder / name).read_text("utf-8"))
        except OSError as error:
            return self.wrong(name, f"cannot be read: {(error.strerror or str(error)).lower()}")
        except UnicodeDecodeError:
            return self.wrong(name, "is not UTF-8 text")
        except json.JSONDecodeError as error:
            return self.wrong(name, f"is not JSON (line {error.lineno}: {error.msg})")
        return found if isinstance(found, kind) else self.wrong(name, f"must hold {KINDS[kind]}")

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Read a JSON file of rows; [], and a fault, if it cannot be read."""
        found = self.json(name, list) or []
        if all(isinstance(row, dict) for row in found):
            return list(found)
        self.wrong(name, "must hold a list of mappings")
        return []

    def changes(self, name: str) -> None:
        """Find out whether the changes in a resolved config can be read."""
        try:
            changes_in(self.folder / name)
        except (YAMLError, OSError, ValueError, AttributeError):
            self.wrong(name, "is not a config as it was written")

    def tables(
        self, columns: Mapping[str, Sequence[str]], required: Iterable[str] | None = None
    ) -> dict[str, pd.DataFrame]:
        """Read those tables that are there; it is a fault if one is broken, lacks a column, or is required and lacking.

        All are required if it is not said which.
        """
        must = set(columns if required is None else required)
        found = {}
        for name, wanted in columns.items():
            file = f"tables/{name}.parquet"
            if not (self.folder / file).is_file():
                if name in must:
                    self.wrong(file, "is missing")
                continue
            try:
                table = pd.read_parquet(self.folder / file)
            except (OSError, ValueError) as error:  # what pyarrow raises is one or the other
                self.wrong(file, f"is broken: {str(error).splitlines()[0].rstrip('.')}")
                continue
            lacking = [column for column in wanted if column not in table]
            if lacking:
                self.wrong(file, f"has no column {', '.join(lacking)}")
            found[name] = table
        return found

    def wrong(self, name: str, what: str) -> None:
        """Remember a fault of a file."""
        self.faults.append(f"{name}: {what}")

    def refuse_broken(self) -> None:
        """Say what is broken, if anything is, and how to have it whole again.

        Raises
        ------
        CaresimError
            Something is.
        """
        if not self.faults:
            return
        command = self.manifest.get("command")
        again = f"make the result again: {command}" if isinstance(command, str) and command else "make the result again"
        listed = "".join(f"\n  {self.folder / fault}" for fault in self.faults)
        raise CaresimError(f"the report cannot be rebuilt from {self.folder}:{listed}\nPut back a copy, or {again}")


def is_date(given: object) -> bool:
    """Tell whether something is a date as the manifest writes it."""
    try:
        return bool(date.fromisoformat(str(given)))
    except ValueError:
        return False

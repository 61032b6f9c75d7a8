"""Numbers kept in CSV files, written into the config with the lines they stand on."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from caresim.config.faults import ConfigError, Fault, hint, join, show, unknown
from caresim.config.faults import Path as Steps
from caresim.config.reading import CSV_BYTES, read_text, scalar, shown
from caresim.config.tree import FROM_DICT, OVERRIDE, Node
from caresim.config.vocabulary import AGES

MOST_ROWS = 500_000
APART = (";", "\t")  # what other programs separate columns with


@dataclass
class DataFiles:
    """Files read so far: their digests, what is wrong with them, and the paths that could not be filled."""

    inputs: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    spoiled: list[Steps] = field(default_factory=list)
    read: dict[str, Table] = field(default_factory=dict)

    def fill(self, node: Node, path: Steps = ()) -> Node:
        """Return the node with every {file, column} in it replaced by the numbers of the file."""
        if not node.is_map:
            return node
        if "file" in node and "column" in node:
            return self.fill_one(node, path)
        changed = {}
        for name, below in node.items():
            filled = self.fill(below, (*path, name))
            if filled is not below:
                changed[name] = filled
        return Node({**node.value, **changed}, node.file, node.line, node.key_line) if changed else node

    def hides(self, fault: Fault) -> bool:
        """Say whether a fault only follows from a file that could not be read."""
        return any(fault.path == join(path) or fault.path.startswith(join(path) + ".") for path in self.spoiled)

    def fill_one(self, node: Node, path: Steps) -> Node:
        file, column = node["file"], node["column"]
        rest = {name: below for name, below in node.items() if name not in ("file", "column")}
        try:
            for name, given in (("file", file), ("column", column)):
                if not isinstance(given.value, str) or not given.value.strip() or "\0" in given.value:
                    message = f"must be text, got {show(given.value)}"
                    raise ConfigError([Fault(given.file, given.line or None, join((*path, name)), message)])
            table = self.table(file)
            column_at = table.index(column, join((*path, "column")))
            if path and path[-1] == "empirical":
                return Node({**rest, "values": table.listed(column_at)}, node.file, node.line, node.key_line)
            return Node({**rest, "by_place": table.spread(column_at)}, node.file, node.line, node.key_line)
        except ConfigError as error:
            self.faults += error.faults
            self.spoiled.append(path)
            return node

    def table(self, file: Node) -> Table:
        base = Path.cwd() if file.file in (FROM_DICT, OVERRIDE) else Path(file.file).parent
        path = base / file.value
        name = shown(path)
        if name not in self.read:
            text, self.inputs[name] = read_text(path, CSV_BYTES, file)
            self.read[name] = Table.parse(text, name)
        return self.read[name]


@dataclass(frozen=True)
class Table:
    """A CSV file: its header and its rows, each with its line."""

    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]

    @classmethod
    def parse(cls, text: str, file: str) -> Table:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows: list[tuple[int, list[str]]] = []
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    rows.append((reader.line_num, [cell.strip() for cell in row]))
                if len(rows) > MOST_ROWS:
                    raise ConfigError([Fault(file, reader.line_num, "", f"has more than {MOST_ROWS:,} rows")])
        except csv.Error as error:
            raise ConfigError([Fault(file, reader.line_num, "", f"is not CSV: {error}")]) from None
        if not rows:
            raise ConfigError([Fault(file, None, "", "is empty")])
        header = rows[0][1]
        apart = next((mark for mark in APART if len(header) == 1 and mark in header[0]), None)
        if apart is not None:
            raise ConfigError(
                [Fault(file, rows[0][0], "", f"separates its columns with {apart!r}; save it with commas")]
            )
        faults = [
            Fault(file, line, "", f"has {len(row)} values where the header has {len(header)}")
            for line, row in rows[1:]
            if len(row) != len(header)
        ]
        twice = sorted({name for name in header if header.count(name) > 1})
        faults += [Fault(file, rows[0][0], "", f"has the column {show(name)} twice") for name in twice]
        if len(rows) == 1:
            faults.append(Fault(file, rows[0][0], "", "has a header and no rows"))
        if faults:
            raise ConfigError(faults[:20])
        return cls(file, header, rows[1:])

    def index(self, column: Node, path: str) -> int:
        if column.value not in self.header:
            message = f"{self.file} has no column of that name: {unknown(column.value, self.header)}"
            raise ConfigError([Fault(column.file, column.line or None, path, message)])
        return self.header.index(column.value)

    def named(self, name: str) -> int:
        if name not in self.header:
            meant = hint(name, self.header)
            raise ConfigError([Fault(self.file, 1, "", f"has no column {name!r}{'; ' if meant else ''}{meant}")])
        return self.header.index(name)

    def cell(self, line: int, text: str) -> Node:
        return Node(scalar(text, False), self.file, line, line)

    def listed(self, column: int) -> Node:
        values = tuple(self.cell(line, row[column]) for line, row in self.rows)
        return Node(values, self.file, self.rows[0][0], self.rows[0][0])

    def spread(self, column: int) -> Node:
        """Return the column by place and age; rows are told apart by the columns place and age."""
        place_at, age_at = self.named("place"), self.named("age")
        places: dict[str, dict[str, Node]] = {}
        lines: dict[tuple[str, str], int] = {}
        faults: list[Fault] = []
        for line, row in self.rows:
            place, age = row[place_at], row[age_at]
            if age not in AGES:
                faults.append(Fault(self.file, line, "age", unknown(age, AGES)))
            elif (place, age) in lines:
                message = f"has {place}, {age} twice; the first is on line {lines[place, age]}"
                faults.append(Fault(self.file, line, "", message))
            elif not place:
                faults.append(Fault(self.file, line, "place", "must be a name, got nothing"))
            else:
                lines[place, age] = line
                places.setdefault(place, {})[age] = self.cell(line, row[column])
        if faults:
            raise ConfigError(faults)
        return Node({place: self.by_age(ages) for place, ages in places.items()}, self.file, 1, 1)

    def by_age(self, ages: dict[str, Node]) -> Node:
        line = next(iter(ages.values())).line
        return Node({"by_age": Node(ages, self.file, line, line)}, self.file, line, line)

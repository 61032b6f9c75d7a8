"""Read a page as a checker would: elements in order, with their attributes and text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

VOID = {"meta", "link", "br", "hr", "img", "input"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    parts: list[str | Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of this element alone, without that of its children."""
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def children(self) -> list[Element]:
        return [part for part in self.parts if isinstance(part, Element)]

    def all(self, tag: str) -> list[Element]:
        """Every element of a tag below this one."""
        found = [child for child in self.children if child.tag == tag]
        for child in self.children:
            found += child.all(tag)
        return found

    def words(self) -> str:
        """The text as it is read; what is only kept on one line goes on without a space."""
        return " ".join("".join(part if isinstance(part, str) else part.inline() for part in self.parts).split())

    def inline(self) -> str:
        return self.words() if self.attributes.get("class") == "unbroken" else f" {self.words()} "


class Page(HTMLParser):
    """Builds the tree and notes what is not well formed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Element("root", {})
        self.here = self.root
        self.order: list[Element] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        if self.here is not self.root:
            self.faults.append(f"<{self.here.tag}> is not closed")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        if len(element.attributes) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        self.here.parts.append(element)
        self.order.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.here.tag}>")
        self.here = self.here.parent or self.root

    def handle_data(self, data: str) -> None:
        self.here.parts.append(data)


PLURAL_OF_ONE = re.compile(r"(?<![\d.,])\b1 (?:replications|pairs|draws|runs|years|options|days|months|people)\b")


def plurals_of_one(folder: Path) -> list[str]:
    """Find what is written as "1 replications" in the pages, figures, workbooks and papers of a folder."""
    found = []
    for file in sorted(folder.rglob("*")):
        texts: list[bytes] = []
        if file.suffix in (".html", ".svg"):
            texts = [file.read_bytes()]
        elif file.suffix in (".xlsx", ".docx"):
            with ZipFile(file) as archive:
                texts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
        found += [f"{file.name}: {wrong}" for text in texts for wrong in PLURAL_OF_ONE.findall(plain(text))]
    return found


def plain(text: bytes) -> str:
    """Leave out what is markup."""
    return re.sub(r"<[^>]+>", " ", text.decode("utf-8"))

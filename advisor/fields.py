"""Takes typed fields out of YAML nodes and collects every problem on the way, with file and line.

Reading never stops at the first mistake: a wrong field becomes a Problem and a harmless stand-in value. Knows the
shapes (word, number, text in two languages, day, ...) but not what any file means.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Sequence

from advisor.errors import Problem, did_you_mean
from advisor.model import ALWAYS, Place, Text, Texts, Validity
from advisor.yamlio import Node

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class Report:
    """The problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, line: int, what: str, hint: str = "") -> None:
        self.problems.append(Problem(file=self.file, line=line, what=what, hint=hint))


class Fields:
    """The fields of one mapping. Unknown keys are reported at once, missing ones when they are asked for."""

    def __init__(self, node: Node, report: Report, what: str, allowed: Collection[str]) -> None:
        self.report = report
        self.line = node.line
        self.what = what
        if isinstance(node.value, dict):
            self.nodes: dict[str, Node] = node.value
        else:
            self.nodes = {}
            report.add(node.line, f"{what} must be a mapping of names to values")
        identifier = self.nodes.get("id")
        if identifier is not None and isinstance(identifier.value, str):
            self.what = f"{what} {identifier.value}"
        for key, value in self.nodes.items():
            if key not in allowed:
                report.add(
                    value.key_line or value.line, f"{self.what} has no field {key!r}", did_you_mean(key, allowed)
                )

    def has(self, name: str) -> bool:
        return name in self.nodes

    def place(self) -> Place:
        return Place(self.report.file, self.line)

    def problem(self, name: str, what: str, hint: str = "") -> None:
        line = self.nodes[name].line if name in self.nodes else self.line
        self.report.add(line, f"{self.what}: {what}", hint)

    def node(self, name: str) -> Node | None:
        return self.nodes.get(name)

    def word(self, name: str, default: str | None = None, among: Collection[str] = ()) -> str:
        """A single word; required unless a default is given; one of `among`, where given."""
        node = self.nodes.get(name)
        if node is None:
            if default is None:
                self.problem(name, f"{name!r} is missing")
            return default or ""
        value = node.value
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.problem(
                name,
                f"{name!r} must be a word",
                "write yes and no instead of true and false" if isinstance(value, bool) else "",
            )
            return default or ""
        word = str(value)
        if among and word not in among:
            self.problem(
                name, f"{name!r} cannot be {word!r}", did_you_mean(word, among) or f"one of {', '.join(among)}"
            )
            return default or next(iter(among))
        return word

    def number(self, name: str, default: int | None = None, low: int = 0, high: int = 10**9) -> int:
        node = self.nodes.get(name)
        if node is None:
            if default is None:
                self.problem(name, f"{name!r} is missing")
            return default if default is not None else low
        if isinstance(node.value, bool) or not isinstance(node.value, int) or not low <= node.value <= high:
            self.problem(name, f"{name!r} must be a whole number from {low} to {high}")
            return low
        return node.value

    def flag(self, name: str, default: bool = False) -> bool:
        node = self.nodes.get(name)
        if node is None:
            return default
        if node.value in ("yes", True):
            return True
        if node.value in ("no", False):
            return False
        self.problem(name, f"{name!r} must be yes or no")
        return default

    def words(self, name: str, required: bool = False) -> tuple[str, ...]:
        """A list of words; a single word stands for a list of one."""
        node = self.nodes.get(name)
        if node is None:
            if required:
                self.problem(name, f"{name!r} is missing")
            return ()
        items = node.value if isinstance(node.value, list) else [node]
        result = []
        for item in items:
            if isinstance(item.value, bool) or not isinstance(item.value, str | int | float):
                self.report.add(item.line, f"{self.what}: {name!r} must be a list of words")
            else:
                result.append(str(item.value))
        if required and not result:
            self.problem(name, f"{name!r} is empty")
        return tuple(result)

    def text(self, name: str, required: bool = True) -> Text | None:
        """A text in both languages; None if it is absent and not required."""
        node = self.nodes.get(name)
        if node is None:
            if required:
                self.problem(name, f"the text {name!r} is missing")
                return Text(en="", lv="")
            return None
        fields = Fields(node, self.report, f"{self.what}, {name}", ("en", "lv"))
        return Text(en=fields._said("en"), lv=fields._said("lv"))

    def said(self, name: str) -> Text:
        """A required text in both languages."""
        return self.text(name) or Text(en="", lv="")

    def name(self, name: str) -> Text:
        """A required name: a word for both languages, or a text in each."""
        node = self.nodes.get(name)
        if node is not None and isinstance(node.value, dict):
            return self.said(name)
        word = self.word(name)
        return Text(en=word, lv=word)

    def _said(self, language: str) -> str:
        node = self.nodes.get(language)
        if node is None or not isinstance(node.value, str | int | float) or not str(node.value).strip():
            self.problem(language, f"the text in {'English' if language == 'en' else 'Latvian'} is missing")
            return ""
        return " ".join(str(node.value).split())

    def texts(self, name: str, required: bool = True) -> Texts:
        """Lists of texts in both languages, of the same length."""
        node = self.nodes.get(name)
        if node is None:
            if required:
                self.problem(name, f"the texts {name!r} are missing")
            return Texts()
        fields = Fields(node, self.report, f"{self.what}, {name}", ("en", "lv"))
        found = Texts(en=fields.words("en"), lv=fields.words("lv"))
        if len(found.en) != len(found.lv):
            self.problem(name, f"{name!r} has {len(found.en)} English and {len(found.lv)} Latvian texts")
        elif required and not found.en:
            self.problem(name, f"the texts {name!r} are empty")
        return found

    def day(self, name: str, default: str | None = None) -> str:
        """An ISO date."""
        word = self.word(name, default)
        if word and not is_day(word):
            self.problem(name, f"{name!r} must be a date such as 2026-11-23")
            return ""
        return word

    def validity(self, name: str = "valid") -> Validity:
        node = self.nodes.get(name)
        if node is None:
            return ALWAYS
        fields = Fields(node, self.report, f"{self.what}, {name}", ("from", "until"))
        found = Validity(start=fields.day("from", ""), end=fields.day("until", ""))
        if found.start and found.end and found.start > found.end:
            self.problem(name, "ends before it begins")
        return found

    def items(self, name: str, required: bool = False) -> Sequence[Node]:
        """The nodes of a list."""
        node = self.nodes.get(name)
        if node is None:
            if required:
                self.problem(name, f"{name!r} is missing")
            return ()
        if not isinstance(node.value, list):
            self.problem(name, f"{name!r} must be a list")
            return ()
        return node.value


def is_day(word: str) -> bool:
    """Whether the word is an ISO calendar date that exists."""
    if not _DAY.match(word):
        return False
    try:
        datetime.date.fromisoformat(word)
    except ValueError:
        return False
    return True

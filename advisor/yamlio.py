"""The one YAML loader and the one-line writer.

Reads YAML 1.2 core-schema scalars (so `no` is a word and `NO` is Norway), keeps the line of every value, refuses
duplicate keys, tags, and files that are too large, too deep or blown up by aliases. Knows nothing of what files mean.

Format: https://yaml.org/spec/1.2.2/#103-core-schema
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.errors import BrokenFile, Problem

MAX_BYTES = 4_000_000
MAX_DEPTH = 40
MAX_NODES = 400_000

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: Mapping[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value with the line it starts on. `value` is a scalar, a list of Nodes, or a dict of str to Node."""

    value: Any
    line: int
    key_line: int = 0

    def plain(self) -> Any:
        """The value as ordinary dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


class _Construction:
    """Builds our nodes from those of the YAML library."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.count = 0

    def problem(self, line: int, what: str, hint: str = "") -> None:
        self.problems.append(Problem(file=self.file, line=line, what=what, hint=hint))

    def build(self, node: Any, depth: int, key_line: int = 0) -> Node:
        line = node.start_mark.line + 1
        self.count += 1
        if depth > MAX_DEPTH:
            raise BrokenFile([Problem(file=self.file, line=line, what=f"nested more than {MAX_DEPTH} levels deep")])
        if self.count > MAX_NODES:
            raise BrokenFile(
                [
                    Problem(
                        file=self.file,
                        line=line,
                        what=f"more than {MAX_NODES} values",
                        hint="aliases that repeat large parts count each time",
                    )
                ]
            )
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.startswith("tag:yaml.org,2002:python"):
            self.problem(line, f"the tag {node.tag} is not allowed", "write plain values without !tags")
            return Node(None, line, key_line)
        if node.id == "mapping":
            return Node(self._mapping(node, depth), line, key_line)
        if node.id == "sequence":
            return Node([self.build(item, depth + 1) for item in node.value], line, key_line)
        assert node.id == "scalar"
        return Node(self._scalar(node, line), line, key_line)

    def _mapping(self, node: Any, depth: int) -> dict[str, Node]:
        result: dict[str, Node] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if key_node.id != "scalar":
                self.problem(line, "a key must be a single word")
                continue
            key = key_node.value
            if key in result:
                self.problem(line, f"the key {key!r} stands twice", f"first on line {result[key].key_line}")
                continue
            result[key] = self.build(value_node, depth + 1, line)
        return result

    def _scalar(self, node: Any, line: int) -> Any:
        text: str = node.value
        if found := _CONTROL.search(text):
            self.problem(line, f"the text holds the control character U+{ord(found.group()):04X}", "remove it")
            return _CONTROL.sub("", text)
        if node.style not in (None, ""):  # quoted or block text (the C loader says "" for plain)
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.match(text):
            return int(text) if len(text.lstrip("+-")) < 19 else text
        if _FLOAT.match(text):
            return float(text)
        return text


def parse(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parses one YAML document.

    Returns the root (None if the text is not YAML at all) and every problem found.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return None, (Problem(file=file, what=f"larger than {MAX_BYTES // 1_000_000} MB"),)
    import yaml  # costs 10 ms, and a start from the cache reads none

    loader: Any = None
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        root = loader.get_single_node()
        if root is None:
            return Node({}, 1), ()
        construction = _Construction(file)
        node = construction.build(root, 0)
    except BrokenFile as error:
        return None, error.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(part for part in (error.context, error.problem) if part)
        return None, (
            Problem(
                file=file,
                line=mark.line + 1 if mark else 0,
                what=f"not readable as YAML: {what}",
                hint="a colon or quotation mark in a text, or a bracket inside {...}, needs quotation marks around it",
            ),
        )
    except (yaml.YAMLError, RecursionError, UnicodeError) as error:
        return None, (Problem(file=file, what=f"not readable as YAML: {error}"),)
    finally:
        if loader is not None:
            loader.dispose()
    return node, tuple(construction.problems)


def decode(data: bytes, file: str) -> str:
    """Bytes of a file as text. Raises BrokenFile if they are not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BrokenFile(
            [Problem(file=file, line=line, what="not UTF-8 text", hint="save the file as UTF-8")]
        ) from None


# --- writing ---

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """The text as a double-quoted YAML scalar on one line, every unprintable character escaped."""
    return '"' + "".join(_ESCAPES.get(char) or _printable(char) for char in text) + '"'


def _printable(char: str) -> str:
    code = ord(char)
    if char.isprintable() and not 0xD800 <= code <= 0xDFFF:
        return char
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def flow(value: Any) -> str:
    """One line of flow-style YAML: keys plain, strings quoted. Reads back as the same value."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Iterable):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    raise TypeError(f"cannot write {type(value).__name__} as YAML")


def _key(key: str) -> str:
    return key if _PLAIN.match(key) and key not in _WORDS else quoted(key)

"""The YAML loader: YAML 1.2 scalars, lines, limits, and the one-line writer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor import yamlio
from advisor.errors import BrokenFile


def value(text: str) -> Any:
    root, problems = yamlio.parse(text, "file.yaml")
    assert root is not None and problems == ()
    return root.plain()


def problem(text: str) -> str:
    _, problems = yamlio.parse(text, "file.yaml")
    assert problems
    return str(problems[0])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("~", None),
        ("12", 12),
        ("-3", -3),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-11-23", "2026-11-23"),
        ("1.5", 1.5),
        ('"12"', "12"),
        ("'true'", "true"),
        ("90071992547409931234", "90071992547409931234"),
    ],
)
def test_scalars_follow_yaml_1_2(written: str, read: Any) -> None:
    assert value(f"key: {written}") == {"key": read}
    assert value(f"[{written}]") == [read]


def test_every_value_knows_its_line() -> None:
    root, _ = yamlio.parse("a: 1\nb:\n  - x\n  - y\n", "file.yaml")
    assert root is not None
    assert root.value["b"].key_line == 2
    assert [item.line for item in root.value["b"].value] == [3, 4]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\na: 2", 2, "stands twice"),
        ("a: !!python/object:os.system x", 1, "not allowed"),
        ("a: !secret x", 1, "not allowed"),
        ("a: {b: [1, 2}", 1, "not readable as YAML"),
        ("a: 1\n b: 2", 2, "not readable as YAML"),
        ("? [a]\n: b", 1, "single word"),
        ('a: "\\u202e"', 1, "control character U+202E"),
        ("a: b: c", 1, "not readable as YAML"),
        ("a: *nowhere", 1, "not readable as YAML"),
    ],
)
def test_what_is_refused(text: str, line: int, what: str) -> None:
    said = problem(text)
    assert said.startswith(f"file.yaml:{line}: ")
    assert what in said


def test_nesting_aliases_and_size_have_limits() -> None:
    assert "levels deep" in problem("[" * 60 + "]" * 60)
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for n in range(1, 9):
        bomb += f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n"
    assert "more than" in problem(bomb)
    assert "larger than" in problem("a" * (yamlio.MAX_BYTES + 1))
    assert "levels deep" in problem("a: &a [*a]")


def test_all_problems_at_once() -> None:
    _, problems = yamlio.parse("a: 1\na: 2\nb: !x y\n", "file.yaml")
    assert [item.line for item in problems] == [2, 3]


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(BrokenFile, match=r"file.yaml:2: not UTF-8"):
        yamlio.decode(b"a: 1\nb: \xff\n", "file.yaml")


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_. :-'\"", max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_what_is_written_reads_back(data: Any) -> None:
    line = yamlio.flow(data)
    assert "\n" not in line
    root, problems = yamlio.parse(f"key: {line}", "file.yaml")
    assert root is not None and problems == ()
    assert root.plain() == {"key": data}

"""The reference shops, and words of a founder who means harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from advisor import yamlio
from advisor.model import Locale

SCENARIOS = sorted((Path(__file__).resolve().parents[1] / "scenarios").glob("*.yaml"))
EVERY = [(path, locale) for path in SCENARIOS for locale in Locale]

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "' onmouseover='alert(3)",
    '=HYPERLINK("http://evil.example","click")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "\u202egnp.exe\u2066",
    "first\nBEGIN:VEVENT\r\nSUMMARY:mine",
    "{{ 7 * 191 }}{% raw %}",
    "[link](javascript:alert(4)) ![x](http://evil.example/x.png)",
    "a | b | `c` *d* # e",
    "</script></style><!-- ]]>",
    "comma, semicolon; colon: back\\slash\\n",
    "W" * 300,
)


def scenario_answers(path: Path) -> dict[str, Any]:
    root, problems = yamlio.parse(path.read_text(encoding="utf-8"), path.name)
    assert root is not None and not problems
    answers: dict[str, Any] = root.plain()["answers"]
    return answers

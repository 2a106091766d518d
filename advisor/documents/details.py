"""Reads and writes what the interview does not ask about the seller: name, number, addresses (docs/documents.md).

Documents are published, so what looks like a personal code is refused wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisor import yamlio
from advisor.errors import BrokenFile
from advisor.fields import Fields, Report
from advisor.knowledge.templates import DETAILS
from advisor.wording import clean

_PERSONAL_CODE = re.compile(r"(?<![0-9A-Za-z])(\d{6}-\d{5}|[0-3]\d{10})(?!\d)")
"""Day, month and year of birth and five digits, or 32 and nine; numbers of enterprises begin with 4, 5 or 9."""


LONGEST = 300
"""Letters of a detail."""


def is_personal(text: str) -> bool:
    """Whether a text holds what looks like a personal code."""
    return _PERSONAL_CODE.search(text) is not None


def write(told: Mapping[str, str], comments: Mapping[str, str], about: str) -> bytes:
    """A file of details: a line for each, empty where nothing is known, with what it means behind it."""
    lines = [f"# {about}", *(f"{name}: {yamlio.flow(told.get(name, ''))}  # {comments[name]}" for name in DETAILS)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def read(data: bytes, file: str) -> Mapping[str, str]:
    """The details in a file, by name. Raises BrokenFile with every problem."""
    root, problems = yamlio.parse(yamlio.decode(data, file), file)
    report = Report(file)
    report.problems.extend(problems)
    if root is None:
        raise BrokenFile(report.problems)
    fields = Fields(root, report, "the seller's details", DETAILS)
    found: dict[str, str] = {}
    for name in DETAILS:
        if not fields.has(name):
            continue
        text = clean(fields.word(name), LONGEST)
        if is_personal(text):
            fields.problem(name, f"{name!r} looks like a personal code", "a personal code must never be published")
        elif text:
            found[name] = text
    if report.problems:
        raise BrokenFile(report.problems, hint=f"a details file may have: {', '.join(DETAILS)}")
    return found

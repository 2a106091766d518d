"""The examples in docs/explanations.md: what the program prints for each command there.

`python -m tests.explaining.examples` writes them anew.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.explaining.running import run
from tests.explaining.shared import ROOT

DOCUMENT = ROOT / "docs" / "explanations.md"
WIDTH = "90"

_BLOCK = re.compile(r"```console\n\$ advisor (?P<command>.+)\n(?P<output>(?:.*\n)*?)```\n")


def examples() -> Iterator[tuple[str, str]]:
    """Each command with the output that the document shows."""
    for found in _BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8")):
        yield found["command"], found["output"]


def printed(line: str, home: Path) -> str:
    """What the program prints for a command line."""
    done = run(home, *shlex.split(line), COLUMNS=WIDTH)
    return "".join(f"{text.rstrip()}\n" for text in (done.stdout + done.stderr).splitlines())


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        text = _BLOCK.sub(
            lambda found: f"```console\n$ advisor {found['command']}\n{printed(found['command'], Path(home))}```\n",
            DOCUMENT.read_text(encoding="utf-8"),
        )
    DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Runs a command of the program in this process, which costs a tenth of starting one."""

from __future__ import annotations

import contextlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from advisor.cli import main
from tests.explaining.shared import ROOT
from tests.terminal import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command printed and returned."""

    returncode: int
    stdout: str
    stderr: str


def run(home: Path, *arguments: str, **variables: str) -> Done:
    """Runs `advisor` with these arguments, in the checkout, with a home of its own and nothing else of the person's."""
    out, err = _Captured(io.BytesIO(), encoding="utf-8"), _Captured(io.BytesIO(), encoding="utf-8")
    with (
        mock.patch.dict(os.environ, environment(home, **variables), clear=True),
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            code = main(arguments)
        except SystemExit as stopped:  # argparse
            code = stopped.code if isinstance(stopped.code, int) else 1
    return Done(returncode=code, stdout=out.text(), stderr=err.text())


class _Captured(io.TextIOWrapper):
    """A stream as the program would have one: with an encoding, and no terminal."""

    def text(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("utf-8")

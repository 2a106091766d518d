"""A sitting: what is done, and what waits, while a question is read."""

from __future__ import annotations

import contextlib
import io
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest

from advisor import transcript
from advisor.case import Case
from advisor.engine.checked import CheckedEngine
from advisor.engine.inference import Inference
from advisor.engine.reference import ReferenceEngine
from advisor.interview import Interview
from advisor.model import Fact, Locale
from advisor.session import Session
from advisor.ui import Choice, Prompt
from advisor.ui.interrupts import Interrupts
from advisor.ui.plain import PlainFrontEnd
from advisor.ui.scripted import ScriptedFrontEnd


def test_plain_lines_put_the_question_before_anything_else_is_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("sys.stdin", io.StringIO("candles\n"))
    prompt = Prompt(text="What do you sell?", choices=(Choice(label="Goods"),))
    assert PlainFrontEnd().ask(prompt, lambda: shown.append(capsys.readouterr().out)) == "candles"
    assert "What do you sell?" in shown[0] and "1. Goods" in shown[0]


class Interrupting(ReferenceEngine):
    """An engine in whose midst Ctrl-C is pressed, once."""

    name = "interrupting"
    finished = 0

    def infer(self, given: Iterable[Fact]) -> Inference:
        if not self.finished:
            signal.raise_signal(signal.SIGINT)
        self.finished += 1
        return super().infer(given)


def test_ctrl_c_waits_for_what_is_done_while_a_question_is_read(interview: Interview, tmp_path: Path) -> None:
    engine = CheckedEngine(interview.program, later=True)
    engine.durable = slow = Interrupting(interview.program)
    checked = Interview(interview.base, interview.program, engine, interview.as_of)
    case = Case(name="test", as_of=interview.as_of, locale=Locale.EN)
    front = ScriptedFrontEnd(["SIA"])
    with contextlib.closing(transcript.Writer(tmp_path / "case.yaml", case, interview.base.stamp)) as writer:
        state, effects = checked.start(case)
        with Interrupts() as interrupts:
            assert not Session(checked, front, writer, state, interrupts).run(effects)
    assert slow.finished == 2 and engine.disagreements == []
    assert len(front.prompts) == 3  # the first question was put again
    assert interview.phrase("interrupt.once", Locale.EN, file="X").split("X")[0] in " ".join(front.shown)

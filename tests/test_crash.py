"""The program is killed between any two turns; nothing that was answered is lost."""

from __future__ import annotations

from pathlib import Path

from advisor import transcript
from advisor.model import CONFIRM, Answer
from tests.terminal import Pty

RECORDED = Path(__file__).resolve().parent.parent / "transcripts" / "f1-candles-lv.yaml"


def test_killed_after_every_answer(tmp_path: Path) -> None:
    """One answer in each life of the program; the plan at the end is the recorded one."""
    recorded = transcript.read(RECORDED)
    answers = [turn for turn in recorded.case.turns if isinstance(turn, Answer) and turn.how != "assumed"]
    case = tmp_path / "cases" / "sveces.yaml"
    for count, answer in enumerate(answers, start=1):
        with Pty(tmp_path, "interview", "sveces", "--plain", "--lang", "lv", "--as-of", recorded.case.as_of) as program:
            program.prompt()
            if count == 1:
                program.say("")  # no story: one question at a time
                program.prompt()
            program.say("nezinu" if answer.how == "command" else answer.said)
            if count == len(answers):
                assert program.wait() == 0
                break
            program.prompt()  # the next question stands there: the answer is on disk
            program.kill()
        saved = transcript.read(case)
        assert [turn.key for turn in saved.case.steps()] == [turn.key for turn in answers[:count]]
        assert saved.case.answers[answer.key].value == answer.value
    saved = transcript.read(case)
    assert saved.finished
    assert saved.plan == recorded.plan
    assert (CONFIRM, "") in saved.case.answers


def test_killed_between_the_story_and_its_confirmation(tmp_path: Path) -> None:
    with Pty(tmp_path, "interview", "sveces", "--plain", "--lang", "lv") as program:
        program.prompt()
        program.say("Esam SIA un pārdodam sveces Mozello veikalā.")
        program.prompt()
        program.kill()
    with Pty(tmp_path, "interview", "sveces", "--plain") as program:
        assert "Juridiskā forma: Sabiedrība ar ierobežotu atbildību (SIA)" in program.prompt()
        program.say("")
        program.prompt()
        program.kill()
    saved = transcript.read(tmp_path / "cases" / "sveces.yaml")
    assert saved.case.answers["seller.legal_form", ""].value == "SIA"

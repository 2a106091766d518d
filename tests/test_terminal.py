"""What a person sees: the real program in tmux, in both languages, at several widths."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import transcript
from tests.terminal import Pty, Tmux, tmux_missing

pytestmark = pytest.mark.skipif(tmux_missing(), reason="tmux is not installed")

WORDS = {
    "en": ("Who will be the seller", "Noted: Sole trader", "registered for VAT", "sole trader", "Saved in", "back",
           "One step back."),
    "lv": ("Kas būs pārdevējs", "Pierakstīju: Saimnieciskās darbības veicējs", "PVN", "saimnieciskās darbības veicēja",
           "Saglabāts", "atpakaļ", "Soli atpakaļ."),
}  # fmt: skip


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["en", "lv"])
def test_questions_are_put_answered_and_taken_back(tmp_path: Path, columns: int, language: str) -> None:
    asks, noted, second, answer, saved, back, gone_back = WORDS[language]
    with Tmux(tmp_path, columns, 50, "interview", "--lang", language) as pane:
        pane.until("(1/7)")
        shown = pane.screen(40)
        assert asks in " ".join(shown.split())
        assert max(len(line.rstrip()) for line in shown.splitlines()) <= columns
        pane.type(answer)
        shown = pane.until(noted, 40)
        pane.until(second, 40)
        pane.type(back)
        pane.until(gone_back, 40)
        pane.key("C-c")
        pane.until(saved, 40)
        pane.key("C-c")
        pane.until("EXIT=130")
    (case,) = (tmp_path / "cases").glob("*.yaml")
    assert transcript.read(case).case.answers == {}


def test_ctrl_c_clears_a_line_and_never_answers(tmp_path: Path) -> None:
    with Tmux(tmp_path, 80, 50, "interview", "--lang", "en") as pane:
        pane.until("(1/7)")
        pane._tmux("send-keys", "-t", "t", "-l", "SIA")
        pane.until("> SIA")
        pane.key("C-c")
        pane.until("Line cleared")
        pane.type("SIA")
        pane.until("Noted: Limited company")
        pane.key("C-d")
        pane.until("EXIT=0")
    (case,) = (tmp_path / "cases").glob("*.yaml")
    assert [answer.value for answer in transcript.read(case).case.log] == ["SIA"]


def test_control_characters_in_a_paste_do_not_reach_the_screen(tmp_path: Path) -> None:
    with Tmux(tmp_path, 80, 50, "interview", "--lang", "en") as pane:
        pane.until("(1/7)")
        pane.type("note x \u202e y \u200b z")
        shown = pane.until("The note is saved", 40)
        assert "\u202e" not in shown.split("The note is saved")[1]
    (case,) = (tmp_path / "cases").glob("*.yaml")
    assert transcript.read(case).case.notes == ("x y z",)


def test_plain_lines_and_no_colour(tmp_path: Path) -> None:
    with Pty(tmp_path, "interview", "--plain", "--lang", "en", NO_COLOR="1") as program:
        shown = program.prompt()
        assert "\x1b" not in shown
        assert " 2. Sole trader - a private person" in shown
        program.say("2")
        assert "Noted: Sole trader" in program.prompt()
        program.say("quit")
        assert program.wait() == 0


def test_accessible_and_dumb_terminals_get_plain_lines(tmp_path: Path) -> None:
    for variables in ({"ACCESSIBLE": "1"}, {"TERM": "dumb"}):
        with Pty(tmp_path, "interview", "--new", "--lang", "lv", **variables) as program:
            assert "\x1b" not in program.prompt()


def test_a_pasted_100_kb_line_is_survived(tmp_path: Path) -> None:
    with Tmux(tmp_path, 80, 50, "interview", "--lang", "en") as pane:
        pane.until("(1/7)")
        paste = tmp_path / "paste"
        paste.write_text("ļoti gara rinda " * 6_000, encoding="utf-8")
        pane._tmux("load-buffer", str(paste))
        pane._tmux("paste-buffer", "-p", "-t", "t")
        pane.key("Enter")
        pane.until("did not understand")
        pane.type("SIA")
        pane.until("Noted: Limited company")

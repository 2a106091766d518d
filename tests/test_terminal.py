"""What a person sees: the real program in tmux, in both languages, at several widths."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from advisor import transcript
from tests.terminal import Pty, Tmux, tmux_missing

pytestmark = pytest.mark.skipif(tmux_missing(), reason="tmux is not installed")

WORDS = {
    "en": ("Tell me about your shop", "Who will be the seller", "Noted: Sole trader", "registered for VAT",
           "sole trader", "Saved in", "back", "One step back."),
    "lv": ("pastāstiet par savu veikalu", "Kas būs pārdevējs", "Pierakstīju: Saimnieciskās darbības veicējs", "PVN",
           "saimnieciskās darbības veicēja", "Saglabāts", "atpakaļ", "Soli atpakaļ."),
}  # fmt: skip
STORIES = {
    "en": ("We are a SIA and sell candles through Mozello.", "Companies and tools: Mozello", "registered for VAT",
           "Why this applies to you"),
    "lv": ("Esam SIA un pārdodam sveces Mozello veikalā.", "Uzņēmumi un rīki: Mozello", "PVN",
           "Kāpēc tas uz jums attiecas"),
}  # fmt: skip


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["en", "lv"])
def test_questions_are_put_answered_and_taken_back(tmp_path: Path, columns: int, language: str) -> None:
    story, asks, noted, second, answer, saved, back, gone_back = WORDS[language]
    with Tmux(tmp_path, columns, 50, "interview", "--lang", language) as pane:
        pane.until("(1/7)")
        assert story in " ".join(pane.screen(40).split())
        pane.key("Enter")  # one question at a time
        shown = pane.until(" 2. ", 40)
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
        pane.key("Enter")
        pane.until(" 2. ", 40)
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
        program.prompt()
        program.say("")
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
        pane.until("nothing in it that I could be sure of", 40)
        pane.type("SIA")
        pane.until("Noted: Limited company")
        pane._tmux("paste-buffer", "-p", "-t", "t")
        pane.key("Enter")
        pane.until("did not understand", 40)
        pane.type("no")
        pane.until("Noted: Not registered", 40)


@pytest.mark.parametrize("columns", [60, 80, 140])
@pytest.mark.parametrize("language", ["en", "lv"])
def test_a_story_is_told_and_confirmed(tmp_path: Path, columns: int, language: str) -> None:
    told, line, rest, explained = STORIES[language]
    with Tmux(tmp_path, columns, 50, "interview", "--lang", language) as pane:
        pane.until("(1/7)")
        pane.type(told)
        shown = pane.until(line, 40)
        assert max(len(row.rstrip()) for row in shown.splitlines()) <= columns
        pane.key("Enter")
        pane.until(rest, 40)
        pane.type("how 1" if language == "en" else "kā 1")
        pane.until(explained, 40)
        shown = pane.until("└─", 40)
        assert max(len(row.rstrip()) for row in shown.splitlines()) <= columns
        pane.key("C-d")
        pane.until("EXIT=0")
    (case,) = (tmp_path / "cases").glob("*.yaml")
    saved = transcript.read(case).case
    assert saved.answers["seller.legal_form", ""].how == "story"


def test_function_keys_keep_what_is_being_typed(tmp_path: Path) -> None:
    with Tmux(tmp_path, 80, 50, "interview", "--lang", "en") as pane:
        pane.until("(1/7)")
        pane.key("Enter")
        pane.until(" 2. ", 40)
        pane._tmux("send-keys", "-t", "t", "-l", "sole tra")
        pane.until("> sole tra", 40)
        pane.key("F1")
        pane.until("the previous question", 60)
        pane.until("> sole tra", 40)
        pane.type("der")
        pane.until("Noted: Sole trader", 40)
        pane.key("F3")
        pane.until("One step back.", 40)


def test_suspended_and_resumed(tmp_path: Path) -> None:
    with Tmux(tmp_path, 80, 50, "interview", "--lang", "en", shell=True) as pane:
        pane.until("(1/7)")
        pane.key("C-z")
        pane.until("Stopped", 40)
        pane.type("fg")
        pane.type("We are a SIA and sell candles")
        pane.until("Legal form: Limited company", 40)
        pane.key("C-d")
    (case,) = (tmp_path / "cases").glob("*.yaml")
    assert transcript.read(case).case.answers["story", ""].said == "We are a SIA and sell candles"


def test_an_answers_file_is_begun_with_and_the_rest_is_asked(tmp_path: Path) -> None:
    given = tmp_path / "given.yaml"
    given.write_text("seller.legal_form: SIA\nvendors: [{name: Mozello}]\n", encoding="utf-8")
    with Pty(tmp_path, "interview", "--plain", "--lang", "en", "--answers", str(given)) as program:
        shown = program.prompt()
        assert "registered for VAT" in shown and "Tell me about" not in shown
        program.say("no")
        assert "Noted: Not registered" in program.prompt()
        program.say("quit")
        assert program.wait() == 0
    (case,) = (tmp_path / "cases").glob("*.yaml")
    answers = transcript.read(case).case.answers
    assert answers["seller.legal_form", ""].how == "file" and answers["vendors", ""].value == ("mozello",)


def test_a_closed_window_loses_nothing(tmp_path: Path) -> None:
    with Pty(tmp_path, "interview", "--plain", "--lang", "en") as program:
        program.prompt()
        program.say("We are a SIA and sell candles")
        program.prompt()
        program.kill(signal.SIGHUP)
    (case,) = (tmp_path / "cases").glob("*.yaml")
    assert transcript.read(case).case.answers["story", ""].said == "We are a SIA and sell candles"


def test_the_window_may_change_its_size(tmp_path: Path) -> None:
    with Tmux(tmp_path, 120, 50, "interview", "--lang", "lv") as pane:
        pane.until("(1/7)")
        pane._tmux("resize-window", "-t", "t", "-x", "60")
        pane.key("Enter")
        shown = pane.until(" 2. ", 40)
        pane.type("SIA")
        pane.until("Pierakstīju", 40)
        assert all(len(row.rstrip()) <= 60 for row in shown.splitlines()[-20:])

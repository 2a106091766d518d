"""The transcript: what is written reads back, cut anywhere it loses nothing that was finished, and it is locked."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor import transcript
from advisor.case import Case
from advisor.errors import BrokenFile, CaseInUse, StorageError
from advisor.model import Answer, Locale, Mark, Note, Speak, Turn, Undo
from advisor.transcript import PlanRow, Writer

CASE = Case(name="sveces", as_of="2026-11-23", locale=Locale.LV)
TURNS: tuple[Turn, ...] = (
    Answer(ask="seller.legal_form", said="Ltd in Rīga", value="SIA", how="alias"),
    Answer(ask="vendors", said="Mozello, HelpNest Inc.", value=("mozello", "helpnest-inc"), how="phrase",
           names={"helpnest-inc": "HelpNest Inc."}),
    Answer(ask="vendor.country", of="mozello", value="LV", how="assumed"),
    Answer(ask="seller.staff", said="12", value=12, how="number"),
    Undo(1),
    Note('klients sacīja: "pajautāt" \\ rīt'),
    Speak(Locale.EN),
    Answer(ask="data.cookies", value=("unknown",), how="command"),
    Answer(ask="shop.goods", value=(), how="label"),
    Mark(action="processor.dpa", of="mozello", status="done"),
)  # fmt: skip
ROWS = (PlanRow(do="seller-info.identity", band="P1", rank=1, about=(), rules=("seller-info.identity",)),)


def folded(turns: tuple[Turn, ...]) -> Case:
    case = CASE
    for turn in turns:
        case = case.add(turn)
    return case


def whole(turns: tuple[Turn, ...] = TURNS) -> bytes:
    return (transcript.header(CASE, "0.1.0 sha256:abc") + "".join(map(transcript.line, turns))).encode()


def test_what_is_written_reads_back() -> None:
    read = transcript.parse(whole(), "case.yaml")
    assert read.case == folded(TURNS)
    assert read.begun_in is Locale.LV and read.case.locale is Locale.EN
    assert not read.finished and read.plan is None
    finished = transcript.parse(whole() + transcript.ending(ROWS, len(TURNS)).encode(), "case.yaml")
    assert finished.finished and finished.plan == ROWS
    assert whole()[: finished.turn_bytes] == whole()


def test_cut_at_any_byte_keeps_every_finished_turn() -> None:
    data = whole() + transcript.ending(ROWS, len(TURNS)).encode()
    head = len(transcript.header(CASE, "0.1.0 sha256:abc").encode())
    lines = [len(transcript.line(turn).encode()) for turn in TURNS]
    ends = [head + sum(lines[: count + 1]) for count in range(len(lines))]
    for cut in range(head, len(data) + 1):
        read = transcript.parse(data[:cut], "case.yaml")
        complete = sum(1 for end in ends if end <= cut)
        assert read.case.turns == TURNS[:complete]
        assert read.finished == (cut == len(data))


def test_cut_inside_the_header_is_a_clear_error() -> None:
    head = transcript.header(CASE, "0.1.0 sha256:abc").encode()
    for cut in range(len(head)):
        try:
            read = transcript.parse(head[:cut], "case.yaml")
        except BrokenFile as error:
            assert error.problems[0].file == "case.yaml"
        else:
            assert read.case.turns == ()


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=30)
VALUES = TEXT | st.integers(0, 10**9) | st.lists(TEXT, max_size=3).map(tuple)
ANSWERS = st.builds(Answer, ask=TEXT, of=TEXT, said=TEXT, value=VALUES, how=st.just("alias"))


@given(st.lists(ANSWERS | st.builds(Note, TEXT), max_size=6))
@settings(max_examples=60)
def test_any_words_survive(turns: list[Turn]) -> None:
    assert transcript.parse(whole(tuple(turns)), "case.yaml").case.turns == tuple(turns)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not a transcript"),
        (b"hello: 1\n", "not a transcript"),
        (b"transcript: 99\n", "version 99 is not known"),
        (whole().replace(b'how: "alias"', b'how: "guess"'), "'how' cannot be 'guess'"),
        (whole().replace(b'ask: "seller.staff"', b'asks: "seller.staff"'), "a turn must be one of"),
        (whole().replace(b"{undo: 1}", b"{undo: 99}"), "takes back 99 answers of"),
        (whole().replace(b"2026-11-23", b"2026-13-23"), "must be a date"),
        (whole() + b"end: 3\n", "the end mark says 3 turns"),
        (whole() + b"\x00\n", "not readable"),
    ],
)
def test_broken_files_say_what_and_where(data: bytes, what: str) -> None:
    with pytest.raises(BrokenFile) as caught:
        transcript.parse(data, "case.yaml")
    assert what in str(caught.value)
    assert "case.yaml" in str(caught.value)


def test_a_writer_appends_syncs_and_locks(tmp_path: Path) -> None:
    path = tmp_path / "cases" / "sveces.yaml"
    writer = Writer(path, CASE, "0.1.0 sha256:abc")
    for count, turn in enumerate(TURNS, start=1):
        writer.add(turn)
        assert len(transcript.read(path).case.turns) == count  # there before the next question is put
    with pytest.raises(CaseInUse, match="another consultation"):
        Writer(path, CASE, "x", keep=0)
    assert transcript.read(path).case == folded(TURNS)  # the refused one changed nothing
    writer.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_resuming_appends_after_the_last_whole_turn(tmp_path: Path) -> None:
    path = tmp_path / "sveces.yaml"
    path.write_bytes(whole(TURNS[:4]) + b'- {ask: "seller.siz')
    read = transcript.read(path)
    writer = Writer(path, read.case, "0.1.0 sha256:abc", keep=read.turn_bytes)
    writer.add(TURNS[5])
    writer.close()
    assert transcript.read(path).case.turns == (*TURNS[:4], TURNS[5])


def test_a_new_case_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "sveces.yaml"
    path.write_bytes(whole())
    with pytest.raises(StorageError, match="exists already"):
        Writer(path, CASE, "x")
    assert path.read_bytes() == whole()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "sveces.yaml"
    writer = Writer(path, CASE, "x")
    writer.add(TURNS[0])
    kept = path.read_bytes()
    os.dup2(os.open("/dev/full", os.O_RDWR), writer._file.fileno())
    with pytest.raises(StorageError, match="No space left"):
        writer.add(TURNS[1])
    writer.close()
    assert path.read_bytes() == kept


def test_a_directory_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        Writer(tmp_path / "file" / "sveces.yaml", CASE, "x")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("keep me")
    (tmp_path / "sveces.yaml").symlink_to(target)
    with pytest.raises(StorageError):
        Writer(tmp_path / "sveces.yaml", CASE, "x", keep=0)
    assert target.read_text() == "keep me"


def test_rewriting_is_atomic(tmp_path: Path) -> None:
    path = tmp_path / "sveces.yaml"
    path.write_text("old")
    transcript.rewrite(path, "new")
    assert path.read_text() == "new"
    assert [item.name for item in tmp_path.iterdir()] == ["sveces.yaml"]

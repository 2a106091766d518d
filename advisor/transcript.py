"""The transcript: readable, append-only record of a case; saved session, client file and regression test at once.

One flow-style YAML line for each turn, flushed and synced before the next question is put. A last line without its
newline was cut and is dropped on reading, so a file cut at any byte keeps every finished turn and misreads none. The
format is described in docs/transcripts.md; its version is an integer, and old versions stay readable for ever.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from advisor import yamlio
from advisor.case import Case
from advisor.errors import BrokenFile, CaseInUse, Problem, StorageError
from advisor.fields import Fields, Report, is_day
from advisor.model import Answer, Locale, Mark, Note, Speak, Turn, Undo, Value
from advisor.yamlio import Node

VERSION = 1
SUFFIX = ".yaml"

_HEADER = ("transcript", "case", "as_of", "locale", "knowledge")
_HOWS = (
    "number",
    "label",
    "alias",
    "code",
    "prefix",
    "similar",
    "phrase",
    "yes-no",
    "default",
    "confirmed",
    "command",
    "assumed",
    "file",
    "story",
    "implied",
    "edited",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One row of the plan as a transcript keeps it."""

    do: str
    band: str
    rank: int
    about: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What a file says. `lines` has the line of each turn; `plan` is None while the consultation is open."""

    file: str
    case: Case
    begun_in: Locale
    knowledge: str
    lines: tuple[int, ...]
    plan: tuple[PlanRow, ...] | None
    finished: bool
    complete_bytes: int
    """Bytes up to the end of the last complete line: what an append may build on."""
    turn_bytes: int
    """Bytes up to the end of the last turn, the plan and what follows it left out."""


# --- writing ---


def header(case: Case, knowledge: str) -> str:
    """The first lines of a transcript."""
    return (
        f"transcript: {VERSION}\n"
        f"case: {yamlio.quoted(case.name)}\n"
        f"as_of: {yamlio.quoted(case.as_of)}\n"
        f"locale: {case.locale.value}\n"
        f"knowledge: {yamlio.quoted(knowledge)}\n"
        "turns:\n"
    )


def line(turn: Turn) -> str:
    """One turn as its line, newline included."""
    return f"- {yamlio.flow(as_mapping(turn))}\n"


def as_mapping(turn: Turn) -> Mapping[str, Any]:
    """A turn as plain data."""
    if isinstance(turn, Answer):
        found: dict[str, Any] = {"ask": turn.ask}
        if turn.of:
            found["of"] = turn.of
        if turn.said:
            found["said"] = turn.said
        found["value"] = list(turn.value) if isinstance(turn.value, tuple) else turn.value
        found["how"] = turn.how
        if turn.names:
            found["names"] = dict(turn.names)
        return found
    if isinstance(turn, Undo):
        return {"undo": turn.count}
    if isinstance(turn, Note):
        return {"note": turn.text}
    if isinstance(turn, Speak):
        return {"locale": turn.locale.value}
    return {"mark": turn.action, "of": turn.of, "status": turn.status}


def ending(rows: Iterable[PlanRow], turns: int) -> str:
    """The plan and the end mark, written when the interview is over."""
    text = "".join(f"- {yamlio.flow(_row(row))}\n" for row in rows)
    return f"plan:\n{text}end: {turns}\n" if text else f"plan: []\nend: {turns}\n"


def _row(row: PlanRow) -> Mapping[str, Any]:
    found: dict[str, Any] = {"do": row.do, "band": row.band, "rank": row.rank}
    if row.about:
        found["about"] = row.about
    found["rules"] = row.rules
    return found


class Writer:
    """An open transcript, locked against a second consultation. Appends turns; every one is on disk when `add` returns.

    Raises CaseInUse if it is open elsewhere, StorageError if the disk refuses.
    """

    def __init__(self, path: Path, case: Case, knowledge: str, keep: int | None = None) -> None:
        """`keep` bytes of an existing file are kept and appended to; None begins a new file, which must not exist."""
        self.path = path
        with _disk(path.parent):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _disk(path):
            flags = os.O_RDWR | os.O_CREAT | (os.O_EXCL if keep is None else 0)
            descriptor = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), 0o600)
            self._file: IO[bytes] = os.fdopen(descriptor, "r+b")
        _lock(self._file, path)
        with _disk(path):
            if keep is None:
                self._write(header(case, knowledge))
                _sync_directory(path.parent)
            else:
                self._file.truncate(keep)
                self._file.seek(keep)

    def add(self, turn: Turn) -> None:
        with _disk(self.path):
            self._write(line(turn))

    def finish(self, rows: Iterable[PlanRow], turns: int) -> None:
        with _disk(self.path):
            self._write(ending(rows, turns))

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()

    def _write(self, text: str) -> None:
        """All or nothing as far as the disk lets us: a write that fails halfway is cut off again."""
        start = self._file.tell()
        try:
            self._file.write(text.encode("utf-8"))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file.fileno(), start)
            raise


@contextlib.contextmanager
def _disk(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        hint = "choose another name, or resume that case"
        raise StorageError(f"{path} cannot be written: it exists already", hint=hint) from None
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        hint = (
            "free some space and resume: every answer up to the last one is saved"
            if full
            else "check the directory and its permissions, or choose another with --cases"
        )
        raise StorageError(f"{path} cannot be written: {error.strerror or error}", hint=hint) from None


def _lock(file: IO[bytes], path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: the file is opened for one process by its own rules
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN):
            raise CaseInUse(f"{path} is open in another consultation", hint="close that one first") from None
        # A file system without locks: better an unlocked consultation than none.


def _sync_directory(directory: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some file systems cannot; the file itself is synced
    finally:
        os.close(descriptor)


def rewrite(path: Path, text: str) -> None:
    """Replaces a transcript atomically. Raises StorageError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _disk(path):
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


# --- reading ---


def read(path: Path) -> Transcript:
    """The transcript in a file. Raises BrokenFile with every problem, StorageError if it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror or error}") from None
    return parse(data, str(path))


def parse(data: bytes, file: str) -> Transcript:
    """The transcript in some bytes. A last line without its newline is dropped. Raises BrokenFile."""
    whole = data[: data.rfind(b"\n") + 1]
    text = yamlio.decode(whole, file)
    root, problems = yamlio.parse(text, file)
    report = Report(file)
    report.problems.extend(problems)
    if root is None:
        raise BrokenFile(report.problems)
    if not isinstance(root.value, dict) or "transcript" not in root.value:
        raise BrokenFile(
            [
                Problem(
                    file=file,
                    line=1,
                    what="not a transcript, or cut before its first line ended",
                    hint="a transcript begins with 'transcript: 1'",
                )
            ]
        )
    version = root.value["transcript"].value
    if version != VERSION:
        raise BrokenFile(
            [
                Problem(
                    file=file,
                    line=1,
                    what=f"transcript version {version!r} is not known",
                    hint=f"this program reads up to version {VERSION}; a newer program may have written it",
                )
            ]
        )
    fields = Fields(root, report, "transcript", (*_HEADER, "turns", "plan", "end"))
    case = _case(fields)
    begun_in = case.locale
    knowledge = fields.word("knowledge")
    turns_node = fields.node("turns")
    lines: list[int] = []
    for item in turns_node.value if turns_node is not None and isinstance(turns_node.value, list) else ():
        turn = _turn(item, report)
        if turn is not None:
            if isinstance(turn, Undo) and turn.count > len(case.log):
                report.add(item.line, f"takes back {turn.count} answers of {len(case.log)}")
                continue
            case = case.add(turn)
            lines.append(item.line)
    finished = "end" in root.value
    if finished and root.value["end"].value != len(case.turns):
        report.add(
            root.value["end"].line, f"the end mark says {root.value['end'].value} turns, there are {len(case.turns)}"
        )
    plan = (
        tuple(_plan_row(item, report) for item in fields.items("plan")) if "plan" in root.value and finished else None
    )
    if report.problems:
        raise BrokenFile(report.problems, hint="the file is as it was; repair the line or start a new case")
    return Transcript(
        file=file,
        case=case,
        begun_in=begun_in,
        knowledge=knowledge,
        lines=tuple(lines),
        plan=plan,
        finished=finished,
        complete_bytes=len(whole),
        turn_bytes=_turn_bytes(whole, root),
    )


def _turn_bytes(whole: bytes, root: Node) -> int:
    """Where the plan begins, or the end of the text."""
    if "plan" not in root.value:
        return len(whole)
    line_number = root.value["plan"].key_line
    position = 0
    for _ in range(line_number - 1):
        position = whole.index(b"\n", position) + 1
    return position


def _case(fields: Fields) -> Case:
    as_of = fields.word("as_of")
    if as_of and not is_day(as_of):
        fields.problem("as_of", "'as_of' must be a date such as 2026-11-23")
    locale = fields.word("locale", None, tuple(Locale)) or Locale.EN
    return Case(name=fields.word("case"), as_of=as_of, locale=Locale(locale))


def _turn(node: Node, report: Report) -> Turn | None:
    keys = set(node.value) if isinstance(node.value, dict) else set()
    if "ask" in keys:
        fields = Fields(node, report, "turn", ("ask", "of", "said", "value", "how", "names"))
        value = _value(fields)
        how: Any = fields.word("how", None, _HOWS)
        if value is None:
            return None
        return Answer(
            ask=fields.word("ask"),
            of=fields.word("of", ""),
            said=fields.word("said", ""),
            value=value,
            how=how,
            names=_names(fields),
        )
    if "undo" in keys:
        return Undo(Fields(node, report, "turn", ("undo",)).number("undo", None, 1))
    if "note" in keys:
        return Note(Fields(node, report, "turn", ("note",)).word("note"))
    if "locale" in keys:
        return Speak(Locale(Fields(node, report, "turn", ("locale",)).word("locale", None, tuple(Locale)) or Locale.EN))
    if "mark" in keys:
        fields = Fields(node, report, "turn", ("mark", "of", "status"))
        status: Any = fields.word("status", None, ("done", "doing", "dropped", "open"))
        return Mark(action=fields.word("mark"), of=fields.word("of", ""), status=status)
    report.add(node.line, "a turn must be one of ask, undo, note, mark, locale")
    return None


def _value(fields: Fields) -> Value | tuple[Value, ...] | None:
    node = fields.node("value")
    if node is None:
        fields.problem("value", "'value' is missing")
        return None
    items = node.value if isinstance(node.value, list) else [node]
    for item in items:
        if isinstance(item.value, bool) or not isinstance(item.value, str | int):
            fields.problem("value", "a value must be a word or a whole number")
            return None
    return tuple(item.value for item in items) if isinstance(node.value, list) else node.value


def _names(fields: Fields) -> Mapping[str, str]:
    node = fields.node("names")
    if node is None or not isinstance(node.value, dict):
        return {}
    return {key: str(item.value) for key, item in node.value.items()}


def _plan_row(node: Node, report: Report) -> PlanRow:
    fields = Fields(node, report, "plan row", ("do", "band", "rank", "about", "rules"))
    return PlanRow(
        do=fields.word("do"),
        band=fields.word("band"),
        rank=fields.number("rank"),
        about=fields.words("about"),
        rules=fields.words("rules"),
    )

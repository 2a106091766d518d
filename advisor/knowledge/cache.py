"""Keeps the checked, compiled knowledge base, so that starting takes milliseconds.

A cache file is used only if it is ours in every respect: a regular file owned by this user, named by the content hash
of the knowledge base and of the program that compiled it, whose own digest matches its payload, and which decodes into
the typed model. Anything else is ignored and replaced. Nothing but data is ever stored, so a foreign file can at worst
be refused. A cache that cannot be written is no error.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from pathlib import Path

import msgspec

from advisor import __version__
from advisor.engine.program import Program
from advisor.knowledge.files import KnowledgeFile, digest, home, read
from advisor.model import KnowledgeBase

_MAGIC = b"advisor-knowledge-2\n"
_KEEP = 4
_CODE = (
    "model.py",
    "fields.py",
    "yamlio.py",
    "vocabulary.py",
    "wording.py",
    "engine/language.py",
    "engine/program.py",
    "knowledge/sections.py",
    "knowledge/templates.py",
    "documents/markup.py",
    "knowledge/load.py",
    "knowledge/check.py",
)


class _Compiled(msgspec.Struct, frozen=True):
    base: KnowledgeBase
    program: Program


def open_knowledge(directory: Path | None, cache: Path | None) -> tuple[KnowledgeBase, Program]:
    """The knowledge base in a directory (None: the one that came with the program) and its program.

    `cache` is the directory for compiled knowledge bases, None to do without. Raises BrokenFile, UsageError.
    """
    found = read(home(directory))
    if cache is None:
        return _load(found)
    path = cache / f"knowledge-{_key(found)}.bin"
    compiled = _read(path)
    if compiled is not None and compiled.base.digest == digest(found):
        return compiled.base, compiled.program
    base, program = _load(found)
    _write(path, _Compiled(base, program))
    return base, program


def _load(found: tuple[KnowledgeFile, ...]) -> tuple[KnowledgeBase, Program]:
    from advisor.knowledge.load import load  # only when something changed: reading YAML is slow

    return load(found)


def _key(found: tuple[KnowledgeFile, ...]) -> str:
    """Identifies content, program and format."""
    total = hashlib.sha256(digest(found).encode())
    total.update(f"{__version__} {msgspec.__version__} {sys.version_info[:2]}".encode())
    package = Path(__file__).resolve().parent.parent
    for name in _CODE:
        path = package / name
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()[:32]


def _read(path: Path) -> _Compiled | None:
    try:
        with path.open("rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode) or (hasattr(os, "getuid") and info.st_uid != os.getuid()):
                return None
            data = file.read()
    except OSError:
        return None
    header = len(_MAGIC) + 32
    if data[: len(_MAGIC)] != _MAGIC or hashlib.sha256(data[header:]).digest() != data[len(_MAGIC) : header]:
        return None
    try:
        return msgspec.msgpack.decode(data[header:], type=_Compiled)
    except (msgspec.DecodeError, RecursionError):
        return None


def _write(path: Path, compiled: _Compiled) -> None:
    payload = msgspec.msgpack.encode(compiled)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(_MAGIC + hashlib.sha256(payload).digest() + payload)
        temporary.replace(path)
        kept = sorted(path.parent.glob("knowledge-*.bin"), key=lambda old: old.stat().st_mtime, reverse=True)
        for old in kept[_KEEP:]:
            old.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()

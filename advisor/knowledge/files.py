"""Where the knowledge base is, and the bytes of its files. Nothing about what they mean."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import BrokenFile, Problem, UsageError
from advisor.yamlio import MAX_BYTES

DIRECTORIES = ("rules", "knowledge")
MAX_FILES = 500


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """One file: its path relative to the knowledge base, and its bytes."""

    name: str
    data: bytes


def home(directory: Path | None = None) -> Path:
    """The directory that holds `rules/` and `knowledge/`: the given one, else inside the package, else the checkout.

    Raises UsageError if a given directory is no knowledge base.
    """
    if directory is not None:
        missing = [name for name in DIRECTORIES if not (directory / name).is_dir()]
        if missing:
            raise UsageError(
                f"{directory} is not a knowledge base: it has no directory {' and no '.join(missing)}",
                hint="give the directory that holds rules/ and knowledge/",
            )
        return directory
    package = Path(__file__).resolve().parent.parent
    installed = package / "_kb"
    return installed if installed.is_dir() else package.parent


def read(base: Path) -> tuple[KnowledgeFile, ...]:
    """Every YAML file below `rules/` and `knowledge/`, in the order of their names. Raises BrokenFile."""
    problems: list[Problem] = []
    found: list[KnowledgeFile] = []
    paths = sorted(path for name in DIRECTORIES for path in (base / name).rglob("*.yaml"))
    if len(paths) > MAX_FILES:
        raise BrokenFile([Problem(file=str(base), what=f"{len(paths)} files, at most {MAX_FILES}")])
    for path in paths:
        name = path.relative_to(base).as_posix()
        try:
            if path.stat().st_size > MAX_BYTES:
                problems.append(Problem(file=name, what=f"larger than {MAX_BYTES // 1_000_000} MB"))
                continue
            found.append(KnowledgeFile(name, path.read_bytes()))
        except OSError as error:
            problems.append(Problem(file=name, what=f"cannot be read: {error.strerror or error}"))
    if problems:
        raise BrokenFile(problems)
    return tuple(found)


def digest(found: tuple[KnowledgeFile, ...]) -> str:
    """SHA-256 over names and contents, hexadecimal: the identity of a knowledge base."""
    total = hashlib.sha256()
    for file in found:
        total.update(f"{file.name}\0{len(file.data)}\0".encode())
        total.update(file.data)
    return total.hexdigest()

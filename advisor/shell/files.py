"""Writing files that are handed over: as a whole or not at all, and never over somebody's work."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from advisor.errors import StorageError, UsageError


def write_all(made: Mapping[Path, bytes], force: bool) -> None:
    """Writes files. Unless forced, none of them if one exists and would change. Raises UsageError, StorageError."""
    if not force:
        _refuse_to_replace(made)
    for path, data in made.items():
        _write(path, data)


def _refuse_to_replace(made: Mapping[Path, bytes]) -> None:
    """A file that exists may have been worked on since; only one that would stay the same is written again."""
    for path, data in made.items():
        try:
            changed = path.exists() and path.read_bytes() != data
        except OSError as error:
            raise StorageError(f"{path} cannot be read: {error.strerror or error}") from None
        if changed:
            raise UsageError(
                f"{path} exists and would change", hint="--force replaces it; --output DIR writes somewhere else"
            )


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise StorageError(
            f"{path} cannot be written: {error.strerror or error}", hint="--output DIR writes somewhere else"
        ) from None

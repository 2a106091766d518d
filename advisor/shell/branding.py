"""Reads a brand file with the logo it names."""

from __future__ import annotations

from pathlib import Path

from advisor.errors import StorageError
from advisor.render import brand
from advisor.render.brand import Brand
from advisor.shell.common import read_bytes


def brand_of(file: Path | None) -> Brand | None:
    """The brand with its logo, whose path counts from the brand file; None if there is no file."""
    if file is None:
        return None
    found = brand.read(read_bytes(file), str(file))
    if not found.logo_path:
        return found
    path = file.parent / found.logo_path
    return found.with_logo(_at_most(path, brand.MAX_LOGO_BYTES + 1), str(path))


def _at_most(path: Path, size: int) -> bytes:
    """The beginning of a file: a device or a huge file must not fill the memory. Raises StorageError."""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror or error}") from None

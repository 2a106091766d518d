"""The compiled cache: used when it is ours in every respect, ignored and replaced otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.errors import BrokenFile
from advisor.knowledge.cache import open_knowledge

BASE = Path(__file__).parent / "base"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "kb")
    return tmp_path / "kb"


def cached(cache: Path) -> Path:
    (found,) = cache.glob("knowledge-*.bin")
    return found


def test_read_back_as_it_was(directory: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fresh = open_knowledge(directory, cache)
    assert open_knowledge(directory, cache) == fresh == open_knowledge(directory, None)


def test_used_only_for_the_same_content(directory: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before, _ = open_knowledge(directory, cache)
    rules = directory / "rules" / "rules.yaml"
    rules.write_text(rules.read_text().replace("You sell goods.", "Goods it is."))
    after, _ = open_knowledge(directory, cache)
    assert after.rules[0].because.en == "Goods it is." and before.digest != after.digest


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"other program\n" + data,
        lambda data: data.replace(b"advisor-knowledge-", b"advisor-knowledgf-"),
        lambda data: data[:52] + b"\x81\xa4base\xc0",
    ],
    ids=["empty", "cut", "flipped", "foreign", "old format", "other data"],
)
def test_a_broken_file_is_replaced(directory: Path, tmp_path: Path, damage: object) -> None:
    cache = tmp_path / "cache"
    fresh = open_knowledge(directory, cache)
    path = cached(cache)
    data = path.read_bytes()
    path.write_bytes(damage(data))  # type: ignore[operator]
    assert open_knowledge(directory, cache) == fresh
    assert cached(cache).read_bytes() == data


def test_a_well_formed_file_with_other_content_is_not_believed(directory: Path, tmp_path: Path) -> None:
    """Right name, right digest, other knowledge base: somebody else's file under our name."""
    cache = tmp_path / "cache"
    fresh = open_knowledge(directory, cache)
    other = tmp_path / "other"
    shutil.copytree(directory, other)
    rules = other / "rules" / "rules.yaml"
    rules.write_text(rules.read_text().replace("You sell goods.", "Not true."))
    elsewhere = tmp_path / "elsewhere"
    open_knowledge(other, elsewhere)
    shutil.copy(cached(elsewhere), cached(cache))
    assert open_knowledge(directory, cache) == fresh


def test_a_link_to_a_directory_and_an_unwritable_cache_are_no_error(directory: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_knowledge(directory, tmp_path / "file" / "cache") == open_knowledge(directory, None)
    cache = tmp_path / "cache"
    open_knowledge(directory, cache)
    path = cached(cache)
    path.unlink()
    path.mkdir()
    assert open_knowledge(directory, cache) == open_knowledge(directory, None)


def test_old_files_are_cleared_away(directory: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    rules = directory / "rules" / "rules.yaml"
    for number in range(7):
        rules.write_text(rules.read_text() + f"# {number}\n")
        open_knowledge(directory, cache)
    assert len(list(cache.iterdir())) == 4
    assert cache.stat().st_mode & 0o077 == 0


def test_a_broken_knowledge_base_leaves_no_cache(directory: Path, tmp_path: Path) -> None:
    (directory / "rules" / "broken.yaml").write_text("rules: [{id: x}]\n")
    with pytest.raises(BrokenFile):
        open_knowledge(directory, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()

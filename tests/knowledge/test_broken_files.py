"""One broken file for each mistake an author can make: what is said, on which line, with which hint.

Each file in `broken/` is added to the tiny knowledge base in `base/`. Its first line tells what must be reported.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import BrokenFile
from advisor.knowledge.files import DIRECTORIES, KnowledgeFile, read
from advisor.knowledge.load import load

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.yaml"))


def test_the_base_is_sound() -> None:
    base, program = load(read(HERE / "base"))
    assert list(base.actions) == ["shop.lights"]
    assert len(program.clauses) == 2
    assert DIRECTORIES == ("rules", "knowledge")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_mistake_is_reported(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expect: ")
    with pytest.raises(BrokenFile) as caught:
        load((*read(HERE / "base"), KnowledgeFile(path.name, path.read_bytes())))
    said = [str(problem) for problem in caught.value.problems]
    assert any(line.startswith(f"{path.name}:{expected}") for line in said), said


def test_a_country_is_treated_only_as_one_that_names_itself() -> None:
    extra = b"countries:\n  - {iso: PR, name: {en: Puerto Rico, lv: Puertoriko, ru: P.R.}, as: LV}\n"
    with pytest.raises(BrokenFile, match="country PR: 'as' names 'LV', which is no country that names itself"):
        load((*read(HERE / "base"), KnowledgeFile("extra.yaml", extra)))


def test_everyday_names_belong_to_an_action() -> None:
    extra = b"phrases:\n  words.about.shop.light: {en: lamps, lv: lampas}\n"
    with pytest.raises(BrokenFile, match=r"'words.about.shop.light' names 'shop.light'.*\n?.*did you mean shop.lights"):
        load((*read(HERE / "base"), KnowledgeFile("extra.yaml", extra)))


def test_a_provider_serves_purposes_that_there_are() -> None:
    extra = (
        b"providers:\n  - {id: rooms, name: R, function: hosting, serves: [parties], as_of: 2026-11, confidence: K}\n"
    )
    with pytest.raises(BrokenFile, match="provider rooms: there is no purpose 'parties'"):
        load((*read(HERE / "base"), KnowledgeFile("extra.yaml", extra)))


def test_all_mistakes_of_all_files_at_once() -> None:
    files = tuple(KnowledgeFile(path.name, path.read_bytes()) for path in BROKEN if path.stem != "not-yaml")
    with pytest.raises(BrokenFile) as caught:
        load((*read(HERE / "base"), *files))
    assert {problem.file for problem in caught.value.problems} >= {
        "unknown-attribute.yaml",
        "unknown-source.yaml",
        "missing-latvian.yaml",
        "action-steps-uneven.yaml",
    }

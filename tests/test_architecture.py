"""Imports go one way; each third-party engine and toolkit has one importer; starting imports next to nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "advisor"

# A module may import modules of its own layer's earlier entries and of the layers above it in this list.
LAYERS = [
    ["errors"],
    ["model", "wording"],
    ["yamlio"],
    ["fields", "vocabulary", "documents.markup"],
    ["engine.language", "engine.program"],
    ["engine.inference"],
    ["engine.reference", "engine.durable"],
    ["engine.incremental"],
    ["engine.checked"],
    ["knowledge.templates"],
    ["knowledge.files", "knowledge.sections", "knowledge.check"],
    ["knowledge.load"],
    ["knowledge.cache", "knowledge.completing"],
    ["coverage"],
    ["situation"],
    ["conclusions", "contradictions"],
    ["understanding.sentences"],
    ["understanding.denying", "understanding.matching", "understanding.amounts"],
    ["understanding.polarity", "understanding.qualifying", "understanding.changing", "understanding.correcting"],
    ["understanding.naming", "understanding.commands"],
    ["understanding.around", "understanding.reading"],
    ["understanding.slips"],
    ["understanding.finding", "understanding.capitals"],
    ["understanding.newcomers", "understanding.offering", "understanding.story", "understanding.besides"],
    ["understanding.asked"],
    ["understanding.counting", "understanding.leftover"],
    ["understanding.agreeing", "understanding.unnamed"],
    ["understanding.settling", "understanding.amending"],
    ["understanding.answering", "understanding.supposing"],
    ["understanding.revising"],
    ["understanding.understand"],
    ["case", "joint"],
    ["story"],
    ["planning", "explain"],
    ["consultation"],
    ["answersfile"],
    ["render.tree"],
    ["explaining.origins", "explaining.relevance"],
    ["explaining.nodes", "explaining.kinds", "explaining.stand_ins"],
    ["explaining.absence", "explaining.changes", "explaining.choices"],
    ["explaining.decisions", "explaining.differences", "explaining.meeting"],
    ["explaining.touching", "explaining.preventing"],
    ["explaining.how"],
    ["explaining.recognising"],
    ["explaining.which", "explaining.why_not", "explaining.what_if", "explaining.remove"],
    ["explaining.supposing"],
    ["explaining.editions"],
    ["explaining.sides"],
    ["explaining.attributing"],
    ["explaining.comparing"],
    ["explaining.assumptions"],
    ["explaining.words"],
    ["explaining.becoming"],
    ["explaining.trees", "explaining.refusals"],
    ["explaining.reports"],
    ["explaining.differing"],
    ["explaining.lines"],
    ["mutating.mutants", "mutating.parts", "mutating.witnesses", "mutating.triggers"],
    ["mutating.surviving"],
    ["telling"],
    ["effects"],
    ["known_people"],
    ["asking"],
    ["hearing"],
    ["retelling"],
    ["recording"],
    ["wondering"],
    ["opening"],
    ["accepting"],
    ["interview"],
    ["transcript"],
    ["render.page", "render.flow", "render.brand", "render.escaping"],
    ["render.words"],
    ["render.text", "render.selection", "render.handout"],
    ["render.json", "render.csv", "render.ics", "render.markdown", "render.drawing"],
    ["render.html", "render.explain_json"],
    ["documents.structure", "documents.standing", "documents.citing", "documents.details"],
    ["documents.collect", "documents.filling"],
    ["documents.cookies"],
    ["documents.rows"],
    ["documents.build", "documents.elements"],
    ["documents.drafting"],
    ["documents.formats.archive", "documents.formats.markdown", "documents.formats.html", "documents.formats.csv"],
    ["documents.formats.xlsx", "documents.formats.docx"],
    ["ui"],
    ["ui.style", "ui.interrupts", "ui.menu"],
    ["ui.scripted", "ui.plain", "ui.terminal"],
    ["session"],
    ["replay"],
    ["shell.language", "shell.parsing", "shell.saying"],
    ["shell.common", "shell.saved", "shell.files"],
    ["shell.chosen", "shell.branding", "shell.printing", "shell.sides", "shell.seller"],
    ["shell.consult", "shell.show", "shell.export", "shell.documents", "shell.maintain"],
    ["shell.explaining", "shell.comparing", "shell.mutating"],
    ["cli"],
    ["__main__"],
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
# Packages with only a docstring in their __init__.
PACKAGES = (
    "",
    "documents",
    "documents.formats",
    "engine",
    "explaining",
    "knowledge",
    "mutating",
    "render",
    "shell",
    "understanding",
)

SOLE_IMPORTERS = {
    "durable": {"engine.durable"},
    "rapidfuzz": {"understanding.matching"},
    "prompt_toolkit": {"ui.terminal"},
    "yaml": {"yamlio"},
    "icalendar": {"render.ics"},
    "openpyxl": {"documents.formats.xlsx"},
    "docx": {"documents.formats.docx"},
}


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path) -> set[str]:
    """Full names of everything imported anywhere in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def test_every_module_has_a_layer() -> None:
    assert set(modules()) - set(PACKAGES) == set(RANK)


@pytest.mark.parametrize("name", [name for name in modules() if name not in PACKAGES])
def test_imports_go_down(name: str) -> None:
    upward = []
    for imported in imports(modules()[name]):
        if not imported.startswith("advisor."):
            continue
        other = imported.removeprefix("advisor.")
        if other in RANK and other != name and RANK[other] >= RANK[name]:
            upward.append(other)
    assert upward == []


@pytest.mark.parametrize("library", SOLE_IMPORTERS)
def test_sole_importers(library: str) -> None:
    found = {
        name for name, path in modules().items() if any(item.split(".")[0] == library for item in imports(path))
    }  # fmt: skip
    assert found <= SOLE_IMPORTERS[library]


def test_nothing_opens_a_socket() -> None:
    network = {"socket", "ssl", "urllib", "http", "ftplib", "smtplib", "asyncio", "requests"}
    guilty = {
        name: {item for item in imports(path) if item.split(".")[0] in network} for name, path in modules().items()
    }
    assert {name: found for name, found in guilty.items() if found} == {}


def test_the_core_is_pure() -> None:
    """No clock, disk, environment, terminal or random below the shell."""
    shell = {"cli", "__main__", "session", "transcript", "ui.plain", "ui.terminal", "ui.style", "ui.interrupts"}
    shell |= {name for name in modules() if name.startswith("shell.")}
    disk = {"knowledge.files", "knowledge.cache"}
    impure = {"os", "sys", "time", "random", "pathlib", "shutil", "subprocess", "tempfile"}
    guilty = {
        name: {item for item in imports(path) if item.split(".")[0] in impure}
        for name, path in modules().items()
        if name not in shell | disk
    }
    assert {name: found for name, found in guilty.items() if found} == {}


def test_version_imports_only_the_standard_library() -> None:
    code = (
        "import sys; from advisor.cli import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('msgspec', 'yaml', 'rapidfuzz', 'prompt_toolkit', 'durable', 'advisor.model')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"

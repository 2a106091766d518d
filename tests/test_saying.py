"""Help and errors in the language of the person: everything the program says before it reads a case has its Latvian."""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.cli import _parser
from advisor.engine.program import Program
from advisor.model import KnowledgeBase
from advisor.shell.saying import Saying
from tests.test_cli import answers, run

__all__ = ["answers"]

PACKAGE = Path(__file__).resolve().parent.parent / "advisor"
ERRORS = {"UsageError", "CannotAsk", "StorageError", "CaseInUse"}


@pytest.fixture(scope="module")
def say(knowledge: tuple[KnowledgeBase, Program]) -> Saying:
    return Saying(knowledge[0].phrases)


def helped(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every sentence of the help, of the commands as well."""
    yield from filter(None, [parser.description, *(group.title for group in parser._action_groups)])
    for action in parser._actions:
        if action.help and action.help != argparse.SUPPRESS:
            yield action.help
        if isinstance(action.metavar, str):
            yield action.metavar
        if isinstance(action, argparse._SubParsersAction):
            yield from (command.help for command in action._choices_actions if command.help)
            for command in action.choices.values():
                yield from helped(command)


def test_all_help_has_its_latvian(say: Saying) -> None:
    sentences = set(helped(_parser()))
    assert len(sentences) > 70
    assert {sentence for sentence in sentences if say(sentence) == sentence} == set()


def said_in(call: ast.Call) -> Iterator[str]:
    """The sentences that an error is raised with, what is filled in as a word."""
    found: list[ast.expr] = [*call.args, *(keyword.value for keyword in call.keywords)]
    while found:
        part = found.pop()
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        elif isinstance(part, ast.JoinedStr):
            yield "".join(str(item.value) if isinstance(item, ast.Constant) else "X9" for item in part.values)
        elif isinstance(part, ast.BoolOp):
            found.extend(part.values)
        elif isinstance(part, ast.IfExp):
            found.extend((part.body, part.orelse))


def raised() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                yield from ((path.name, sentence) for sentence in said_in(node))


def test_what_is_wrong_with_a_command_has_its_latvian(say: Saying) -> None:
    """Whoever adds an error adds its Latvian to knowledge/phrases_shell.yaml; an example of input has none."""
    found = {(file, sentence) for file, sentence in raised() if "=" not in sentence}
    assert len(found) > 60
    assert {(file, sentence) for file, sentence in found if say(sentence) == sentence} == set()


@pytest.mark.parametrize(
    ("english", "latvian"),
    [
        ("there is no case 'nav: tā'", "tādas konsultācijas nav: 'nav: tā'"),
        ("argument --lang: invalid choice: 'de' (choose from 'en', 'lv')", "--lang: tādas iespējas nav: 'de'"),
        ("the following arguments are required: case, CHANGE", "vēl jānorāda: konsultācija, IZMAIŅA"),
        ("the seller's details: 'number' looks like a personal code", "pārdevēja rekvizīti: 'number' izskatās pēc"),
        ("/a cannot be read: b/c cannot be read: no", "/a nevar nolasīt: b/c cannot be read: no"),
        ("nobody has ever said this", "nobody has ever said this"),
    ],
)
def test_what_differs_is_taken_over(say: Saying, english: str, latvian: str) -> None:
    assert say(english).startswith(latvian)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("plan",), 2, "norādiet konsultāciju vai --answers FAILS"),
        (("plan", "nav"), 2, "tādas konsultācijas nav: 'nav'"),
        (("documents",), 2, "saglabātās parāda „advisor cases”"),
        (("export", "--as-of", "rīt", "--answers", "x.yaml"), 2, "tas nav datums: 'rīt'"),
        (("interview",), 2, "iztaujāšanai vajadzīgs terminālis"),
        (("plan", "--answers", "nav.yaml"), 3, "nav.yaml: nevar nolasīt"),
        (("explain",), 2, "lietojums: advisor explain"),
        (("plan", "--ban"), 2, "kļūda"),
        (("plns",), 2, "tādas iespējas nav: 'plns'"),
    ],
)
def test_it_is_wrong_in_latvian(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    for more, variables in ((("--lang", "lv"), {}), ((), {"LANG": "lv_LV.UTF-8"})):
        done = run(tmp_path, *arguments, *more, **variables)
        assert done.returncode == code, done.stderr
        assert said in done.stderr


def test_a_file_is_wrong_in_latvian(tmp_path: Path, answers: Path) -> None:
    answers.write_text(answers.read_text(encoding="utf-8").replace("b2c", "b2x"), encoding="utf-8")
    done = run(tmp_path, "plan", "--answers", str(answers), "--lang=lv")
    assert done.returncode == 3
    assert "shop.audience: tādas vērtības nav: 'b2x' (vai domājāt b2c?)" in done.stderr


def test_english_stays_where_it_is_asked_for(tmp_path: Path) -> None:
    done = run(tmp_path, "plan", "--lang", "en", LANG="lv_LV.UTF-8")
    assert "name a case or give --answers FILE" in done.stderr


@pytest.mark.parametrize("arguments", [("--help", "--lang", "lv"), ("--lang", "lv", "--help"), ("--lang=lv", "-h")])
def test_help_in_latvian(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 0
    assert "lietojums: advisor [-h] [--version] KOMANDA" in done.stdout
    assert "parāda saglabātās konsultācijas" in done.stdout and "sagatavo rīcības plānu" in done.stdout


def test_help_of_a_command_in_the_language_of_the_computer(tmp_path: Path) -> None:
    done = run(tmp_path, "plan", "--help", LANG="lv_LV.UTF-8")
    assert "ar visiem iemesliem un soļiem" in done.stdout and "[konsultācija]" in done.stdout
    assert "with all reasons and steps" in run(tmp_path, "plan", "--help").stdout


def test_a_language_before_the_command_is_that_of_the_command(tmp_path: Path, answers: Path) -> None:
    done = run(tmp_path, "--lang", "lv", "plan", "--answers", str(answers), "--summary")
    assert done.returncode == 0 and "Rīcības plāns: sveces" in done.stdout


def test_no_cases_in_latvian(tmp_path: Path) -> None:
    assert "saglabātu konsultāciju šeit nav" in run(tmp_path, "cases", "--lang", "lv").stdout
    assert "no cases in" in run(tmp_path, "cases").stdout


def test_a_command_that_is_understood_does_not_wait_for_its_latvian() -> None:
    code = (
        "import sys; from advisor import cli\n"
        "cli._parsed(['plan', 'x', '--lang', 'lv'], cli._speech('lv'))\n"
        "try: cli.main(['--debug', '--version'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('msgspec', 'yaml', 'advisor.model') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"LANG": "lv_LV.UTF-8"},
        cwd=PACKAGE.parent,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"

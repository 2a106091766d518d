"""The commands and their exit codes; every bad input is told clearly and loses nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import msgspec
import pytest

from advisor import transcript
from advisor.cli import _COMMANDS
from advisor.engine.program import Program
from advisor.knowledge.completing import completed
from advisor.model import KnowledgeBase, Locale, Text
from tests.terminal import command, environment

ROOT = Path(__file__).resolve().parent.parent
F1 = ROOT / "tests" / "scenarios" / "f1-candles.yaml"


def run(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(tmp_path, **variables),
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """The answers of the first scenario as an answers file."""
    lines = F1.read_text(encoding="utf-8").split("answers:\n")[1].split("expected:\n")[0].splitlines()
    path = tmp_path / "sveces.yaml"
    path.write_text("\n".join(line.removeprefix("  ") for line in lines) + "\n", encoding="utf-8")
    return path


def test_version_and_help(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").stdout.startswith("advisor 0.")
    for name in _COMMANDS:
        done = run(tmp_path, name, "--help")
        assert done.returncode == 0 and name in done.stdout


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in _COMMANDS if f"advisor {name}" not in readme] == []


def test_plan_as_json_keeps_its_schema(tmp_path: Path, answers: Path) -> None:
    schema = json.loads((ROOT / "docs" / "schema" / "plan-1.json").read_text(encoding="utf-8"))
    for locale in Locale:
        done = run(tmp_path, "plan", "--answers", str(answers), "--format", "json", "--lang", locale.value)
        assert done.returncode == 0, done.stderr
        plan: Mapping[str, object] = json.loads(done.stdout)
        jsonschema.validate(plan, schema)
        assert plan["case"] == "sveces" and plan["locale"] == locale.value


def test_plan_as_text_has_what_must_be_shown(tmp_path: Path, answers: Path) -> None:
    text = answers.read_text(encoding="utf-8").replace("vendors:\n", "vendors:\n  - Mailchimp\n")
    answers.write_text(text, encoding="utf-8")
    done = run(tmp_path, "plan", "--answers", str(answers), "--as-of", "2026-11-23", COLUMNS="80")
    assert done.returncode == 0, done.stderr
    unbroken = [line for line in done.stdout.splitlines() if str(answers) not in line]  # a path stays in one piece
    assert max(map(len, unbroken)) <= 80
    assert "\x1b" not in done.stdout
    for shown in ("Law as of 23 November 2026", "sha256:", "Because:", "Law:", "not legal advice", "Answer these first",
                  "Assumptions taken from the catalogue"):  # fmt: skip
        assert shown in done.stdout


def test_the_same_answers_give_the_same_bytes(tmp_path: Path, answers: Path) -> None:
    arguments = ("plan", "--answers", str(answers), "--format", "json", "--as-of", "2026-11-23")
    first = run(tmp_path, *arguments, PYTHONHASHSEED="1")
    assert first.stdout and first.stdout == run(tmp_path, *arguments, PYTHONHASHSEED="2").stdout


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("seller.legal_forms: SIA", 1, "there is no question 'seller.legal_forms' (did you mean seller.legal_form?)"),
        ("seller.legal_form: SAI", 1, "seller.legal_form cannot be 'SAI' (did you mean SIA?)"),
        ("a: 1\nshop.sells: [goods, good]", 2, "shop.sells cannot be 'good' (did you mean goods?)"),
        ("seller.legal_form: [SIA, AS]", 1, "takes one value"),
        ("shop.markets: [XX]", 1, "shop.markets cannot be 'XX'"),
        ("seller.staff: many", 1, "a whole number"),
        ("vendors: [{name: X, rolle: processor}]", 1, "no field 'rolle' of a vendor (did you mean role?)"),
        ("vendors: [{role: processor}]", 1, "a vendor needs a name"),
        ("vendor.role: processor", 1, "give it inside the list of vendors"),
        ("- SIA", 1, "a map of answers by question id"),
        ("shop.sells: [goods", 1, "not readable as YAML"),
    ],
)
def test_a_broken_answers_file_is_told_line_by_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(text + "\n", encoding="utf-8")
    done = run(tmp_path, "plan", "--answers", str(path))
    assert done.returncode == 3
    assert f"{path}:{line}: " in done.stderr or "not readable" in said
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_no_terminal_is_a_clear_error(tmp_path: Path) -> None:
    for arguments in ((), ("interview",), ("interview", "--plain")):
        done = run(tmp_path, *arguments)
        assert done.returncode == 2
        assert "needs a terminal" in done.stderr and "--answers" in done.stderr
    assert not (tmp_path / "cases").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("plan",), 2, "name a case or give --answers"),
        (("plan", "nobody"), 2, "there is no case 'nobody'"),
        (("plan", "--answers", "nowhere.yaml"), 3, "cannot be read"),
        (("plan", "--answers", "nowhere.yaml", "--as-of", "2026-02-30"), 2, "is not a date"),
        (("plan", "--answers", "nowhere.yaml", "--as-of", "2024-12-31"), 2, "does not reach back"),
        (("check", "--knowledge", "nowhere"), 2, "is not a knowledge base"),
        (("replay", "nowhere"), 2, "does not exist"),
        (("understand", "shop.sels", "x"), 2, "did you mean shop.sells?"),
        (("plam",), 2, "invalid choice"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == code
    assert said in done.stderr and "Traceback" not in done.stderr


def test_questions_lists_all(tmp_path: Path) -> None:
    listed = json.loads(run(tmp_path, "questions", "--json").stdout)["questions"]
    form = next(item for item in listed if item["id"] == "seller.legal_form")
    assert "SIA" in form["values"] and form["ask"]["lv"]
    assert "seller.legal_form" in run(tmp_path, "questions").stdout


def test_understand_prints_a_reading(tmp_path: Path) -> None:
    done = run(tmp_path, "understand", "shop.markets", "Latvijā un Igaunijā", "--lang", "lv")
    assert set(json.loads(done.stdout)["values"]) == {"LV", "EE"}


def test_no_transcript_at_all_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run(tmp_path, "replay", str(tmp_path / "empty"))
    assert done.returncode == 2 and "no transcripts" in done.stderr


def test_replay_reports_the_first_divergence_and_accepts_outside_ci(tmp_path: Path) -> None:
    recorded = sorted((ROOT / "transcripts").glob("*.yaml"))[0]
    path = tmp_path / "case.yaml"
    data = recorded.read_text(encoding="utf-8")
    path.write_text(data.replace('band: "P1", rank: 3,', 'band: "P3", rank: 3,'), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != data
    done = run(tmp_path, "replay", str(path))
    assert done.returncode == 1
    assert f"{path}:" in done.stdout and "expected:" in done.stdout and "got:" in done.stdout
    assert run(tmp_path, "replay", str(path), "--accept", CI="true").returncode == 2
    assert run(tmp_path, "replay", str(path), "--accept").returncode == 0
    assert path.read_text(encoding="utf-8") == data


def test_accepting_takes_other_readings_and_assumptions_but_no_other_questions(tmp_path: Path) -> None:
    data = (ROOT / "transcripts" / "f1-candles-lv.yaml").read_text(encoding="utf-8")
    path = tmp_path / "case.yaml"
    assumed = '"vendor.country", of: "omniva", value: "LV", how: "assumed"'
    other = data.replace(assumed, assumed.replace("LV", "EE")).replace('value: "micro"', 'value: "small"')
    assert other.count("EE") == 1 and 'value: "micro"' not in other
    path.write_text(other, encoding="utf-8")
    assert run(tmp_path, "replay", str(path)).returncode == 1
    assert run(tmp_path, "replay", str(path), "--accept").returncode == 0
    assert path.read_text(encoding="utf-8") == data
    without = "".join(line for line in data.splitlines(keepends=True) if '"seller.size"' not in line)
    without = re.sub(r"end: (\d+)", lambda found: f"end: {int(found[1]) - 1}", without)
    path.write_text(without, encoding="utf-8")
    done = run(tmp_path, "replay", str(path), "--accept")
    assert done.returncode == 1 and "question seller.size" in done.stdout
    assert path.read_text(encoding="utf-8") == without


def test_a_read_only_directory_is_a_clear_error(tmp_path: Path) -> None:
    from tests.terminal import Pty

    with Pty(tmp_path, "interview", "--plain", "--cases", "/proc/nowhere") as program:
        shown = program.until("--cases")
        assert "cannot be written" in shown
        assert program.wait() == 3


def test_a_finished_case_can_be_changed(tmp_path: Path) -> None:
    from tests.terminal import Pty

    cases = tmp_path / "cases"
    cases.mkdir()
    recorded = ROOT / "transcripts" / "f1-candles-lv.yaml"
    (cases / "sveces.yaml").write_bytes(recorded.read_bytes())
    with Pty(tmp_path, "interview", "sveces", "--plain") as program:
        assert "1. " in program.prompt()  # the review
        program.say("3")
        program.prompt()
        program.say("mazs")
        program.prompt()
        program.say("")
        assert program.wait() == 0
    saved = transcript.read(cases / "sveces.yaml")
    assert saved.finished and saved.case.answers["seller.size", ""].value == "small"
    done = {row.do for row in saved.plan or ()}
    assert "adjacent.accessibility" in done and "adjacent.accessibility-micro" not in done


def test_a_cut_case_is_listed_and_resumed(tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    recorded = sorted((ROOT / "transcripts").glob("*.yaml"))[0]
    data = recorded.read_bytes()
    (cases / "cut.yaml").write_bytes(data[: len(data) // 3])
    listed = run(tmp_path, "cases")
    assert "cut: open" in listed.stdout
    kept = transcript.read(cases / "cut.yaml").case.turns
    assert len(kept) > 5


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The knowledge base as it might have been before: whole files of phrases and single ones are missing."""
    directory = tmp_path / "older"
    for name in ("rules", "knowledge"):
        shutil.copytree(ROOT / name, directory / name)
    for name in ("phrases_explain.yaml", "words_supposed.yaml", "words_about.yaml", "contradictions.yaml"):
        (directory / "knowledge" / name).unlink()
    phrases = directory / "knowledge" / "phrases.yaml"
    text = phrases.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("  review.note:", "  topic.summary:"))]
    own = [line if not line.startswith("  value.yes:") else "  value.yes: {en: yup, lv: joprojām}" for line in kept]
    phrases.write_text("\n".join(own) + "\n", encoding="utf-8")
    return directory


def test_a_knowledge_base_of_an_older_program_works(tmp_path: Path, answers: Path, older: Path) -> None:
    case = str(answers)
    for arguments, said in (
        (("plan", "--answers", case), "Action plan"),
        (("explain", case, "cookie notice"), "Why this applies to you"),
        (("what-if", case, "we also sold alcohol"), "What would be different"),
        (("explain", case, "--assumptions"), ""),
    ):
        done = run(tmp_path, *arguments, "--knowledge", str(older), "--lang", "en")
        assert done.returncode == 0 and "Traceback" not in done.stderr, (arguments, done.stderr)
        assert said in done.stdout
    checked = run(tmp_path, "check", "--knowledge", str(older))
    assert checked.returncode == 0 and "no problems" in checked.stdout, checked.stderr
    assert "phrases of this program: " in checked.stdout and "review.note" in checked.stdout
    assert "lacks" not in run(tmp_path, "check").stdout


def test_own_words_stay_and_names_of_missing_obligations_are_left_out(
    knowledge: tuple[KnowledgeBase, Program],
) -> None:
    base, _ = knowledge
    phrases = {"value.yes": Text(en="yup", lv="nu jā")}
    actions = {name: action for name, action in base.actions.items() if name != "purpose.loyalty"}
    older = msgspec.structs.replace(base, phrases=phrases, actions=actions)
    full = completed(older, base.phrases)
    assert full.phrases["value.yes"].en == "yup" and full.phrases["value.no"] == base.phrases["value.no"]
    assert set(base.phrases) - set(full.phrases) == {"words.about.purpose.loyalty"}
    assert completed(base, base.phrases) is base

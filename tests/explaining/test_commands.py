"""The commands, and the examples in the document: exactly what the program prints."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor import yamlio
from advisor.model import Locale
from tests.explaining.examples import DOCUMENT, examples, printed
from tests.explaining.running import Done, run
from tests.explaining.shared import DAY, ROOT
from tests.terminal import command, environment
from tests.test_scenarios import SCENARIOS, scenario

CASE = "transcripts/f2-clothing-en.yaml"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all, so that the knowledge base is compiled once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def answers(home: Path) -> Path:
    """The fullest reference shop as an answers file."""
    path = home / "clothing.yaml"
    given = scenario(SCENARIOS[1])["answers"]
    path.write_text("".join(f"{key}: {yamlio.flow(value)}\n" for key, value in given.items()), encoding="utf-8")
    return path


def data(done: Done) -> dict[str, Any]:
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["explanation"] == 1
    return found


def test_as_people_start_it(home: Path) -> None:
    """The other tests run the commands in this process; here is one from outside."""
    arguments = ("explain", CASE, "transfer.us-dpf", "--lang", "lv")
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        env=environment(home),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )
    inside = run(home, *arguments)
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (0, inside.stdout, "")
    assert "├─ " in inside.stdout


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example[0][:60])
def test_the_document_shows_what_is_printed(example: tuple[str, str], home: Path) -> None:
    line, output = example
    assert printed(line, home) == output, f"if this is right: python -m tests.explaining.examples ({DOCUMENT.name})"


def test_every_command_has_an_example() -> None:
    shown = {line.split()[0] for line, _ in examples()}
    assert shown == {"explain", "what-if", "remove", "diff"}


def test_how_as_json(home: Path, answers: Path) -> None:
    found = data(run(home, "explain", str(answers), "transfer.notice", "--as-of", DAY, "--format", "json"))
    assert (found["kind"], found["obligation"], found["as_of"], found["case"]) == (
        "how",
        "transfer.notice",
        DAY,
        "clothing",
    )
    (about,) = found["about"]
    assert about["subject"] is None and about["certain"] is True
    numbers: set[int] = set()
    seen: set[int] = set()
    kinds: set[str] = set()
    stack = list(about["because"])
    while stack:
        node = stack.pop()
        if "see" in node:
            seen.add(node["see"])
            continue
        assert node["text"] and ("id" in node) == bool(node.get("parts"))
        if "id" in node:
            assert node["id"] not in numbers
            numbers.add(node["id"])
        kinds.add(node["kind"])
        stack.extend(node.get("parts", ()))
    assert seen and seen <= numbers
    assert {"fact", "rule", "given", "country"} <= kinds


def test_why_not_as_json(home: Path) -> None:
    found = data(run(home, "explain", CASE, "adjacent.tobacco-ban", "--format", "json", "--lang", "lv"))
    assert found["kind"] == "why-not" and found["locale"] == "lv" and not found["applies"]
    (nearest,) = found["nearest"]
    assert nearest["conditions"][0]["status"] == "fails"
    assert "tobacco_nicotine" in nearest["would_apply_with"][0]["value"]


def test_assumptions_as_json(home: Path) -> None:
    found = data(run(home, "explain", CASE, "--assumptions", "--format", "json"))
    asked = {item["ask"] for item in found["assumptions"]}
    assert "vendor.role" in asked and all(item["how"] == "assumed" for item in found["assumptions"])


def test_what_if_as_json_and_the_file_stays(home: Path, answers: Path) -> None:
    before = answers.read_bytes()
    found = data(run(home, "what-if", str(answers), "shop.audience=b2b", "vendors=-Mailchimp", "--format", "json"))
    assert [answer["ask"] for answer in found["answers"]] == ["shop.audience", "vendors"]
    changes = {(row["obligation"], row["change"]) for row in found["differences"]}
    assert ("seller-info.b2b-lite", "added") in changes and ("seller-info.withdrawal-info", "removed") in changes
    assert answers.read_bytes() == before


def test_remove_as_json_and_its_exit_codes(home: Path) -> None:
    done = run(home, "remove", CASE, "purpose.cookies-consent", "--format", "json")
    found = data(done)
    assert done.returncode == 0 and found["complete"]
    assert {decision["decision"] for decision in found["ways"][0]["decisions"]} == {"cookies"}
    assert run(home, "remove", CASE, "processor.register").returncode == 1
    assert run(home, "remove", CASE, "adjacent.tobacco-ban").returncode == 0


def test_diff_as_json_and_its_exit_codes(home: Path) -> None:
    done = run(home, "diff", CASE, "--as-of", "2026-06-18", "2026-06-19", "--format", "json")
    found = data(done)
    assert done.returncode == 1 and found["different_in"] == ["law"]
    (row,) = found["differences"]
    assert row["obligation"] == "seller-info.withdrawal-function"
    assert row["because_of"] == [
        {
            "factor": "law",
            "answers": [],
            "rules": ["seller-info.withdrawal-function"],
            "countries": [],
            "purposes": [],
            "actions": [],
        }
    ]
    same = run(home, "diff", CASE, CASE)
    assert same.returncode == 0 and "Nothing is different." in same.stdout


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[str], str]], Path]:
    """A knowledge base like the one of the checkout, with its texts edited."""

    def make(edit: Callable[[str], str]) -> Path:
        for part in ("rules", "knowledge"):
            for path in sorted((ROOT / part).rglob("*.yaml")):
                other = tmp_path / path.relative_to(ROOT)
                other.parent.mkdir(parents=True, exist_ok=True)
                other.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
        return tmp_path

    return make


def test_a_maintainer_sees_what_a_changed_rule_does(home: Path, edited: Callable[[Callable[[str], str]], Path]) -> None:
    """Over transcripts and answers files, each difference once; also what nobody noticed. Compared with before."""

    def before(text: str) -> str:
        text = text.replace("- shop.accounts: mandatory\n    then:", "- shop.accounts: optional\n    then:")
        return text.replace("- shop.goods: tobacco_nicotine", "- shop.goods: alcohol")

    old = edited(before)
    arguments = ("diff", "transcripts", "tests/scenarios", "--against", str(old))
    done = run(home, *arguments, "--lang", "lv", COLUMNS="80")
    assert done.returncode == 1, done.stderr
    count = len(list((ROOT / "transcripts").glob("*.yaml"))) + len(SCENARIOS)
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "mainīts noteikums: purpose.guest-checkout" in done.stdout
    assert "mainīts noteikums: adjacent.tobacco-ban" in done.stdout.split("Atšķiras zināšanu bāzē")[1]
    found = data(run(home, *arguments, "--format", "json"))
    assert (found["kind"], found["cases"]) == ("diff-shelf", count) and 8 < len(found["touched"]) < count
    assert done.stdout.startswith(f"Skartās lietas: {len(found['touched'])} no {count}\n")
    assert {"rule": "adjacent.tobacco-ban", "change": "changed"} in found["unnoticed"]
    changes = {item["name"]: item["differences"][0]["change"] for item in found["touched"]}
    assert changes["tests/scenarios/f4-cosmetics"] == "added", "compared with before it is new"


def test_an_older_knowledge_base_may_lack_words(home: Path, edited: Callable[[Callable[[str], str]], Path]) -> None:
    """What the program says today an older knowledge base need not know."""
    old = edited(lambda text: "".join(line for line in text.splitlines(True) if not line.startswith("  explain.diff")))
    done = run(home, "diff", CASE, "--against", str(old), "--lang", "en")
    assert done.returncode == 0 and "Nothing is different." in done.stdout, done.stderr


def test_one_day_is_compared_with_that_of_the_case(home: Path) -> None:
    found = data(run(home, "diff", "--as-of", "2025-07-19", CASE, "--format", "json"))
    assert (found["left"]["as_of"], found["right"]["as_of"]) == (DAY, "2025-07-19")
    assert {"seller-info.odr-link"} <= {row["obligation"] for row in found["differences"] if row["change"] == "added"}


def test_without_a_case_all_saved_ones_are_compared(tmp_path: Path) -> None:
    arguments = ("diff", "--as-of", "2026-06-18", "2026-06-19", "--format", "json")
    assert "there are no cases in" in run(tmp_path, *arguments).stderr
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "mine.yaml").write_bytes((ROOT / CASE).read_bytes())
    found = data(run(tmp_path, *arguments))
    assert found["cases"] == 1 and [item["name"] for item in found["touched"]] == ["mine"]


def test_problems_of_all_cases_at_once(home: Path, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("shop.audience: b2d\n", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("transcript: 9\n", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("colour: red\n", encoding="utf-8")
    done = run(home, "diff", "--as-of", "2026-06-18", "2026-06-19", str(tmp_path))
    assert done.returncode == 3 and "one.yaml:1" in done.stderr and "two.yaml:1" in done.stderr
    assert "other.yaml" not in done.stderr


def test_words_may_follow_options(home: Path) -> None:
    for arguments in (
        ("explain", CASE, "--why-not", "transfer.scc", "--lang", "en"),
        ("explain", CASE, "--lang", "en", "--why-not", "standard contractual", "clauses"),
    ):
        assert "Sign standard contractual clauses" in run(home, *arguments).stdout
    assert run(home, "diff", CASE, "--lang", "en", CASE).returncode == 0
    for arguments in (("explain", CASE, "transfer.scc", "--fully"), ("replay", "transcripts", "--lang", "en")):
        done = run(home, *arguments)
        assert done.returncode == 2 and "unrecognized arguments" in done.stderr


def test_by_number_and_by_words(home: Path) -> None:
    plan = json.loads(run(home, "plan", CASE, "--format", "json").stdout)
    third = next(action for action in plan["actions"] if action["rank"] == 3)
    for said in ("3", third["id"], third["title"]):
        assert data(run(home, "explain", CASE, said, "--format", "json"))["obligation"] == third["id"]


@pytest.mark.parametrize("locale", list(Locale))
def test_trees_for_screens_and_for_screen_readers(locale: Locale, home: Path) -> None:
    arguments = ("explain", CASE, "transfer.us-dpf", "--lang", locale.value)
    drawn = run(home, *arguments, COLUMNS="80").stdout
    plain = run(home, *arguments, COLUMNS="80", ACCESSIBLE="1").stdout
    assert "├─ " in drawn and not set("├│└─") & set(plain)
    assert max(map(len, (drawn + plain).splitlines())) <= 80 and "\x1b" not in drawn
    assert plain == run(home, *arguments, "--plain", COLUMNS="80").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("explain", CASE), 2, "name an obligation"),
        (("explain", CASE, "processor.dpq"), 2, "did you mean processor.dpa?"),
        (("explain", CASE, "999"), 2, "the plan has actions 1 to"),
        (("explain", CASE, "withdrawal"), 2, "fits several actions"),
        (("explain", CASE, "processor.dpa[nobody]"), 2, 'nobody called "nobody"'),
        (("explain", "nowhere", "1"), 2, "there is no case 'nowhere'"),
        (("explain", "README.md", "1"), 3, "not readable as YAML"),
        (("what-if", CASE, "shop.audience=b2d"), 2, "shop.audience cannot be 'b2d'"),
        (("what-if", CASE, "zebras"), 2, 'which answer "zebras" would change'),
        (("what-if", CASE, "Germany"), 2, "shop.markets=+DE; shop.delivers_to=+DE"),
        (("remove", CASE, "processor.dpq"), 2, "did you mean processor.dpa?"),
        (("diff", CASE), 2, "compare with what?"),
        (("diff", CASE, "--as-of", "2026-06-18", "2026-06-31"), 2, "is not a date"),
        (("diff",), 2, "compare what?"),
        (("diff", "transcripts"), 2, "what changes for these cases?"),
        (("diff", CASE, CASE, CASE), 2, "at most two cases"),
        (("diff", "docs", "--as-of", "2026-06-18", "2026-06-19"), 2, "there are no cases in docs"),
        (("diff", CASE, "--against", "nowhere"), 2, "is not a knowledge base"),
    ],
)
def test_wrong_use_is_told(home: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run(home, *arguments)
    assert done.returncode == code
    assert said in done.stderr and "Traceback" not in done.stderr

"""`advisor export` and the parts of `advisor plan`: files, refusals and exit codes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from icalendar import Calendar

from advisor import yamlio
from tests.render.pages import Page
from tests.render.shops import HOSTILE, SCENARIOS, scenario_answers
from tests.render.test_brand import PNG
from tests.terminal import command, environment

TRANSCRIPTS = Path(__file__).resolve().parents[2] / "transcripts"
SUFFIXES = {"md", "html", "csv", "ics", "json"}


def run(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        env=environment(tmp_path, **variables),
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
        cwd=tmp_path,
    )


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "sveces.yaml"
    lines = (f"{key}: {yamlio.flow(value)}\n" for key, value in scenario_answers(SCENARIOS[0]).items())
    path.write_text("".join(lines), encoding="utf-8")
    return path


def written(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}


def test_everything_is_written_in_both_languages(tmp_path: Path, answers: Path) -> None:
    target = tmp_path / "out" / "deep"
    for language in ("en", "lv"):
        done = run(tmp_path, "export", "--answers", str(answers), "--lang", language, "--output", str(target))
        assert done.returncode == 0, done.stderr
    files = written(target)
    assert set(files) == {f"sveces-plan-{language}.{suffix}" for language in ("en", "lv") for suffix in SUFFIXES}
    assert Page(files["sveces-plan-lv.html"].decode()).of("html")[0]["lang"] == "lv"
    assert json.loads(files["sveces-plan-lv.json"])["locale"] == "lv"
    assert Calendar.from_ical(files["sveces-plan-en.ics"]).walk("VEVENT")


def test_a_saved_case_keeps_its_language_and_day(tmp_path: Path) -> None:
    done = run(tmp_path, "export", str(TRANSCRIPTS / "f3-furniture-lv.yaml"), "--format", "json", "--output", "-")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["locale"] == "lv" and data["as_of"] == "2026-11-23" and data["case"] == "f3-furniture-lv"


def test_files_that_were_worked_on_are_not_replaced(tmp_path: Path, answers: Path) -> None:
    target = tmp_path / "out"
    arguments = ("export", "--answers", str(answers), "--lang", "en", "--output", str(target))
    assert run(tmp_path, *arguments).returncode == 0
    assert run(tmp_path, *arguments).returncode == 0  # nothing would change
    before = written(target)
    (target / "sveces-plan-en.md").write_text("my own words", encoding="utf-8")
    (target / "sveces-plan-en.csv").unlink()
    done = run(tmp_path, *arguments)
    assert done.returncode == 2 and b"exists and would change" in done.stderr and b"--force" in done.stderr
    assert (target / "sveces-plan-en.md").read_text(encoding="utf-8") == "my own words"
    assert not (target / "sveces-plan-en.csv").exists()  # all or nothing
    assert run(tmp_path, *arguments, "--force").returncode == 0
    assert written(target) == before


def test_a_brand_with_a_logo(tmp_path: Path, answers: Path) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / "logo.png").write_bytes(PNG)
    brand = tmp_path / "logos" / "brand.yaml"
    brand.write_text('name: Birojs\ncontact: a@b.lv\nlogo: logo.png\ncolour: "#0b6e4f"\n', encoding="utf-8")
    arguments = ("export", "--answers", str(answers), "--format", "html", "--output", "-", "--brand", str(brand))
    done = run(tmp_path, *arguments)
    assert done.returncode == 0, done.stderr
    assert Page(done.stdout.decode()).of("img")[0]["src"].startswith("data:image/png;base64,")
    (tmp_path / "logos" / "logo.png").unlink()
    missing = run(tmp_path, *arguments)
    assert missing.returncode == 3 and b"logo.png cannot be read" in missing.stderr


def test_hostile_file_names_and_partners(tmp_path: Path) -> None:
    """From the file to the page through the real program."""
    vendors = [{"name": name, "function": "ads"} for name in HOSTILE if name.isprintable()]
    data = {**scenario_answers(SCENARIOS[0]), "vendors": vendors}
    path = tmp_path / "=cmd <script>alert(1)<script> $(x).yaml"
    path.write_text("".join(f"{key}: {yamlio.flow(value)}\n" for key, value in data.items()), encoding="utf-8")
    target = tmp_path / "out"
    done = run(tmp_path, "export", "--answers", str(path), "--lang", "en", "--output", str(target))
    assert done.returncode == 0, done.stderr
    assert {name.split(".")[0] for name in written(target)} == {"cmd-script-alert-1-script-x-plan-en"}
    page = Page((target / "cmd-script-alert-1-script-x-plan-en.html").read_text(encoding="utf-8"))
    assert len(page.of("script")) == 1 and "<script>alert(1)<script>" in page.text()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("export",), 2, "name a case or give --answers"),
        (("export", "nobody"), 2, "there is no case 'nobody'"),
        (("export", "--answers", "sveces.yaml", "--output", "-"), 2, "one format at a time"),
        (("export", "--answers", "sveces.yaml", "--format", "doc"), 2, "invalid choice"),
        (("export", "--answers", "sveces.yaml", "--brand", "none.yaml"), 3, "none.yaml: cannot be read"),
        (("export", "--answers", "sveces.yaml", "--output", "/proc/nowhere"), 3, "cannot be written"),
        (("plan", "--answers", "sveces.yaml", "--band", "P9"), 2, "there is no band 'P9'"),
        (("plan", "--answers", "sveces.yaml", "--package", "x"), 2, "there is no package 'x'"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, answers: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == code
    assert said in done.stderr.decode() and b"Traceback" not in done.stderr


def test_parts_of_the_plan(tmp_path: Path, answers: Path) -> None:
    base = ("plan", "--answers", str(answers), "--lang", "en", "--as-of", "2026-11-23")
    whole = run(tmp_path, *base, COLUMNS="80").stdout.decode()
    part = run(tmp_path, *base, "--package", "2", "--band", "p1", COLUMNS="80").stdout.decode()
    assert 0 < len(part) < len(whole) / 3
    assert (
        "\nData map: purposes, partners, countries (2)" in part
        and "registrations (1)" not in part
        and "not legal advice" in part
    )
    summary = run(tmp_path, *base, "--summary", COLUMNS="80").stdout.decode()
    assert len(summary.splitlines()) < 24 and "not legal advice" in summary
    data = json.loads(run(tmp_path, *base, "--area", "transfer", "--format", "json").stdout)
    assert {item["area"] for item in data["actions"]} == {"transfer"}


def test_starting_imports_no_template_engine(tmp_path: Path, answers: Path) -> None:
    """What a command does not need must not slow it down."""
    code = (
        "import sys; from advisor.cli import main\n"
        f"main(['export', '--answers', {str(answers)!r}, '--format', 'csv', '--output', '-'])\n"
        "sys.stderr.write(str([name for name in ('jinja2', 'icalendar') if name in sys.modules]))"
    )
    done = subprocess.run(
        [*command()[:1], "-W", "ignore", "-c", code], capture_output=True, env=environment(tmp_path), check=True
    )
    assert done.stderr == b"[]" and done.stdout

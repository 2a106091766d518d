"""`advisor documents`: which files it writes, what it refuses, and that it never destroys somebody's work."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from advisor import yamlio
from advisor.documents import details
from advisor.knowledge.templates import DETAILS
from tests.documents_base import DOCUMENTS, scenario
from tests.terminal import Pty, command, environment

REGISTERS = ("record-of-processing", "vendor-register")


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("documents", *arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )


@pytest.fixture
def shop(tmp_path: Path) -> str:
    text = "".join(f"{key}: {yamlio.flow(value)}\n" for key, value in scenario("f2").items())
    (tmp_path / "shop.yaml").write_text(text, encoding="utf-8")
    return "shop.yaml"


SELLER = "shop-seller.yaml"
"""The file for the seller's details, which lies beside documents that lack them."""


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def test_every_document_in_both_languages_as_pages(tmp_path: Path, shop: str) -> None:
    done = run(tmp_path, "--answers", shop, "--output", "out", "--as-of", "2026-11-23")
    assert done.returncode == 0, done.stderr
    made = {f"shop-{name}-{lang}.html" for name in DOCUMENTS for lang in ("en", "lv")}
    assert names(tmp_path / "out") == made | {SELLER}
    assert len(done.stdout.splitlines()) == 2 * len(DOCUMENTS) + 2
    assert "to fill in:" in done.stdout and not done.stderr


def test_each_format_has_its_files(tmp_path: Path, shop: str) -> None:
    formats = [part for name in ("md", "html", "csv", "xlsx", "docx") for part in ("--format", name)]
    done = run(tmp_path, "--answers", shop, "--output", "out", "--lang", "lv", *formats)
    assert done.returncode == 0, done.stderr
    wanted = {f"shop-{name}-lv.{ending}" for name in DOCUMENTS for ending in ("md", "html", "docx")}
    wanted |= {f"shop-{name}-lv.xlsx" for name in REGISTERS}
    wanted |= {"shop-record-of-processing-lv-activities.csv", "shop-record-of-processing-lv-transfers.csv"}
    wanted |= {"shop-vendor-register-lv-vendors.csv", "shop-vendor-register-lv-clauses.csv"}
    assert names(tmp_path / "out") == wanted | {SELLER}


def test_tables_alone_are_those_of_the_registers(tmp_path: Path, shop: str) -> None:
    assert run(tmp_path, "--answers", shop, "--format", "xlsx", "--lang", "en", "--output", "out").returncode == 0
    assert names(tmp_path / "out") == {f"shop-{name}-en.xlsx" for name in REGISTERS} | {SELLER}


def test_semicolons_for_spreadsheets_set_to_latvian(tmp_path: Path, shop: str) -> None:
    arguments = ("--answers", shop, "--document", "vendor-register", "--format", "csv", "--lang", "lv")
    assert run(tmp_path, *arguments, "--semicolons", "--output", "out").returncode == 0
    first = (tmp_path / "out" / "shop-vendor-register-lv-vendors.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert first.startswith('"Nosaukums";"')


def test_work_on_a_document_is_never_overwritten(tmp_path: Path, shop: str) -> None:
    arguments = ("--answers", shop, "--document", "privacy-notice", "--lang", "lv", "--output", "out")
    assert run(tmp_path, *arguments, "--as-of", "2026-11-23").returncode == 0
    path = tmp_path / "out" / "shop-privacy-notice-lv.html"
    fresh = path.read_bytes()
    assert run(tmp_path, *arguments, "--as-of", "2026-11-23").returncode == 0  # the same again changes nothing
    path.write_text("edited by a lawyer", encoding="utf-8")
    done = run(tmp_path, *arguments, "--as-of", "2026-11-23")
    assert done.returncode == 2 and "jau ir un mainītos" in done.stderr and "--force" in done.stderr
    assert path.read_text(encoding="utf-8") == "edited by a lawyer"
    assert run(tmp_path, *arguments, "--as-of", "2026-11-23", "--force").returncode == 0
    assert path.read_bytes() == fresh
    assert names(tmp_path / "out") == {path.name, SELLER}


def test_nothing_is_written_if_one_file_is_in_the_way(tmp_path: Path, shop: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "shop-vendor-register-lv.html").write_text("mine", encoding="utf-8")
    assert run(tmp_path, "--answers", shop, "--output", "out").returncode == 2
    assert names(tmp_path / "out") == {"shop-vendor-register-lv.html"}


def test_details_fill_the_gaps(tmp_path: Path, shop: str) -> None:
    (tmp_path / "details.yaml").write_text('name: "SIA „Zābaks”"\nnumber: "40203000000"\n', encoding="utf-8")
    arguments = ("--answers", shop, "--document", "seller-information", "--format", "md", "--output", "out")
    done = run(tmp_path, *arguments, "--details", "details.yaml", "--lang", "lv")
    assert done.returncode == 0, done.stderr
    said = (tmp_path / "out" / "shop-seller-information-lv.md").read_text(encoding="utf-8")
    assert "SIA „Zābaks”" in said and "40203000000" in said


def test_a_file_for_the_details_lies_beside_the_documents_and_is_found_there(tmp_path: Path, shop: str) -> None:
    arguments = ("--answers", shop, "--document", "privacy-notice", "--format", "md", "--lang", "lv", "--output", "out")
    done = run(tmp_path, *arguments)
    assert done.returncode == 0 and f"out/{SELLER}" in done.stdout and "--force" in done.stdout
    path = tmp_path / "out" / SELLER
    blank = path.read_text(encoding="utf-8")
    assert all(f'\n{name}: ""  # ' in blank for name in DETAILS)
    assert run(tmp_path, *arguments).returncode == 0  # as it is, it tells nothing, and stays
    filled = blank.replace('name: ""', 'name: "SIA „Zābaks: ziema”"').replace('email: ""', "email: dati@zabaks.lv")
    path.write_text(filled, encoding="utf-8")
    done = run(tmp_path, *arguments, "--force")
    assert done.returncode == 0, done.stderr
    said = (tmp_path / "out" / "shop-privacy-notice-lv.md").read_text(encoding="utf-8")
    assert "SIA „Zābaks: ziema”" in said and "dati@zabaks.lv" in said
    assert path.read_text(encoding="utf-8") == filled
    assert "shop-seller.yaml" in done.stdout  # number, address and telephone are still missing


def test_documents_that_need_no_details_bring_no_file_for_them(tmp_path: Path, shop: str) -> None:
    arguments = ("--answers", shop, "--document", "vendor-register", "--format", "md", "--output", "out")
    assert run(tmp_path, *arguments).returncode == 0
    assert SELLER not in names(tmp_path / "out")


def test_in_a_terminal_the_details_are_asked_and_kept(tmp_path: Path, shop: str) -> None:
    out = tmp_path / "out"
    arguments = ("documents", "--answers", str(tmp_path / shop), "--format", "md", "--output", str(out), "--lang", "lv")
    with Pty(tmp_path, *arguments) as program:
        assert "daži pārdevēja rekvizīti" in program.prompt()
        program.say("SIA Zābaks")
        assert "Reģistrācijas numurs" in program.prompt()
        program.say("120190-12345")
        assert "personas koda" in program.prompt()
        program.say("40203000000")
        assert "Adrese" in program.prompt()
        program.say("")
        assert "e-pasta adrese" in program.prompt()
        program.say("dati@zabaks.lv")
        assert "ālruņa numurs" in program.prompt()
        program.say("\x04")
        assert program.wait() == 0
    found = details.read((out / SELLER).read_bytes(), SELLER)
    assert found == {"name": "SIA Zābaks", "number": "40203000000", "email": "dati@zabaks.lv"}
    said = (out / "shop-privacy-notice-lv.md").read_text(encoding="utf-8")
    assert "SIA Zābaks, reģistrācijas numurs 40203000000" in said
    with Pty(tmp_path, *arguments) as program:  # what is kept is not asked again
        shown = program.until(SELLER)
        assert "rekvizīti. Ja kādu" not in shown
        assert program.wait() == 0


def test_whoever_leaves_while_being_asked_leaves_nothing_behind(tmp_path: Path, shop: str) -> None:
    out = tmp_path / "out"
    with Pty(tmp_path, "documents", "--answers", str(tmp_path / shop), "--output", str(out)) as program:
        program.prompt()
        program.say("SIA Zābaks")
        program.prompt()
        assert program.interrupt() in (130, -signal.SIGINT)  # the same to a shell; the second if it is leaving already
    assert not out.exists()


@pytest.mark.parametrize(
    "text,said",
    [
        ('number: "120190-12345"', "details.yaml:1: the seller's details: 'number' looks like a personal code"),
        ('address: "Rīga, 32112345678"', "looks like a personal code"),
        ("nam: Ozols", "has no field 'nam' (did you mean name?)"),
        ("name: [a, b]", "details.yaml:1"),
        ("name: 'unclosed", "details.yaml:"),
    ],
)
def test_broken_details_are_told(text: str, said: str, tmp_path: Path, shop: str) -> None:
    (tmp_path / "details.yaml").write_text(text + "\n", encoding="utf-8")
    done = run(tmp_path, "--answers", shop, "--details", "details.yaml", "--output", "out")
    assert done.returncode == 3 and said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments,said",
    [
        (("--document", "privacy-notic"), "did you mean privacy-notice?"),
        (("--document", "zzz"), "one of "),
        (("--document", "privacy-notice", "--format", "csv"), "privacy-notice is no table for --format csv"),
        (("--format", "pdf"), "invalid choice"),
        (("--lang", "ru"), "invalid choice"),
        (("extra-case",), "name a case or give --answers FILE"),
    ],
)
def test_misuse_is_told(arguments: tuple[str, ...], said: str, tmp_path: Path, shop: str) -> None:
    done = run(tmp_path, "--answers", shop, "--output", "out", *arguments)
    assert done.returncode == 2 and said in done.stderr, done.stderr
    assert not (tmp_path / "out").exists()


def test_a_directory_that_is_a_file(tmp_path: Path, shop: str) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    done = run(tmp_path, "--answers", shop, "--output", "out")
    assert done.returncode == 3 and "Traceback" not in done.stderr


def test_a_brand_is_on_every_format(tmp_path: Path, shop: str) -> None:
    (tmp_path / "brand.yaml").write_text('name: Birojs\ncolour: "#ffcc00"\n', encoding="utf-8")
    formats = [part for name in ("md", "html", "xlsx", "docx") for part in ("--format", name)]
    arguments = ("--answers", shop, "--document", "vendor-register", "--lang", "en", "--output", "out", *formats)
    assert run(tmp_path, *arguments, "--brand", "brand.yaml").returncode == 0
    assert "<strong>Birojs</strong>" in (tmp_path / "out" / "shop-vendor-register-en.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "shop-vendor-register-en.md").read_text(encoding="utf-8").startswith("Birojs\n")
    assert run(tmp_path, *arguments, "--brand", "absent.yaml").returncode == 3

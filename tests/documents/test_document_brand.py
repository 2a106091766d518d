"""The shop's or adviser's own touch on documents: name, contact, logo and colour, and nothing more."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest

from advisor.documents.formats.docx import word
from advisor.documents.formats.html import html
from advisor.documents.formats.markdown import markdown
from advisor.documents.formats.xlsx import xlsx
from advisor.documents.structure import Document
from advisor.interview import Interview
from advisor.render.brand import LIGHT, Brand, contrast
from tests.documents_base import drafted, scenario
from tests.render.test_brand import PNG, SVG

DAY = "2026-11-23"
BRAND = Brand(name='Birojs <b> & "Co"', contact=("a@b.lv", "=1+1"), colour="#ffcc00").with_logo(PNG, "logo")


@pytest.fixture
def register(interview: Interview) -> Document:
    return drafted(interview, scenario("f2"), "vendor-register").document


def test_the_page(register: Document) -> None:
    page = html(register, BRAND)
    assert f'<img src="{BRAND.logo}" alt="">' in page and "<b>" not in page
    assert "Birojs &lt;b&gt; &amp; &quot;Co&quot;" in page and "a@b.lv" in page
    assert "--stripe:#ffcc00" in page and "img-src data:" in page
    accents = re.findall(r":root\{--stripe:#ffcc00;--accent:(#[0-9a-f]{6})\}", page)
    assert len(accents) == 3 and contrast(accents[0], LIGHT) >= 4.5  # light, dark, print
    assert "img" not in re.sub(r"<style>.*?</style>|<meta[^>]*>", "", html(register), flags=re.DOTALL)


def test_markdown_and_word_and_sheets(register: Document) -> None:
    assert markdown(register, BRAND).startswith('Birojs &lt;b&gt; &amp; "Co", a@b.lv, \\=1+1\n\n# ')
    file = docx.Document(io.BytesIO(word(register, DAY, BRAND)))
    header = file.sections[0].header.paragraphs[0]
    assert 'Birojs <b> & "Co" · a@b.lv · =1+1' in header.text
    with zipfile.ZipFile(io.BytesIO(word(register, DAY, BRAND))) as archive:
        assert [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")] == [PNG]
    assert contrast(f"#{str(file.styles['Heading 1'].font.color.rgb).lower()}", LIGHT) >= 4.5
    book = openpyxl.load_workbook(io.BytesIO(xlsx(register, DAY, BRAND)))
    for sheet in book.worksheets:
        assert sheet.oddHeader.left.text == 'Birojs <b> && "Co" · a@b.lv · =1+1'
        assert str(sheet.sheet_properties.tabColor.rgb).lower().endswith("ffcc00")


def test_the_same_brand_makes_the_same_bytes(register: Document) -> None:
    for write in (word, xlsx):
        assert write(register, DAY, BRAND) == write(register, DAY, BRAND)


@pytest.mark.parametrize(
    "logo", [Brand().with_logo(SVG.format("").encode(), "l").logo, Brand().with_logo(PNG[:20], "l").logo]
)
def test_a_logo_that_word_cannot_show_is_left_out(logo: str, register: Document) -> None:
    brand = Brand(name="Birojs", logo=logo)
    file = docx.Document(io.BytesIO(word(register, DAY, brand)))
    assert file.sections[0].header.paragraphs[0].text.strip() == "Birojs"
    assert f'src="{logo}"' in html(register, brand)


@pytest.mark.parametrize("write", [html, markdown])
def test_an_empty_brand_changes_nothing(write: Callable[..., str], register: Document) -> None:
    assert write(register, Brand()) == write(register)

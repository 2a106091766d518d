"""The brand of who hands the plan over: it can name, colour and show a logo, and nothing else."""

from __future__ import annotations

import base64
import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.errors import BrokenFile
from advisor.model import Locale
from advisor.render.brand import DARK, LIGHT, MAX_LOGO_BYTES, Brand, contrast, read, readable
from advisor.render.handout import Handout
from advisor.render.html import plan_html
from advisor.render.markdown import plan_markdown
from tests.render.pages import Page
from tests.render.shops import EVERY

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 9"><defs><linearGradient id="a"><stop stop-color="#fff"/></linearGradient></defs>{}'
    '<circle r="4" fill="url(#a)"/><use xlink:href="#a"/></svg>'
)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_a_brand_is_read() -> None:
    found = read(b'name: "Birojs & Co"\ncontact: [a@b.lv, "+371 2"]\ncolour: "#1A5FB4"\nlogo: l.png\n', "b")
    assert found == Brand(name="Birojs & Co", contact=("a@b.lv", "+371 2"), colour="#1a5fb4", logo_path="l.png")
    assert read(b"contact: one line\n", "b").contact == ("one line",)
    assert read(b"", "b") == Brand()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("color: '#123456'", "no field 'color'"),
        ("colour: red", "is not a colour"),
        ("colour: '#12345'", "is not a colour"),
        ("colour: '#1234567'", "is not a colour"),
        ("colour: 'red;}body{display:none'", "is not a colour"),
        ("name: {a: b}", "'name' must be a word"),
        ("- a", "must be a mapping"),
    ],
)
def test_mistakes_are_told(text: str, said: str) -> None:
    with pytest.raises(BrokenFile) as told:
        read(text.encode(), "brand.yaml")
    assert said in str(told.value) and "brand.yaml:1" in str(told.value)


def test_logos_are_embedded() -> None:
    for data, kind in ((PNG, "image/png"), (SVG.format("").encode(), "image/svg+xml")):
        logo = Brand().with_logo(data, "logo").logo
        head, _, body = logo.partition(",")
        assert head == f"data:{kind};base64" and base64.b64decode(body) == data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GIF89a", "neither a PNG nor an SVG"),
        (PNG + b"\0" * MAX_LOGO_BYTES, "larger than 200 kB"),
        (SVG.format("<script>alert(1)</script>").encode(), "<script>"),
        (SVG.format('<g onload="alert(1)"/>').encode(), "script attribute onload"),
        (SVG.format("<foreignObject/>").encode(), "<foreignobject>"),
        (SVG.format('<image href="https://evil.example/x.png"/>').encode(), "elsewhere"),
        (SVG.format('<image xlink:href="//evil.example/x"/>').encode(), "elsewhere"),
        (SVG.format('<a href="java&#115;cript:alert(1)"/>').encode(), "elsewhere"),
        (SVG.format('<rect style="fill:url(https://evil.example)"/>').encode(), "elsewhere"),
        (SVG.format("<style>@import 'x.css';</style>").encode(), "elsewhere"),
        (SVG.format("<g>").encode(), "not well-formed"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("").encode(), "document type"),
        (b'<?xml-stylesheet href="x"?>' + SVG.format("").removeprefix('<?xml version="1.0"?>').encode(), "style sheet"),
        (b"<html><svg/></html>", "not an SVG"),
        (SVG.format("").encode("utf-16"), "neither"),
        (b"<svg>\xff</svg>", "not UTF-8"),
    ],
)
def test_dangerous_logos_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(BrokenFile, match=re.escape(said)):
        Brand().with_logo(data, "logo")


@given(COLOURS)
def test_text_in_any_colour_can_be_read(colour: str) -> None:
    for ground in (LIGHT, DARK):
        assert contrast(readable(colour, ground), ground) >= 4.5


def test_a_colour_that_can_be_read_stays() -> None:
    assert readable("#1a5fb4", LIGHT) == "#1a5fb4"
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_brand_is_on_the_page(handout_of: Callable[[Path, Locale], Handout]) -> None:
    brand = Brand(name="Birojs <b>", contact=("a@b.lv",), colour="#ffcc00").with_logo(PNG, "l")
    found = dataclasses.replace(handout_of(*EVERY[0]), brand=brand)
    text = plan_html(found)
    page = Page(text)
    assert page.of("img")[0]["src"] == brand.logo and "Birojs <b>" in page.of("img")[0]["alt"]
    assert "Birojs <b>" in page.text() and "a@b.lv" in page.text()
    assert "--stripe:#ffcc00" in text and "--accent:#ffcc00" not in text.split("@media (prefers-color-scheme:dark)")[0]
    assert "Birojs &lt;b&gt;, a@b.lv" in plan_markdown(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_the_page_has_enough_contrast(
    scheme: str, handout_of: Callable[[Path, Locale], Handout]
) -> None:
    """What axe-core cannot see in the picture: texts and lines against both grounds they stand on."""
    style = "".join(Page(plan_html(handout_of(*EVERY[0]))).texts["style"])
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light if scheme == "light" else dark))
    assert colours["ground"] == (LIGHT if scheme == "light" else DARK)
    assert len(colours) == len(dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light)))
    lines = {"line", "edge", "stripe", "ground", "soft"}
    for name in set(colours) - lines:
        for ground in ("ground", "soft"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    assert contrast(colours["line"], colours["ground"]) >= 3

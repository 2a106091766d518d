"""The shop's or adviser's own touch on what is handed over: a name, a contact, a small logo, a colour.

Nothing in a brand file can do more than that. The logo is embedded, so it must be small, a PNG or an SVG, and an SVG
must hold nothing that runs or that loads something from elsewhere. The colour is made readable: where text is written
in it, it is darkened on light and lightened on dark ground until the contrast suffices (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from advisor import yamlio
from advisor.errors import BrokenFile, Problem
from advisor.fields import Fields, Report
from advisor.wording import clean

MAX_LOGO_BYTES = 200_000
LIGHT, DARK = "#ffffff", "#15181c"
"""The backgrounds of plans and documents."""

_ENOUGH = 4.5
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_PNG = b"\x89PNG\r\n\x1a\n"
_ACTIVE = {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener"}
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#|data:image/(png|jpeg);)|@import|expression\(|javascript:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A name, lines of contact, a colour (#rrggbb or empty), and a logo: a path, and once read a data URI."""

    name: str = ""
    contact: tuple[str, ...] = ()
    colour: str = ""
    logo_path: str = ""
    logo: str = ""

    def said(self) -> tuple[str, ...]:
        """What it says in words."""
        return tuple(part for part in (self.name, *self.contact) if part)

    def style(self) -> str:
        """The colour for a page: as it is for the stripe, readable wherever something is written in it."""
        if not self.colour:
            return ""
        light = f"--stripe:{self.colour};--accent:{readable(self.colour, LIGHT)}"
        dark = f"--stripe:{self.colour};--accent:{readable(self.colour, DARK)}"
        return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}@media print{{:root{{{light}}}}}"

    def png(self) -> bytes:
        """The logo for files that take pictures of dots only; empty if there is none or it is drawn."""
        kind, _, data = self.logo.partition(",")
        return base64.b64decode(data) if "image/png" in kind else b""

    def with_logo(self, data: bytes, file: str) -> Brand:
        """The brand with its logo embedded. Raises BrokenFile."""
        return replace(self, logo=_data_uri(data, file))


def read(data: bytes, file: str) -> Brand:
    """The brand in a file, its logo not read yet. Raises BrokenFile with every problem."""
    root, problems = yamlio.parse(yamlio.decode(data, file), file)
    report = Report(file)
    report.problems.extend(problems)
    if root is None:
        raise BrokenFile(report.problems)
    fields = Fields(root, report, "a brand", ("name", "contact", "logo", "colour"))
    colour = fields.word("colour", "")
    if colour and not _COLOUR.match(colour):
        fields.problem("colour", f"{colour!r} is not a colour", 'write it in quotation marks, as "#1a5fb4"')
    brand = Brand(
        name=clean(fields.word("name", ""), 120),
        contact=tuple(line for line in (clean(item, 200) for item in fields.words("contact")[:6]) if line),
        colour=colour.lower(),
        logo_path=fields.word("logo", ""),
    )
    if report.problems:
        raise BrokenFile(report.problems)
    return brand


# --- the logo ---


def _data_uri(data: bytes, file: str) -> str:
    if len(data) > MAX_LOGO_BYTES:
        raise _refused(file, f"the logo is larger than {MAX_LOGO_BYTES // 1000} kB", "save it smaller")
    if data.startswith(_PNG):
        kind = "image/png"
    elif b"<svg" in data[:4096] or b":svg" in data[:4096]:
        what = next(_dangers(data), "")
        if what:
            raise _refused(file, f"the logo {what}", "save it as a plain SVG or as a PNG")
        kind = "image/svg+xml"
    else:
        raise _refused(file, "the logo is neither a PNG nor an SVG", "save it as PNG")
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _dangers(data: bytes) -> Iterator[str]:
    """What in an SVG runs, loads or cannot be told."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield "is not UTF-8"
        return
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        yield "declares a document type"  # and could define entities without end
        return
    if "<?xml-stylesheet" in text:
        yield "names a style sheet"
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        yield "is not well-formed"
        return
    if root.tag not in ("svg", "{http://www.w3.org/2000/svg}svg"):
        yield "is not an SVG"
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        if name in _ACTIVE:
            yield f"holds the element <{name}>"
        if name == "style" and _ELSEWHERE.search(element.text or ""):
            yield "loads something from elsewhere"
        for attribute, value in element.attrib.items():
            local = attribute.rpartition("}")[2].lower()
            if local.startswith("on"):
                yield f"holds the script attribute {local}"
            elif local in ("href", "src") and not re.match(r"#|data:image/(png|jpeg);", value.strip(), re.IGNORECASE):
                yield "points to something elsewhere"
            elif _ELSEWHERE.search(value):
                yield "loads something from elsewhere"


def _refused(file: str, what: str, hint: str) -> BrokenFile:
    return BrokenFile([Problem(file=file, what=what, hint=hint)])


# --- the colour ---


def readable(colour: str, ground: str) -> str:
    """The colour, mixed with black or white as little as is needed to be read as text on the ground."""
    against = "#000000" if _luminance(ground) > 0.5 else "#ffffff"
    return next(
        mixed for share in range(0, 101, 5) if contrast(mixed := _mixed(colour, against, share), ground) >= _ENOUGH
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (part / 255 for part in _parts(colour))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(colour: str, with_: str, percent: int) -> str:
    pairs = zip(_parts(colour), _parts(with_), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * percent / 100):02x}" for one, other in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

"""`advisor export`: writes the plan as files to hand over."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping

from advisor.errors import UsageError
from advisor.render.handout import Handout, handout
from advisor.shell.branding import brand_of
from advisor.shell.chosen import chosen
from advisor.shell.files import write_all
from advisor.wording import slug

Format = Callable[[Handout, argparse.Namespace], bytes]


def export(options: argparse.Namespace) -> int:
    """Writes every format asked for. Nothing is written unless all of it can be."""
    formats = list(FORMATS) if "all" in options.format or not options.format else list(dict.fromkeys(options.format))
    brand = brand_of(options.brand)
    consultation, case = chosen(options)
    found = handout(consultation, case, brand)
    if str(options.output) == "-":
        if len(formats) != 1:
            raise UsageError("one format at a time can be written to the screen", hint="add --format, or a directory")
        sys.stdout.flush()
        sys.stdout.buffer.write(FORMATS[formats[0]](found, options))
        return 0
    stem = f"{slug(case.name)}-plan-{case.locale.value}"
    made = {options.output / f"{stem}.{_SUFFIXES[name]}": FORMATS[name](found, options) for name in formats}
    write_all(made, options.force)
    for path in made:
        print(consultation.phrase("export.written", case.locale, file=str(path)))
    return 0


# Each format imports what it needs, so that a calendar does not cost the start of the template engine.


def _markdown(found: Handout, options: argparse.Namespace) -> bytes:
    from advisor.render.markdown import plan_markdown

    return plan_markdown(found).encode("utf-8")


def _html(found: Handout, options: argparse.Namespace) -> bytes:
    from advisor.render.html import plan_html

    return plan_html(found).encode("utf-8")


def _csv(found: Handout, options: argparse.Namespace) -> bytes:
    from advisor.render.csv import plan_csv

    return plan_csv(found, semicolons=options.semicolons, bom=options.bom).encode("utf-8")


def _ics(found: Handout, options: argparse.Namespace) -> bytes:
    from advisor.render.ics import plan_ics

    return plan_ics(found)


def _json(found: Handout, options: argparse.Namespace) -> bytes:
    from advisor.render.json import plan_json

    return (json.dumps(plan_json(found), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


FORMATS: Mapping[str, Format] = {"markdown": _markdown, "html": _html, "csv": _csv, "ics": _ics, "json": _json}
_SUFFIXES = {"markdown": "md", "html": "html", "csv": "csv", "ics": "ics", "json": "json"}

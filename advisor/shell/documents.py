"""`advisor documents`: drafts the privacy notice, the registers and the other documents of a case."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.documents.collect import collect
from advisor.documents.drafting import Draft, draft
from advisor.errors import UsageError, did_you_mean
from advisor.model import KnowledgeBase, Locale, Speak
from advisor.render.brand import Brand
from advisor.shell import seller
from advisor.shell.branding import brand_of
from advisor.shell.chosen import chosen
from advisor.shell.files import write_all
from advisor.wording import slug

FORMATS = ("html", "md", "csv", "xlsx", "docx")
_OF_REGISTERS = ("csv", "xlsx")
_NEEDS = {"xlsx": "openpyxl", "docx": "docx"}


def documents(options: argparse.Namespace) -> int:
    """Writes the documents asked for, in both languages unless one is named. 1 if one lacks what the law asks for."""
    formats = tuple(dict.fromkeys(options.format)) or ("html",)
    _can_write(formats)
    brand = brand_of(options.brand)
    consultation, case = chosen(options)
    told = seller.known(options, case)
    names = _names(consultation.base, options.document, formats)
    locales = (Locale(options.lang),) if options.lang else tuple(Locale)
    drafts = _drafts(consultation, case, told or {}, names, locales)
    lacking = frozenset().union(*(found.lacks(seller.ASKED, consultation) for found in drafts))
    if told is None and lacking and seller.can_ask():
        told = seller.asked(consultation, case, lacking, seller.beside(options, case))
        drafts = _drafts(consultation, case, told, names, locales)
        lacking -= set(told)
    made: dict[Path, bytes] = {}
    lines, missing = [], []
    for found in drafts:
        stem = f"{slug(case.name)}-{found.document.id}-{found.document.locale.value}"
        files = {
            options.output / f"{stem}{suffix}": data
            for wanted in formats
            for suffix, data in _FILES[wanted](found, consultation.as_of, brand, options)
        }
        made.update(files)
        counts = {"gaps": str(len(found.gaps)), "checks": str(len(found.checks))}
        lines += [consultation.phrase("documents.written", case.locale, file=str(file), **counts) for file in files]
        missing += [
            consultation.phrase("documents.missing", case.locale, file=stem, what=item.element.what.in_(case.locale))
            for item in found.missing()
        ]
    lines.append(consultation.phrase("documents.after", case.locale))
    if lacking:
        path = options.details or seller.beside(options, case)
        if not path.exists():
            made[path] = seller.blank(consultation, case, {})
        lines.append(consultation.phrase("documents.details.open", case.locale, file=str(path)))
    write_all(made, options.force)
    for line in lines:
        print(line)
    for line in missing:
        print(line, file=sys.stderr)
    return 1 if missing else 0


def _drafts(
    consultation: Consultation,
    case: Case,
    told: Mapping[str, str],
    names: Sequence[str],
    locales: Sequence[Locale],
) -> list[Draft]:
    """The documents with these names in each language."""
    return [
        draft(collected, name)
        for locale in locales
        for collected in (collect(consultation, case.add(Speak(locale)), told),)
        for name in names
    ]


def _can_write(formats: tuple[str, ...]) -> None:
    for wanted in formats:
        library = _NEEDS.get(wanted)
        if library is not None and importlib.util.find_spec(library) is None:
            raise UsageError(
                f"--format {wanted} needs a library that is not installed",
                hint="pip install 'shop-advisor[office]', or choose another format",
            )


def _names(base: KnowledgeBase, wanted: list[str], formats: tuple[str, ...]) -> tuple[str, ...]:
    """The documents asked for, else all that the formats can hold."""
    for name in wanted:
        if name not in base.documents:
            raise UsageError(
                f"there is no document {name!r}",
                hint=did_you_mean(name, base.documents) or f"one of {', '.join(base.documents)}",
            )
        tables_only = [item for item in formats if item in _OF_REGISTERS and not base.documents[name].register]
        if tables_only:
            registers = [item.id for item in base.documents.values() if item.register]
            raise UsageError(f"{name} is no table for --format {tables_only[0]}", hint=f"try {' or '.join(registers)}")
    if wanted:
        return tuple(dict.fromkeys(wanted))
    every = any(item not in _OF_REGISTERS for item in formats)
    return tuple(item.id for item in base.documents.values() if every or item.register)


# Each format imports what it needs, so that the others work without it.

Files = Iterator[tuple[str, bytes]]
"""Endings of file names with what the files hold."""


def _html(found: Draft, day: str, brand: Brand | None, options: argparse.Namespace) -> Files:
    from advisor.documents.formats.html import html

    yield ".html", html(found.document, brand).encode("utf-8")


def _markdown(found: Draft, day: str, brand: Brand | None, options: argparse.Namespace) -> Files:
    from advisor.documents.formats.markdown import markdown

    yield ".md", markdown(found.document, brand).encode("utf-8")


def _csv(found: Draft, day: str, brand: Brand | None, options: argparse.Namespace) -> Files:
    from advisor.documents.formats.csv import table_csv

    for table in found.document.tables() if found.document.register else ():
        yield f"-{table.part}.csv", table_csv(table, semicolons=options.semicolons).encode("utf-8")


def _xlsx(found: Draft, day: str, brand: Brand | None, options: argparse.Namespace) -> Files:
    from advisor.documents.formats.xlsx import xlsx

    if found.document.register:
        yield ".xlsx", xlsx(found.document, day, brand)


def _docx(found: Draft, day: str, brand: Brand | None, options: argparse.Namespace) -> Files:
    from advisor.documents.formats.docx import word

    yield ".docx", word(found.document, day, brand)


_FILES = {"html": _html, "md": _markdown, "csv": _csv, "xlsx": _xlsx, "docx": _docx}

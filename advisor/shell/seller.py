"""What documents say of the seller and no interview asks: from a file, asked in the terminal, or left to be filled in.

The file lies beside the documents and is found there by itself the next time, so that nobody has to know of an option.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.documents import details
from advisor.knowledge.templates import DETAILS
from advisor.render.text import Styled, wrap
from advisor.shell.common import read_bytes
from advisor.shell.files import write_all
from advisor.ui import EndOfInput, FrontEnd, Prompt
from advisor.ui.plain import PlainFrontEnd
from advisor.wording import clean, slug

ASKED = ("name", "number", "address", "email", "phone")
"""What is asked for; the rest is needed by few and has its place in the file."""


def beside(options: argparse.Namespace, case: Case) -> Path:
    """Where the details of a case are kept unless another file is named."""
    return Path(options.output) / f"{slug(case.name)}-seller.yaml"


def known(options: argparse.Namespace, case: Case) -> Mapping[str, str] | None:
    """The details in the file that is named, else in the one beside the documents; None if there is none."""
    path = options.details or beside(options, case)
    if options.details is None and not path.exists():
        return None
    return details.read(read_bytes(path), str(path))


def can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def asked(consultation: Consultation, case: Case, wanted: Collection[str], path: Path) -> Mapping[str, str]:
    """Asks for what is wanted and keeps it in a file. An empty line leaves a detail open, the end of input the rest."""
    front = PlainFrontEnd()
    front.show([Styled(line) for line in wrap(consultation.phrase("documents.ask", case.locale), front.width)])
    told: dict[str, str] = {}
    with contextlib.suppress(EndOfInput):
        for name in (name for name in ASKED if name in wanted):
            if answer := _one(front, consultation, case, name):
                told[name] = answer
    if told:
        write_all({path: blank(consultation, case, told)}, force=False)
        print(consultation.phrase("documents.ask.kept", case.locale, file=str(path)))
    return told


def _one(front: FrontEnd, consultation: Consultation, case: Case, name: str) -> str:
    label = consultation.phrase(f"documents.detail.{name}", case.locale)
    prompt = Prompt(text=label[:1].upper() + label[1:])
    while details.is_personal(said := clean(front.ask(prompt), details.LONGEST)):
        prompt = Prompt(text=consultation.phrase("documents.ask.personal-code", case.locale))
    return said


def blank(consultation: Consultation, case: Case, told: Mapping[str, str]) -> bytes:
    """A details file with what is known and a place for everything else."""
    comments = {name: consultation.phrase(f"documents.detail.{name}", case.locale) for name in DETAILS}
    return details.write(told, comments, consultation.phrase("documents.details.about", case.locale))

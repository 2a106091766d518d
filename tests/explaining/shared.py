"""What the tests of explanations share: the reference shops as cases, and tiny knowledge bases of one's own."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from advisor import answersfile, yamlio
from advisor.case import Case
from advisor.consultation import Consultation
from advisor.engine.reference import ReferenceEngine
from advisor.explaining.changes import changed
from advisor.explaining.relevance import Slice
from advisor.knowledge.files import KnowledgeFile, read
from advisor.knowledge.load import load
from advisor.model import UNKNOWN, Answer, Locale
from tests.test_scenarios import SCENARIOS, scenario

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = "2026-11-23"
PHRASES = ("phrases.yaml", "phrases_explain.yaml", "words.yaml")


def shop(path: Path, consultation: Consultation, locale: Locale = Locale.EN) -> Case:
    """The case of a reference shop."""
    return case_from(consultation, scenario(path)["answers"], locale, path.stem)


def case_from(
    consultation: Consultation, answers: Mapping[str, Any], locale: Locale = Locale.EN, name: str = "shop"
) -> Case:
    """A case from answers as an answers file would say them."""
    data = "".join(f"{key}: {yamlio.flow(value)}\n" for key, value in answers.items()).encode()
    case = Case(name=name, as_of=consultation.as_of, locale=locale)
    return changed(case, answersfile.read(data, "answers.yaml", consultation))


def tiny(text: str, day: str = DAY) -> Consultation:
    """A consultation on the smallest knowledge base with some rules, questions and the like added."""
    base, program = load(tiny_files(text))
    today = program.on(day)
    return Consultation(base, today, ReferenceEngine(today), day)


def tiny_files(text: str) -> tuple[KnowledgeFile, ...]:
    """The files of such a knowledge base, with the phrases of the real one."""
    files = [*read(ROOT / "tests" / "knowledge" / "base"), KnowledgeFile("extra.yaml", text.encode())]
    phrases = [KnowledgeFile(name, (ROOT / "knowledge" / name).read_bytes()) for name in PHRASES]
    return (*files, *phrases)


_PARTS: dict[tuple[int, str], Slice] = {}
"""The parts made, which keep their consultations, so that identities stay what they are."""


def part(consultation: Consultation, obligation: str) -> Slice:
    """What an obligation can depend on, to conclude it by; `test_relevance` holds it against the whole."""
    key = (id(consultation), obligation)
    if key not in _PARTS:
        _PARTS[key] = Slice(consultation, obligation)
    return _PARTS[key]


def altered(consultation: Consultation, case: Case, chance: random.Random) -> Case:
    """The case with some answers changed or taken away at random."""
    answers = dict(case.answers)
    attributes = [
        attribute
        for attribute in consultation.situations.attributes.values()
        if attribute.question is not None and attribute.domain not in ("vendor", "person")
    ]
    for _ in range(chance.randint(3, 20)):
        if chance.random() < 0.3:
            answers.pop(chance.choice(list(answers)))
            continue
        attribute = chance.choice(attributes)
        assert attribute.question is not None
        of = ""
        if attribute.of:
            subjects = [key[1] for key in answers if key[0].startswith(f"{attribute.of}.")]
            if not subjects:
                continue
            of = chance.choice(subjects)
        values = (*consultation.situations.representatives(attribute), UNKNOWN)
        value = tuple(chance.sample(values, min(len(values), 2))) if attribute.many else chance.choice(values)
        ask = attribute.id if attribute.question.kind == "checklist" else attribute.question.id
        answers[ask, of] = Answer(ask=ask, of=of, value=value, how=chance.choice(["label", "file"]))
    return changed(Case(name="altered", as_of=case.as_of, locale=case.locale), answers.values())


__all__ = ["DAY", "ROOT", "SCENARIOS", "altered", "case_from", "part", "shop", "tiny", "tiny_files"]

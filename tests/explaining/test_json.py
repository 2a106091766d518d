"""The JSON of explanations: one documented shape, with the same content in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from advisor.engine.program import Program
from advisor.explaining.assumptions import assumptions
from advisor.explaining.changes import parse
from advisor.explaining.comparing import compare
from advisor.explaining.how import how
from advisor.explaining.remove import remove
from advisor.explaining.sides import Consultations, Side
from advisor.explaining.what_if import what_if
from advisor.explaining.why_not import why_not
from advisor.explaining.words import Words
from advisor.interview import Interview
from advisor.model import KnowledgeBase, Locale
from advisor.render.explain_json import (
    assumptions_json,
    comparison_json,
    how_json,
    removal_json,
    shelf_json,
    what_if_json,
    why_not_json,
)
from tests.explaining.shared import DAY, ROOT, SCENARIOS, shop

SCHEMA = json.loads((ROOT / "docs" / "schema" / "explanation-1.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


def documents(interview: Interview, path: Path, locale: Locale) -> Iterator[Mapping[str, Any]]:
    """Every kind of document about one case; of how and why not, one for each obligation."""
    case = shop(path, interview, locale)
    words, conclusions = Words(interview, case), interview.conclusions(case)
    yield assumptions_json(words, assumptions(interview, case))
    for name in interview.base.actions:
        found = how(interview.base, case, conclusions, name)
        if found:
            yield how_json(words, name, found)
        else:
            yield why_not_json(words, why_not(interview, case, name))
    for name in ("transfer.notice", "processor.register", "transfer.unknown-ask", "adjacent.tobacco-ban"):
        applies = any(due.id == name for due in conclusions.certain)
        yield removal_json(words, remove(interview, case, name), applies)
    changed = what_if(interview, case, parse(interview, case, "shop.audience=b2b data.children=offered_directly"))
    yield what_if_json(Words(interview, changed.after), changed)


@pytest.mark.parametrize("number", [1, 5])
def test_every_document_keeps_the_schema(
    number: int, interview: Interview, validator: jsonschema.Draft202012Validator
) -> None:
    kinds = set()
    for document in documents(interview, SCENARIOS[number], Locale.EN):
        kinds.add(document["kind"])
        plain = json.loads(json.dumps(document))
        errors = [error.message[:300] for error in _of_kind(validator, plain).iter_errors(plain)]
        assert not errors, (document.get("obligation"), errors[:2])
    assert kinds == {"how", "why-not", "assumptions", "remove", "what-if"}


def _of_kind(
    validator: jsonschema.Draft202012Validator, document: Mapping[str, Any]
) -> jsonschema.Draft202012Validator:
    """The part of the schema for a kind of document: its complaints say what is wrong, those of `oneOf` do not."""
    assert {"$ref": f"#/$defs/{document['kind']}"} in SCHEMA["oneOf"]
    return validator.evolve(schema={"$ref": f"#/$defs/{document['kind']}", "$defs": SCHEMA["$defs"]})


def test_comparisons_keep_the_schema(
    knowledge: tuple[KnowledgeBase, Program], interview: Interview, validator: jsonschema.Draft202012Validator
) -> None:
    base, program = knowledge
    left, right = (
        Side(case=shop(SCENARIOS[number], interview), base=base, program=program, day=day)
        for number, day in ((0, "2026-06-18"), (5, DAY))
    )
    consultations = Consultations()
    found = compare(left, right, consultations)
    several = shelf_json(2, (("f6", found),), {"processor.register": "reworded"}, consultations)
    for document in (comparison_json(found, consultations), several):
        plain = json.loads(json.dumps(document))
        assert not [error.message[:300] for error in _of_kind(validator, plain).iter_errors(plain)]
        validator.validate(plain)


def test_only_sentences_depend_on_the_language(interview: Interview) -> None:
    english, latvian = (list(documents(interview, SCENARIOS[0], locale)) for locale in Locale)
    assert [_without_texts(item) for item in english] == [_without_texts(item) for item in latvian]
    assert english != latvian


def _without_texts(document: object) -> object:
    if isinstance(document, Mapping):
        said = ("text", "title", "locale")
        return {key: _without_texts(item) for key, item in document.items() if key not in said}
    if isinstance(document, list):
        return [_without_texts(item) for item in document]
    return document

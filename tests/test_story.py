"""Opening stories: what must be read from them, what may, and that nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor import yamlio
from advisor.engine.program import Program
from advisor.model import KnowledgeBase, Locale, Value
from advisor.understanding.understand import Told, Understanding
from tests.utterances.scoring import expand

STORIES = Path(__file__).resolve().parent / "stories" / "stories.yaml"


def stories() -> list[dict[str, Any]]:
    root, problems = yamlio.parse(STORIES.read_text(encoding="utf-8"), STORIES.name)
    assert root is not None and not problems
    return root.plain()  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def understanding(knowledge: tuple[KnowledgeBase, Program]) -> Understanding:
    return Understanding(knowledge[0])


def read(understanding: Understanding, text: str, locale: Locale) -> Mapping[str, Told]:
    return {told.ask: told for told in understanding.read_story(text, locale)}


@pytest.mark.parametrize("story", stories(), ids=lambda story: story["name"])
def test_a_story_is_read_for_what_it_surely_holds(understanding: Understanding, story: Mapping[str, Any]) -> None:
    locale = Locale.EN if "en" in story else Locale.LV
    text = story[locale.value]
    told = read(understanding, text, locale)
    must = {ask: expand(value) for ask, value in story["must"].items()}
    may = {ask: expand(value) for ask, value in story.get("may", {}).items()}
    got = {ask: _comparable(item.value) for ask, item in told.items()}
    for ask, value in got.items():
        assert value in [_comparable(allowed[ask]) for allowed in (must, may) if ask in allowed], ask
    assert set(must) <= set(got)
    for item in told.values():
        assert all(part.casefold() in text.casefold() for part in item.words.split(", ")), item


def _comparable(value: Any) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def test_every_phrase_of_the_lists_is_understood_by_its_question(understanding: Understanding) -> None:
    """What is read from a story is what the question itself would have understood."""
    questions = understanding.story_questions
    strange = []
    count = 0
    for key, phrases in understanding.words.below("story."):
        ask, _, value = key.rpartition(".")
        question = questions[ask]
        for locale, entries in phrases.entries.items():
            for said in entries:
                count += 1
                got = understanding.read(question, said, locale).value
                meant: set[Value] = {int(part) if part.isdecimal() else part for part in value.split("+")}
                meant = {ask} if question.kind == "checklist" else meant - {"none"} if question.many else meant
                right = meant <= set(got if isinstance(got, tuple) else (got,)) and got is not None
                if not right:
                    strange.append((key, said, got))
    assert strange == []
    assert count > 500


@pytest.mark.parametrize(
    "denied",
    [
        "We do not use {}.", "We don't use {} at all.", "No {}.", "There will be no {}.", "We will not use {}.",
        "Without {}.",
        "Neizmantosim {}.", "{} neizmantojam.", "{} nebūs.", "Bez {}.", "{} nav vajadzīgs.", "Nelietojam {}.",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "name", ["Mailchimp", "Shopify", "Stripe", "Facebook pixel", "Google Analytics", "Hotjar", "PayPal"]
)
def test_what_is_denied_is_never_told(understanding: Understanding, denied: str, name: str) -> None:
    for locale in Locale:
        assert read(understanding, denied.format(name), locale) == {}


@pytest.mark.parametrize(
    "doubted",
    [
        "Maybe {}.", "We are thinking of {}.", "If we grow we will use {}.", "Is {} a good choice?",
        "My competitor uses {}.", "Varbūt {}.", "Ja būs nauda, izmantosim {}.", "Domājam par {}.", "Vai {} ir labs?",
        "Agrāk izmantojām {}.",
    ],
)  # fmt: skip
def test_what_is_doubted_is_never_told(understanding: Understanding, doubted: str) -> None:
    for name in ("Mailchimp", "Shopify", "Stripe", "Google Analytics"):
        for locale in Locale:
            assert read(understanding, doubted.format(name), locale) == {}


@settings(max_examples=150, deadline=None)
@given(
    said=st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                (
                    "we",
                    "sell",
                    "not",
                    "SIA",
                    "IK",
                    "Latvia",
                    "EU",
                    "no",
                    "nē",
                    "un",
                    ",",
                    ".",
                    "?",
                    "only",
                    "candles",
                    "Stripe",
                    "5",
                    "people",
                    "maybe",
                    "ja",
                    "pay",
                    "card",
                    "newsletter",
                    "VAT",
                ),
            ),
            max_size=20,
        ).map(" ".join),
    ),
    locale=st.sampled_from(Locale),
)
def test_any_text_gives_well_formed_facts(understanding: Understanding, said: str, locale: Locale) -> None:
    questions = understanding.story_questions
    for told in understanding.read_story(said, locale):
        question = questions[told.ask]
        several = question.many and question.kind != "checklist"
        assert isinstance(told.value, tuple) == several and told.words and told.of == ""
        values = told.value if isinstance(told.value, tuple) else (told.value,)
        assert len(set(values)) == len(values) and not any(str(value).startswith("@") for value in values)


def test_a_long_story_is_read_to_the_end(understanding: Understanding) -> None:
    text = "We like gardens and long walks, and write many words. " * 60 + "We use Stripe. Our company is an SIA."
    assert set(read(understanding, text, Locale.EN)) == {"vendors", "seller.legal_form"}

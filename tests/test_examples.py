"""The examples shown with questions are answers that are understood."""

from __future__ import annotations

import re

import pytest

from advisor.effects import Ask
from advisor.interview import Interview, State
from advisor.model import Locale
from tests.explaining.shared import case_from

QUOTED = re.compile(r"[\"„]([^\"”]+)[\"”]")


@pytest.mark.parametrize("locale", Locale)
def test_every_quoted_example_is_a_sure_answer(locale: Locale, interview: Interview) -> None:
    shown = [question for question in interview.base.questions if question.example is not None]
    assert {question.id for question in shown} >= {"shop.audience", "shop.goods", "vendors", "data.purposes"}
    for question in shown:
        assert question.example is not None
        for said in QUOTED.findall(question.example.in_(locale)):
            reading = interview.understanding.read(question, said, locale)
            assert reading.value and not reading.candidates and not reading.ignored, (question.id, said)


def test_the_example_is_shown_with_the_question_once(interview: Interview) -> None:
    state = State(case=case_from(interview, {}), pending=("shop.audience", ""), topic="shop")
    state, effects = interview.step(state, "/help")
    (ask,) = (effect for effect in effects if isinstance(effect, Ask))
    assert ask.text.endswith("For instance, a cake shop that also takes orders from offices sells to both.")
    _, effects = interview.step(state, "xyzzy")
    (ask,) = (effect for effect in effects if isinstance(effect, Ask))
    assert ask.repeat and "For instance" not in ask.text, "what was just shown is not shown again"

"""The utterance tables hold: on those that were tuned for nothing is misread, on those kept apart hardly anything."""

from __future__ import annotations

from collections import Counter

import pytest

from advisor.engine.program import Program
from advisor.interview import Interview
from advisor.model import KnowledgeBase, Locale
from advisor.understanding.understand import Understanding
from tests.utterances.scoring import Score, Scorer, Utterance, tally, utterances
from tests.utterances.typos import study

HOLDOUT = list(utterances(holdout=True))
OTHERS = list(utterances(holdout=False))
FOUNDERS = [utterance for utterance in OTHERS if utterance.place.startswith("founders_")]
"""What founders might type in whole sentences, with reasons and stories; written by others, and studied since."""


@pytest.fixture(scope="module")
def scorer(interview: Interview) -> Scorer:
    return Scorer(Understanding(interview.base), interview.questions)


def scores(scorer: Scorer, said: list[Utterance]) -> tuple[Counter[Score], list[str]]:
    counts: Counter[Score] = Counter()
    wrong = []
    for utterance in said:
        score, reading = scorer.score(utterance)
        counts[score] += 1
        if score == "wrong":
            wrong.append(f"{utterance.place}: {utterance.said!r} is read as {reading.value!r} {reading.command or ''}")
    return counts, wrong


def test_the_tables_are_large_and_cover_both_languages_and_every_kind(scorer: Scorer) -> None:
    assert len(OTHERS) + len(HOLDOUT) >= 1_000 and len(HOLDOUT) >= (len(OTHERS) + len(HOLDOUT)) / 3 - 1
    for said in (OTHERS, HOLDOUT):
        assert Counter(utterance.locale for utterance in said)[Locale.LV] > len(said) / 3
    kinds = {
        "choice", "choices", "yes-no", "number", "country", "countries", "vendors", "people", "checklist", "confirm",
    }  # fmt: skip
    assert {scorer.kind(utterance) for utterance in OTHERS} == kinds == {scorer.kind(one) for one in HOLDOUT}


def test_the_two_parts_share_no_utterance() -> None:
    def keys(said: list[Utterance]) -> list[tuple[object, ...]]:
        return [(utterance.question, utterance.locale, utterance.said, utterance.before) for utterance in said]

    assert set(keys(OTHERS)).isdisjoint(keys(HOLDOUT))
    assert len(set(keys(OTHERS))) == len(OTHERS)


def test_what_was_tuned_for_is_understood(scorer: Scorer) -> None:
    counts, wrong = scores(scorer, OTHERS)
    assert wrong == []
    assert counts["right"] / len(OTHERS) > 0.95
    plain = [utterance for utterance in OTHERS if utterance not in FOUNDERS]
    assert scores(scorer, plain)[0]["right"] / len(plain) > 0.99
    assert scores(scorer, FOUNDERS)[0]["right"] / len(FOUNDERS) > 0.93


def test_every_kind_of_question_is_understood(scorer: Scorer) -> None:
    every = (utterance for said in (OTHERS, HOLDOUT) for utterance in said)
    found = tally((scorer.kind(utterance), scorer.score(utterance)[0]) for utterance in every)
    assert {kind: counts for kind, counts in found.items() if counts["right"] / counts.total() < 0.9} == {}


@pytest.mark.parametrize("locale", list(Locale))
def test_every_label_and_every_fifth_alias_means_its_option(interview: Interview, locale: Locale) -> None:
    understanding = Understanding(interview.base)
    strange = []
    for question in interview.questions.values():
        for option in question.options if question.kind in ("choice", "choices", "checklist") else ():
            expected = (option.value,) if question.many else option.value
            for said in (option.label.en, option.label.lv, *option.alias[::5]):
                if understanding.read(question, said, locale).value != expected:
                    strange.append((question.id, option.value, said))
    assert strange == []


def test_typing_mistakes_in_all_countries_and_providers(knowledge: tuple[KnowledgeBase, Program]) -> None:
    """Every thirteenth mistake of the study in benchmarks/typos.py."""
    found = study(knowledge[0], every=13)
    assert set(found) == {"countries, en", "countries, lv", "providers, en", "providers, lv"}
    for title, here in found.items():
        total: Counter[str] = sum(here.counts.values(), Counter())
        assert total.total() > 500, title
        assert total["wrong"] / total.total() <= 0.005, here.wrong
        assert total["right"] / total.total() >= 0.95, title

"""Finds obligations by everyday words: by what people call them, by words of their titles, else by what their steps and
the questions behind them speak of.

Only a name means an obligation for sure; words of steps and questions, and words that are only like others, yield what
may be meant. Knows the knowledge base, but no case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.model import OBLIGATION, Action, KnowledgeBase, Locale, Question
from advisor.understanding.matching import Index, Name
from advisor.understanding.sentences import Sentence, Words, parse
from advisor.vocabulary import YES_NO

_ABOUT = "about."
_IDLE = ("about-idle", "filler", "place", "not", "no", "and")
_SHORTEST = 3
_FEW = 5
_MOST_KEPT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The words that say what is meant, obligations called so, and those of which some text holds all the words.

    `wholly`: no other word stands beside the name.
    """

    words: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    wholly: bool = False
    speaking: tuple[str, ...] = ()


def recogniser(base: KnowledgeBase) -> Recogniser:
    """The recogniser of a knowledge base; the last few are kept, as they take some time to make."""
    if base.digest not in _KEPT:
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[base.digest] = Recogniser(base)
    return _KEPT[base.digest]


class Recogniser:
    """What the obligations of one knowledge base are called and what they speak of."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._words = Words(base.phrases)
        self._called = Index(
            Name(said, name)
            for name, names in self._words.below(_ABOUT)
            if name in base.actions
            for entries in names.entries.values()
            for said in entries
        )
        self._titles: Index | None = None
        self._texts: Index | None = None

    def find(self, said: str, locale: Locale) -> Recognised:
        """The obligations that a few words may mean."""
        sentence = parse(said, self._words, locale)
        telling = self._telling(sentence)
        called, besides = self._by_name(sentence, telling)
        if called and besides:
            narrower = _holding_all(self._indexes()[0], besides)
            surely = tuple(name for name in called if name in narrower)
            return Recognised(words=telling, called=surely, speaking=() if surely else called)
        if called:
            return Recognised(words=telling, called=called, wholly=True)
        titles, texts = self._indexes()
        speaking = _holding_all(titles, telling) or _holding_all(texts, telling) or _holding_rarest(titles, telling)
        return Recognised(words=telling, speaking=tuple(name for name in self._base.actions if name in speaking))

    def _by_name(self, sentence: Sentence, telling: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those whose names stand in the line, and the words besides."""
        matches = self._called.within(sentence.tokens)
        if not matches:
            alone = self._called.inflected(telling) or self._called.resembling(telling)
            return tuple(map(str, alone.values)) if alone is not None else (), ()
        inside = {sentence.words[place] for match in matches for place in range(*match.span)}
        found = dict.fromkeys(str(name) for match in matches for name in match.values)
        return tuple(found), tuple(word for word in telling if word not in inside)

    def _telling(self, sentence: Sentence) -> tuple[str, ...]:
        """The words that say what is meant."""
        return tuple(
            word
            for place, word in enumerate(sentence.words)
            if len(word) >= _SHORTEST and not any(self._words[name].at(sentence.words, place) for name in _IDLE)
        )

    def _indexes(self) -> tuple[Index, Index]:
        """Titles, and everything else that the obligations speak of; made when a name was not enough."""
        if self._titles is None or self._texts is None:
            asked = _questions_behind(self._base)
            actions = self._base.actions.items()
            self._titles = Index(Name(text, name) for name, action in actions for text in _of_title(action))
            self._texts = Index(
                Name(text, name) for name, action in actions for text in (*_of_text(action), *asked.get(name, ()))
            )
        return self._titles, self._texts


def _holding_all(index: Index, words: Iterable[str]) -> set[str]:
    """The obligations one of whose texts holds each of the words, or one like it."""
    found: set[str] | None = None
    for word in words:
        holding = {str(name) for name in index.sharing((word,))} or {str(name) for name in index.holding_like(word)}
        found = holding if found is None else found & holding
    return found or set()


def _holding_rarest(index: Index, words: Iterable[str]) -> set[str]:
    """The few obligations whose titles have the word that the fewest have: "photos" of "photos of my dog"."""
    found = ({str(name) for name in index.sharing((word,))} for word in words)
    few = [names for names in found if 0 < len(names) <= _FEW]
    return min(few, key=len, default=set())


def _of_title(action: Action) -> Iterator[str]:
    yield from (action.title.en, action.title.lv)


def _of_text(action: Action) -> Iterator[str]:
    for locale in Locale:
        yield action.title.in_(locale)
        yield from action.steps.in_(locale)
        yield from action.evidence.in_(locale)


def _questions_behind(base: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """The titles of the questions that the rules of an obligation name, and the answers they ask for."""
    questions = {name: question for question in base.questions for name in question.attributes()}
    found: dict[str, dict[str, None]] = {}
    for rule in base.rules:
        about = [str(head.value) for head in rule.then if head.attribute == OBLIGATION]
        for condition in (condition for body in rule.bodies for condition in body.positive):
            question = questions.get(condition.attribute)
            for name in about if question is not None else ():
                assert question is not None
                found.setdefault(name, {}).update(dict.fromkeys(_spoken(question, condition.operands)))
    return {name: tuple(texts) for name, texts in found.items()}


def _spoken(question: Question, values: Iterable[object]) -> Iterator[str]:
    yield from (question.title.en, question.title.lv)
    for value in values:
        option = question.option(value) if isinstance(value, str | int) and value not in YES_NO else None
        if option is not None:
            yield from (option.label.en, option.label.lv)


_KEPT: dict[str, Recogniser] = {}

"""Reads what somebody only supposes, "what if we also sold alcohol", as changes of answers to whatever question.

What is said of what might be is first put as if it were so ("pārdotu" as "pārdodam"); then it is read like an opening
story, and where that holds nothing for sure, by the names of the options of all questions. What is not sure is handed
on as such, to be asked about. Knows names and word lists, but no case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.model import Locale, Question, Value
from advisor.understanding.amounts import read_amount
from advisor.understanding.capitals import countries_named
from advisor.understanding.denying import denials
from advisor.understanding.matching import Index, Match, Name
from advisor.understanding.naming import COUNTRY_KINDS, GROUP, NONE, Naming, of_option
from advisor.understanding.sentences import Sentence, Span, parse
from advisor.understanding.story import Mention, Stories
from advisor.vocabulary import YES_NO
from advisor.wording import fold

_IS = "="
_MOST = 5
_SHORT = 2
_TELLING = 5
"""Letters that a word must have to be known again by what it resembles."""
_TELLING_ALONE = 7
"""Letters with which an option is well told even without its label."""
_NEARLY = 0.85
_FEW = 3
_IDLE = ("filler", "place", "and", "not", "no", "none", "supposed-person", "adding", "adding-behind", "only",
         "supposed-idle")  # fmt: skip
"""Lists of words that name nothing by themselves."""
_BRACKETS = re.compile(r"[()]")
_SPACES = re.compile(r"\s+")

Kind = Literal["is", "add", "only", "without"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer as it would be: it becomes `value`, or `value` is added to a list, all that is left, or taken out.

    `also`: the value joins the answer there is where that is possible ("also to companies"). `ask` may be a question
    about each vendor.
    """

    ask: str
    value: Value
    kind: Kind = "is"
    also: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What a line supposes for sure, all of it together, and else the changes that may be meant, one of them."""

    sure: tuple[Change, ...] = ()
    doubtful: tuple[Change, ...] = ()


class Supposing:
    """Reads suppositions with the names of one knowledge base."""

    def __init__(self, naming: Naming, stories: Stories) -> None:
        self._naming = naming
        self._words = naming.words
        self._stories = stories
        self._indexes: dict[str, Index] = {}
        self._questions = {name: each for each in naming.base.questions for name in (each.id, *each.attributes())}

    def read(self, text: str, locale: Locale) -> Supposed:
        """What the line supposes of the shop."""
        stated = self._as_a_fact(parse(text, self._words, locale))
        sentence = parse(stated, self._words, locale)
        mentions = self._people(sentence) or self._stories.mentions(stated, locale)
        if sure := tuple(dict.fromkeys(self._changes(mentions, sentence))):
            return Supposed(sure=sure)
        return self._judged(sentence, (*self._number(sentence), *self._named(sentence), *self._somewhere(sentence)))

    def read_of_vendor(self, text: str, locale: Locale) -> Supposed:
        """What the line, in which the vendor's name has been left out, supposes of a vendor: "servers in Germany"."""
        sentence = parse(self._as_a_fact(parse(text, self._words, locale)), self._words, locale)
        changes = (*self._named(sentence, "vendor"), *self._somewhere(sentence, "vendor"))
        return self._judged(sentence, changes, "vendor")

    def _judged(self, sentence: Sentence, changes: Iterable[Change], of: str = "") -> Supposed:
        """What may be meant; sure is only one option, well told, or "none", if the line says nothing else.

        Short names of an option are answers to its question, and may mean something else elsewhere. Where no option is
        named, what resembles a word may be meant.
        """
        found = tuple(dict.fromkeys(changes))
        if len(found) == 1 and self._is_told(sentence, found[0], of) and not self._leaves_over(sentence, of):
            return Supposed(sure=found)
        like = () if found or of else tuple(dict.fromkeys(self._like(sentence, of)))
        return Supposed(doubtful=(found or like)[:_MOST])

    def countries(self, text: str, locale: Locale) -> tuple[tuple[str, bool], ...]:
        """The countries that a line names, each with whether it denies them."""
        found = self._countries(parse(text, self._words, locale))
        return tuple((value, denied) for value, _, denied in found if not value.startswith(GROUP))

    # --- as if it were so --------------------------------------------------------------------------------------------

    def _as_a_fact(self, sentence: Sentence) -> str:
        """The line in the indicative: every entry of the list is a word, and how it is said of what only might be."""
        forms = {
            tuple(fold(form).split()): entry.partition("/")[0]
            for entries in self._words["supposed"].entries.values()
            for entry in entries
            for form in entry.split("/")[1:]
        }
        longest = max(map(len, forms), default=0)
        parts: list[str] = []
        place = end = 0
        while place < len(sentence.words):
            length = next(
                (n for n in range(longest, 0, -1) if tuple(sentence.words[place : place + n]) in forms), 0
            )  # fmt: skip
            start = sentence.tokens[place].start
            if length and start >= end:
                stop = sentence.tokens[min(place + length, len(sentence.words)) - 1].end
                parts += (sentence.text[end:start], forms[tuple(sentence.words[place : place + length])])
                end = stop
            place += length or 1
        return _SPACES.sub(" ", "".join((*parts, sentence.text[end:]))).strip(" ,?")

    # --- what is sure ------------------------------------------------------------------------------------------------

    def _changes(self, mentions: Iterable[Mention], sentence: Sentence) -> Iterator[Change]:
        also, only = self._holds(sentence, "adding", "adding-behind"), self._holds(sentence, "only")
        for mention in mentions:
            question = self._questions.get(mention.ask)
            if question is None:
                continue
            if question.kind == "checklist" or (question.option("no") and mention.denied):
                yield Change(ask=mention.ask, value=_opposite(mention) if mention.denied else mention.value)
            elif question.many:
                if mention.value != NONE:
                    kind: Kind = "without" if mention.denied else "only" if only else "add"
                    yield Change(ask=mention.ask, value=mention.value, kind=kind)
                elif not mention.denied:
                    yield Change(ask=mention.ask, value=NONE, kind="only")
            elif not mention.denied:
                yield Change(ask=mention.ask, value=mention.value, also=also)

    def _people(self, sentence: Sentence) -> tuple[Mention, ...]:
        """Somebody in another country who would see the data: "if somebody in India had access"."""
        if not self._holds(sentence, "supposed-person"):
            return ()
        ask = next((each.id for each in self._naming.base.questions if each.kind == "people"), "")
        return tuple(
            Mention(ask, value, sentence.typed(span), denied)
            for value, span, denied in self._countries(sentence)
            if not value.startswith(GROUP)
        )  # fmt: skip

    # --- what may be meant -------------------------------------------------------------------------------------------

    def _named(self, sentence: Sentence, of: str = "") -> Iterator[Change]:
        """The options of all questions that the line names, said or denied."""
        matches = self._matches(sentence, of)
        denied, unclear = denials(sentence, self._words, [match.span for match in matches])
        for match in matches:
            for value in match.values if match.span not in unclear else ():
                yield from self._option(str(value), match.span in denied)

    def _option(self, key: str, denied: bool) -> Iterator[Change]:
        ask, _, value = key.partition(_IS)
        question = self._questions[ask]
        if question.kind == "checklist" and value != NONE:
            yield Change(ask=ask, value="no" if denied else "yes")
        elif question.many and value != NONE:
            yield Change(ask=ask, value=value, kind="without" if denied else "add")
        elif not denied:
            yield Change(ask=ask, value=value, kind="only" if question.many else "is")

    def _matches(self, sentence: Sentence, of: str) -> tuple[Match, ...]:
        """The options named, except by words alone that say nothing."""
        return tuple(
            match
            for match in self._index(of).within(sentence.tokens)
            if not all(any(self._covers(sentence, place, name) for name in _IDLE) for place in range(*match.span))
        )

    def _is_told(self, sentence: Sentence, change: Change, of: str) -> bool:
        """Whether the words for an option are its label, or tell enough to mean it anywhere."""
        if change.value == NONE:
            return True
        question = self._questions[change.ask]
        option = question.option(change.ask if question.kind == "checklist" else change.value)
        written = (option.label.en, option.label.lv) if option is not None else ()
        labels = {fold(part) for label in written for part in (label, *_BRACKETS.split(label))}
        places = (place for match in self._matches(sentence, of) for place in range(*match.span))
        said = " ".join(
            sentence.words[place]
            for place in places
            if not any(self._covers(sentence, place, name) for name in _IDLE)
        )  # fmt: skip
        return said in labels or len(said) >= _TELLING_ALONE

    def _like(self, sentence: Sentence, of: str) -> Iterator[Change]:
        """The options that share several words with the line, else those that have one, or nearly one; few or none."""
        telling = tuple(
            word
            for place, word in enumerate(sentence.words)
            if len(word) >= _TELLING and not any(self._covers(sentence, place, name) for name in _IDLE)
        )
        index = self._index(of)
        shared = index.sharing(telling)
        most = max(shared.values(), default=0)
        likely = [value for value, common in shared.items() if common == most > 1]
        for word in telling if not likely else ():
            holding = index.holding((word,)) or index.near((word,), _NEARLY)
            likely += holding if len(holding) <= _FEW else ()
        for key in likely:
            yield from self._option(str(key), denied=False)

    def _somewhere(self, sentence: Sentence, of: str = "") -> Iterator[Change]:
        """A country of which it is not said what is there."""
        kinds = ("country", "countries") if of else ("countries", "people")
        asked = [each for each in self._naming.base.questions if each.kind in kinds and each.of == of]
        for value, _, denied in self._countries(sentence):
            for question in asked if not value.startswith(GROUP) else ():
                if question.kind == "people" and self._naming.base.countries[value].eea:
                    continue  # only people elsewhere are asked for
                if question.many:
                    yield Change(ask=question.id, value=value, kind="without" if denied else "add")
                elif not denied:
                    yield Change(ask=question.id, value=value)

    def _number(self, sentence: Sentence) -> Iterator[Change]:
        """The questions that a number answers, where the line holds a word of what they are about."""
        for question in self._naming.base.questions:
            ranged = [option for option in question.options if option.low is not None]
            if question.of or not (ranged or question.kind == "number"):
                continue
            numbers = read_amount(sentence, self._words)
            if len(numbers) != 1 or not self._holds(sentence, f"supposed-of.{question.id}"):
                continue
            if question.kind == "number" and question.low <= numbers[0] <= question.high:
                yield Change(ask=question.id, value=numbers[0])
            for option in ranged:
                if option.holds(numbers[0]):
                    yield Change(ask=question.id, value=option.value)

    def _countries(self, sentence: Sentence) -> Iterator[tuple[str, Span, bool]]:
        matches = countries_named(sentence, self._naming)
        denied, _ = denials(sentence, self._words, [match.span for match in matches])
        for match in matches:
            if len(match.values) == 1:
                yield str(match.values[0]), match.span, match.span in denied

    def _index(self, of: str) -> Index:
        """The names of the options of the questions about the shop or about a vendor.

        Yes, no and "none of these" in words that fit any question say nothing by themselves.
        """
        if of not in self._indexes:
            questions = (question for question in self._naming.base.questions if question.of == of)
            self._indexes[of] = Index(name for question in questions for name in self._names(question))
        return self._indexes[of]

    def _names(self, question: Question) -> Iterator[Name]:
        """The names of its options, each with the question, `shop.goods=alcohol`; items of a checklist alone."""
        if question.kind in COUNTRY_KINDS:
            return
        base = self._naming.base
        for option in question.options:
            if option.value in (*YES_NO, NONE, "both"):
                continue
            key = f"{option.value}{_IS}yes" if question.kind == "checklist" else f"{question.id}{_IS}{option.value}"
            yield from (name._replace(value=key) for name in of_option(option, base) if len(fold(name.said)) > _SHORT)
        if question.none is not None and question.kind != "checklist":
            telling = (name for name in of_option(question.none, base) if not self._says_nothing(name.said))
            yield from (name._replace(value=f"{question.id}{_IS}{NONE}") for name in telling)

    def _says_nothing(self, said: str) -> bool:
        """Whether "none of these" is said in words that fit any question."""
        sentence = parse(said, self._words, Locale.EN)
        return all(any(self._covers(sentence, place, name) for name in _IDLE) for place in range(len(sentence.words)))

    def _leaves_over(self, sentence: Sentence, of: str) -> bool:
        """Whether the line says something besides what was found in it."""
        inside: set[int] = set()
        for match in (*self._matches(sentence, of), *self._naming.countries().index.within(sentence.tokens)):
            inside.update(range(*match.span))
        numbers = tuple(f"supposed-of.{name}" for name, _ in self._words.below("supposed-of."))
        return any(
            index not in inside
            and len(word) > _SHORT
            and not word.isdecimal()
            and not any(self._covers(sentence, index, name) for name in (*_IDLE, *numbers))
            for index, word in enumerate(sentence.words)
        )

    def _covers(self, sentence: Sentence, index: int, name: str) -> bool:
        """Whether a phrase of the list stands at this word or over it."""
        words = self._words[name]
        return any(start + words.at(sentence.words, start) > index for start in range(max(0, index - 3), index + 1))

    def _holds(self, sentence: Sentence, *lists: str) -> bool:
        said: Sequence[str] = sentence.words
        return any(self._words[name].at(said, place) for name in lists for place in range(len(said)))


def _opposite(mention: Mention) -> Value:
    return "no" if mention.value == "yes" else "yes" if mention.value == "no" else mention.value

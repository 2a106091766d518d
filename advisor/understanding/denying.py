"""What a line denies: which of the phrases found in it, surely or perhaps.

Goes by closed word lists and the order of words. Knows neither questions nor what an answer may be.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from advisor.understanding.sentences import Sentence, Span, Token, Words

_LATVIAN_VERB = re.compile(r"(am|im|ju|su|to|jo|do|ta|da|ies)\Z")
_ENDING = ("ended", "taking-back")
"""Lists of what says that something was given up."""
_PLAIN_NE_VERB = re.compile(r"ne\w{3,}(am|im|ju|su)\Z")


class Denials(NamedTuple):
    """Phrases that are denied, and phrases of which it is not clear whether they are."""

    sure: frozenset[Span]
    unclear: frozenset[Span]


class _Denial(NamedTuple):
    """A denying word or phrase. `limited`: "we don't sell only" may mean "others too". `hazy`: perhaps it is none."""

    start: int
    end: int
    limited: bool = False
    hazy: bool = False


def denials(sentence: Sentence, words: Words, found: Iterable[Span]) -> Denials:
    """Which of the phrases found the line denies, and which it perhaps denies.

    A denial reaches the phrases behind it in its clause; if there are none, those before it ("Mailchimp neizmantojam");
    if its clause holds none at all but is only a denial or a relative clause, the last phrase before the comma. What
    follows a denied phrase bare, behind a comma, may be denied or not: "not Estonia, Finland".
    """
    return _Reach(sentence, words, sorted(found)).denials()


def freed(sentence: Sentence, words: Words, found: Iterable[Span]) -> frozenset[Span]:
    """The phrases of which something is said to be free: the alcohol of "alcohol-free beer", not of "free beer"."""
    return frozenset(
        span
        for span in found
        if words["free"].at(sentence.words, span[1])
        and sentence.gap_after(span[1] - 1) in (" ", "-", "‑", "–")
        and not _free_of(sentence, words, span[1])
    )


def denying_clauses(sentence: Sentence, words: Words, found: Iterable[Span]) -> frozenset[int]:
    """The clauses with a denial outside of the phrases found."""
    inside = _inside(found)
    return frozenset(sentence.tokens[denial.end - 1].clause for denial in _denying(sentence, words, inside))


class _Reach:
    """How far the denials of one line reach."""

    def __init__(self, sentence: Sentence, words: Words, spans: list[Span]) -> None:
        self.sentence = sentence
        self.words = words
        self.spans = spans
        self.denied: set[Span] = set()
        self.unclear: set[Span] = set()
        self.reaching: set[int] = set()

    def denials(self) -> Denials:
        for denial in _denying(self.sentence, self.words, _inside(self.spans)):
            self._reach(denial)
        self._given_up()
        self._once()
        self._ended()
        self._replaced()
        for span in self.spans:
            clause = self.sentence.tokens[span[0]].clause
            if clause - 1 in self.reaching and span not in self.denied and self._goes_on_after_comma(clause):
                self.unclear.add(span)
                self.reaching.add(clause)
        return Denials(frozenset(self.denied - self.unclear), frozenset(self.unclear))

    def _reach(self, denial: _Denial) -> None:
        tokens = self.sentence.tokens
        clause = tokens[denial.end - 1].clause
        here = [span for span in self.spans if clause in (tokens[span[0]].clause, tokens[span[1] - 1].clause)]
        before = [span for span in here if span[1] <= denial.start]
        behind = [span for span in here if span[0] >= denial.end]
        if denial.hazy:
            self.unclear.update(behind[:1] or before)
        elif self.words["parting"].at(self.sentence.words, denial.start):
            self.denied.update(behind[:1])  # "we switched from Wix to Mozello"
        elif behind and not before and self.words["instead-of"].at(self.sentence.words, denial.start):
            self.denied.update(self._listed_with(behind))  # "instead of e-books a web app"
        elif denial.limited and not before:
            if not self._says_also(denial.end):
                self.unclear.update(span for span in self.spans if tokens[span[0]].clause in (clause, clause + 1))
        elif behind:
            self.denied.update(behind)
            self.reaching.add(clause)
        elif here:
            self._look_back(denial, before)
        elif self._speaks_of_the_last(clause):
            last = self._last_told(clause)
            self.denied.update([span for span in self.spans if tokens[span[1] - 1].clause == last][-1:])

    def _listed_with(self, spans: list[Span]) -> list[Span]:
        """The first of the phrases and those that "and" or "or" joins to it."""
        joined = spans[:1]
        for span in spans[1:]:
            between = range(joined[-1][1], span[0])
            if not any(self.words[name].at(self.sentence.words, place) for place in between for name in ("and", "or")):
                break
            joined.append(span)
        return joined

    def _look_back(self, denial: _Denial, before: Iterable[Span]) -> None:
        """What a denial with no phrase behind it says of those before it."""
        said = self.sentence.words
        if _speaks_of_others(said[denial.start], self.words):
            return
        object_follows = self._names_something(denial.end)
        if object_follows and said[denial.start : denial.end] in self.words["before"]:
            return  # "tea without sugar"
        before = [span for span in before if not self._is_of_others(span[1], denial.start)]
        if object_follows and said[denial.start : denial.end] in self.words["hazy"]:
            self.unclear.update(before)  # "candles not scented"
        else:
            self.denied.update(before)

    def _says_also(self, start: int) -> bool:
        return any(
            self.words["also"].at(self.sentence.words, index) for index in range(start, len(self.sentence.words))
        )

    def _names_something(self, index: int) -> bool:
        """Whether the clause goes on with a word that says something."""
        tokens = self.sentence.tokens
        clause = tokens[index - 1].clause
        return any(
            token.clause == clause and (token.word,) not in self.words["filler"] and token.piece >= 0
            for token in tokens[index:]
        )

    def _speaks_of_the_last(self, clause: int) -> bool:
        """Whether a clause without any phrase is said of the phrase before it: ", which we do not use", ", nē"."""
        own = [token.word for token in self.sentence.tokens if token.clause == clause]
        if (own[0],) in self.words["which"] or self._takes_back(clause):
            return True
        index = self.words["but"].at(own) if len(own) > 1 else 0
        while index < len(own):
            length = max(self.words[name].at(own, index) for name in ("not", "no", "filler"))
            if length == 0 or _speaks_of_others(own[index], self.words):
                return False
            index += length
        return True

    def _is_of_others(self, start: int, end: int) -> bool:
        """Whether what is denied there is said of other people: "recordings for those who can't come"."""
        return any(self.words["whoever"].at(self.sentence.words, place) for place in range(start, end))

    def _given_up(self) -> None:
        """What was only wished before a "but": "we wanted an IK, but it became a SIA"."""
        tokens, said = self.sentence.tokens, self.sentence.words
        for place in range(1, len(tokens)):
            if tokens[place].clause == tokens[place - 1].clause or not self.words["but"].at(said, place):
                continue
            before = [index for index, token in enumerate(tokens) if token.clause == tokens[place - 1].clause]
            told = any(tokens[span[0]].clause >= tokens[place].clause for span in self.spans)
            if told and any(self.words["wished"].at(said, index) for index in before):
                self.denied.update(span for span in self.spans if span[0] in before)

    def _once(self) -> None:
        """What was only once: "was on Wix, now we are on Shopify", "SIA since May, before that self-employed"."""
        told = {self.sentence.tokens[span[0]].clause for span in self.spans}
        past = {clause for clause in told if self._says(clause, "formerly")}
        if any(self._says(clause, "nowadays") for clause in told - past):
            past |= {clause for clause in told if self._says(clause, "was")}
        if told - past:
            self.denied.update(span for span in self.spans if self.sentence.tokens[span[0]].clause in past)

    def _ended(self) -> None:
        """What is no longer: "Instagram closed last year", "a Russian version, but we took it down"."""
        tokens, inside = self.sentence.tokens, _inside(self.spans)
        told = {tokens[span[0]].clause for span in self.spans}
        for index, token in enumerate(tokens):
            if index in inside or not any(self.words[name].at(self.sentence.words, index) for name in _ENDING):
                continue
            clause = token.clause if token.clause in told else self._last_told(token.clause)
            before = [span for span in self.spans if span[1] <= index and tokens[span[0]].clause == clause]
            self.denied.update(before[-1:])

    def _replaced(self) -> None:
        """What gives way to another: "Vācijas vietā Austrija", "rather Poland than Spain"."""
        for span in self.spans:
            length = self.words["instead-behind"].at(self.sentence.words, span[1])
            if length and any(other[0] >= span[1] + length for other in self.spans):
                self.denied.add(span)
            preferred = any(self.words["rather"].at(self.sentence.words, place) for place in range(span[0]))
            if preferred and span[0] and self.words["than"].at(self.sentence.words, span[0] - 1):
                self.denied.add(span)

    def _says(self, clause: int, name: str) -> bool:
        """Whether a word of this list stands in the clause, outside of what was found."""
        inside = _inside(self.spans)
        return any(
            token.clause == clause and index not in inside and self.words[name].at(self.sentence.words, index)
            for index, token in enumerate(self.sentence.tokens)
        )

    def _takes_back(self, clause: int) -> bool:
        """Whether the clause says that nothing comes of what was named before: "but nobody can order there"."""
        return any(
            token.clause == clause and self.words["taking-back"].at(self.sentence.words, index)
            for index, token in enumerate(self.sentence.tokens)
        )

    def _last_told(self, clause: int) -> int:
        """The clause before this one, a bare "but no" or "only" between them aside: "pictures only, no orders"."""
        told = sorted({token.clause for token in self.sentence.tokens if token.clause < clause}, reverse=True)
        for earlier in told:
            before = [token.word for token in self.sentence.tokens if token.clause == earlier]
            start = self.words["but"].at(before)
            if not start or (before[start:] and tuple(before[start:]) not in self.words["no"]):
                return earlier
        return -1

    def _goes_on_after_comma(self, clause: int) -> bool:
        """Whether a clause merely goes on with a list, without a verb or a word such as "only"."""
        own = [index for index, token in enumerate(self.sentence.tokens) if token.clause == clause]
        said = [self.sentence.words[index : index + 1] for index in own]
        return (
            own[0] > 0
            and "," in self.sentence.gap_after(own[0] - 1)
            and not any(word in self.words[name] for word in said for name in ("filler", "but", "yes"))
        )


def _inside(spans: Iterable[Span]) -> set[int]:
    return {index for start, end in spans for index in range(start, end)}


def _denying(sentence: Sentence, words: Words, inside: Collection[int]) -> Iterator[_Denial]:
    """Every denying word or phrase outside of the phrases found."""
    folded, index, seen = sentence.words, 0, False
    while index < len(folded):
        if index in inside:
            index += 1
            continue
        plain = max(words["not"].at(folded, index), words["parting"].at(folded, index))
        exception = words["except"].at(folded, index)
        length = max(plain, exception)
        if words["free"].at(folded, index) and _free_of(sentence, words, index):
            length = plain = 2  # "free of alcohol"
        if length == 0 and is_ne_verb(sentence.tokens[index], sentence.latvian, words):
            length = plain = 1
        if folded[index] == "no" and sentence.latvian:
            if not sentence.sure:
                yield _Denial(index, index + 1, hazy=True)
            length = 0
        if length == 0:
            seen = seen or words["none"].at(folded, index) > 0  # "nekā, izņemot X"
            if words.is_slip(folded[index], "not", "except"):
                yield _Denial(index, index + 1, hazy=True)
            index += 1
            continue
        end = index + length
        only = _only_after(sentence, words, end)
        # "not only X" denies nothing, and neither does "nothing except X".
        clear = only == end and sentence.tokens[only].clause == sentence.tokens[index].clause
        if not clear and not (exception and exception >= plain and seen):
            yield _Denial(index, end, limited=only > 0)
        seen = True
        index = end


def _only_after(sentence: Sentence, words: Words, index: int) -> int:
    """Where "only" follows, at once ("not only") or behind words that say nothing ("we don't sell only"); else 0."""
    while index < len(sentence.words) and not sentence.gap_after(index - 1).strip():
        if words["only"].at(sentence.words, index):
            return index
        if (sentence.words[index],) not in words["filler"]:
            break
        index += 1
    return 0


def _free_of(sentence: Sentence, words: Words, index: int) -> bool:
    return sentence.words[index + 1 : index + 2] in (("of",), ("from",)) and words["free"].at(sentence.words, index) > 0


def is_ne_verb(token: Token, latvian: bool, words: Words) -> bool:
    """A Latvian verb with the prefix ne-: neizmantojam, nesūtīsim."""
    if not token.word.startswith("ne") or len(token.word) < 5 or (token.word,) in words["not-denials"]:
        return False
    if _PLAIN_NE_VERB.match(token.word):
        return True
    return latvian and (token.typed.islower() or _LATVIAN_VERB.search(token.word) is not None)


def _speaks_of_others(word: str, words: Words) -> bool:
    """Nothing, nobody: ", and nothing else" says nothing of what stands before it."""
    return (word,) in words["none"] and (word,) not in words["no"]

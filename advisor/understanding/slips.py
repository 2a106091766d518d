"""Misspelt names in a line: what a piece resembles, alone, in a longer text or beside a name that was typed well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from advisor.model import Value
from advisor.understanding.around import Around
from advisor.understanding.denying import is_ne_verb
from advisor.understanding.matching import SURE, Match, stem
from advisor.understanding.sentences import Span

_DENYING_PREFIXES = ("bez", "ne", "non", "un")
_LIKELY = 0.8
"""Similarity from which one word of a longer text is asked about."""
_CERTAIN = 0.87
"""Similarity from which it is taken for a misspelt name."""
_WORD, _LONG_WORD = 5, 7
"""Letters that such a word must have at least."""
_MOST_WORDS = 3
_MOST_NEAR = 4
_MOST_TRIED = 30
"""Words of a piece that are tried as misspelt names."""


class Slips:
    """The misspelt names of one line."""

    def __init__(self, around: Around) -> None:
        self._around = around
        self._index = around.names.index
        self._words = around.words
        self.passed_over = self._index.passed_over(around.sentence.tokens)

    def resembling(self, span: Span, floor: float = SURE) -> Match | None:
        """A misspelt name; but "bezalkoholiskie" is not a misspelt "alkoholiskie", nor "less than" a "more than"."""
        text = self._around.text(span)
        match = self._index.resembling(text, floor) if text else None
        if match is None or self._is_another_word(text, match.name.split()):
            return None
        return replace(match, span=span) if self._as_weighty(text, match.name.split()) else None

    def word(self, span: Span, floor: float = SURE, shortest: int = _WORD) -> Match | None:
        """The same for a part of a longer text, where it must be longer and no verb."""
        token, sentence = self._around.sentence.tokens[span[0]], self._around.sentence
        short = sum(map(len, self._around.text(span))) < shortest
        if short or is_ne_verb(token, sentence.latvian, self._words):
            return None
        match = self.resembling(span, floor)
        if match is None or self._around.names.open:
            return match
        return match if self._index.counting(match.name.split()) is not None else None

    def beside(self, span: Span, inside: Sequence[Match]) -> tuple[list[Match], list[Match]]:
        """Words beside a name that look like another name: the certain and the likely ones ("Latvia Estnia")."""
        taken = {index for match in inside for index in range(*match.span)}
        known = {value for match in inside for value in match.values}
        certain: list[Match] = []
        likely: list[Match] = []
        for part in self._parts(span):
            match = self.word(part, _LIKELY) if taken.isdisjoint(range(*part)) else None
            if match is not None and not known & set(match.values):
                (certain if self.word(part, _CERTAIN, _LONG_WORD) else likely).append(match)
                taken.update(range(*part))
        return certain, likely

    def within(self, span: Span) -> Match | None:
        """The one misspelt name in a piece, if there is no doubt: "psycologist with a certificate"."""
        matches = (self.word(part, _CERTAIN, _LONG_WORD) for part in self._parts(span))
        found = [match for match in matches if match is not None]
        return found[0] if len({match.values for match in found}) == 1 else None

    def near(self, span: Span) -> tuple[Value, ...]:
        """What a piece that names nothing may be a slip of: in a list nothing is passed over lightly."""
        start, end = self._around.trim(span, denials=True)
        text = self._around.text((start, end))
        near: dict[Value, None] = {}
        for name in self._index.alike(text) if len(text) <= _MOST_WORDS else ():
            said = name.name.split()
            same = self._as_weighty(text, said) and not self._is_another_word(text, said)
            near.update(dict.fromkeys(name.values if same else ()))
        for index in range(start, min(end, start + _MOST_TRIED)):
            match = None if index in self.passed_over else self.word((index, index + 1), _LIKELY)
            near.update(dict.fromkeys(match.values if match else ()))
        return tuple(near)[:_MOST_NEAR]

    def denies(self, rest: str) -> bool:
        """Whether the rest of a name says no: "atsauksmes" is not yet "atsauksmes nebūs"."""
        said = rest.split()
        listed = any(self._words[name].at(said, index) for name in ("not", "no") for index in range(len(said)))
        return listed or any(word.startswith("ne") and (word,) not in self._words["not-denials"] for word in said)

    def _parts(self, span: Span) -> Iterator[Span]:
        """Three, two and one words of a piece, among them one that says something."""
        start, end = span[0], min(span[1], span[0] + _MOST_TRIED)
        for length in range(min(_MOST_WORDS, end - start), 0, -1):
            for first in range(start, end - length + 1):
                places = range(first, first + length)
                said = not all(self._around.says_nothing(index) for index in places)
                if said and self.passed_over.isdisjoint(places):
                    yield first, first + length

    def _is_another_word(self, text: Sequence[str], name: Sequence[str]) -> bool:
        """Whether a word that is spelt right stands for another of the name: "candles", "our logo" and "their logo"."""
        names = self._around.names
        if names.open or names.codes or len(text) != len(name):
            return False
        pairs = zip(text, name, strict=True)
        return any(not _is_form(typed, word) and self._words.is_spelt(typed) for typed, word in pairs)

    def _as_weighty(self, text: Sequence[str], name: Sequence[str]) -> bool:
        """Whether what turns a meaning round is the same in both: denials, comparisons and figures."""
        for prefix in _DENYING_PREFIXES:
            for one, other in ((text, name), (name, text)):
                bare = (word.removeprefix(prefix) for word in one if word.startswith(prefix) and word not in other)
                if any(self._index.resembles(each, word) for each in bare if each for word in other):
                    return False
        return self._weights(text) == self._weights(name)

    def _weights(self, text: Sequence[str]) -> list[str]:
        lists = ("not", "no", "more", "less", "except")
        found = {name for name in lists for index in range(len(text)) if self._words[name].at(text, index)}
        if any(self._words.is_slip(word, "not", "except") for word in text):
            found.add("slip")
        return sorted({"not" if name == "no" else name for name in found}) + [word for word in text if word.isdecimal()]


def _is_form(typed: str, word: str) -> bool:
    """Whether two words differ at most in how they end: mazs and maza, but not candles and candies."""
    common = max(3, min(len(typed), len(word)) - 2)
    return stem(typed) == stem(word) or typed[:common] == word[:common]

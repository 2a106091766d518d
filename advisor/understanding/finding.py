"""What a sentence names: options, countries or vendors, said alone, in a list or in running text, denied or in doubt.

Applies the ladder of `matching` to the parts that `sentences` finds. Knows no questions and decides nothing: what is
doubtful is handed on as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from advisor.model import How, Locale, Value
from advisor.understanding.matching import Match
from advisor.understanding.naming import GROUP, Names
from advisor.understanding.sentences import Sentence, Span, Words, denials, denying_clauses, is_ne_verb

_MOST_PIECES = 40
_SHORT_LINE = 8
_DENYING_PREFIXES = ("bez", "ne", "non", "un")
_SURE_IN_CONTEXT = 0.85
"""Similarity of a whole line from which it counts more than a shorter name that stands in it."""
_DOUBT_IN_CONTEXT = 0.8
"""Similarity from which a leftover word beside a name is asked about."""


class Doubt(NamedTuple):
    """A piece that means one of several values, or none of them. `span` is empty where it was denied besides."""

    values: tuple[Value, ...]
    span: Span = (0, 0)


@dataclass(slots=True)
class Found:
    """What was found: values with how, doubtful pieces, values denied, pieces that name nothing."""

    values: dict[Value, How] = field(default_factory=dict)
    doubtful: list[Doubt] = field(default_factory=list)
    denied: dict[Value, None] = field(default_factory=dict)
    unknown: list[Span] = field(default_factory=list)


def trim(sentence: Sentence, span: Span, names: Names, words: Words) -> Span:
    """The span without words that say nothing, and without denials, at either end."""
    return _Finding(sentence, names, words, Locale.EN).trim(span, denials=True)


def find(sentence: Sentence, names: Names, words: Words, locale: Locale) -> Found:
    """Everything that a sentence names."""
    return _Finding(sentence, names, words, locale).run()


class _Finding:
    def __init__(self, sentence: Sentence, names: Names, words: Words, locale: Locale) -> None:
        self.sentence = sentence
        self.names = names
        self.index = names.index
        self.words = words
        self.locale = locale
        self.shouting = sentence.text.isupper()
        self.only_codes = len(sentence.pieces()) > 1 and all(
            end - start == 1 and self._is_code(start) for start, end in sentence.pieces()
        )

    def run(self) -> Found:
        found = Found()
        matches = sorted(self._matches(found), key=lambda match: match.span)
        if self.names.codes and any(self._is_inflected(match) for match in matches):
            self.sentence = replace(self.sentence, latvian=True)  # "no Polijas": only Latvian declines names
        spans = {match.span for match in matches}
        denied, unclear = denials(self.sentence, self.words, spans)
        without = denying_clauses(self.sentence, self.words, spans)
        found.unknown = [span for span in found.unknown if self.sentence.tokens[span[0]].clause not in without]
        several: list[Doubt] = []
        for match in matches:
            if match.span in denied:
                found.denied.update(dict.fromkeys(match.values))
            elif match.span in unclear or len(match.values) > 1:
                several.append(Doubt(match.values, (0, 0) if match.span in unclear else match.span))
            else:
                found.values.setdefault(match.values[0], match.how)
        # "Georgia (US)": what is said besides tells which.
        found.doubtful += [doubt for doubt in several if not set(doubt.values) & set(found.values)]
        return found

    def _is_inflected(self, match: Match) -> bool:
        text = self._text(match.span)
        declined = self.index.inflected(text) is not None and not self.index.exactly(text)
        return declined and match.how in ("alias", "phrase")

    # --- the ladder for a sentence -----------------------------------------------------------------------------------

    def _matches(self, found: Found) -> list[Match]:
        whole = (0, len(self.sentence.tokens))
        if (match := self._piece(whole, loosely=False)) is not None:
            return [match]
        within = (match for match in self.index.within(self.sentence.tokens) if not self._is_mere_ending(match))
        matches = [self._coded(match) for match in within]
        matches += self._codes_in_running_text(matches)
        short = len(self.sentence.tokens) <= _SHORT_LINE and self._left_over(matches)
        if short and (likely := self._piece(whole, loosely=True)) is not None:
            said = {value for match in matches for value in match.values}
            if said <= set(likely.values) or self._similar(likely, _SURE_IN_CONTEXT):
                return [likely]
            found.doubtful.append(Doubt(tuple(dict.fromkeys((*likely.values, *said))), likely.span))
            return []
        for span in self.sentence.pieces()[:_MOST_PIECES]:
            if any(self._text(span) in self.words[name] for name in ("yes", "no")) and not self._is_code(span[0]):
                continue
            inside = [match for match in matches if match.span[0] < span[1] and match.span[1] > span[0]]
            if inside:
                found.doubtful += self._misspelt_beside(span, inside)
            elif (match := self._piece(span, loosely=True)) is not None:
                matches.append(match)
            else:
                found.unknown.append(span)
        return matches

    def _piece(self, span: Span, loosely: bool) -> Match | None:
        """What a piece means by itself, with or without the words around the name."""
        kept, core = self.trim(span), self.trim(span, denials=True)
        parts = tuple(dict.fromkeys((span, kept, core)))
        for part in parts:
            if (match := self._alone(part)) is not None:
                return match
        if not loosely or core[0] == core[1]:
            return None
        for part in parts:
            if (match := self.index.begun(self._text(part), self.names.share)) is not None:
                return self._placed(match, part)
        similar = [self._placed(self._resembling(part), part) for part in parts]
        as_said, bare = next(filter(None, similar), None), similar[-1]
        # "Dienvidkoreja ne" resembles a name only because of what it denies.
        return bare if bare is not None and (as_said is None or as_said.values == bare.values) else as_said

    def _alone(self, span: Span) -> Match | None:
        text = self._text(span)
        if not text:
            return None
        match = self.index.exactly(text)
        if len(text) == 1 and self._is_code(span[0]):
            match = self._code(span[0], match)
        return self._placed(match or self.index.inflected(text), span)

    def _resembling(self, span: Span) -> Match | None:
        """A misspelt name; but "bezalkoholiskie" is not a misspelt "alkoholiskie"."""
        text = self._text(span)
        for prefix in _DENYING_PREFIXES:
            rest = (text[0].removeprefix(prefix), *text[1:])
            if rest[0] and rest != text and (self.index.exactly(rest) or self.index.inflected(rest)):
                return None
        return self.index.resembling(text)

    def _is_mere_ending(self, match: Match) -> bool:
        """ "Islands" is no grammatical case of Islande, though it ends like one."""
        text = self._text(match.span)
        return any(text in self.words[name] for name in self.names.around) and self.index.exactly(text) is None

    def _similar(self, match: Match, floor: float) -> bool:
        return match.how != "similar" or self.index.resembling(self._text(match.span), floor) is not None

    def _misspelt_beside(self, span: Span, inside: Sequence[Match]) -> Iterator[Doubt]:
        """Words beside a name that look like another name: "Latvia Estnia". They are asked about."""
        taken = {index for match in inside for index in range(*match.span)}
        known = {value for match in inside for value in match.values}
        for index in range(*span):
            word = self.sentence.words[index]
            if index in taken or len(word) < 5 or self._says_nothing(index):
                continue
            match = self.index.resembling((word,), _DOUBT_IN_CONTEXT)
            if match is not None and not known & set(match.values):
                yield Doubt(match.values, (index, index + 1))

    # --- codes -------------------------------------------------------------------------------------------------------

    def _is_code(self, position: int) -> bool:
        token = self.sentence.tokens[position]
        return len(token.typed) == 2 and token.typed.isupper() and token.typed in self.names.codes

    def _code(self, position: int, match: Match | None) -> Match:
        """A code in capitals. If it is also another name (LR, ES), the language of the interview decides, or we ask."""
        code = self.names.codes[self.sentence.tokens[position].typed]
        if match is None or code in match.values:
            return Match((code,), "code")
        is_group = str(match.values[0]).startswith(GROUP)
        if self.locale is Locale.LV and not (is_group and self.only_codes):
            return match
        return Match((code,), "code") if is_group else Match((*match.values, code), "code")

    def _coded(self, match: Match) -> Match:
        start, end = match.span
        if end - start == 1 and self._is_code(start):
            return self._placed(self._code(start, match), match.span) or match
        return match

    def _codes_in_running_text(self, matches: Sequence[Match]) -> Iterator[Match]:
        """Codes behind a word of place, as in "servers in DE and FI"; not the IT of "our IT people"."""
        taken = {index for match in matches for index in range(*match.span)}
        was_code = False
        for index, token in enumerate(self.sentence.tokens):
            before = self.sentence.tokens[index - 1] if index else None
            joined = before is not None and (before.piece < 0 or token.piece != before.piece) and was_code
            placed = before is not None and (before.word,) in self.words["place"]
            free = index not in taken and not self.shouting and token.typed != "NO"
            if free and (placed or joined) and self._is_code(index):
                was_code = True
                yield Match((self.names.codes[token.typed],), "code", (index, index + 1))
            else:
                was_code = was_code and token.piece < 0

    # --- words around a name -----------------------------------------------------------------------------------------

    def trim(self, span: Span, denials: bool = False) -> Span:
        """The span without words that say nothing at either end; on demand without denials too."""
        start, end = span
        while start < end and (length := self._empty_at(start, denials)):
            start = min(end, start + length)
        while start < end and self._empty_at(end - 1, denials):
            end -= 1
        return start, end

    def _empty_at(self, index: int, denials: bool) -> int:
        folded = self.sentence.words
        if self._is_code(index) and not self.shouting:
            return 0
        denying = self.words["not"].at(folded, index)
        if not denying and is_ne_verb(self.sentence.tokens[index], self.sentence.latvian, self.words):
            denying = 1
        if denying and not (folded[index] == "no" and self.sentence.latvian):
            return denying if denials else 0
        lists = (*self.names.around, "and", "or", "yes", *(("except",) if denials else ()))
        return max(self.words[name].at(folded, index) for name in lists)

    def _says_nothing(self, index: int) -> bool:
        return self._empty_at(index, denials=True) > 0

    def _left_over(self, matches: Sequence[Match]) -> bool:
        taken = {index for match in matches for index in range(*match.span)}
        return any(index not in taken and not self._says_nothing(index) for index in range(len(self.sentence.tokens)))

    def _text(self, span: Span) -> tuple[str, ...]:
        return self.sentence.words[span[0] : span[1]]

    def _placed(self, match: Match | None, span: Span) -> Match | None:
        return None if match is None else Match(match.values, match.how, span)

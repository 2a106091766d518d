"""What a sentence names: options, countries or vendors, said alone, in a list or in running text, denied or in doubt.

Applies the ladder of `matching` to the parts that `sentences` finds. Knows no questions and decides nothing: what is
doubtful is handed on as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from advisor.model import How, Locale, Value
from advisor.understanding.around import Around
from advisor.understanding.denying import denials, denying_clauses, freed
from advisor.understanding.matching import SHORTEST, Index, Match
from advisor.understanding.naming import GROUP, Names
from advisor.understanding.sentences import Sentence, Span, Words
from advisor.understanding.slips import Slips

_MOST_PIECES = 40
_SHORT_LINE = 8
_LONGEST_NAME = 6
_SHORT_PIECE = 2
_WITHOUT = ("bez", "non")
_SURE_IN_CONTEXT = 0.85
"""Similarity of a whole line from which it counts more than a shorter name that stands in it."""


class Doubt(NamedTuple):
    """A piece that means one of several values, or none of them. `span` is empty where it was denied besides.

    `faint`: the piece only resembles something, and may as well say nothing.
    """

    values: tuple[Value, ...]
    span: Span = (0, 0)
    faint: bool = False


@dataclass(slots=True)
class Found:
    """What was found: values with how and at which word, doubtful pieces, values denied, pieces that name nothing.

    `places` is where each value stands first, `mentions` wherever it does; `named` are the words by which anything was
    named.
    """

    values: dict[Value, How] = field(default_factory=dict)
    places: dict[Value, int] = field(default_factory=dict)
    mentions: dict[Value, list[int]] = field(default_factory=dict)
    doubtful: list[Doubt] = field(default_factory=list)
    denied: dict[Value, None] = field(default_factory=dict)
    unknown: list[Span] = field(default_factory=list)
    named: list[Span] = field(default_factory=list)


def find(sentence: Sentence, names: Names, words: Words, locale: Locale) -> Found:
    """Everything that a sentence names."""
    return _Finding(sentence, names, words, locale).run()


def free_of(sentence: Sentence, words: Words, index: Index, matches: Sequence[Match]) -> dict[int, set[Value]]:
    """By piece, what its things are free of: neither "alcohol-free beer" nor "bezalkoholiskais alus" is alcohol."""
    free: dict[int, set[Value]] = {}
    without = freed(sentence, words, (match.span for match in matches))
    for match in matches:
        if match.span in without:
            free.setdefault(sentence.tokens[match.span[0]].piece, set()).update(match.values)
    for token in sentence.tokens:
        for rest in (token.word[len(prefix) :] for prefix in _WITHOUT if token.word.startswith(prefix)):
            if not index.is_word(token.word):
                free.setdefault(token.piece, set()).update(index.within_word(rest))
    return free


class _Finding:
    def __init__(self, sentence: Sentence, names: Names, words: Words, locale: Locale) -> None:
        self.sentence = sentence
        self.names = names
        self.index = names.index
        self.words = words
        self.locale = locale
        self.around = Around(sentence, names, words)
        self.slips = Slips(self.around)
        self.found = Found()

    def run(self) -> Found:
        found = self.found
        matches = sorted(self._without_stuff(self._matches()), key=lambda match: match.span)
        spans = [match.span for match in matches]
        sentence = self._in_its_language(matches)
        denied, unclear = denials(sentence, self.words, spans)
        without = denying_clauses(sentence, self.words, spans)
        found.unknown = [span for span in found.unknown if sentence.tokens[span[0]].clause not in without]
        found.named = spans
        free = free_of(sentence, self.words, self.index, matches)
        for index, token in enumerate(sentence.tokens[1:]):
            if (token.word,) in self.words["free"] and (misspelt := self.slips.word((index, index + 1))):
                free.setdefault(token.piece, set()).update(misspelt.values)
        several: list[Match] = []
        for match in matches:
            if match.span in denied or free.get(sentence.tokens[match.span[0]].piece, set()) & set(match.values):
                found.denied.update(dict.fromkeys(match.values))
            elif match.span in unclear or self._is_counted(match):
                found.doubtful.append(Doubt(match.values))
            elif len(match.values) > 1:
                several.append(match)
            else:
                found.values.setdefault(match.values[0], match.how)
                found.places.setdefault(match.values[0], match.span[0])
                found.mentions.setdefault(match.values[0], []).append(match.span[0])
        self._taken_back(match for match in matches if match.span in denied)
        found.denied.update((value, None) for values in free.values() for value in values)
        found.doubtful += [Doubt(match.values, match.span) for match in several if not self._is_told(match, matches)]
        return found

    def _taken_back(self, denied: Iterable[Match]) -> None:
        """What is named first and denied later may be either: "liqueur they say, but alcohol is not for me"."""
        found = self.found
        for match in denied:
            for value in match.values:
                if value in found.values and found.places[value] < match.span[0]:
                    del found.values[value]
                    found.doubtful.append(Doubt((value,)))

    def _without_stuff(self, matches: Sequence[Match]) -> Sequence[Match]:
        """Without what things are only made of or painted with, where the things themselves are named."""
        if self.names.codes or self.names.open:
            return matches
        sentence, stuff = self.sentence, self.words["made-of"]
        made = [place for place in range(len(sentence.words)) if stuff.at(sentence.words, place)]
        only = [
            match
            for match in matches
            if not any(
                place < match.span[0] and sentence.tokens[place].piece == sentence.tokens[match.span[0]].piece
                for place in made
            )
        ]
        return only or matches

    def _in_its_language(self, matches: Sequence[Match]) -> Sentence:
        """ "No Polijas": only Latvian declines names; and "no ASV" is Latvian in a Latvian interview."""
        if not self.names.codes:
            return self.sentence
        latvian = self.sentence.latvian or any(self._is_inflected(match) for match in matches)
        return replace(self.sentence, latvian=latvian, sure=True)

    def _is_inflected(self, match: Match) -> bool:
        text = self.around.text(match.span)
        declined = self.index.inflected(text) is not None and not self.index.exactly(text)
        return declined and match.how in ("alias", "phrase")

    def _is_counted(self, match: Match) -> bool:
        """ "Thousands" are another thing than "20 thousand"."""
        start, end = match.span
        amount = any(self.around.text((start, end)) in self.words[name] for name in ("thousand", "million"))
        return amount and start > 0 and self.sentence.words[start - 1].isdecimal()

    def _is_told(self, match: Match, matches: Sequence[Match]) -> bool:
        """Whether what is said in the same breath tells which of several is meant: "Georgia (US)"."""
        opens = "(" in self.sentence.gap_after(match.span[1] - 1)
        piece = self.sentence.tokens[match.span[0]].piece
        return any(
            len(other.values) == 1 and other.values[0] in match.values
            for other in matches
            if self.sentence.tokens[other.span[0]].piece == piece or (opens and other.span[0] == match.span[1])
        )

    # --- the ladder for a sentence -----------------------------------------------------------------------------------

    def _matches(self) -> list[Match]:
        whole = (0, len(self.sentence.tokens))
        pieces = self.sentence.pieces()
        small = [span for span in pieces if span[0] or self.around.text(span) in self.words["code"]]
        in_capitals = len(pieces) > 1 and any(self.around.is_code(end - 1) for _, end in pieces)
        codes = self.names.codes and (in_capitals or (len(pieces) > 1 and any(map(self._code_in_small_letters, small))))
        if not codes and (match := self._piece(whole, loosely=False)) is not None:
            return [match]
        within = (match for match in self.index.within(self.sentence.tokens) if not self._is_mere_ending(match))
        matches = [self._coded(match) for match in within]
        matches += self._codes_in_running_text(matches)
        short = (
            len(self.sentence.tokens) <= _SHORT_LINE
            and not in_capitals
            and self.around.leaves_over(match.span for match in matches)
        )
        if short and (likely := self._piece(whole, loosely=True)) is not None:
            said = {value for match in matches for value in match.values}
            if said <= set(likely.values) or self._is_similar(likely, _SURE_IN_CONTEXT):
                return [likely]
            self.found.doubtful.append(Doubt(tuple(dict.fromkeys((*likely.values, *said))), likely.span))
            return []
        for span in self.sentence.pieces()[:_MOST_PIECES]:
            if row := self._row(span):
                matches = [match for match in matches if match.span[1] <= span[0] or match.span[0] >= span[1]] + row
                continue
            text = self.around.text(span)
            if text in self.words["all"] and not self.names.open and not self.index.exactly(text):
                continue  # "visi" is no slip of "Visa"
            if any(text in self.words[name] for name in ("yes", "no")) and not (text[1:] and self.index.exactly(text)):
                if self.around.is_code(span[0]):
                    matches += filter(None, (self._alone(span),))
                continue
            matches += self._in_piece(span, matches)
        return matches

    def _row(self, span: Span) -> list[Match]:
        """Names in a row with nothing between them: "fb tiktok".

        Among names of companies those count too that are everyday words: "zoom calendly".
        """
        if not self.slips.passed_over.isdisjoint(range(*span)):
            return []
        found: list[Match] = []
        sure = False
        index = span[0]
        while index < span[1]:
            for end in range(min(span[1], index + _LONGEST_NAME), index, -1):
                match = self.index.counting(self.around.text((index, end)))
                sure = sure or match is not None
                if match is None and self.names.open:
                    match = self.index.exactly(self.around.text((index, end)))
                if match is not None:
                    found.append(replace(match, span=(index, end)))
                    index = end
                    break
            else:
                return []
        return found if sure and len(found) > 1 else []

    def _in_piece(self, span: Span, matches: Sequence[Match]) -> list[Match]:
        """What a piece names besides what was found in it as a whole name."""
        inside = [match for match in matches if match.span[0] < span[1] and match.span[1] > span[0]]
        if inside:
            certain, likely = self.slips.beside(span, inside)
            self.found.doubtful += [Doubt(match.values, match.span) for match in (*likely, *self._short(span, inside))]
            return certain
        if (match := self._piece(span, loosely=True) or self.slips.within(span)) is not None:
            return [match]
        alone = self.sentence.words in self.words["code"]
        if (matches or alone) and (code := self._code_in_small_letters(span)) is not None:
            self.found.doubtful.append(Doubt((code,), span))
            return []
        short = () if self.names.open else tuple(self._short(span, ()))
        if not self.names.open and (near := self.slips.near(span)):
            if self._denies_outright(span):
                return []  # "no prescription stuff" resembles something, and wants none of it
            self.found.doubtful.append(Doubt(near, faint=True))
        elif short:
            self.found.doubtful += [Doubt(match.values, match.span) for match in short]
        else:
            self.found.unknown.append(span)
        return []

    def _denies_outright(self, span: Span) -> bool:
        """Whether a piece stands behind a denial in its clause that is no "not only"."""
        said, tokens = self.sentence.words, self.sentence.tokens
        clause = [place for place, token in enumerate(tokens) if token.clause == tokens[span[0]].clause]
        before = [place for place in clause if place <= span[0]]
        denied = any(self.words[name].at(said, place) for place in before for name in ("not", "none", "except"))
        return denied and not any(self.words["only"].at(said, place) for place in clause)

    def _short(self, span: Span, inside: Sequence[Match]) -> Iterator[Match]:
        """Short names beside others that are not in capitals, as they should be: "our fb and insta"."""
        taken = {index for match in inside for index in range(*match.span)}
        for index in range(*span):
            free = index not in taken and index not in self.slips.passed_over and not self.around.says_nothing(index)
            if free and (match := self.index.counting(self.sentence.words[index : index + 1])) is not None:
                yield replace(match, span=(index, index + 1))

    def _piece(self, span: Span, loosely: bool) -> Match | None:
        """What a piece means by itself, with or without the words around the name."""
        kept, core = self.around.trim(span), self.around.trim(span, denials=True)
        parts = tuple(dict.fromkeys((span, kept, core)))
        for part in parts:
            if (match := self._alone(part)) is not None:
                return match
        if not loosely or core[0] == core[1]:
            return None
        for part in parts:
            text = self.around.text(part)
            if self.names.codes and part != (0, len(self.sentence.words)) and len(" ".join(text)) <= SHORTEST:
                continue  # "we make it all" begins no country
            if self._is_a_word_of_a_sentence(part):
                continue  # "post it" begins no "posted straight from the supplier"
            if (match := self.index.begun(text, self.names.share, self.slips.denies)) is not None:
                rivals = (value for name in self.index.alike(text) for value in name.values)
                return replace(match, span=part, values=tuple(dict.fromkeys((*match.values, *rivals))))
        similar = [self.slips.resembling(part) for part in parts]
        as_said, bare = next(filter(None, similar), None), similar[-1]
        # "Dienvidkoreja ne" resembles a name only because of what it denies.
        return bare if bare is not None and (as_said is None or as_said.values == bare.values) else as_said

    def _is_a_word_of_a_sentence(self, span: Span) -> bool:
        """Whether it is one word, spelt in full, of a longer line: then it is no abbreviation of an option."""
        if (
            self.names.codes
            or self.names.open
            or len(self.sentence.words) == span[1] - span[0]
            or span[1] - span[0] > 1
        ):
            return False
        return self.words.is_spelt(self.sentence.words[span[0]])

    def _alone(self, span: Span) -> Match | None:
        text = self.around.text(span)
        if not text or (text in self.words["in-capitals"] and not self.sentence.tokens[span[0]].typed.isupper()):
            return None
        match = self.index.exactly(text)
        if len(text) == 1 and self.around.is_code(span[0]):
            match = self._code(span[0], match)
        match = match or self.index.inflected(text)
        return None if match is None else replace(match, span=span)

    def _is_mere_ending(self, match: Match) -> bool:
        """ "Islands" is no grammatical case of Islande, though it ends like one."""
        text = self.around.text(match.span)
        return any(text in self.words[name] for name in self.names.around) and self.index.exactly(text) is None

    def _is_similar(self, match: Match, floor: float) -> bool:
        return match.how != "similar" or self.index.resembling(self.around.text(match.span), floor) is not None

    # --- codes -------------------------------------------------------------------------------------------------------

    def _code(self, position: int, match: Match | None) -> Match:
        """A code in capitals. If it is also another name (LR, ES), the language of the interview decides, or we ask."""
        code = self.names.codes[self.sentence.tokens[position].typed]
        if match is None or code in match.values:
            return Match((code,), "code")
        is_group = str(match.values[0]).startswith(GROUP)
        if self.locale is Locale.LV and not (is_group and self._has_only_codes()):
            return match
        return Match((code,), "code") if is_group else Match((*match.values, code), "code")

    def _has_only_codes(self) -> bool:
        pieces = self.sentence.pieces()
        return len(pieces) > 1 and all(end - start == 1 and self.around.is_code(start) for start, end in pieces)

    def _code_in_small_letters(self, span: Span) -> Value | None:
        """The US of "Ireland, maybe us": beside other countries it is not passed over."""
        last, length = self.sentence.words[span[1] - 1], span[1] - span[0]
        if any((last,) in self.words[name] for name in ("yes", "no")):
            return None
        empty = all(self.around.says_nothing(index) for index in range(*span))
        return self.names.codes.get(last.upper()) if length <= _SHORT_PIECE and empty else None

    def _coded(self, match: Match) -> Match:
        start, end = match.span
        if end - start == 1 and self.around.is_code(start):
            return replace(self._code(start, match), span=match.span)
        return match

    def _codes_in_running_text(self, matches: Sequence[Match]) -> Iterator[Match]:
        """Codes behind a word of place, as in "servers in DE and FI"; not the IT of "our IT people"."""
        taken = {index for match in matches for index in range(*match.span)}
        was_code = False
        for index, token in enumerate(self.sentence.tokens):
            before = self.sentence.tokens[index - 1] if index else None
            joined = before is not None and (before.piece < 0 or token.piece != before.piece) and was_code
            placed = before is not None and (before.word,) in self.words["place"]
            free = index not in taken and not self.around.shouting and token.typed != "NO"
            if free and (placed or joined) and self.around.is_code(index):
                was_code = True
                yield Match((self.names.codes[token.typed],), "code", (index, index + 1))
            else:
                was_code = was_code and token.piece < 0

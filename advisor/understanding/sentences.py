"""Takes a typed line apart: words, the pieces between commas, clauses, and the language it is in.

Knows closed word lists, but neither questions nor what an answer may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from advisor.model import Locale, Text
from advisor.wording import fold, fold_all

_RUN = re.compile(r"[^\W_]+")
_CLAUSE_END = re.compile(r"[,;:!?()–—•]|\.(?=\s|$)|\s-\s")
_PIECE_END = re.compile(r"[&+/|]")
_LATVIAN_LETTERS = frozenset("āčēģīķļņšūž")
_PREFIX = "words."
_MORE = "more."
_NO_MEASURE = (_MORE, "decoy.")
"""Lists by which neither the language nor what is an everyday word is told."""
_SHORTEST_SLIP = 3
_OTHER_READERS = ("story", "supposed", "about")
"""Lists by which no answers are read."""

Span = tuple[int, int]
"""First word and the word after the last."""


class WordList:
    """Words and phrases of both languages, compared without case and diacritics."""

    def __init__(self, text: Text | None = None) -> None:
        self.entries: Mapping[Locale, tuple[str, ...]] = {
            locale: tuple(part.strip() for part in text.in_(locale).split(",")) if text else () for locale in Locale
        }
        self.phrases: set[tuple[str, ...]] = set()
        self.singles: dict[Locale, frozenset[str]] = {}
        for locale, entries in self.entries.items():
            forms = [form for entry in entries for form in entry.split("/")]
            phrases = {tuple(said.split()) for said in fold_all(forms)} - {()}
            self.singles[locale] = frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)
            self.phrases |= phrases
        self.first = frozenset(phrase[0] for phrase in self.phrases)
        self._longest = max(map(len, self.phrases), default=0)
        self._ranks: Mapping[str, int] | None = None

    def __contains__(self, words: Sequence[str]) -> bool:
        return tuple(words) in self.phrases

    def at(self, words: Sequence[str], start: int = 0) -> int:
        """How many words the longest phrase that begins at this place has; 0 if none does."""
        for length in range(min(self._longest, len(words) - start), 0, -1):
            if tuple(words[start : start + length]) in self.phrases:
                return length
        return 0

    def ranks(self) -> Mapping[str, int]:
        """For an ordered list: the place of every single-word form, the same in both languages."""
        if self._ranks is None:
            self._ranks = {
                fold(form): rank
                for entries in self.entries.values()
                for rank, entry in enumerate(entries)
                for form in entry.split("/")
            }
        return self._ranks


class Words:
    """All closed word lists of a knowledge base: the phrases whose names begin with `words.`.

    `texts` are other texts in both languages, by which a line is recognised as English or Latvian.
    """

    def __init__(self, phrases: Mapping[str, Text], texts: Iterable[Text] = ()) -> None:
        own = {name.removeprefix(_PREFIX): text for name, text in phrases.items() if name.startswith(_PREFIX)}
        self._raw = _with_more(own)
        self._lists: dict[str, WordList] = {}
        self._below: dict[str, tuple[str, ...]] = {}
        self._none = WordList()
        self._texts = (*(text for name, text in own.items() if not name.startswith(_NO_MEASURE)), *texts)
        self._leanings: dict[str, int] | None = None
        self._everyday: frozenset[str] | None = None
        self._spelt: frozenset[str] | None = None
        self._slips: dict[tuple[str, ...], frozenset[str]] = {}

    def __getitem__(self, name: str) -> WordList:
        found = self._lists.get(name)
        if found is None:
            found = self._lists[name] = WordList(self._raw[name]) if name in self._raw else self._none
        return found

    def leaning(self, folded: Iterable[str]) -> int:
        """How many of the words are only Latvian rather than only English in the texts of the knowledge base."""
        if self._leanings is None:  # costs some milliseconds, and only a line with "no" in it needs it
            english, latvian = (_words_of(self._texts, locale) for locale in Locale)
            self._leanings = dict.fromkeys(latvian - english, 1) | dict.fromkeys(english - latvian, -1)
        return sum(self._leanings.get(word, 0) for word in folded)

    def is_everyday(self, word: str) -> bool:
        """Whether the word stands in the texts of the knowledge base, and so is hardly a name by itself."""
        if self._everyday is None:
            self._everyday = _words_of(self._texts, *Locale)
        return word in self._everyday

    def is_spelt(self, word: str) -> bool:
        """Whether the word is one that people use of shops, and so no misspelt other one: candles are no candies."""
        if self._spelt is None:
            self._spelt = _words_of((*self._raw.values(), *self._texts), *Locale)
        return word in self._spelt

    def is_slip(self, word: str, *lists: str) -> bool:
        """Whether the word is one of the lists with two letters swapped, one doubled or one left out: "nto", "nnav"."""
        found = self._slips.get(lists)
        if found is None:
            phrases = [phrase for name in lists for phrase in self[name].phrases if phrase[1:] in ((), ("t",))]
            meant = {phrase[0] for phrase in phrases if len(phrase[0]) >= _SHORTEST_SLIP}
            found = self._slips[lists] = frozenset(slip for each in meant for slip in slips(each)) - self._listed
        return word in found

    @cached_property
    def _listed(self) -> frozenset[str]:
        """All words of the lists by which answers are read."""
        lists = (self[name] for name in self._raw if not name.startswith(_OTHER_READERS))
        return frozenset(word for words in lists for phrase in words.phrases for word in phrase)

    def below(self, prefix: str) -> Iterator[tuple[str, WordList]]:
        """The lists whose names begin with the prefix, by the rest of the name."""
        if prefix not in self._below:
            self._below[prefix] = tuple(name for name in self._raw if name.startswith(prefix))
        for name in self._below[prefix]:
            yield name.removeprefix(prefix), self[name]


def _words_of(texts: Iterable[Text], *locales: Locale) -> frozenset[str]:
    """All words of some texts."""
    return frozenset(" ".join(fold_all([text.in_(locale) for text in texts for locale in locales])).split())


def _with_more(lists: Mapping[str, Text]) -> dict[str, Text]:
    """The lists by name; one may go on in another file, as `more.` and its name."""
    found = {name: text for name, text in lists.items() if not name.startswith(_MORE)}
    for name, more in lists.items():
        if name.startswith(_MORE):
            begun = found.get(own := name.removeprefix(_MORE))
            found[own] = more if begun is None else Text(en=f"{begun.en}, {more.en}", lv=f"{begun.lv}, {more.lv}")
    return found


def slips(word: str) -> frozenset[str]:
    """The word with two neighbours swapped, one letter doubled or one left out."""
    found: set[str] = set()
    for place in range(len(word)):
        found.add(word[:place] + word[place + 1 :])
        found.add(word[: place + 1] + word[place:])
        found.add(word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :])
    return frozenset(found - {word})


class Token(NamedTuple):
    """One word: as typed, as compared, where it stands, in which clause and piece (-1: it only joins pieces)."""

    typed: str
    word: str
    start: int
    end: int
    clause: int
    piece: int

    @property
    def in_capitals(self) -> bool:
        return self.typed.isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A typed line.

    `latvian` says whether it reads as Latvian, where "no" means "from"; not `sure` if only the language of the
    interview speaks for it.
    """

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    latvian: bool
    sure: bool = True

    def pieces(self) -> tuple[Span, ...]:
        """The pieces between commas and joining words."""
        found: dict[int, Span] = {}
        for index, token in enumerate(self.tokens):
            if token.piece >= 0:
                found[token.piece] = (found.get(token.piece, (index, 0))[0], index + 1)
        return tuple(found.values())

    def clauses(self) -> tuple[Span, ...]:
        """The clauses: between full stops, commas and contrasting words."""
        found: dict[int, Span] = {}
        for index, token in enumerate(self.tokens):
            found[token.clause] = (found.get(token.clause, (index, 0))[0], index + 1)
        return tuple(found.values())

    def piece_at(self, index: int) -> Span:
        """The piece that holds this word; a joining word is one by itself."""
        return next((span for span in self.pieces() if span[0] <= index < span[1]), (index, index + 1))

    def part(self, span: Span) -> Sentence:
        """The words there as a line of their own."""
        start, end = span
        return replace(self, tokens=self.tokens[start:end], words=self.words[start:end])

    def typed(self, span: Span) -> str:
        """What was typed there."""
        return self.text[self.tokens[span[0]].start : self.tokens[span[1] - 1].end]

    def gap_after(self, index: int) -> str:
        """What stands between this word and the next."""
        end = self.tokens[index + 1].start if index + 1 < len(self.tokens) else len(self.text)
        return self.text[self.tokens[index].end : end]


def parse(text: str, words: Words, locale: Locale) -> Sentence:
    """Takes a cleaned line apart."""
    raw: list[tuple[str, str, int, int, int, int]] = []
    clause = piece = end = 0
    for run in _RUN.finditer(text):
        gap = text[end : run.start() + 1]
        initial = bool(raw) and len(raw[-1][0]) == 1 and gap.startswith(".")
        if raw and not initial and _CLAUSE_END.search(gap):
            clause, piece = clause + 1, piece + 1
        elif raw and _PIECE_END.search(gap):
            piece += 1
        raw += ((run.group(), word, run.start(), run.end(), clause, piece) for word in fold(run.group()).split())
        end = run.end()
    folded = tuple(item[1] for item in raw)
    leaning = _leaning(text, folded, words)
    latvian = leaning > 0 or (leaning == 0 and locale is Locale.LV)
    return Sentence(text=text, tokens=_joined(raw, folded, words), words=folded, latvian=latvian, sure=leaning != 0)


def _joined(
    raw: Sequence[tuple[str, str, int, int, int, int]], folded: Sequence[str], words: Words
) -> tuple[Token, ...]:
    """The tokens, where joining words part pieces and contrasting words begin a clause."""
    tokens: list[Token] = []
    more_clauses = more_pieces = joining = 0
    for index, (typed, word, start, end, clause, piece) in enumerate(raw):
        length = max(words["and"].at(folded, index), words["or"].at(folded, index))
        if length and not joining:
            joining, more_pieces = length, more_pieces + 1
        elif not joining and index and _contrasts(folded, index, words):
            more_clauses, more_pieces = more_clauses + 1, more_pieces + 1
        tokens.append(Token(typed, word, start, end, clause + more_clauses, -1 if joining else piece + more_pieces))
        joining = max(0, joining - 1)
    return tuple(tokens)


def _contrasts(folded: Sequence[str], index: int, words: Words) -> bool:
    """But, only, except; though not the only of "not only"."""
    if words["except"].at(folded, index):
        return True
    return words["but"].at(folded, index) > 0 and (folded[index - 1],) not in words["not"]


def _leaning(text: str, folded: Sequence[str], words: Words) -> int:
    """Above 0 for Latvian, below for English: by the letters, else by little words, else by all words."""
    if _LATVIAN_LETTERS.intersection(text.casefold()):
        return 1
    count = 0
    for word in folded:
        if (word,) in words["no"]:
            continue
        for name in ("filler", "and", "or", "but"):
            singles = words[name].singles
            count += (word in singles[Locale.LV]) - (word in singles[Locale.EN])
    return count or (words.leaning(folded) if "no" in folded else 0)

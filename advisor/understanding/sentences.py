"""Takes a typed line apart: words, the pieces between commas, clauses, and what the line denies.

Knows closed word lists, but neither questions nor what an answer may be.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from advisor.model import Locale, Text
from advisor.wording import fold

_RUN = re.compile(r"[^\W_]+")
_CLAUSE_END = re.compile(r"[,;:!?()–—•]|\.(?=\s|$)|\s-\s")
_PIECE_END = re.compile(r"[&+/|]")
_LATVIAN_LETTERS = frozenset("āčēģīķļņšūž")
_LATVIAN_VERB = re.compile(r"(am|im|ju|su|to|jo|do|ta|da|ies)\Z")
_PLAIN_NE_VERB = re.compile(r"ne\w{3,}(am|im|ju|su)\Z")
_PREFIX = "words."

Span = tuple[int, int]
"""First word and the word after the last."""


class WordList:
    """Words and phrases of both languages, compared without case and diacritics."""

    def __init__(self, text: Text | None = None) -> None:
        self.entries: Mapping[Locale, tuple[str, ...]] = {
            locale: tuple(part.strip() for part in text.in_(locale).split(",")) if text else () for locale in Locale
        }
        self._phrases: set[tuple[str, ...]] = set()
        self.singles: dict[Locale, frozenset[str]] = {}
        for locale, entries in self.entries.items():
            phrases = {tuple(fold(form).split()) for entry in entries for form in entry.split("/")} - {()}
            self.singles[locale] = frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)
            self._phrases |= phrases
        self._longest = max(map(len, self._phrases), default=0)

    def __contains__(self, words: Sequence[str]) -> bool:
        return tuple(words) in self._phrases

    def at(self, words: Sequence[str], start: int = 0) -> int:
        """How many words the longest phrase that begins at this place has; 0 if none does."""
        for length in range(min(self._longest, len(words) - start), 0, -1):
            if tuple(words[start : start + length]) in self._phrases:
                return length
        return 0

    def ranks(self) -> Mapping[str, int]:
        """For an ordered list: the place of every single-word form, the same in both languages."""
        found: dict[str, int] = {}
        for entries in self.entries.values():
            for rank, entry in enumerate(entries):
                found.update((fold(form), rank) for form in entry.split("/"))
        return found


class Words:
    """All closed word lists of a knowledge base: the phrases whose names begin with `words.`."""

    def __init__(self, phrases: Mapping[str, Text]) -> None:
        self._lists = {
            name.removeprefix(_PREFIX): WordList(text) for name, text in phrases.items() if name.startswith(_PREFIX)
        }
        self._none = WordList()

    def __getitem__(self, name: str) -> WordList:
        return self._lists.get(name, self._none)

    def below(self, prefix: str) -> Iterator[tuple[str, WordList]]:
        """The lists whose names begin with the prefix, by the rest of the name."""
        for name, words in self._lists.items():
            if name.startswith(prefix):
                yield name.removeprefix(prefix), words


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
    """A typed line. `latvian` says whether it reads as Latvian, where "no" means "from"."""

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    latvian: bool

    def pieces(self) -> tuple[Span, ...]:
        """The pieces between commas and joining words."""
        found: dict[int, Span] = {}
        for index, token in enumerate(self.tokens):
            if token.piece >= 0:
                found[token.piece] = (found.get(token.piece, (index, 0))[0], index + 1)
        return tuple(found.values())

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
    return Sentence(
        text=text, tokens=_joined(raw, folded, words), words=folded, latvian=_latvian(text, folded, words, locale)
    )


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


def _latvian(text: str, folded: Sequence[str], words: Words, locale: Locale) -> bool:
    """Whether the line is Latvian: by its letters, else by its little words, else by the language of the interview."""
    if _LATVIAN_LETTERS.intersection(text.casefold()):
        return True
    count = 0
    for word in folded:
        if (word,) in words["no"]:
            continue
        for name in ("filler", "and", "or", "but"):
            singles = words[name].singles
            count += (word in singles[Locale.LV]) - (word in singles[Locale.EN])
    return count > 0 or (count == 0 and locale is Locale.LV)


# --- what is denied --------------------------------------------------------------------------------------------------


def denials(sentence: Sentence, words: Words, found: Iterable[Span]) -> tuple[frozenset[Span], frozenset[Span]]:
    """Which of the phrases found the line denies, and which it perhaps denies.

    A denial reaches the phrases behind it in its clause; if there are none, those before it ("Mailchimp neizmantojam");
    if its clause holds none at all but is only a denial or a relative clause, the last phrase before the comma. What
    follows a denied phrase bare, behind a comma, may be denied or not: "not Estonia, Finland".
    """
    tokens = sentence.tokens
    spans = sorted(found)
    inside = _inside(spans)
    denied: set[Span] = set()
    reaching: set[int] = set()
    for start, end in _denying(sentence, words, inside):
        clause = tokens[end - 1].clause
        here = [span for span in spans if clause in (tokens[span[0]].clause, tokens[span[1] - 1].clause)]
        behind = [span for span in here if span[0] >= end]
        if behind:
            denied.update(behind)
            reaching.add(clause)
        elif here:
            if not _speaks_of_others(tokens[start].word, words):
                denied.update(span for span in here if span[1] <= start)
        elif _speaks_of_the_last(sentence, words, clause):
            denied.update([span for span in spans if tokens[span[1] - 1].clause == clause - 1][-1:])
    unclear: set[Span] = set()
    for span in spans:
        clause = tokens[span[0]].clause
        if clause - 1 in reaching and span not in denied and _goes_on_after_comma(sentence, words, clause):
            unclear.add(span)
            reaching.add(clause)
    return frozenset(denied), frozenset(unclear)


def denying_clauses(sentence: Sentence, words: Words, found: Iterable[Span]) -> frozenset[int]:
    """The clauses with a denial outside of the phrases found."""
    return frozenset(sentence.tokens[end - 1].clause for _, end in _denying(sentence, words, _inside(found)))


def _inside(spans: Iterable[Span]) -> set[int]:
    return {index for start, end in spans for index in range(start, end)}


def _denying(sentence: Sentence, words: Words, inside: Collection[int]) -> Iterator[Span]:
    """Every denying word or phrase outside of the phrases found."""
    folded, index, seen = sentence.words, 0, False
    while index < len(folded):
        if index in inside:
            index += 1
            continue
        plain, exception = words["not"].at(folded, index), words["except"].at(folded, index)
        length = max(plain, exception)
        if length == 0 and is_ne_verb(sentence.tokens[index], sentence.latvian, words):
            length = plain = 1
        if length == 0 or (folded[index] == "no" and sentence.latvian):
            index += 1
            continue
        # "not only X" denies nothing, and neither does "nothing except X".
        following = sentence.tokens[index + length :][:1]
        same_clause = bool(following) and following[0].clause == sentence.tokens[index].clause
        only = same_clause and words["only"].at(folded, index + length) > 0
        if not only and not (exception and exception >= plain and seen):
            yield index, index + length
        seen = True
        index += length


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


def _speaks_of_the_last(sentence: Sentence, words: Words, clause: int) -> bool:
    """Whether a clause without any phrase is said of the phrase before it: ", which we do not use", ", nē"."""
    own = [token.word for token in sentence.tokens if token.clause == clause]
    if (own[0],) in words["which"]:
        return True
    index = 0
    while index < len(own):
        length = max(words[name].at(own, index) for name in ("not", "no", "filler"))
        if length == 0 or _speaks_of_others(own[index], words):
            return False
        index += length
    return True


def _goes_on_after_comma(sentence: Sentence, words: Words, clause: int) -> bool:
    """Whether a clause merely goes on with a list, without a verb or a word such as "only"."""
    own = [index for index, token in enumerate(sentence.tokens) if token.clause == clause]
    said = [sentence.words[index : index + 1] for index in own]
    return (
        own[0] > 0
        and "," in sentence.gap_after(own[0] - 1)
        and not any(word in words[name] for word in said for name in ("filler", "but", "yes"))
    )

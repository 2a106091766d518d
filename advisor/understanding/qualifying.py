"""What in a line keeps an answer from being the whole answer: doubted, taken back, said of later or sometimes.

Goes by closed word lists and the order of words. Knows neither questions nor what an answer may be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from advisor.understanding.denying import is_ne_verb
from advisor.understanding.sentences import Sentence, Span, Words

_SAYS_NOTHING = ("filler", "place", "later", "yes", "no", "not", "and", "or", "also")


_AROUND_DOUBT = ("filler", "place", "but", "and", "or", "time", "comment", "for-now", "although", "since", "because")


def doubts(sentence: Sentence, words: Words, named: Iterable[Span] = ()) -> frozenset[Span]:
    """The pieces that say "I don't know" and nothing else, those that begin "not sure if", and the first of all if
    it begins so: "SIA, but have to check", "a number, not sure it's the usual kind".

    Weak hedges, "I think", leave an answer what it is. What was named is no doubt, whatever it is called.
    """
    inside = {index for start, end in named for index in range(start, end)}
    pieces = (span for span in sentence.pieces() if inside.isdisjoint(range(*span)) or span[0] == 0)
    return frozenset(span for span in pieces if _says_unknown(sentence, words, span, inside))


def _says_unknown(sentence: Sentence, words: Words, span: Span, named: Collection[int]) -> bool:
    index, doubted = span[0], False
    begun = words["unknown"].at(sentence.words, index) if index not in named else 0
    if begun and words["unsure-of"].at(sentence.words, index + begun):
        return True
    while index < span[1]:
        length = words["unknown"].at(sentence.words, index) if index not in named else 0
        doubted = doubted or length > 0
        length = length or max(words[name].at(sentence.words, index) for name in _AROUND_DOUBT)
        if not length or index in named:
            return doubted and span[0] == 0
        index += length
    return doubted


def takes_back(sentence: Sentence, words: Words, named: Iterable[Span] = ()) -> bool:
    """Whether what is said behind a "but" may be more than a no: "none, but ..."; not "no, but soon", "nē, bet nē"."""
    inside = {index for start, end in named for index in range(start, end)}
    for index in range(1, len(sentence.words)):
        length = words["however"].at(sentence.words, index) if index not in inside else 0
        if _sometimes_begins(sentence, words, index):  # "I send nothing, well, sometimes a message"
            return True
        if length and not _agrees(sentence, words, index + length):
            return True
    return False


def _sometimes_begins(sentence: Sentence, words: Words, index: int) -> bool:
    """Whether a clause begins here with "sometimes" and goes on, perhaps behind words that say nothing."""
    if sentence.tokens[index].clause == sentence.tokens[index - 1].clause:
        return False
    while index < len(sentence.words) and not words["sometimes"].at(sentence.words, index):
        length = max(words[name].at(sentence.words, index) for name in ("aside", "filler", "but"))
        if not length:
            return False
        index += length
    length = words["sometimes"].at(sentence.words, index)
    return 0 < length < len(sentence.words) - index


def _agrees(sentence: Sentence, words: Words, start: int) -> bool:
    """Whether the words from here on only deny, or speak of later."""
    index, agrees = start, False
    while index < len(sentence.words):
        length = max(words[name].at(sentence.words, index) for name in _SAYS_NOTHING)
        denied = is_ne_verb(sentence.tokens[index], sentence.latvian, words)
        if not length and not denied:
            return False
        agrees = agrees or denied or any(words[name].at(sentence.words, index) for name in ("later", "not", "no"))
        index += length or 1
    return agrees


def beside(sentence: Sentence, words: Words, named: Iterable[Span], *lists: str) -> frozenset[int]:
    """The clauses in which a word of these lists stands outside of what was named.

    An "only" begins a clause: what is said behind it goes for the name before it, "the States are only for next year".
    """
    inside = {index for start, end in named for index in range(start, end)}
    found = {
        sentence.tokens[index].clause
        for index in range(len(sentence.words))
        if index not in inside
        and not (index and sentence.gap_after(index - 1) == "-")  # "pay-later orders" are no later ones
        and any(words[name].at(sentence.words, index) for name in lists)
    }
    told = {sentence.tokens[index].clause for index in inside}
    for index in range(1, len(sentence.tokens)):
        clause, gap = sentence.tokens[index].clause, sentence.gap_after(index - 1)
        begins = clause != sentence.tokens[index - 1].clause and not gap.strip()
        if begins and clause in found - told and words["only"].at(sentence.words, index):
            found.add(sentence.tokens[index - 1].clause)
    return frozenset(found)


def is_denied_behind_but(sentence: Sentence, words: Words, named: Collection[int]) -> bool:
    """ "Open, but not for orders": what follows the "but" names nothing and denies something."""
    tokens = sentence.tokens
    for index in range(1, len(tokens)):
        if tokens[index].clause != tokens[index - 1].clause and words["but"].at(sentence.words, index):
            rest = [other for other, token in enumerate(tokens) if token.clause >= tokens[index].clause]
            if set(named).isdisjoint(rest) and any(_denies(sentence, words, other) for other in rest):
                return True
    return False


def _denies(sentence: Sentence, words: Words, index: int) -> bool:
    denied = words["not"].at(sentence.words, index) > 0
    return denied or is_ne_verb(sentence.tokens[index], sentence.latvian, words)


def is_joined(sentence: Sentence, span: Span, named: Collection[int]) -> bool:
    """Whether only "and" or "or" stands between these words and something named: "shops and hobby bakers"."""
    tokens = sentence.tokens
    for step, place in ((-1, span[0] - 1), (1, span[1])):
        if 0 <= place < len(tokens) and tokens[place].piece < 0:
            while 0 <= place < len(tokens) and tokens[place].piece < 0:
                place += step
            piece = tokens[place].piece if 0 <= place < len(tokens) else None
            if any(tokens[index].piece == piece for index in named):
                return True
    return False

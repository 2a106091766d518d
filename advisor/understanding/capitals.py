"""Codes of countries that people type in small letters, where a question asks for countries: "us and canada".

The same letters are an everyday word, so they count only where that word could not stand: alone in their piece of the
line, beside another country. "They pick it up from us" stays as it is.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.understanding.matching import Match
from advisor.understanding.naming import Names, Naming
from advisor.understanding.sentences import Sentence, Span, Words

_AROUND = ("in-place", "also", "only", "not", "no", "except")
"""Lists of words that may stand before the code: "to the us", "not us"."""


def with_capitals(sentence: Sentence, names: Names, words: Words) -> Sentence:
    """The line with such codes in capitals, as if they had been typed so; the line itself if there are none."""
    places = [span[1] - 1 for span in sentence.pieces() if _is_code(sentence, span, words)]
    if not places or not _names_another(sentence, places, names, words):
        return sentence
    tokens = tuple(
        token._replace(typed=token.typed.upper()) if place in places else token
        for place, token in enumerate(sentence.tokens)
    )
    return replace(sentence, tokens=tokens)


def countries_named(sentence: Sentence, naming: Naming) -> tuple[Match, ...]:
    """The countries that a sentence names in full, or by a code that stands for nothing else: "the UK and US"."""
    names, words = naming.countries(), naming.words
    capital = with_capitals(sentence, names, words)
    matches = names.index.within(capital.tokens)
    taken = {place for match in matches for place in range(*match.span)}
    shouting = sentence.text.isupper()
    codes = [
        Match((names.codes[token.typed],), "code", (place, place + 1))
        for place, token in enumerate(capital.tokens)
        if place not in taken and (token.word,) in words["code"] and token.typed in names.codes and not shouting
    ]
    return tuple(sorted((*matches, *codes), key=lambda match: match.span))


def _is_code(sentence: Sentence, span: Span, words: Words) -> bool:
    """Whether a piece is nothing but the code, with words of place before it."""
    return _bare(sentence, span, words) in words["code"]


def _bare(sentence: Sentence, span: Span, words: Words) -> tuple[str, ...]:
    """The words of a piece without those of place before them."""
    start, end = span
    while start < end - 1 and (length := max(words[name].at(sentence.words, start) for name in _AROUND)):
        start += length
    return sentence.words[start:end]


def _names_another(sentence: Sentence, places: list[int], names: Names, words: Words) -> bool:
    """Whether a piece without such a code names a country, in full or by its code."""
    others = [span for span in sentence.pieces() if span[1] - 1 not in places]
    if any(names.index.exactly(_bare(sentence, span, words)) for span in others):
        return True
    named = {place for match in names.index.within(sentence.tokens) for place in range(*match.span)}
    named |= {place for place, token in enumerate(sentence.tokens) if token.typed in names.codes}
    return any(not named.isdisjoint(range(*span)) for span in others)

"""What a line says besides what was found in it: where several answers are possible, nothing is passed over in silence.

Reasons, times and comments are no answers: "because it sells", "since 2019", "that's all". Decides nothing.
"""

from __future__ import annotations

from advisor.model import Value
from advisor.understanding.around import Around
from advisor.understanding.asked import Asked
from advisor.understanding.finding import Found
from advisor.understanding.sentences import Span

_TELLING = 4
"""Letters of a word that may tell what is meant."""
_MOST_NEAR = 3
_MOST_SHARED = 2
_LIKELY = 0.7
"""Likeness from which a part may be a misspelt name."""
_SAYING_NOTHING = (
    "time",
    "comment",
    "filler",
    "only",
    "also",
    "sometimes",
    "later",
    "maybe",
    "aside",
    "skip",
    "said-before",
)


def leftover(asked: Asked, found: Found) -> tuple[Span, ...]:
    """The parts that were used for nothing and may be a part of the answer."""
    return tuple(span for span in found.unknown if asked.telling(span) and not _is_beside_the_point(asked, span))


def near(asked: Asked, spans: tuple[Span, ...], known: tuple[Value, ...]) -> tuple[Value, ...]:
    """Options that these parts may mean, by the words they share with their names and descriptions."""
    around = Around(asked.sentence, asked.names, asked.words)
    index = asked.naming.described(asked.question, asked.options).index
    likely: dict[Value, int] = {}
    for start, end in spans:
        said = {
            asked.sentence.words[place] for place in range(start, end)
            if len(asked.sentence.words[place]) >= _TELLING and not around.says_nothing(place)
        }  # fmt: skip
        for word in said:  # a word that many options share tells nothing
            shared = index.sharing((word,))
            likely.update((value, likely.get(value, 0) + 1) for value in shared if len(shared) <= _MOST_SHARED)
        alike = index.near(around.text(around.trim((start, end))), _LIKELY)
        likely.update((value, likely.get(value, 1)) for value in alike)
    ranked = sorted((value for value in likely if value not in known), key=lambda value: -likely[value])
    return tuple(ranked[:_MOST_NEAR])


def _is_beside_the_point(asked: Asked, span: Span) -> bool:
    """Whether it only gives a reason, a time or a comment, or says more of what was named before."""
    tokens, said, words = asked.sentence.tokens, asked.sentence.words, asked.words
    clause = tokens[span[0]].clause
    first = next(place for place, token in enumerate(tokens) if token.clause == clause)
    while first < span[0] and (words["but"].at(said, first) or words["and"].at(said, first)):
        first += 1
    if any(words[name].at(said, first) for name in ("reason", "which")) or _speaks_of_them(asked, first):
        return True
    if any(words["since"].at(said, place) for place in range(*span)):
        return True
    place = span[0]
    while place < span[1]:
        length = max(words[name].at(said, place) for name in _SAYING_NOTHING)
        if not length and not said[place].isdecimal():
            return False
        place += length or 1
    return True


def _speaks_of_them(asked: Asked, first: int) -> bool:
    """Whether the clause goes on about those who were named: "vini perk keramiku", "they love our mittens"."""
    return asked.question.kind in ("countries", "people") and asked.words["they"].at(asked.sentence.words, first) > 0

"""What a line tells besides its answer: of which country a firm is, as in "accounting, a firm in Riga".

Better nothing than wrong: a country counts where it stands in a part of its own, or at the end behind a word for a firm
or for coming from somewhere. "Delivers to Germany" and "servers in Germany" say nothing of where the firm is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from advisor.model import Value
from advisor.understanding.denying import denials
from advisor.understanding.matching import Match
from advisor.understanding.naming import GROUP, Naming
from advisor.understanding.sentences import Sentence, Span


class Aside(NamedTuple):
    """A country told besides, and the line without it."""

    country: Value
    rest: str


def aside(sentence: Sentence, naming: Naming) -> Aside | None:
    """The one country that the line surely tells besides something else."""
    found = dict(_asides(sentence, naming))
    if len(found) != 1:
        return None
    (start, end), match = next(iter(found.items()))
    first, last = sentence.tokens[start], sentence.tokens[end - 1]
    rest = f"{sentence.text[: first.start].rstrip(' ,;(')} {sentence.text[last.end :].lstrip(' ,;)')}".strip()
    return Aside(match.values[0], rest) if rest else None


def _asides(sentence: Sentence, naming: Naming) -> Iterator[tuple[Span, Match]]:
    """Parts of the line that tell the firm's country."""
    words = naming.words
    names = naming.countries()
    matches = [
        match
        for match in names.index.within(sentence.tokens)
        if len(match.values) == 1 and not str(match.values[0]).startswith(GROUP)
    ]
    denied = denials(sentence, words, [match.span for match in matches])
    pieces = sentence.pieces()
    for match in matches:
        if match.span in denied.sure or match.span in denied.unclear:
            continue
        piece = sentence.piece_at(match.span[0])
        others = [place for place in range(*piece) if not match.span[0] <= place < match.span[1]]
        if len(pieces) > 1 and all(_is_beside(sentence, naming, place) for place in others):
            yield piece, match
        elif match.span[1] == piece[1] and (start := _cue(sentence, naming, match.span[0])):
            yield (start, match.span[1]), match


def _is_beside(sentence: Sentence, naming: Naming, place: int) -> bool:
    """Whether a word beside a country only says that a firm is from there."""
    if (sentence.words[place],) in naming.words["besides.elsewhere"]:
        return False
    return any(
        naming.words[name].at(sentence.words, place) for name in ("filler", "place", "besides.firm", "besides.from")
    )


def _cue(sentence: Sentence, naming: Naming, country: int) -> int:
    """Where "from Riga" begins, or the "in Riga" of "our accountant in Riga"; 0 if nothing of the kind stands there."""
    said = sentence.words
    for start in range(max(1, country - 3), country):
        if naming.words["besides.from"].at(said, start) == country - start:
            return start
    start = country - 1 if country and (said[country - 1],) in naming.words["besides.in"] else country
    return start if start and naming.words["besides.firm"].at(said, start - 1) == 1 else 0

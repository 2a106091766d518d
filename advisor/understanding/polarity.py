"""Yes, no and none: from closed lists only, never approximately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from advisor.understanding.denying import is_ne_verb
from advisor.understanding.sentences import Sentence, Words

Polarity = Literal["yes", "no"]


def polarity(sentence: Sentence, words: Words) -> Polarity | None:
    """Yes or no, said alone or at the beginning: "nē, vēl ne". None if neither is said, or both."""
    if says_both(sentence, words):
        return None
    yes, no = (words[name].at(sentence.words) for name in ("yes", "no"))
    if no == 1 and _is_from(sentence):
        no = 0
    if not no and says_none(sentence, words):
        return "no"
    return "yes" if yes > no else "no" if no else None


def opening(sentence: Sentence, words: Words) -> Polarity | None:
    """The same where something else may have been meant: only a yes or no that stands by itself.

    "Nē, vēl ne" and "no reviews" begin with a no; "neesam skatījušies" is another verb.
    """
    said = polarity(sentence, words)
    length = max(words[name].at(sentence.words) for name in ("yes", "no"))
    by_itself = length >= len(sentence.words) or sentence.tokens[length].clause != sentence.tokens[0].clause
    bare = length == 1 and (sentence.words[0],) in words["interjection"]
    return said if by_itself or bare or says_none(sentence, words) else None


def concluding(sentence: Sentence, words: Words) -> Polarity | None:
    """The yes or no with which a line ends behind its reason: "they have no login there, so no"."""
    if len(sentence.words) < 2:
        return None
    last = sentence.tokens[-1].clause
    own = [index for index, token in enumerate(sentence.tokens) if token.clause == last]
    start = own[0] + words["so"].at(sentence.words, own[0]) if own[0] else _so(sentence, words)
    said = sentence.words[start:]
    if not said or start == 0:
        return None
    if (len(said) == 1 and said in words["interjection"]) or said in words["yes"] or said in words["no"]:
        return "yes" if said in words["yes"] else "no"
    return None


def _so(sentence: Sentence, words: Words) -> int:
    """Behind the "so" of "they have no login so no"; 0 if there is none."""
    places = range(1, len(sentence.words) - 1)
    return next((n + words["so"].at(sentence.words, n) for n in places if words["so"].at(sentence.words, n)), 0)


def begins_with_none(sentence: Sentence, words: Words) -> bool:
    """Whether the first clause says nothing but none: "nothing, only clothes"."""
    first = [token for token in sentence.tokens if token.clause == sentence.tokens[0].clause]
    clause = replace(sentence, tokens=tuple(first), words=sentence.words[: len(first)])
    return says_none(clause, words)


def says_both(sentence: Sentence, words: Words) -> bool:
    """ "Yes and no", "jā vai nē", "sure not", "if they ask"; or nothing but "maybe"."""
    if words["if"].at(sentence.words) and sentence.tokens[0].typed.casefold() == sentence.tokens[0].word:
        return True
    yes, no = (words[name].at(sentence.words) for name in ("yes", "no"))
    if yes > no and _denied_at(sentence, words, yes):
        return True
    if words["maybe"].at(sentence.words) > max(yes, no) and says(sentence, words):
        return True  # "var būt"
    if not yes and not no and says(sentence, words):
        return True
    starts = ((start + words["but"].at(sentence.words, start), end) for start, end in sentence.pieces())
    pieces = [sentence.words[start:end] for start, end in starts]
    return all(any(piece in words[name] for piece in pieces) for name in ("yes", "no"))


def says(sentence: Sentence, words: Words, *lists: str) -> bool:
    """Whether the whole line is in one of the lists, words that say nothing aside. No lists: whether all are such."""
    start, end = 0, len(sentence.words)
    while start < end:
        if any(sentence.words[start:end] in words[name] for name in lists):
            return True
        if 0 < (length := words["filler"].at(sentence.words, start)) <= end - start:
            start += length
        elif (sentence.words[end - 1],) in words["filler"]:
            end -= 1
        else:
            return False
    return not lists


def says_none(sentence: Sentence, words: Words, lists: Sequence[str] = ("none", "no", "not", "refusal")) -> bool:
    """Whether the line says nothing but none, no and words around them: "we don't have any of these"."""
    said, index, denied = sentence.words, 0, False
    while index < len(said):
        denying = max(words[name].at(said, index) for name in lists)
        if said[index] == "no" and sentence.latvian and len(said) > 1:
            denying = 0
        length = max(denying, words["filler"].at(said, index))
        if length == 0 and is_ne_verb(sentence.tokens[index], sentence.latvian, words):
            length = 1  # "neizmantojam neko", but not "nepārbaudām"
        if length == 0:
            return False
        denied = denied or denying == length
        index += length
    return denied


def _denied_at(sentence: Sentence, words: Words, index: int) -> bool:
    """Whether a denial follows the yes in the same clause: "we have not"."""
    if not 0 < index < len(sentence.words) or sentence.tokens[index].clause != sentence.tokens[0].clause:
        return False
    return words["not"].at(sentence.words, index) > 0


def _is_from(sentence: Sentence) -> bool:
    """Latvian "no" before another word means "from"."""
    one_clause = len(sentence.words) > 1 and sentence.tokens[0].clause == sentence.tokens[1].clause
    return sentence.words[0] == "no" and sentence.latvian and one_clause


def declined(sentence: Sentence, words: Words) -> str | None:
    """What is said behind a refusal of what is offered: "none of them, just photos". None: it is no refusal."""
    said, place, refused = sentence.words, 0, False
    while place < len(said):
        refusing = max(words[name].at(said, place) for name in ("leave-out", "none", "no"))
        length = refusing or max(words[name].at(said, place) for name in ("filler", "comment", "only", "aside"))
        if not length:
            break
        refused = refused or refusing > 0
        place += length
    if not refused or (place < len(said) and sentence.tokens[place].clause == sentence.tokens[place - 1].clause):
        return None
    return sentence.text[sentence.tokens[place].start :] if place < len(said) else ""

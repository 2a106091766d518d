"""What people take back while they type, "two, no wait, three", say to nobody, "thank God", or ask beside the answer.

Goes by closed word lists and the order of words. Knows neither questions nor what an answer may be.
"""

from __future__ import annotations

from typing import NamedTuple

from advisor.understanding.sentences import Sentence, Words


class Correction(NamedTuple):
    """The text before the word by which it is taken back, and what is said instead."""

    before: str
    instead: str


def correction(sentence: Sentence, words: Words) -> Correction | None:
    """The last correction of a line: behind a comma or full stop, and with something on both sides."""
    tokens = sentence.tokens
    for index in range(len(tokens) - 1, 0, -1):
        length = words["correcting"].at(sentence.words, index)
        if length and tokens[index].clause != tokens[index - 1].clause and index + length < len(tokens):
            return Correction(
                before=sentence.text[: tokens[index - 1].end],
                instead=sentence.text[tokens[index + length].start :],
            )
    return None


def without_reasons(sentence: Sentence, words: Words) -> str:
    """The line without reasons and what is told of somebody's life: "Finland, because my cousin lives in Turku"."""
    text, tokens = sentence.text, sentence.tokens
    drop: set[int] = set()
    for start, end in sentence.clauses():
        goes_on = (
            start and start - 1 in drop and any(words[name].at(sentence.words, start) for name in ("which", "they"))
        )
        remark = any(words["remarking"].at(sentence.words, place) for place in range(start, end))
        reason = next((place for place in range(start, end) if _gives_reason(sentence, words, place)), end)
        drop.update(range(start if goes_on or remark else reason, end))
    if len(drop) == len(tokens):
        return text
    kept = ((tokens[place].start, tokens[place + 1].start if place + 1 < len(tokens) else len(text))
            for place in range(len(tokens)) if place not in drop)  # fmt: skip
    return "".join(text[start:end] for start, end in kept).rstrip(" ,;:-–—(") if drop else text


def _gives_reason(sentence: Sentence, words: Words, place: int) -> bool:
    """Whether a reason begins here; not "since the war", nor a "but because" behind which the answer may stand."""
    if words["since-when"].at(sentence.words, place) or (place and words["but"].at(sentence.words, place - 1)):
        return False
    return words["giving-reason"].at(sentence.words, place) > 0


def without_asides(sentence: Sentence, words: Words) -> str:
    """The line without clauses that only sigh or comment: "maksātnespējas, paldies dievam, nav"."""
    text, tokens = sentence.text, sentence.tokens
    clauses = sentence.clauses()
    asides = [(start, end) for start, end in clauses if sentence.words[start:end] in words["aside"]]
    if len(asides) in (0, len(clauses)):
        return text
    for start, end in reversed(asides):
        if end < len(tokens):
            text = text[: tokens[start].start] + text[tokens[end].start :]
        else:
            text = text[: tokens[start - 1].end] if start else text
    return text


def without_questions(sentence: Sentence, words: Words) -> str:
    """The line without what it asks beside the answer: "nothing yet, will they sign that?" """
    text, tokens = sentence.text, sentence.tokens
    kept: list[str] = []
    begun: int | None = None  # where a question may have begun: all up to its mark is asked
    for start, end in sentence.clauses():
        if begun is None and words["questioning"].at(sentence.words, start):
            begun = start
        gap = sentence.gap_after(end - 1)
        if begun is not None and "?" in gap:
            begun = None
        elif begun is None:
            kept.append(text[tokens[start].start : tokens[end - 1].end])
        elif any(mark in gap for mark in ".!;"):
            kept.append(text[tokens[begun].start : tokens[end - 1].end])
            begun = None
    if begun is not None:
        kept.append(text[tokens[begun].start : tokens[-1].end])
    return ", ".join(kept)

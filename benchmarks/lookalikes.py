"""Finds everyday words that are taken for a name they only look like: "right" for Riga, "visu" for Visa.

Usage: python benchmarks/lookalikes.py WORDS.txt [--lang lv] [QUESTION ...]

WORDS.txt holds one word a line, such as the commonest of a language. Each is read as an answer, beside words that say
nothing; what is understood though no name holds the word is printed, with the question and the answer. What is no form
of a name after all belongs into knowledge/words_lookalike.yaml. Without QUESTION all questions with options are tried,
and one about countries.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advisor.knowledge.cache import open_knowledge  # noqa: E402 - the checkout is put on the path first
from advisor.model import Locale, Question  # noqa: E402
from advisor.understanding.understand import Understanding  # noqa: E402
from advisor.wording import fold  # noqa: E402

COUNTRIES = "vendor.processing_countries"
CARRIER = {Locale.EN: "well, {} here", Locale.LV: "hm, {} te"}
"""Beside these the word is a part of a line, as in a sentence, and the only one that says something."""
KINDS = ("choice", "choices", "checklist")


def named(understanding: Understanding, question: Question) -> frozenset[str]:
    """Every word of a name of the question's options."""
    said = [option.label.in_(locale) for option in question.options for locale in Locale]
    said += [alias for option in question.options for alias in option.alias]
    own = set(fold(" ".join(said)).split())
    for _, words in understanding.words.below(f"fits.{question.id}."):
        own |= {word for phrase in words.phrases for word in phrase}
    return frozenset(own)


def taken(
    understanding: Understanding, question: Question, words: list[str], locale: Locale
) -> Iterator[tuple[str, str]]:
    """The words that are read as an answer although no name holds them, each with the answer."""
    own = named(understanding, question) if question.options else frozenset()
    names = understanding.naming.of(question, tuple(question.options)).index
    for word in words:
        if fold(word) in own or names.exactly((fold(word),)) is not None:
            continue
        value = understanding.read(question, CARRIER[locale].format(word), locale).value
        if value not in (None, ()) and not isinstance(value, int):
            yield word, ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", type=Path)
    parser.add_argument("questions", nargs="*")
    parser.add_argument("--lang", choices=[str(locale.value) for locale in Locale], default="en")
    options = parser.parse_intermixed_args()
    base, _ = open_knowledge(ROOT, None)
    understanding = Understanding(base)
    words = [word for word in options.words.read_text(encoding="utf-8").split() if word.isalpha()]
    for question in base.questions:
        wanted = (
            question.id in options.questions
            if options.questions
            else question.kind in KINDS or question.id == COUNTRIES
        )
        for word, value in taken(understanding, question, words, Locale(options.lang)) if wanted else ():
            print(f"{question.id}\t{value}\t{word}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

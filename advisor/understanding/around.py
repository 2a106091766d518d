"""The words around a name in a line: which of them say nothing by themselves, which are codes of countries."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.understanding.denying import is_ne_verb
from advisor.understanding.naming import Names
from advisor.understanding.sentences import Sentence, Span, Words

_WORD_IN_CAPITALS = 3
"""Letters up to which a text in capitals may be codes; beyond it, somebody shouts."""


class Around:
    """One line, and what can be named in it."""

    def __init__(self, sentence: Sentence, names: Names, words: Words) -> None:
        self.sentence = sentence
        self.names = names
        self.words = words
        long = any(len(token.typed) > _WORD_IN_CAPITALS for token in sentence.tokens)
        self.shouting = sentence.text.isupper() and long

    def text(self, span: Span) -> tuple[str, ...]:
        return self.sentence.words[span[0] : span[1]]

    def trim(self, span: Span, denials: bool = False) -> Span:
        """The span without words that say nothing at either end; on demand without denials too."""
        start, end = span
        while start < end and (length := self._empty_at(start, denials)):
            start = min(end, start + length)
        while start < end and self._empty_at(end - 1, denials):
            end -= 1
        return start, end

    def says_nothing(self, index: int) -> bool:
        return self._empty_at(index, denials=True) > 0

    def leaves_over(self, taken: Iterable[Span]) -> bool:
        """Whether a word beside the spans says something."""
        inside = {index for span in taken for index in range(*span)}
        return any(index not in inside and not self.says_nothing(index) for index in range(len(self.sentence.tokens)))

    def is_code(self, index: int) -> bool:
        token = self.sentence.tokens[index]
        return len(token.typed) == 2 and token.typed.isupper() and token.typed in self.names.codes

    def _empty_at(self, index: int, denials: bool) -> int:
        """How many words from here on say nothing by themselves."""
        folded = self.sentence.words
        if self.is_code(index) and not self.shouting:
            return 0
        denying = self.words["not"].at(folded, index)
        if not denying and is_ne_verb(self.sentence.tokens[index], self.sentence.latvian, self.words):
            denying = 1
        if denying and not (folded[index] == "no" and self.sentence.latvian):
            return denying if denials else 0
        lists = (*self.names.around, "and", "or", "but", "yes", *(("except",) if denials else ()))
        return max(self.words[name].at(folded, index) for name in lists)

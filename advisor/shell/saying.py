"""Says in Latvian what the program has said in English: the help, and what is wrong before a case is read.

These sentences stand in the code in English, since they must be said even where no knowledge base can be read; that may
be just what is wrong. The phrases of the knowledge base whose names begin with `shell.` pair each with its Latvian.
What stands in braces differs from time to time and is taken over as it is; `{what}` is a sentence of its own, `{names}`
are words of which each may have its Latvian.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from advisor.model import Text
from advisor.wording import fill

_PREFIX = "shell."
_NAME = re.compile(r"\{(\w+)\}")
_SENTENCE, _WORDS = "what", "names"


class Saying:
    """Finds the Latvian of an English sentence; what it does not know stays as it is."""

    def __init__(self, phrases: Mapping[str, Text]) -> None:
        texts = [text for name, text in phrases.items() if name.startswith(_PREFIX)]
        self._whole = {text.en: text.lv for text in texts if not _NAME.search(text.en)}
        # The sentence is meant of which most stands there, above all its beginning.
        open_ = sorted((text for text in texts if _NAME.search(text.en)), key=_said, reverse=True)
        self._open = [(re.compile(_pattern(text.en), re.DOTALL), text.lv) for text in open_]

    def __call__(self, said: str) -> str:
        if said in self._whole:
            return self._whole[said]
        for pattern, own in self._open:
            if found := pattern.fullmatch(said):
                return fill(own, {name: self._put(name, text) for name, text in found.groupdict().items()})
        return said

    def _put(self, name: str, text: str) -> str:
        if name == _WORDS:
            return ", ".join(self(word) for word in text.split(", "))
        return self(text) if name == _SENTENCE else text


def _said(text: Text) -> tuple[bool, int]:
    return not text.en.startswith("{"), len(_NAME.sub("", text.en))


def _pattern(template: str) -> str:
    return "".join(_alternate(_NAME.split(template)))


def _alternate(parts: Iterable[str]) -> Iterable[str]:
    """Literal text and names take turns."""
    for number, part in enumerate(parts):
        yield f"(?P<{part}>.+?)" if number % 2 else re.escape(part)

"""A knowledge base of one's own, written for an older program, may lack sentences that the program has come to say.

They are taken from the knowledge base that comes with the program, so that everything can be said; the others stay as
they are. Everyday names of obligations that this knowledge base does not have are left out.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from advisor.model import KnowledgeBase, Text

_ABOUT = "words.about."


def missing(base: KnowledgeBase, phrases: Mapping[str, Text]) -> Mapping[str, Text]:
    """The phrases that a knowledge base lacks."""
    return {
        name: text
        for name, text in phrases.items()
        if name not in base.phrases and (not name.startswith(_ABOUT) or name.removeprefix(_ABOUT) in base.actions)
    }


def completed(base: KnowledgeBase, phrases: Mapping[str, Text]) -> KnowledgeBase:
    """The knowledge base with them."""
    more = missing(base, phrases)
    return msgspec.structs.replace(base, phrases={**base.phrases, **more}) if more else base

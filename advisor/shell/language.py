"""Which language the person reads, as the command line or the computer tells. Imports nothing: help is instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ENGLISH, LATVIAN = "en", "lv"


def computers(environ: Mapping[str, str]) -> str:
    """The language the computer is set to; English unless it is Latvian."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, ""):
            return LATVIAN if value.lower().startswith(LATVIAN) else ENGLISH
    return ENGLISH


def wanted(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language of a command line that nobody has understood yet: its `--lang`, else the computer's."""
    for place, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name == "--lang":
            said = value if equals else "".join(arguments[place + 1 : place + 2])
            return said if said in (ENGLISH, LATVIAN) else computers(environ)
    return computers(environ)

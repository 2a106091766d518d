"""What a site stores on visitors' devices, as far as the answers and the kind of shop tell."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.documents.collect import Collected, Partner
from advisor.model import KnowledgeBase

_NECESSARY = "strictly_necessary"
_PURPOSES = {"analytics": "analytics", "session_replay": "analytics", "advertising": "advertising"}
"""The purpose whose partners provide a kind of cookies; of the other kinds the answers name nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of cookies; `only_likely`: nobody named it, but shops like this one hardly do without."""

    value: str
    only_likely: bool = False

    @property
    def is_necessary(self) -> bool:
        return self.value == _NECESSARY


def stored(collected: Collected) -> tuple[Kind, ...]:
    """The kinds of cookies, in the order of the question."""
    told = set(collected.standing.values("data.cookies"))
    likely = {_NECESSARY} - told if told and _needs_some(collected) else set()
    kinds = [str(option.value) for option in collected.consultation.question("data.cookies").options]
    return tuple(Kind(value=value, only_likely=value in likely) for value in kinds if value in told | likely)


def sets(base: KnowledgeBase, partner: Partner, kind: str) -> bool:
    """Whether a partner is there for what this kind of cookies is for, and not for the shop as a whole."""
    return _PURPOSES.get(kind) in (base.serves(partner.id, partner.function) or ())


def _needs_some(collected: Collected) -> bool:
    """Whether there is a basket or a login, which no site remembers without storing something."""
    standing = collected.standing
    login = standing.value("shop.accounts") in ("optional", "mandatory")
    return login or standing.value("shop.online_ordering") == "yes"

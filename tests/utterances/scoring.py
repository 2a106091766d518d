"""Reads the utterance files and scores how each is understood: right, asks, or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from advisor import yamlio
from advisor.model import CONFIRM, Locale, Option, Question, Value
from advisor.understanding.understand import Reading, Understanding

HERE = Path(__file__).resolve().parent
Score = Literal["right", "asks", "wrong"]
SCORES: tuple[Score, ...] = ("right", "asks", "wrong")

EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
GROUPS: Mapping[str, Sequence[str]] = {"EU": EU, "EEA": (*EU, "IS", "LI", "NO")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One line of a file. Exactly one of `means`, `asks` and `command` says what is expected."""

    question: str
    said: str
    locale: Locale
    means: Value | tuple[Value, ...] | None = None
    asks: tuple[Value, ...] | None = None
    command: str | None = None
    shown: tuple[str, ...] = ()
    before: tuple[Value, ...] | None = None
    same: tuple[Value, ...] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


def utterances(holdout: bool) -> Iterator[Utterance]:
    """Those kept apart, or the others."""
    for path in sorted(HERE.glob("*.yaml")):
        if path.name.startswith("holdout_") == holdout:
            yield from _of_file(path)


def _of_file(path: Path) -> Iterator[Utterance]:
    root, problems = yamlio.parse(path.read_text(encoding="utf-8"), path.name)
    assert root is not None and not problems, problems
    for question, lines in root.value.items():
        for node in lines.value:
            item: dict[str, Any] = node.plain()
            locale = Locale.EN if "en" in item else Locale.LV
            said = item.pop(locale.value)
            expected = {key: item.pop(key) for key in ("is", "asks", "command") if key in item}
            shown, names = tuple(item.pop("shown", ())), item.pop("names", {})
            before, same = (tuple(item.pop(key)) if key in item else None for key in ("before", "same"))
            place = f"{path.name}:{node.line}"
            assert len(expected) == 1 and not item, f"{place}: {item or expected}"
            yield Utterance(
                question=question, said=said, locale=locale, means=expand(expected.get("is")), shown=shown, names=names,
                asks=tuple(expected["asks"]) if "asks" in expected else None, command=expected.get("command"),
                before=before, same=same, place=place,
            )  # fmt: skip


def expand(value: Any) -> Value | tuple[Value, ...] | None:
    """The expected answer, groups of countries as their members; a code after a dash is left out."""
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]
    members = [member for item in value for member in GROUPS.get(item, [item])]
    left_out = {item[1:] for item in members if item.startswith("-")}
    return tuple(item for item in members if not item.startswith("-") and item not in left_out)


class Scorer:
    """Reads utterances with the questions of a knowledge base."""

    def __init__(self, understanding: Understanding, questions: Mapping[str, Question]) -> None:
        self._understanding = understanding
        self._questions = questions

    def kind(self, utterance: Utterance) -> str:
        return self._questions[utterance.question].kind

    def read(self, utterance: Utterance) -> Reading:
        question = self._questions[utterance.question]
        if question.id != CONFIRM:
            return self._understanding.read(
                question, utterance.said, utterance.locale, default=utterance.before, same=utterance.same
            )
        base = self._understanding.base
        shown = [Option(value=name, label=base.providers[name].name) for name in utterance.shown]
        return self._understanding.read(question, utterance.said, utterance.locale, shown, utterance.shown)

    def score(self, utterance: Utterance) -> tuple[Score, Reading]:
        reading = self.read(utterance)
        if reading.command is not None:
            return "right" if reading.command == utterance.command else "wrong", reading
        if reading.value is not None:
            same = _set(reading.value) == _set(utterance.means)
            return "right" if same and utterance.names.items() <= reading.names.items() else "wrong", reading
        offered = {*(candidate.value for candidate in reading.candidates), *reading.kept}
        return "right" if utterance.asks is not None and offered >= set(utterance.asks) else "asks", reading


def _set(value: object) -> frozenset[object] | object:
    """Several values in any order."""
    return frozenset(value) if isinstance(value, tuple) else value


def tally(scored: Iterator[tuple[str, Score]]) -> Mapping[str, Counter[Score]]:
    """How often each score came out, for each kind of question and in all."""
    found: dict[str, Counter[Score]] = {}
    for kind, score in scored:
        for name in (kind, "all"):
            found.setdefault(name, Counter())[score] += 1
    return found

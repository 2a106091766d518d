"""Reads an answers file: a map of answers by question id, vendors and people as lists of records.

The same turns come out as an interview would have recorded, marked `file`; what the catalogue adds about known vendors
is marked `assumed`. Every problem of the file is reported at once, with file, line and the nearest right spelling.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor import vocabulary, yamlio
from advisor.consultation import Consultation
from advisor.errors import BrokenFile, Problem, did_you_mean
from advisor.model import CONFIRM, PEOPLE, UNKNOWN, VENDORS, Answer, Provider, Question, Value
from advisor.vocabulary import Attribute
from advisor.wording import clean, fold, slug
from advisor.yamlio import Node

_RECORDS = {"vendors": ("vendor", VENDORS), "people_remote_access": ("person", PEOPLE)}
_ABOUT_CASE = ("case", "as_of", "locale")

INSIDE = "answers"
"""A file may hold its answers under this key, beside other things; only they are read then."""


def read(data: bytes, file: str, consultation: Consultation) -> tuple[Answer, ...]:
    """The answers of a file. Raises BrokenFile with every problem."""
    root, problems = yamlio.parse(yamlio.decode(data, file), file)
    if root is None:
        raise BrokenFile(problems)
    reading = _Reading(file, consultation)
    reading.problems.extend(problems)
    if not isinstance(root.value, dict):
        reading.problem(root.line, "an answers file is a map of answers by question id", "advisor questions lists them")
    else:
        inside = root.value.get(INSIDE)
        reading.all(root.value if inside is None or not isinstance(inside.value, dict) else inside.value)
    if reading.problems:
        raise BrokenFile(sorted(reading.problems, key=lambda problem: problem.line))
    return tuple(reading.answers)


def one(key: str, of: str, value: Node, consultation: Consultation) -> tuple[Answer, ...]:
    """One answer by itself, held to the same rules, with what the catalogue adds about vendors. Raises BrokenFile."""
    reading = _Reading("", consultation)
    if of:
        reading._answer(key, value, [*reading.attributes], of)
    else:
        reading.all({key: value})
    if reading.problems:
        raise BrokenFile(reading.problems)
    return tuple(reading.answers)


class _Reading:
    def __init__(self, file: str, consultation: Consultation) -> None:
        self.file = file
        self.consultation = consultation
        self.base = consultation.base
        self.attributes = vocabulary.attributes(self.base)
        self.problems: list[Problem] = []
        self.answers: list[Answer] = []
        self.taken: set[str] = set()

    def problem(self, line: int, what: str, hint: str = "") -> None:
        self.problems.append(Problem(file=self.file, line=line, what=what, hint=hint))

    def all(self, root: Mapping[str, Node]) -> None:
        known = [*self.consultation.questions, *self.attributes]
        for key, node in root.items():
            if key in _ABOUT_CASE:
                continue
            if key in _RECORDS:
                self._records(key, node)
            elif key == "docs" and isinstance(node.value, dict):
                for name, item in node.value.items():
                    self._answer(f"docs.{name}", item, known)
            else:
                self._answer(key, node, known)

    def _answer(self, key: str, node: Node, known: list[str], of: str = "") -> None:
        line = node.key_line or node.line
        question = self.consultation.questions.get(key)
        attribute = self.attributes.get(key)
        if question is not None and question.kind == "checklist":
            value: Value | tuple[Value, ...] | None = self._checklist(question, node)
        elif attribute is not None and attribute.question is not None and bool(attribute.of) == bool(of):
            value = self._value(attribute, node)
            if attribute.question.kind != "checklist":
                key = attribute.question.id
        else:
            per = f"give it inside the list of {attribute.of}s" if attribute is not None and attribute.of else ""
            self.problem(line, f"there is no question {key!r}", per or did_you_mean(key, known))
            return
        if value is not None:
            self.answers.append(Answer(ask=key, of=of, value=value, how="file"))

    def _checklist(self, question: Question, node: Node) -> tuple[Value, ...] | None:
        items = self._items(node)
        values = [item.value for item in items if item.value != "none"]
        options = [option.value for option in question.options]
        for item in items:
            if item.value not in (*options, "none", UNKNOWN):
                self.problem(
                    item.line,
                    f"{question.id}: {item.value!r} is not one of its options",
                    did_you_mean(str(item.value), options),
                )
                return None
        return tuple(values)

    def _value(self, attribute: Attribute, node: Node) -> Value | tuple[Value, ...] | None:
        if attribute.many:
            values = []
            for item in self._items(node):
                value = self._single(attribute, item)
                if value is None:
                    return None
                values.append(value)
            return tuple(value for value in values if value != "none")
        if isinstance(node.value, list | dict):
            self.problem(node.line, f"{attribute.id} takes one value", "not a list")
            return None
        return self._single(attribute, node)

    def _items(self, node: Node) -> list[Node]:
        if isinstance(node.value, list):
            return node.value
        return [] if node.value is None else [node]

    def _single(self, attribute: Attribute, node: Node) -> Value | None:
        value = node.value
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if value is None:
            value = UNKNOWN
        if attribute.many and value in ("none", "no"):
            return "none"
        if isinstance(value, str | int) and attribute.admits(value, self.base.countries):
            return value
        known = [str(item) for item in attribute.values]
        if attribute.domain == "number":
            hint = "a whole number or unknown"
        elif attribute.domain == "country":
            hint = did_you_mean(str(value).upper(), self.base.countries) or "an ISO code such as LV"
        else:
            hint = did_you_mean(str(value), known) or f"one of {', '.join(known)} or unknown"
        self.problem(node.line, f"{attribute.id} cannot be {value!r}", hint)
        return None

    # --- vendors and people ---

    def _records(self, key: str, node: Node) -> None:
        kind, _ = _RECORDS[key]
        if node.value in (None, "none") or node.value == []:
            self.answers.append(Answer(ask=key, value=(), how="file"))
            return
        if node.value == UNKNOWN:
            self.answers.append(Answer(ask=key, value=(UNKNOWN,), how="file"))
            return
        subjects: list[Value] = []
        names: dict[str, str] = {}
        later: list[tuple[str, Node, Provider | None]] = []
        for item in self._items(node):
            if item.value == UNKNOWN:
                subjects.append(UNKNOWN)
                continue
            record = item.value if isinstance(item.value, dict) else {"name" if kind == "vendor" else "country": item}
            name = clean(str(record["name"].plain())) if "name" in record else ""
            if kind == "vendor" and not name:
                self.problem(item.line, "a vendor needs a name")
                continue
            provider = self._provider(name) if kind == "vendor" else None
            subject = self._subject(kind, name, provider, record)
            if kind == "vendor" and (
                provider is None or fold(name) not in {fold(provider.name.en), fold(provider.name.lv)}
            ):
                names[subject] = name
            subjects.append(subject)
            later.append((subject, Node(record, item.line), provider))
        self.answers.append(Answer(ask=key, value=tuple(subjects), how="file", names=names))
        for subject, record_node, provider in later:
            self._fields(kind, subject, record_node.value)
            if provider is not None:
                self._assume(subject, provider)
        if kind == "vendor":
            confirmed = tuple(subject for subject, _, provider in later if provider is not None)
            if confirmed:
                self.answers.append(Answer(ask=CONFIRM, value=confirmed, how="file"))

    def _subject(self, kind: str, name: str, provider: Provider | None, record: Mapping[str, Node]) -> str:
        if kind == "person":
            country = record["country"].plain() if "country" in record else "x"
            wanted = f"person-{slug(str(country))}"
        elif provider is not None and fold(name) in _spellings(provider):
            wanted = provider.id
        else:
            wanted = slug(name)
        subject, number = wanted, 2
        while subject in self.taken:
            subject, number = f"{wanted}-{number}", number + 1
        self.taken.add(subject)
        return subject

    def _provider(self, name: str) -> Provider | None:
        """The catalogue's entry for a name: the name itself, else the longest spelling inside it."""
        folded = f" {fold(name)} "
        best: tuple[int, Provider] | None = None
        for provider in self.base.providers.values():
            for said in _spellings(provider):
                if f" {said} " == folded:
                    return provider
                inside = f" {said} " in folded and not provider.word and len(said) >= 3
                if inside and (best is None or len(said) > best[0]):
                    best = (len(said), provider)
        return best[1] if best else None

    def _fields(self, kind: str, subject: str, record: Mapping[str, Node]) -> None:
        known = [name.removeprefix(f"{kind}.") for name in self.attributes if name.startswith(f"{kind}.")]
        for name, node in record.items():
            if kind == "vendor" and name == "name":
                continue
            if name not in known:
                line = node.key_line or node.line
                self.problem(line, f"there is no field {name!r} of a {kind}", did_you_mean(name, known))
                continue
            self._answer(f"{kind}.{name}", node, known, subject)

    def _assume(self, subject: str, provider: Provider) -> None:
        given = {answer.key for answer in self.answers}
        self.answers.extend(self.consultation.assumptions(subject, provider.id, given))


def _spellings(provider: Provider) -> set[str]:
    return {fold(said) for said in (provider.name.en, provider.name.lv, *provider.alias)}

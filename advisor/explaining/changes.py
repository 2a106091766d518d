"""Other answers than those of a case: written as `question=value`, held to the rules of an answers file, tried out.

`vendor.country[mailchimp]=DE`, `shop.goods=+alcohol,-toys`, `3=no` (the third answer of the review). Nothing here
touches a case: a case with other answers is another value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from advisor import answersfile
from advisor.case import Case
from advisor.consultation import Consultation
from advisor.errors import BrokenFile, UsageError, did_you_mean
from advisor.model import CONFIRM, UNKNOWN, Answer, How, Locale, Question, Value
from advisor.situation import answered, subjects
from advisor.vocabulary import YES_NO, Attribute
from advisor.wording import fold
from advisor.yamlio import Node

_CHANGE = re.compile(r"\s*(?P<key>[\w.-]+)\s*(\[\s*(?P<of>[^\]]+?)\s*\])?\s*=\s*")
_LISTED = {"vendors": "vendor", "people": "person"}


def changed(case: Case, answers: Iterable[Answer]) -> Case:
    """The case as it would be with these answers."""
    for answer in answers:
        case = case.add(answer)
    return case


def parse(consultation: Consultation, case: Case, text: str) -> tuple[Answer, ...]:
    """The answers that one or several changes stand for. Raises UsageError, saying what would be right."""
    starts = list(_CHANGE.finditer(text))
    if not starts or starts[0].start() != 0:
        raise UsageError(
            consultation.phrase("explain.change.none", case.locale, said=text.strip()),
            hint="seller.vat_registered=no vendor.country[mailchimp]=DE",
        )
    found: list[Answer] = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        written = text[start.end() : following.start() if following is not None else len(text)].strip()
        found.extend(_Change(consultation, changed(case, found), start["key"], start["of"] or "").answers(written))
    return tuple(found)


class _Change:
    """One change, being read."""

    def __init__(self, consultation: Consultation, case: Case, key: str, of: str) -> None:
        self.consultation = consultation
        self.case = case
        self.attributes = consultation.situations.attributes
        if key.isdecimal():
            key, of = self._numbered(int(key))
        self.key = key
        self.attribute: Attribute | None = self.attributes.get(key)
        self.question: Question | None = consultation.questions.get(key)
        if self.question is None and self.attribute is not None:
            self.question = self.attribute.question
        if self.question is None or self.question.kind in ("confirm", "review"):
            known = [*consultation.questions, *self.attributes]
            raise self._refused("explain.change.unknown", did_you_mean(key, known), said=key)
        self.of = self._subject(of)

    def answers(self, written: str) -> Iterator[Answer]:
        """The answers that the change stands for."""
        question = self.question
        assert question is not None
        if question.kind == "checklist" and self.key == question.id:
            yield from self._ticked(question, written)
        elif question.kind in _LISTED:
            yield from self._named(question, written)
        else:
            attribute = self.attribute or self.attributes[question.attribute]
            yield from self._read(self.key, Node(self._value(attribute, written), 1))

    def _numbered(self, number: int) -> tuple[str, str]:
        """The question behind a number of the review."""
        steps = [answer.key for answer in self.case.reviewable()]
        if not 1 <= number <= len(steps):
            raise self._refused("explain.change.number", number=str(number), count=str(len(steps)))
        return steps[number - 1]

    def _subject(self, of: str) -> str:
        """Whom the answer is about, by id or by name."""
        assert self.question is not None
        kind = self.question.of
        if not kind:
            if of:
                raise self._refused("explain.change.no-subject", said=self.key)
            return ""
        known = {
            fold(name): it
            for it in subjects(self.case.answers, kind)
            for name in (self.consultation.subject_name(it, self.case), it)
        }
        if fold(of) in known:
            return known[fold(of)]
        if not of:
            raise self._refused("explain.change.subject-missing", f"{self.key}[...]", said=self.key)
        raise self._refused("explain.which.subject", did_you_mean(fold(of), known), said=of)

    # --- values ---

    def _value(self, attribute: Attribute, written: str) -> object:
        """What was written, as an answers file would say it."""
        if not attribute.many:
            return self._word(attribute, written)
        before = tuple(self._values(attribute))
        items = _items(written)
        if not any(item[:1] in "+-" for item in items):
            return [Node(self._word(attribute, item), 1) for item in items]
        after = list(before)
        for item in items:
            word = self._word(attribute, item.lstrip("+-").strip())
            if item.startswith("-"):
                after = [value for value in after if value != word]
            elif word not in after:
                after.append(word)
        return [Node(value, 1) for value in after]

    def _values(self, attribute: Attribute) -> tuple[Value, ...]:
        assert self.question is not None
        return answered(self.question, attribute.id, self.of, self.case.answers) or ()

    def _word(self, attribute: Attribute, written: str) -> Value:
        """A value by its own word, else by what people call it."""
        if written.isdecimal():
            return int(written)
        if attribute.admits(written, self.consultation.base.countries):
            return written
        return self._called(attribute).get(fold(written), written)

    def _called(self, attribute: Attribute) -> dict[str, Value]:
        """The values of an attribute by the words for them, in both languages."""
        base, found = self.consultation.base, dict[str, Value]()
        for locale in Locale:
            found[fold(base.phrases["value.unknown"].in_(locale))] = UNKNOWN
            if attribute.values == YES_NO:
                found |= {fold(base.phrases[f"value.{value}"].in_(locale)): value for value in YES_NO}
        for option in attribute.question.options if attribute.question is not None else ():
            if option.value in attribute.values:
                found |= {fold(said): option.value for said in (option.label.en, option.label.lv, *option.alias)}
        if attribute.domain == "country":
            for country in base.countries.values():
                found |= {fold(said): country.iso for said in (country.en, country.lv, country.ru, *country.alias)}
        return found

    def _ticked(self, question: Question, written: str) -> Iterator[Answer]:
        """Items of a checklist one by one: those named become yes, the others no unless some are added or taken off."""
        options = {option.value: option for option in question.options}
        called = {fold(said): name for name, it in options.items() for said in (it.label.en, it.label.lv, name)}
        items = [item for item in _items(written) if item != "none"]
        named = {called.get(fold(item.lstrip("+-")), item.lstrip("+-")): item[:1] for item in items}
        for name in named:
            if name not in options:
                raise self._refused("explain.change.value", did_you_mean(name, options), said=question.id, value=name)
        partly = any(sign in "+-" for sign in named.values())
        for name in options:
            if name in named or not partly:
                value = "yes" if name in named and named[name] != "-" else "no"
                yield from self._read(name, Node(value, 1))

    def _named(self, question: Question, written: str) -> Iterator[Answer]:
        """Vendors or people: who is already there stays as he is."""
        kind = _LISTED[question.kind]
        here = subjects(self.case.answers, kind)
        known = {fold(name): it for it in here for name in (self.consultation.subject_name(it, self.case), it)}
        items = [item for item in _items(written) if item != "none"]
        partly = any(item[:1] in "+-" for item in items)
        more = [UNKNOWN] if UNKNOWN in self._listed(question) else []
        kept: list[Value] = [*here, *more] if partly else []
        names: dict[str, str] = {}
        for item in items:
            name = item.lstrip("+-").strip()
            subject = known.get(fold(name))
            if item.startswith("-"):
                if subject is None:
                    raise self._refused("explain.which.subject", did_you_mean(fold(name), known), said=name)
                kept.remove(subject)
            elif subject is not None:
                kept += [subject] if subject not in kept else []
            else:
                for answer in self._read(question.id, Node([Node(self._place(question, name), 1)], 1)):
                    if answer.ask == question.id:
                        kept.extend(answer.values())
                        names.update(answer.names)
                    else:
                        yield answer
        yield Answer(ask=question.id, value=tuple(dict.fromkeys(kept)), how=self._how, names=names)

    def _listed(self, question: Question) -> tuple[Value, ...]:
        answer = self.case.answers.get((question.id, ""))
        return answer.values() if answer is not None else ()

    def _place(self, question: Question, name: str) -> Value:
        """People are named by their country."""
        return self._word(self.attributes["person.country"], name) if question.kind == "people" else name

    # --- answers ---

    @property
    def _how(self) -> How:
        """As in the rest of the case: what an answers file states holds whether or not it would have been asked for."""
        return "file" if any(answer.how == "file" for answer in self.case.answers.values()) else "edited"

    def _read(self, key: str, node: Node) -> Iterator[Answer]:
        try:
            found = answersfile.one(key, self.of, node, self.consultation)
        except BrokenFile as error:
            raise UsageError(error.problems[0].what, hint=error.problems[0].hint) from None
        for answer in found:
            if answer.ask != CONFIRM:
                how: How = answer.how if answer.how == "assumed" else self._how
                yield Answer(ask=answer.ask, of=answer.of, value=answer.value, how=how, names=answer.names)

    def _refused(self, phrase: str, hint: str = "", **words: str) -> UsageError:
        return UsageError(self.consultation.phrase(phrase, self.case.locale, **words), hint=hint)


def _items(written: str) -> list[str]:
    return [item.strip() for item in written.strip("[] ").split(",") if item.strip()]

"""Puts the points of an explanation into words of the case's language: answers, rules, conditions, dates, sources."""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.explain import reference
from advisor.explaining.kinds import LISTS, kind_of
from advisor.explaining.origins import Origins
from advisor.explaining.stand_ins import SOME_COUNTRY, SOME_PURPOSE, is_unnamed
from advisor.model import (
    OBLIGATION,
    SHOP,
    UNKNOWN,
    Answer,
    Condition,
    Fact,
    Locale,
    Question,
    Rule,
    Text,
    Validity,
    Value,
)
from advisor.vocabulary import COUNTRY_FLAG, COUNTRY_LIKE
from advisor.wording import clean, fill


class Words:
    """The words for one case."""

    def __init__(self, consultation: Consultation, case: Case) -> None:
        self.consultation = consultation
        self.base = consultation.base
        self.case = case
        self.locale = case.locale
        self.origins = Origins(self.base, case, consultation.conclusions(case))

    def say(self, phrase: str, **words: str) -> str:
        return self.consultation.phrase(f"explain.{phrase}", self.locale, **words)

    def text(self, text: Text) -> str:
        return text.in_(self.locale)

    # --- things ---

    def name(self, subject: object) -> str:
        """A subject or value as people call it."""
        said = str(subject)
        if said.startswith(SOME_COUNTRY):
            return self.say(f"some.country.{said.removeprefix(SOME_COUNTRY)}")
        if said.startswith(SOME_PURPOSE):
            return self.say("some.purpose.based", basis=self.say(f"basis.{said.removeprefix(SOME_PURPOSE)}"))
        return clean(self.consultation.subject_name(str(subject), self.case))

    def title(self, obligation: str) -> str:
        action = self.base.actions.get(obligation)
        return action.title.in_(self.locale) if action is not None else obligation

    def titled(self, obligation: str, subject: str) -> str:
        """An obligation with the subject it concerns."""
        title = self.title(obligation)
        return title if subject in ("", SHOP) else f"{title} ({self.name(subject)})"

    def question(self, attribute: str, subject: str) -> str:
        """The question that sets an attribute; for an item of a checklist, the item."""
        question = self.origins.question(attribute) or self.consultation.questions.get(attribute)
        if question is None:
            return attribute
        if question.kind == "checklist" and (option := question.option(attribute)) is not None:
            return self.text(option.label)
        return clean(self.consultation.question_text(question, "" if subject == SHOP else subject, self.case))

    def value(self, attribute: str, value: Value | tuple[Value, ...]) -> str:
        """A value of an attribute."""
        question = self.origins.question(attribute) or self.consultation.questions.get(attribute)
        if isinstance(value, tuple) and not value and (question is None or question.none is None):
            return self.consultation.phrase("value.none", self.locale)
        ask = question.id if question is not None and not self.is_item(attribute) else ""
        return clean(self.consultation.value_name(ask, value, self.case))

    def answer(self, answer: Answer) -> str:
        """An answer by itself."""
        question = self.consultation.questions.get(answer.ask)
        return self.value(question.attribute if question is not None else answer.ask, answer.value)

    # --- leaves ---

    def given(self, fact: Fact) -> str:
        """Where a given fact comes from."""
        name, subject = fact.attribute, fact.subject
        unknown = fact.value == UNKNOWN
        kind = self.origins.kind(name, subject)
        question, value = self.question(name, subject), self.value(name, fact.value)
        if name in LISTS:
            return (
                self.say(f"named.unknown.{LISTS[name]}")
                if unknown
                else self.say(f"named.{LISTS[name]}", who=self.name(fact.value))
            )
        if kind == "catalogue":
            if unknown:
                return self.say("catalogue.unknown", question=question)
            return self.say("catalogue", as_of=self.as_of(subject), question=question, value=value)
        if kind == "usual-role":
            return self.say("usual-role", question=question, value=value)
        if self.is_item(name):
            phrase = "chosen.unknown" if unknown else "chosen" if fact.value == "yes" else "not-chosen"
            return self.say(phrase, item=question)
        return self.say("answer.unknown" if unknown else "answer", value=value, question=question)

    def only(self, name: str, subject: str) -> str:
        """That what was answered is all there is."""
        values = self.origins.values(name, subject)
        if name in LISTS:
            known = [self.name(value) for value in values if value != UNKNOWN]
            if not known:
                return self.say(f"nobody.{LISTS[name]}")
            return self.say(f"only.{LISTS[name]}", names=", ".join(known))
        if self.is_item(name) or len(values) == 1:
            return self.given(Fact(name, subject, values[0] if values else "no"))
        return self.say("only", value=self.value(name, values), question=self.question(name, subject))

    def open(self, name: str, subject: str) -> str:
        """What has no answer yet, or only "I don't know"."""
        if (name, subject) in self.origins.situation.unknown:
            return self.given(Fact(name, subject, UNKNOWN))
        return self.say("open", question=self.question(name, subject))

    def country(self, fact: Fact | None, condition: Condition | None) -> str:
        """What the knowledge base says of a country."""
        if fact is None:
            subject = condition.subject if condition is not None else ""
            named = self.say("some.country") if subject.startswith("$") else self.name(subject)
            return self.say("country.other", country=named)
        country = self.name(fact.subject)
        if fact.attribute == COUNTRY_FLAG:
            flag = str(fact.value)
            phrase = f"country.{flag}" if f"explain.country.{flag}" in self.base.phrases else "country.marked"
            return self.say(phrase, country=country, flag=flag)
        if fact.attribute == COUNTRY_LIKE and fact.value != fact.subject:
            return self.say("country.like", country=country, other=self.name(fact.value))
        day = self.consultation.as_of
        known = self.base.countries[fact.subject]
        decision = next((item for item in known.adequacy if item.valid.covers(day)), None)
        if known.eea or decision is None:
            return self.say(f"country.{known.status(day)}", country=country, day=self.day(day))
        return self.say(
            f"country.{known.status(day)}",
            country=country,
            decision=self._act(decision.decision),
            valid=self.validity("valid", decision.valid),
        )

    def _act(self, written: str) -> str:
        """The number of an act as it is written in the language: the EU is ES in Latvian, the EC EK."""
        if self.locale is Locale.EN:
            return written
        return re.sub(r"\bEU\b", "ES", re.sub(r"\bEC\b", "EK", written))

    def purpose(self, fact: Fact | None, condition: Condition | None) -> str:
        """What the knowledge base says of a purpose."""
        if fact is None or not isinstance(fact.value, str):
            return self.say("purpose.other", purpose=self.name(condition.subject) if condition is not None else "")
        return self.say("purpose", purpose=self.name(fact.subject), basis=self.say(f"basis.{fact.value}"))

    def date(self, rule: str) -> str:
        """When a rule is law."""
        return self.validity("date", self.consultation.rules[rule].valid)

    def validity(self, phrase: str, valid: Validity) -> str:
        if valid.start and valid.end:
            return self.say(f"{phrase}.both", start=self.day(valid.start), end=self.day(valid.end))
        if valid.start:
            return self.say(f"{phrase}.from", start=self.day(valid.start))
        if valid.end:
            return self.say(f"{phrase}.until", end=self.day(valid.end))
        return ""

    def as_of(self, vendor: str) -> str:
        """The day of what the catalogue says of a vendor."""
        provider = self.base.providers.get(vendor)
        return self.day(provider.as_of if provider is not None else self.base.as_of)

    def day(self, iso: str) -> str:
        """A date as the reader writes it; nothing where there is none."""
        return self.consultation.day(iso, self.locale)

    # --- conditions and rules ---

    def needed(self, condition: Condition) -> str:
        """What a condition asks for, as a value."""
        name, operator = condition.attribute, condition.operator
        if operator in ("any", "variable"):
            return self.say("needed.any")
        if operator in ("is", "in"):
            return f" {self.say('or')} ".join(self.value(name, value) for value in condition.operands)
        return self.say(f"needed.{operator}", value=self.value(name, condition.operands[0]))

    def unmet(self, condition: Condition) -> str:
        """Why an answer does not meet a condition."""
        name, subject = condition.attribute, condition.subject
        if name in LISTS:
            return self.only(name, subject)
        if subject not in self.origins.subjects(name):
            return self.say("absent.subject", who=self.name(subject))
        if self.is_item(name):
            values = self.origins.values(name, subject)
            return self.given(Fact(name, subject, values[0] if values else "no"))
        values = self.origins.values(name, subject)
        value = self.value(name, values if len(values) != 1 else values[0])
        question, needed = self.question(name, subject), self.needed(condition)
        kind = self.origins.kind(name, subject)
        if kind == "catalogue":
            as_of = self.as_of(subject)
            return self.say("absent.catalogue", needed=needed, as_of=as_of, question=question, value=value)
        if kind == "usual-role":
            return self.say("absent.usual-role", needed=needed, question=question, value=value)
        phrase = "absent.any" if condition.operator in ("any", "variable") else "absent"
        return self.say(phrase, needed=needed, value=value, question=question)

    def because(self, rule: str, bound: Mapping[str, Value]) -> str:
        """The sentence of a rule, with words for what is not known of it."""
        found = self.consultation.rules[rule]
        written = found.because.in_(self.locale)
        names: dict[str, str] = {}
        for variable in _variables(written):
            value = bound.get(f"${variable}")
            kind = kind_of(f"${variable}", found, self.consultation.rules, self.origins) if value is None else ""
            names[variable] = self.say(f"some.{kind}") if value is None else self._called(f"${variable}", value, found)
        text = fill(written, names)
        # A sentence that begins with somebody whom nobody has named begins with a capital letter all the same.
        first = bound.get(f"${written[1 : written.find('}')]}") if written.startswith("{") else ""
        return text[:1].upper() + text[1:] if first is None or is_unnamed(first) else text

    def _called(self, variable: str, value: Value, rule: Rule) -> str:
        """What a variable of a rule stands for; an option by its label, where a condition compares it with answers."""
        for body in rule.bodies:
            for condition in (*body.positive, *body.negative):
                question = self.origins.question(condition.attribute)
                compared = condition.operator == "variable" and condition.operands[0] == variable
                option = question.option(value) if compared and question is not None else None
                if option is not None:
                    return self.text(option.label)
        return self.name(value)

    def blocked(self, rule: str, bound: Mapping[str, Value]) -> str:
        """That what a rule would say is not so."""
        heads = self.consultation.rules[rule].then
        obligation = next((head for head in heads if head.attribute == OBLIGATION), None)
        if obligation is not None and len(heads) == 1:
            return self.say("blocked.obligation", title=self.title(str(obligation.value)))
        return self.say("blocked", text=self.because(rule, bound).rstrip("."))

    def sources(self, rule: str) -> str:
        """The provisions behind a rule."""
        written = self.consultation.rules[rule].source
        return "; ".join(reference(self.base, item, self.locale).text for item in written)

    def rule(self, rule: str, bound: Mapping[str, Value], certain: bool = True) -> str:
        """A rule with its sources; what is only possible is said to be so."""
        phrase = "rule" if certain else "rule.may"
        return self.say(phrase, text=self.because(rule, bound), sources=self.sources(rule))

    def is_item(self, attribute: str) -> bool:
        """Whether an attribute is one item of a checklist."""
        question: Question | None = self.origins.question(attribute)
        return question is not None and question.kind == "checklist"


def _variables(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"\{(\w+)\}", text)))

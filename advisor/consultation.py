"""What is known about a case at some point: what follows, what is still worth asking, and how to say things.

The knowledge base, a program and an engine put together for one day. Holds no state of a case; every method takes the
case. The conversation itself is in `interview`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from advisor import joint, planning, situation, story, vocabulary
from advisor.case import Case
from advisor.conclusions import Conclusions, Reader
from advisor.contradictions import Clash, clashes
from advisor.engine.checked import CheckedEngine
from advisor.engine.inference import Engine
from advisor.engine.program import Program
from advisor.model import (
    CONFIRM,
    REVIEW,
    SHOP,
    STORY,
    STORY_CONFIRM,
    UNKNOWN,
    Answer,
    KnowledgeBase,
    Locale,
    Option,
    Question,
    QuestionKind,
    Text,
    Value,
)
from advisor.planning import Plan
from advisor.situation import Situations
from advisor.wording import fill

Key = tuple[str, str]
"""(question, subject; the shop's is empty)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the interview is: topic number of topics, answers given, questions that can still matter."""

    topic: Text
    number: int
    topics: int
    answered: int
    left: int
    actions: int


@dataclass(slots=True)
class _Known:
    """What was found out about a case: one step asks for it several times."""

    answers: situation.Answers
    conclusions: Conclusions
    waiting: tuple[Key, ...] | None = None
    clashes: tuple[Clash, ...] | None = None


class Consultation:
    """See the module."""

    def __init__(self, base: KnowledgeBase, program: Program, engine: Engine, as_of: str) -> None:
        self.base = base
        self.program = program
        self.engine = engine
        self.as_of = as_of
        self.situations = Situations(base, program, as_of)
        self.rules = {rule.id: rule for rule in base.rules}
        self.questions = {question.id: question for question in base.questions}
        self.questions |= {question.id: question for question in (*base.joint, *_own_questions(base))}
        self._items = {
            question.id: question
            for checklist in base.questions
            if checklist.kind == "checklist"
            for question in _item_questions(checklist, base.phrases["item.ask"])
        }
        self.ranking = frozenset(c.attribute for item in base.priority.adjustments for c in item.when)
        """Attributes that change the order of the plan, whatever hangs on them besides."""
        self._readable = _attributes_read(base, program)
        self._reader = Reader(program, self.rules)
        self._last: tuple[_Known, ...] = ()

    # --- what follows ---

    def conclusions(self, case: Case) -> Conclusions:
        """What follows from the answers. The last two results are kept."""
        return self._known(case).conclusions

    def _known(self, case: Case) -> _Known:
        for known in self._last:
            if known.answers is case.answers:
                return known
        known = _Known(case.answers, self.conclude(case.answers))
        self._last = (known, *self._last[:1])
        return known

    def conclude(self, answers: situation.Answers) -> Conclusions:
        given = self.situations.of(answers)
        return self._reader.read(given, self.engine.infer(given.facts))

    def check(self) -> None:
        """Has what was concluded checked, where the engine left that for later, and forgets it if it was wrong."""
        if isinstance(self.engine, CheckedEngine) and not self.engine.check():
            self._last = ()

    def clashes(self, case: Case) -> tuple[Clash, ...]:
        """The answers that do not go together."""
        known = self._known(case)
        if known.clashes is None:
            known.clashes = clashes(self.base, known.conclusions.situation)
        return known.clashes

    def plan(self, case: Case) -> Plan:
        """The plan of a case; nothing in it is unchecked."""
        self.conclusions(case)
        self.check()
        return planning.plan(self.base, self.conclusions(case), case.answers, case.name, self.as_of)

    # --- how it is said ---

    def phrase(self, name: str, locale: Locale, **words: str) -> str:
        """A sentence of the program in the language of the case."""
        return fill(self.base.phrases[name].in_(locale), words)

    def day(self, iso: str, locale: Locale) -> str:
        """A date, or a month, as people write it; what is none stays as it is."""
        year, *rest = iso.split("-")
        if not (1 <= len(rest) <= 2 and all(part.isdecimal() for part in (year, *rest))):
            return iso
        month = self.base.phrases["date.months"].in_(locale).split(",")[int(rest[0]) - 1].strip()
        if len(rest) == 1:
            return self.phrase("date.month", locale, month=month, year=year)
        number = rest[1] if month.isdecimal() else str(int(rest[1]))
        return self.phrase("date", locale, day=number, month=month, year=year)

    def subject_name(self, subject: str, case: Case) -> str:
        """The readable name of a vendor, person, purpose or country."""
        locale = case.locale
        named = case.names()
        if subject in named:
            return named[subject]
        if subject in self.base.providers:
            return self.base.providers[subject].name.in_(locale)
        if subject in self.base.countries:
            return self.base.countries[subject].name(locale)
        if subject in self.base.purposes:
            return self.base.purposes[subject].label.in_(locale)
        if subject in situation.STAND_IN.values():
            return self.phrase(f"subject.{subject}", locale)
        person = case.answers.get(("person.country", subject))
        place = str(person.value) if person is not None else subject.removeprefix("person-").upper()
        if subject.startswith("person-") and place in self.base.countries:
            return self.phrase("subject.person", locale, country=self.base.countries[place].name(locale))
        return subject

    def value_name(self, ask: str, value: Value | tuple[Value, ...], case: Case) -> str:
        """An answer as people read it."""
        locale = case.locale
        if isinstance(value, tuple):
            if not value:
                question = self.questions.get(ask)
                none = question.none if question else None
                return none.label.in_(locale) if none else self.phrase("value.none", locale)
            names = [self.value_name(ask, item, case) for item in value if item != UNKNOWN]
            if len(names) < len(value):  # beside others it means that there may be more
                names.append(self.phrase("value.more" if names else "value.unknown", locale))
            return ", ".join(names)
        if value == UNKNOWN:
            return self.phrase("value.unknown", locale)
        question = self.questions.get(ask)
        if question is not None:
            if question.none is not None and value == "none":
                return question.none.label.in_(locale)
            if (option := question.option(value)) is not None:
                return option.label.in_(locale)
            if question.kind in ("country", "countries") and value in self.base.countries:
                return self.base.countries[str(value)].name(locale)
        if value in vocabulary.YES_NO:
            return self.phrase(f"value.{value}", locale)
        return self.subject_name(str(value), case)

    def question(self, ask: str) -> Question:
        """A question by id; an item of a checklist as a question of its own. Raises KeyError."""
        return self.questions.get(ask) or self._items[ask]

    def question_title(self, ask: str, subject: str, case: Case) -> str:
        """What a question is about, in a few words, with the subject's name before it."""
        known = ask in self.questions or ask in self._items
        title = self.question(ask).title.in_(case.locale) if known else ask
        return f"{self.subject_name(subject, case)}: {title}" if subject else title

    def attribute_title(self, attribute: str, subject: str, case: Case) -> str:
        """What the question about an attribute is about; nothing for what nobody is asked, or of nobody named yet."""
        known = self.situations.attributes.get(attribute)
        if known is None or known.question is None or subject in situation.STAND_IN.values():
            return ""
        ask = attribute if known.question.kind == "checklist" else known.question.id
        return self.question_title(ask, "" if subject == SHOP else subject, case)

    def question_text(self, question: Question, subject: str, case: Case) -> str:
        words = {"v": self.subject_name(subject, case), "p": self.subject_name(subject, case)} if subject else {}
        country = case.answers.get((f"{question.of}.country", subject))
        if country is not None:
            words["country"] = self.value_name(country.ask, country.value, case)
        return fill(question.ask.in_(case.locale), words)

    # --- what to ask ---

    def agenda(self, case: Case) -> Iterator[Key]:
        """Every question the interview knows about this case, in order, whether or not it still matters."""
        group: list[Question] = []
        for question in (*self.base.questions, None):
            if question is not None and question.of and (not group or question.of == group[0].of):
                group.append(question)
                continue
            if group:
                yield from self._about_each(group, case)
                group = []
            if question is None:
                break
            if question.of:
                group.append(question)
                continue
            yield (question.id, "")
            if question.kind == "vendors":
                yield (CONFIRM, "")

    def _about_each(self, group: Sequence[Question], case: Case) -> Iterator[Key]:
        """The questions about each vendor or person, joint ones first of those they settle or behind them all."""
        kind = group[0].of
        before = {question.settles[0]: question.id for question in self.base.joint if question.of == kind}
        across = {question.settles[0]: question.id for question in self.base.joint if question.across == kind}
        for subject in situation.subjects(case.answers, kind):
            for item in group:
                if item.id in before:
                    yield (before[item.id], subject)
                if item.id not in across:
                    yield (item.id, subject)
        yield from ((name, "") for name in across.values())

    def open_questions(self, case: Case) -> tuple[Key, ...]:
        """The questions that are unanswered, apply, and can still change the plan."""
        known = self._known(case)
        if known.waiting is None:
            conclusions = known.conclusions
            known.waiting = tuple(
                self._put(key, case) for key in self.agenda(case) if self._worth(key, case, conclusions)
            )
        return known.waiting

    def _put(self, key: Key, case: Case) -> Key:
        """The question as it is put: of a checklist with only one item left, that item; across one vendor, of that."""
        name, subject = key
        question = self.questions[name]
        if key in case.answers or (question.kind != "checklist" and not question.across):
            return key
        items = [option.value for option in self.shown_options(question, subject, case) if option is not question.none]
        if len(items) != 1:
            return key
        return (question.settles[0], items[0]) if question.across else (items[0], subject)

    def _worth(self, key: Key, case: Case, conclusions: Conclusions) -> bool:
        name, subject = key
        if name == CONFIRM:
            answer = case.answers.get(key)
            confirmed = answer.values() if answer is not None else ()
            return any(vendor not in confirmed for vendor in assumed_vendors(case))
        question = self.questions[name]
        if question.across:
            concerned = situation.subjects(case.answers, question.across)
            worth = any(self._worth((question.settles[0], vendor), case, conclusions) for vendor in concerned)
            return worth or (key not in case.answers and any(self._concerned(question, case)))
        if question.settles:
            if not joint.can_be_put(question, subject, case.answers, self.questions):
                return False
            if key in case.answers:
                return True
        if question.surely and not any(
            all(conclusions.surely(condition, subject) for condition in group) for group in question.surely
        ):
            return False
        return any(
            situation.answered(question, attribute, subject, case.answers) is None
            and (attribute, subject or SHOP) in conclusions.situation.applicable
            and (attribute in self.ranking or (attribute, subject or SHOP) in conclusions.pivotal)
            for attribute in question.attributes()
        )

    def settled_by(self, key: Key, case: Case) -> frozenset[situation.Key]:
        """The attributes that the answer to a question closes, of every vendor that a question across them is about."""
        question = self.question(key[0])
        about = tuple(self._concerned(question, case)) if question.across else (key[1] or SHOP,)
        return frozenset((attribute, subject) for attribute in question.attributes() for subject in about)

    def shown_options(self, question: Question, subject: str, case: Case) -> tuple[Option, ...]:
        """A checklist leaves out what was answered one by one or changes nothing; the confirmation lists vendors."""
        if question.id == CONFIRM:
            return tuple(self._vendor_option(vendor, case) for vendor in assumed_vendors(case))
        if question.id == STORY_CONFIRM:
            return tuple(self._told_option(ask, value, case) for ask, value in story.told(case).items())
        options = question.options
        if question.across:
            concerned = self._concerned(question, case)
            options = tuple(Option(value=vendor, label=self._name(vendor, case)) for vendor in concerned)
        if question.kind == "checklist":
            options = tuple(
                option
                for option in options
                if option.value in self._readable and (option.value, subject) not in case.answers
            )
        if question.among:
            options = self._among(question, subject, case)
        if question.first:
            options = options[: question.first]
        if question.kind == "yes-no":
            options = tuple(
                Option(value=value, label=self.base.phrases[f"value.{value}"]) for value in vocabulary.YES_NO
            )
        return (*options, question.none) if question.none is not None else options

    def _among(self, question: Question, subject: str, case: Case) -> tuple[Option, ...]:
        """The options that can matter: what follows from other answers, and what was answered before."""
        values = self.conclusions(case).settled(question.among, subject or SHOP)
        given = case.answers.get((question.id, subject))
        said = given.values() if given is not None else ()
        options = question.options
        if values is None or UNKNOWN in values:
            return options
        return tuple(option for option in options if option.value in values or option.value in said) or options

    def _concerned(self, question: Question, case: Case) -> Iterator[str]:
        """The vendors about whom a joint question asks, those of an earlier answer to it included."""
        conclusions = self.conclusions(case)
        for vendor in situation.subjects(case.answers, question.across):
            key = (question.settles[0], vendor)
            given = case.answers.get(key)
            if given is None:
                concerned = self._worth(key, case, conclusions)
            elif given.how == "assumed" and not self._is_catalogued(*key):
                concerned = any(all(conclusions.surely(c, vendor) for c in group) for group in question.doubted)
            elif given.how == "assumed":  # the catalogue itself says that it differs: a private app or a business one
                concerned = given.value == UNKNOWN
            else:
                concerned = given.how == "implied"
            if concerned:
                yield vendor

    def _is_catalogued(self, ask: str, vendor: str) -> bool:
        """Whether the catalogue itself says what is assumed of a vendor, rather than nothing."""
        provider = self.base.providers.get(vendor)
        return provider is None or ask.removeprefix("vendor.") in provider.assume

    def _name(self, subject: str, case: Case) -> Text:
        there = {locale: self.subject_name(subject, replace(case, locale=locale)) for locale in Locale}
        return Text(en=there[Locale.EN], lv=there[Locale.LV])

    def _vendor_option(self, vendor: str, case: Case) -> Option:
        """One line on what is assumed about a vendor."""
        parts = {
            locale: "; ".join(filter(None, self._assumed_parts(vendor, replace(case, locale=locale))))
            for locale in Locale
        }
        hint = Text(en=parts[Locale.EN], lv=parts[Locale.LV])
        return Option(value=vendor, label=self._name(vendor, case), hint=hint)

    def _told_option(self, ask: str, value: Value | tuple[Value, ...], case: Case) -> Option:
        """One line on what the story told."""
        said = {
            locale: f"{self.question_title(ask, '', there)}: {self.value_name(ask, value, there)}"
            for locale, there in ((locale, replace(case, locale=locale)) for locale in Locale)
        }
        return Option(value=ask, label=Text(en=said[Locale.EN], lv=said[Locale.LV]))

    def _assumed_parts(self, vendor: str, case: Case) -> Iterator[str]:
        for question in self.base.questions:
            answer = case.answers.get((question.id, vendor)) if question.of == "vendor" else None
            if answer is not None and answer.how == "assumed":
                yield self._does(vendor, answer, case) or self.assumed_part(question.id, answer.value, case)

    def _does(self, vendor: str, answer: Answer, case: Case) -> str:
        """What the catalogue says in a few words that a vendor does, where its function says too little."""
        provider = self.base.providers.get(vendor)
        if answer.ask != "vendor.function" or provider is None or provider.does is None:
            return ""
        return provider.does.in_(case.locale) if provider.function == answer.value else ""

    def assumed_part(self, ask: str, value: Value | tuple[Value, ...], case: Case) -> str:
        """An assumption in a few words; empty where there is nothing to say."""
        if ask == "vendor.function":
            return self.value_name(ask, value, case)
        if ask == "vendor.consumer_grade":
            told = {"yes": "assumed.vendor.consumer_grade", UNKNOWN: "assumed.vendor.consumer_grade.unknown"}
            return self.phrase(told[value], case.locale) if value in ("yes", UNKNOWN) else ""
        shown = (
            "vendor.role",
            "vendor.country",
            "vendor.processing_countries",
            "vendor.remote_access_from",
            "vendor.dpa",
            "vendor.mechanism",
        )
        unknown = value in (UNKNOWN, (UNKNOWN,), ()) or (ask == "vendor.mechanism" and value == "none_needed")
        if ask not in shown or (unknown and ask != "vendor.processing_countries"):
            return ""
        said = self.phrase("assumed.unknown", case.locale) if unknown else self.value_name(ask, value, case)
        return f"{self.phrase(f'assumed.{ask}', case.locale)} {said}"

    def left(self, case: Case) -> int:
        """About how many questions are still to come: those that are open, and what they bring as a rule."""
        waiting = self.open_questions(case)
        return len(waiting) + sum(self.question(key[0]).brings for key in waiting if key not in case.answers)

    def progress(self, case: Case, topic: str) -> Progress:
        conclusions = self.conclusions(case)
        topics = [item.id for item in self.base.topics]
        return Progress(
            topic=next(item.title for item in self.base.topics if item.id == topic),
            number=topics.index(topic) + 1,
            topics=len(topics),
            answered=len(case.reviewable()),
            left=self.left(case),
            actions=len({due.id for due in conclusions.certain}),
        )

    # --- what comes with an answer ---

    def implied(self, case: Case, answer: Answer) -> Iterator[Answer]:
        """What an answer to a joint question answers besides."""
        question = self.question(answer.ask)
        if question.settles:
            shown = tuple(self._concerned(question, case)) if question.across else ()
            yield from joint.implied(question, answer, shown, case.answers, self.questions)

    def assumptions(self, vendor: str, provider_id: str, given: Container[Key]) -> Iterator[Answer]:
        """What the catalogue says of a provider, for every question about the vendor that has no answer yet.

        Where the catalogue is silent the assumption is "don't know", so that the plan says what to find out.
        """
        provider = self.base.providers[provider_id]
        known: dict[str, Value | tuple[Value, ...]] = {"function": provider.function, **provider.assume}
        places = known.get("processing_countries", (UNKNOWN,))
        settled = isinstance(places, tuple) and UNKNOWN not in places
        for question in self.base.questions:
            if question.of != "vendor" or (question.id, vendor) in given:
                continue
            name = question.id.removeprefix("vendor.")
            value = known.get(name)
            if value is None:
                value = _silent(question, settled)
            if value is not None:
                yield Answer(ask=question.id, of=vendor, value=value, how="assumed")


def _attributes_read(base: KnowledgeBase, program: Program) -> frozenset[str]:
    """Attributes that some rule, question or priority looks at; the others can change nothing and are not offered."""
    found = {c.attribute[:-1] for clause in program.clauses for c in (*clause.positive, *clause.negative)}
    found |= {c.attribute for item in base.priority.adjustments for c in item.when}
    found |= {c.attribute for question in base.questions for group in question.when for c in group}
    return frozenset(found)


def assumed_vendors(case: Case) -> tuple[str, ...]:
    """Vendors of the case about which something is assumed from the catalogue, in the order of mention."""
    assumed = {
        answer.of for answer in case.answers.values() if answer.how == "assumed" and answer.ask == "vendor.function"
    }
    return tuple(vendor for vendor in situation.subjects(case.answers, "vendor") if vendor in assumed)


def _silent(question: Question, settled: bool) -> Value | tuple[Value, ...] | None:
    """The assumption where the catalogue says nothing about a question."""
    if question.id == "vendor.remote_access_from":
        return () if settled else (UNKNOWN,)
    if question.id == "vendor.consumer_grade":
        return "no"
    return (UNKNOWN,) if question.many else UNKNOWN


def _own_questions(base: KnowledgeBase) -> Iterator[Question]:
    """The questions that belong to the conversation itself, each under the topic of a question beside it."""
    first, last = base.questions[0], base.questions[-1]
    vendors = next(question for question in base.questions if question.kind == "vendors")
    yield _own_question(base, STORY, "story", first, title="story", says="story")
    yield _own_question(base, STORY_CONFIRM, "confirm", first, title="story", says="story.confirm")
    yield _own_question(base, CONFIRM, "confirm", vendors, title="review.confirmed", says="confirm")
    yield _own_question(base, REVIEW, "confirm", last, title="review", says="review")


def _own_question(
    base: KnowledgeBase, name: str, kind: QuestionKind, beside: Question, title: str, says: str
) -> Question:
    return Question(
        id=name,
        attribute=name,
        kind=kind,
        topic=beside.topic,
        title=base.phrases[title],
        ask=base.phrases[f"{says}.ask"],
        help=base.phrases[f"{says}.help"],
        place=beside.place,
    )


def _item_questions(checklist: Question, asks: Text) -> Iterator[Question]:
    """The items of a checklist as questions of their own, for those that were answered by themselves."""
    for option in checklist.options:
        yield Question(
            id=str(option.value),
            attribute=str(option.value),
            kind="yes-no",
            topic=checklist.topic,
            title=option.label,
            ask=Text(en=fill(asks.en, {"item": option.label.en}), lv=fill(asks.lv, {"item": option.label.lv})),
            help=option.hint or checklist.help,
            of=checklist.of,
            place=checklist.place,
        )

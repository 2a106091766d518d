"""The interview: a pure function from (case, event) to (case, effects).

It decides what to ask next, understands what is said, and says what the front end should do, as data: Ask, Say,
Record, Leave. Terminal, plain lines, an answers file and a replay all drive this same machine. It knows no screen,
file or clock.

A question is asked while it can still matter: while some obligation that is possible but not certain hangs on it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from advisor import planning, situation, vocabulary
from advisor.case import Case
from advisor.conclusions import Conclusions, Due, conclude
from advisor.engine.inference import Engine
from advisor.engine.program import Program
from advisor.model import (
    CONFIRM,
    SHOP,
    UNKNOWN,
    Answer,
    KnowledgeBase,
    Locale,
    Note,
    Option,
    Question,
    Speak,
    Text,
    Turn,
    Value,
)
from advisor.planning import Plan
from advisor.situation import Situations
from advisor.understanding import Candidate, Command, Reading, Understanding
from advisor.wording import clean

NOTE_LIMIT = 2_000

Key = tuple[str, str]
"""(question, subject; the shop's is empty)."""


# --- events and effects ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the interview is: topic number of topics, answers given, questions that can still matter."""

    topic: Text
    number: int
    topics: int
    answered: int
    left: int
    actions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Put this question. `text` is ready to be shown; `previous` is the answer it had before."""

    question: Question
    of: str
    text: str
    options: tuple[Option, ...]
    previous: tuple[Value, ...] | None
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Show a phrase of the knowledge base, its placeholders filled with `words`; or finished lines of text."""

    phrase: str
    words: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Nothing was understood for sure: show these candidates, numbered, and ask again."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Write this turn down before anything else happens."""

    turn: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPlan:
    """Show the plan so far, or at the end."""

    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The consultation is over (`finished`) or interrupted to be resumed."""

    finished: bool


Effect = Ask | Say | Offer | Record | ShowPlan | Leave


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where the conversation stands. Everything lasting is in the case."""

    case: Case
    pending: Key | None = None
    candidates: tuple[Candidate, ...] = ()
    previous: tuple[Value, ...] | None = None
    topic: str = ""


class Interview:
    """The rules of the conversation for one knowledge base. Holds no state of a case."""

    def __init__(self, base: KnowledgeBase, program: Program, engine: Engine, as_of: str) -> None:
        self.base = base
        self.program = program
        self.engine = engine
        self.as_of = as_of
        self.situations = Situations(base, program, as_of)
        self.understanding = Understanding(base)
        self.rules = {rule.id: rule for rule in base.rules}
        self.questions = {question.id: question for question in base.questions}
        self.questions[CONFIRM] = _confirm_question(base)
        self._read = _attributes_read(base, program)
        self._always = {c.attribute for adjustment in base.priority.adjustments for c in adjustment.when}
        self._last: tuple[situation.Answers, Conclusions] | None = None

    # --- what is known ---

    def conclusions(self, case: Case) -> Conclusions:
        """What follows from the answers. The last result is kept, since one step asks for it several times."""
        if self._last is not None and self._last[0] is case.answers:
            return self._last[1]
        found = self.conclude(case.answers)
        self._last = (case.answers, found)
        return found

    def conclude(self, answers: situation.Answers) -> Conclusions:
        given = self.situations.of(answers)
        return conclude(self.program, given, self.engine.infer(given.facts), self.rules)

    def plan(self, case: Case) -> Plan:
        return planning.plan(self.base, self.conclusions(case), case.answers, case.name, self.as_of)

    def phrase(self, name: str, locale: Locale, **words: str) -> str:
        """A sentence of the program in the language of the case."""
        return fill(self.base.phrases[name].in_(locale), words)

    def subject_name(self, subject: str, case: Case) -> str:
        """The readable name of a vendor, person, purpose or country."""
        locale = case.locale
        if subject in case.names():
            return case.names()[subject]
        if subject in self.base.providers:
            return self.base.providers[subject].name
        if subject in self.base.countries:
            return self.base.countries[subject].name(locale)
        if subject in self.base.purposes:
            return self.base.purposes[subject].label.in_(locale)
        if subject in situation.STAND_IN.values():
            return self.phrase(f"subject.{subject}", locale)
        person = case.answers.get(("person.country", subject))
        if person is not None:
            return self.phrase("subject.person", locale, country=self.value_name("person.country", person.value, case))
        return subject

    def value_name(self, ask: str, value: Value | tuple[Value, ...], case: Case) -> str:
        """An answer as people read it."""
        locale = case.locale
        if isinstance(value, tuple):
            if not value:
                question = self.questions.get(ask)
                none = question.none if question else None
                return none.label.in_(locale) if none else self.phrase("value.none", locale)
            return ", ".join(self.value_name(ask, item, case) for item in value)
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

    # --- what to ask ---

    def agenda(self, case: Case) -> Iterator[Key]:
        """Every question the interview knows about this case, in order, whether or not it still matters."""
        group: list[Question] = []
        for question in (*self.base.questions, None):
            if question is not None and question.of and (not group or question.of == group[0].of):
                group.append(question)
                continue
            if group:
                for subject in situation.subjects(case.answers, group[0].of):
                    yield from ((item.id, subject) for item in group)
                group = []
            if question is None:
                break
            if question.of:
                group.append(question)
                continue
            yield (question.id, "")
            if question.kind == "vendors":
                yield (CONFIRM, "")

    def open_questions(self, case: Case) -> tuple[Key, ...]:
        """The questions that are unanswered, apply, and can still change the plan."""
        conclusions = self.conclusions(case)
        return tuple(key for key in self.agenda(case) if self._worth(key, case, conclusions))

    def _worth(self, key: Key, case: Case, conclusions: Conclusions) -> bool:
        name, subject = key
        if name == CONFIRM:
            return key not in case.answers and bool(_assumed_subjects(case))
        question = self.questions[name]
        return any(
            situation.answered(question, attribute, subject, case.answers) is None
            and (attribute, subject or SHOP) in conclusions.situation.applicable
            and (attribute in self._always or (attribute, subject or SHOP) in conclusions.pivotal)
            for attribute in question.attributes()
        )

    def start(self, case: Case) -> tuple[State, tuple[Effect, ...]]:
        """Begins or resumes a consultation."""
        return self._next(State(case=case), ())

    def _next(self, state: State, effects: tuple[Effect, ...]) -> tuple[State, tuple[Effect, ...]]:
        """Puts the next question, or shows the plan and finishes."""
        waiting = self.open_questions(state.case)
        if not waiting:
            finished = replace(state, pending=None, candidates=(), previous=None)
            return finished, (*effects, ShowPlan(final=True), Leave(finished=True))
        return self._ask(replace(state, pending=waiting[0], candidates=()), effects)

    def _ask(self, state: State, effects: tuple[Effect, ...]) -> tuple[State, tuple[Effect, ...]]:
        assert state.pending is not None
        name, subject = state.pending
        question = self.questions[name]
        topic = question.topic
        if topic != state.topic:
            title = next(item.title for item in self.base.topics if item.id == topic)
            effects = (*effects, Say(phrase="topic", words={"topic": title.in_(state.case.locale)}))
        ask = Ask(
            question=question,
            of=subject,
            text=self.question_text(question, subject, state.case),
            options=self.shown_options(question, subject, state.case),
            previous=state.previous,
            progress=self.progress(state.case, topic),
        )
        return replace(state, topic=topic), (*effects, ask)

    def question_text(self, question: Question, subject: str, case: Case) -> str:
        words = {"v": self.subject_name(subject, case), "p": self.subject_name(subject, case)} if subject else {}
        return fill(question.ask.in_(case.locale), words)

    def shown_options(self, question: Question, subject: str, case: Case) -> tuple[Option, ...]:
        """A checklist leaves out what was answered item by item or changes nothing; the confirmation lists the vendors."""
        if question.id == CONFIRM:
            return tuple(self._vendor_option(vendor, case) for vendor in _assumed_subjects(case))
        options = question.options
        if question.kind == "checklist":
            options = tuple(
                option
                for option in options
                if option.value in self._read and (option.value, subject) not in case.answers
            )
        if question.kind == "yes-no":
            options = tuple(
                Option(value=value, label=self.base.phrases[f"value.{value}"]) for value in vocabulary.YES_NO
            )
        return (*options, question.none) if question.none is not None else options

    def _vendor_option(self, vendor: str, case: Case) -> Option:
        """One line on what is assumed about a vendor."""
        name = self.subject_name(vendor, case)
        parts = {locale: "; ".join(self._assumed_parts(vendor, replace(case, locale=locale))) for locale in Locale}
        return Option(value=vendor, label=Text(en=name, lv=name), hint=Text(en=parts[Locale.EN], lv=parts[Locale.LV]))

    def _assumed_parts(self, vendor: str, case: Case) -> Iterator[str]:
        for ask in ("vendor.function", "vendor.role", "vendor.country", "vendor.processing_countries", "vendor.dpa"):
            answer = case.answers.get((ask, vendor))
            if answer is None or answer.how != "assumed":
                continue
            label = "" if ask == "vendor.function" else self.phrase(f"assumed.{ask}", case.locale) + " "
            yield label + self.value_name(ask, answer.value, case)

    def progress(self, case: Case, topic: str) -> Progress:
        conclusions = self.conclusions(case)
        topics = [item.id for item in self.base.topics]
        return Progress(
            topic=next(item.title for item in self.base.topics if item.id == topic),
            number=topics.index(topic) + 1,
            topics=len(topics),
            answered=len(case.steps()),
            left=len(self.open_questions(case)),
            actions=len({due.id for due in conclusions.certain}),
        )

    # --- what is said ---

    def step(self, state: State, said: str) -> tuple[State, tuple[Effect, ...]]:
        """One thing the person typed."""
        assert state.pending is not None
        name, subject = state.pending
        question = self.questions[name]
        options = self.shown_options(question, subject, state.case)
        reading = self._read(state, question, options, said)
        if reading.command is not None:
            return self._command(state, reading)
        if reading.value is None or reading.how is None:
            return self._not_understood(state, question, reading, said)
        return self._accept(state, question, subject, reading, clean(said))

    def _read(self, state: State, question: Question, options: tuple[Option, ...], said: str) -> Reading:
        """While candidates are offered, a number means one of them."""
        typed = clean(said)
        if state.candidates and typed.rstrip(".").isdecimal():
            number = int(typed.rstrip("."))
            if 1 <= number <= len(state.candidates):
                chosen = state.candidates[number - 1]
                value: Value | tuple[Value, ...] = (chosen.value,) if question.many else chosen.value
                new = chosen.value in self.base.providers or question.kind != "vendors"
                names = {} if new else {str(chosen.value): chosen.label}
                return Reading(value=value, how="number", names=names)
        default = state.previous
        if question.id == CONFIRM:
            default = tuple(option.value for option in options)
        return self.understanding.read(question, said, state.case.locale, options, default)

    def _not_understood(
        self, state: State, question: Question, reading: Reading, said: str
    ) -> tuple[State, tuple[Effect, ...]]:
        if reading.candidates:
            return replace(state, candidates=reading.candidates), (Offer(candidates=reading.candidates),)
        if not clean(said):
            return self._again(state, Say(phrase="empty"))
        phrase = "not-understood.number" if question.kind == "number" else "not-understood"
        return self._again(state, Say(phrase=phrase, words={"low": str(question.low), "high": str(question.high)}))

    def _again(self, state: State, *effects: Effect) -> tuple[State, tuple[Effect, ...]]:
        return self._ask(replace(state, candidates=()), effects)

    def _accept(
        self, state: State, question: Question, subject: str, reading: Reading, said: str
    ) -> tuple[State, tuple[Effect, ...]]:
        assert reading.value is not None and reading.how is not None
        if (
            question.kind == "number"
            and isinstance(reading.value, int)
            and not question.low <= reading.value <= question.high
        ):
            words = {"low": str(question.low), "high": str(question.high)}
            return self._again(state, Say(phrase="not-understood.number", words=words))
        turns = self.turns(state.case, question, subject, reading, said)
        case = state.case
        for turn in turns:
            case = case.add(turn)
        first = turns[0]
        echo = self.value_name(question.id, first.value, case)
        if question.id == CONFIRM:
            doubted = [vendor for vendor in _assumed_subjects(state.case) if vendor not in first.values()]
            phrase = "confirmed.except" if doubted else "confirmed"
            names = ", ".join(self.subject_name(vendor, case) for vendor in doubted)
            said_back = Say(phrase=phrase, words={"vendors": names})
        else:
            said_back = Say(phrase="echo", words={"value": echo})
        effects = tuple(Record(turn=turn) for turn in turns)
        return self._next(replace(state, case=case, candidates=(), previous=None), (*effects, said_back))

    def turns(self, case: Case, question: Question, subject: str, reading: Reading, said: str) -> tuple[Answer, ...]:
        """The answer and everything assumed because of it."""
        assert reading.value is not None and reading.how is not None
        if question.kind == "people":
            return self._people(question, reading, said)
        answer = Answer(
            ask=question.id, of=subject, said=said, value=reading.value, how=reading.how, names=reading.names
        )
        found = [answer]
        if question.kind == "vendors":
            for vendor in answer.values():
                if vendor != UNKNOWN and vendor in self.base.providers:
                    found.extend(self.assumptions(str(vendor), str(vendor), case.answers))
        elif question.id == "vendor.function" and ("vendor.role", subject) not in case.answers:
            role = self.base.roles.get(str(reading.value))
            if role is not None:
                found.append(Answer(ask="vendor.role", of=subject, value=role.role, how="assumed"))
        return tuple(found)

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

    def _people(self, question: Question, reading: Reading, said: str) -> tuple[Answer, ...]:
        """One person stands for everybody who works from the same country."""
        assert reading.value is not None and reading.how is not None
        places = reading.value if isinstance(reading.value, tuple) else (reading.value,)
        people = {f"person-{str(place).lower()}": place for place in places if place != UNKNOWN}
        value = (*people, UNKNOWN) if UNKNOWN in places else tuple(people)
        yes = Answer(ask=question.id, said=said, value=value, how=reading.how)
        return (
            yes,
            *(Answer(ask="person.country", of=person, value=place, how="assumed") for person, place in people.items()),
        )

    # --- commands ---

    def _command(self, state: State, reading: Reading) -> tuple[State, tuple[Effect, ...]]:
        command = reading.command
        if command is Command.UNKNOWN:
            return self._unknown(state)
        if command is Command.BACK:
            return self._back(state)
        if command is Command.QUIT:
            return state, (Leave(finished=False),)
        if command is Command.HELP:
            return self._again(state, Say(phrase="help", lines=self._help(state)))
        if command is Command.WHY:
            return self._again(state, Say(phrase="why", lines=tuple(self._why(state))))
        if command is Command.PLAN:
            return self._again(state, ShowPlan(final=False))
        if command is Command.STATUS:
            return self._again(state, Say(phrase="status", lines=self._status(state)))
        if command is Command.REVIEW:
            return self._again(state, Say(phrase="review", lines=tuple(self._review(state.case))))
        if command is Command.LANGUAGE:
            return self._language(state, reading.argument)
        if command is Command.NOTE:
            return self._note(state, reading.argument)
        if command is Command.CHANGE:
            return self._change(state, reading.argument)
        return self._again(state, Say(phrase="command.later"))

    def _unknown(self, state: State) -> tuple[State, tuple[Effect, ...]]:
        assert state.pending is not None
        name, subject = state.pending
        if name == CONFIRM:
            return self._again(state, Say(phrase="confirm.unknown"))
        question = self.questions[name]
        value: Value | tuple[Value, ...] = (UNKNOWN,) if question.many else UNKNOWN
        answer = Answer(ask=name, of=subject, value=value, how="command")
        case = state.case.add(answer)
        return self._next(
            replace(state, case=case, candidates=(), previous=None),
            (Record(turn=answer), Say(phrase="echo.unknown")),
        )

    def _back(self, state: State) -> tuple[State, tuple[Effect, ...]]:
        undo = state.case.undo()
        if undo is None:
            return self._again(state, Say(phrase="back.first"))
        last = state.case.log[-undo.count]
        case = state.case.add(undo)
        previous = None if last.value == UNKNOWN or last.values() == (UNKNOWN,) else last.values()
        state = replace(state, case=case, pending=last.key, candidates=(), previous=previous)
        return self._ask(state, (Record(turn=undo), Say(phrase="back")))

    def _change(self, state: State, argument: str) -> tuple[State, tuple[Effect, ...]]:
        """`change 3`: the third answer of the review; without a number the review is shown."""
        steps = list({answer.key: answer for answer in state.case.steps()}.values())
        number = argument.strip().rstrip(".")
        if not number.isdecimal() or not 1 <= int(number) <= len(steps):
            return self._again(state, Say(phrase="change.which", lines=tuple(self._review(state.case))))
        answer = steps[int(number) - 1]
        previous = None if UNKNOWN in answer.values() else answer.values()
        return self._ask(replace(state, pending=answer.key, candidates=(), previous=previous), ())

    def _language(self, state: State, argument: str) -> tuple[State, tuple[Effect, ...]]:
        wanted = argument.strip().lower()[:2]
        if wanted in ("en", "an"):
            locale = Locale.EN
        elif wanted in ("lv", "la"):
            locale = Locale.LV
        else:
            locale = Locale.EN if state.case.locale is Locale.LV else Locale.LV
        turn = Speak(locale)
        state = replace(state, case=state.case.add(turn), topic="")
        return self._again(state, Record(turn=turn), Say(phrase="language"))

    def _note(self, state: State, argument: str) -> tuple[State, tuple[Effect, ...]]:
        text = clean(argument, NOTE_LIMIT)
        if not text:
            return self._again(state, Say(phrase="note.empty"))
        turn = Note(text)
        return self._again(replace(state, case=state.case.add(turn)), Record(turn=turn), Say(phrase="note"))

    # --- telling ---

    def _help(self, state: State) -> tuple[str, ...]:
        assert state.pending is not None
        locale = state.case.locale
        question = self.questions[state.pending[0]]
        words = {
            "v": self.subject_name(state.pending[1], state.case),
            "p": self.subject_name(state.pending[1], state.case),
        }
        return (fill(question.help.in_(locale), words), "", *self.phrase("help.commands", locale).split(" | "))

    def _status(self, state: State) -> tuple[str, ...]:
        case = state.case
        progress = self.progress(case, state.topic or self.base.topics[0].id)
        words = {
            "answered": str(progress.answered),
            "left": str(progress.left),
            "actions": str(progress.actions),
            "topic": progress.topic.in_(case.locale),
        }
        return (self.phrase("status.line", case.locale, **words),)

    def _review(self, case: Case) -> Iterator[str]:
        """Every answer with its number, as `change` takes it."""
        latest = {answer.key: answer for answer in case.steps()}
        for number, answer in enumerate(latest.values(), start=1):
            question = self.questions.get(answer.ask)
            text = self.question_text(question, answer.of, case) if question else answer.ask
            yield f"{number}. {text} - {self.value_name(answer.ask, answer.value, case)}"
        for note in case.notes:
            yield self.phrase("review.note", case.locale, note=note)

    def _why(self, state: State) -> Iterator[str]:
        """What hangs on the pending question, and what each answer would lead to."""
        assert state.pending is not None
        name, subject = state.pending
        locale = state.case.locale
        question = self.questions[name]
        conclusions = self.conclusions(state.case)
        keys = {(attribute, subject or SHOP) for attribute in question.attributes()}
        hanging = dict.fromkeys(due.id for due in conclusions.maybe if conclusions.hangs_on(due) & keys)
        if not hanging:
            yield self.phrase("why.order" if set(question.attributes()) & self._always else "why.nothing", locale)
            return
        yield self.phrase("why.hangs", locale)
        titles = [self.base.actions[name].title.in_(locale) for name in hanging if name in self.base.actions]
        yield from (f"- {title}" for title in titles[:8])
        if len(titles) > 8:
            yield self.phrase("why.more", locale, count=str(len(titles) - 8))
        if question.kind in ("choice", "yes-no") and len(question.options) <= 12:
            yield ""
            yield self.phrase("why.answers", locale)
            for option in self.shown_options(question, subject, state.case):
                yield self._leads_to(state.case, question, subject, option, conclusions)

    def _leads_to(self, case: Case, question: Question, subject: str, option: Option, before: Conclusions) -> str:
        """What one answer would add for certain and rule out."""
        locale = case.locale
        answer = Answer(ask=question.id, of=subject, value=option.value, how="label")
        after = self.conclude({**case.answers, answer.key: answer})
        added = _ids(after.certain) - _ids(before.certain)
        gone = _ids(before.maybe) - _ids(after.maybe) - _ids(after.certain)
        parts = []
        if added:
            parts.append(self.phrase("why.adds", locale, titles=self._titles(added, locale)))
        if gone:
            parts.append(self.phrase("why.rules-out", locale, titles=self._titles(gone, locale)))
        return f"- {option.label.in_(locale)}: {'; '.join(parts) or self.phrase('why.no-change', locale)}"

    def _titles(self, ids: Iterable[str], locale: Locale) -> str:
        titles = sorted(self.base.actions[name].title.in_(locale) for name in ids if name in self.base.actions)
        more = f" (+{len(titles) - 3})" if len(titles) > 3 else ""
        return ", ".join(titles[:3]) + more


def fill(template: str, words: Mapping[str, str]) -> str:
    """Replaces {name} by words. Unlike str.format it never interprets what is inserted."""
    for name, word in words.items():
        template = template.replace("{" + name + "}", word)
    return template


def _attributes_read(base: KnowledgeBase, program: Program) -> frozenset[str]:
    """Attributes that some rule, question or priority looks at; the others can change nothing and are not offered."""
    found = {c.attribute[:-1] for clause in program.clauses for c in (*clause.positive, *clause.negative)}
    found |= {c.attribute for item in base.priority.adjustments for c in item.when}
    found |= {c.attribute for question in base.questions for group in question.when for c in group}
    return frozenset(found)


def _ids(dues: Iterable[Due]) -> set[str]:
    return {due.id for due in dues}


def _assumed_subjects(case: Case) -> tuple[str, ...]:
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


def _confirm_question(base: KnowledgeBase) -> Question:
    vendors = next(question for question in base.questions if question.kind == "vendors")
    return Question(
        id=CONFIRM,
        attribute=CONFIRM,
        kind="confirm",
        topic=vendors.topic,
        ask=base.phrases["confirm.ask"],
        help=base.phrases["confirm.help"],
        place=vendors.place,
    )

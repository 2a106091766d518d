"""The interview: a pure function from (case, event) to (case, effects).

It decides what to ask next, understands what is said, and says what the front end should do, as data: Ask, Say,
Record, Leave. Terminal, plain lines, an answers file and a replay all drive this same machine. It knows no screen,
file or clock.

A question is asked while it can still matter: while some obligation that is possible but not certain hangs on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from advisor import telling
from advisor.case import Case
from advisor.consultation import Consultation, Key, Progress, assumed_vendors
from advisor.engine.inference import Engine
from advisor.engine.program import Program
from advisor.model import (
    CONFIRM,
    REVIEW,
    UNKNOWN,
    Answer,
    KnowledgeBase,
    Locale,
    Note,
    Option,
    Question,
    Speak,
    Turn,
    Value,
)
from advisor.understanding.understand import Candidate, Command, Reading, Understanding
from advisor.wording import clean, fold

NOTE_LIMIT = 2_000

# --- events and effects ---


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
    kept: tuple[Value, ...] = ()
    """What was understood beside the candidates, to be added to the one that is chosen."""
    doubted: str = ""
    """The words that led to the candidates: what was really said when a number chooses one."""
    previous: tuple[Value, ...] | None = None
    topic: str = ""


class Interview(Consultation):
    """The rules of the conversation for one knowledge base on one day. Holds no state of a case."""

    def __init__(self, base: KnowledgeBase, program: Program, engine: Engine, as_of: str) -> None:
        super().__init__(base, program, engine, as_of)
        self.understanding = Understanding(base)
        self._plain = {
            name: {fold(word) for locale in Locale for word in base.phrases[name].in_(locale).split(",")}
            for name in ("words.yes", "words.no", "words.and")
        }

    # --- asking ---

    def start(self, case: Case) -> tuple[State, tuple[Effect, ...]]:
        """Begins or resumes a consultation."""
        return self._next(State(case=case), ())

    def _next(self, state: State, effects: tuple[Effect, ...]) -> tuple[State, tuple[Effect, ...]]:
        """Puts the next question, or shows the plan and finishes."""
        waiting = self.open_questions(state.case)
        if waiting:
            return self._ask(replace(state, pending=waiting[0], candidates=()), effects)
        if (REVIEW, "") not in state.case.answers:
            lines = tuple(telling.review_lines(self, state.case))
            state = replace(state, pending=(REVIEW, ""), candidates=(), previous=("yes",))
            return self._ask(state, (*effects, Say(phrase="review", lines=lines)))
        finished = replace(state, pending=None, candidates=(), previous=None)
        return finished, (*effects, ShowPlan(final=True), Leave(finished=True))

    def _ask(self, state: State, effects: tuple[Effect, ...]) -> tuple[State, tuple[Effect, ...]]:
        assert state.pending is not None
        name, subject = state.pending
        question = self.questions[name]
        topic = question.topic
        if topic != state.topic:
            said = telling.topic_line(self, state.case, state.topic) if state.topic else ""
            if said:
                effects = (*effects, Say(phrase="topic.summary", words={"answers": said}))
            title = next(item.title for item in self.base.topics if item.id == topic)
            effects = (*effects, Say(phrase="topic", words={"topic": title.in_(state.case.locale)}))
        ask = Ask(
            question=question,
            of=subject,
            text=self.question_text(question, subject, state.case),
            options=self.shown_options(question, subject, state.case),
            previous=state.previous if question.kind != "confirm" else None,
            progress=self.progress(state.case, topic),
        )
        return replace(state, topic=topic), (*effects, ask)

    def _again(self, state: State, *effects: Effect) -> tuple[State, tuple[Effect, ...]]:
        return self._ask(replace(state, candidates=()), effects)

    # --- what is said ---

    def step(self, state: State, said: str) -> tuple[State, tuple[Effect, ...]]:
        """One thing the person typed."""
        assert state.pending is not None
        name, subject = state.pending
        question = self.questions[name]
        options = self.shown_options(question, subject, state.case)
        reading, words = self._read(state, question, options, said)
        if reading.command is not None:
            return self._command(state, reading)
        if question.id == REVIEW and reading.value == ():  # not everything is right
            return self._change(state, "")
        if reading.value is None or reading.how is None:
            return self._not_understood(state, question, reading, said)
        return self._accept(state, question, subject, reading, words)

    def _read(self, state: State, question: Question, options: tuple[Option, ...], said: str) -> tuple[Reading, str]:
        """The reading and the words it stands for. While candidates are offered, a number means one of them."""
        typed = clean(said)
        if state.candidates:
            chosen = self._chosen(state, typed, question)
            if chosen is not None:
                return chosen, state.doubted
        if question.id == REVIEW and typed.rstrip(".").isdecimal():
            return Reading(command=Command.CHANGE, argument=typed), typed
        default = state.previous
        if question.id == CONFIRM:
            default = tuple(option.value for option in options)
        if not question.first:
            return self.understanding.read(question, said, state.case.locale, options, default), typed
        # The menu shows the first options only; the others are understood by name, and "all" means the menu.
        reading = self.understanding.read(question, said, state.case.locale, None, default)
        if isinstance(reading.value, tuple) and len(reading.value) == len(question.options):
            reading = replace(reading, value=tuple(option.value for option in options if option is not question.none))
        return reading, typed

    def _chosen(self, state: State, typed: str, question: Question) -> Reading | None:
        """What numbers, or a plain yes or no, mean while candidates are shown. None: something else was said."""
        words = fold(typed)
        numbers = [int(word) for word in words.split() if word.isdecimal()]
        if words in self._plain["words.yes"] and len(state.candidates) == 1:
            numbers = [1]
        elif words in self._plain["words.no"]:
            return Reading(candidates=())
        elif not numbers or not set(words.split()) - set(map(str, numbers)) <= self._plain["words.and"]:
            return None
        fits = all(1 <= number <= len(state.candidates) for number in numbers)
        if not fits or (len(numbers) > 1 and not question.many):
            return Reading(candidates=state.candidates, kept=state.kept)
        chosen = [state.candidates[number - 1] for number in dict.fromkeys(numbers)]
        new = question.kind == "vendors"
        names = {str(item.value): item.label for item in chosen if new and item.value not in self.base.providers}
        value = (*state.kept, *(item.value for item in chosen)) if question.many else chosen[0].value
        return Reading(value=value, how="number", names=names)

    def _not_understood(
        self, state: State, question: Question, reading: Reading, said: str
    ) -> tuple[State, tuple[Effect, ...]]:
        if reading.candidates:
            words = state.doubted if reading.candidates is state.candidates else clean(said)
            state = replace(state, candidates=reading.candidates, kept=reading.kept, doubted=words)
            return state, (Offer(candidates=reading.candidates),)
        if state.candidates and fold(said) in self._plain["words.no"]:
            return self._again(state)
        if not clean(said):
            return self._again(state, Say(phrase="empty"))
        phrase = "not-understood.number" if question.kind == "number" else "not-understood"
        return self._again(state, Say(phrase=phrase, words={"low": str(question.low), "high": str(question.high)}))

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
            doubted = [vendor for vendor in assumed_vendors(state.case) if vendor not in first.values()]
            phrase = "confirmed.except" if doubted else "confirmed"
            names = ", ".join(self.subject_name(vendor, case) for vendor in doubted)
            said_back = Say(phrase=phrase, words={"vendors": names})
        else:
            said_back = Say(phrase="echo", words={"value": echo})
        effects: tuple[Effect, ...] = tuple(Record(turn=turn) for turn in turns)
        if reading.ignored:
            words = {"parts": ", ".join(reading.ignored)}
            said_back = Say(phrase="echo.ignored", words={"value": echo, **words})
        if question.id != REVIEW:
            effects = (*effects, said_back)
        more = len(self.open_questions(case)) - len(self.open_questions(state.case))
        if more > 0:  # progress goes backwards: say so
            effects = (*effects, Say(phrase="progress.more", words={"count": str(more + 1)}))
        return self._next(replace(state, case=case, candidates=(), previous=None), effects)

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
        assert state.pending is not None
        command, pending = reading.command, state.pending
        if command is Command.UNKNOWN:
            return self._unknown(state)
        if command is Command.BACK:
            return self._back(state)
        if command is Command.QUIT:
            return state, (Leave(finished=False),)
        if command is Command.HELP:
            return self._again(state, Say(phrase="help", lines=telling.help_lines(self, state.case, pending)))
        if command is Command.WHY:
            return self._again(state, Say(phrase="why", lines=tuple(telling.why_lines(self, state.case, pending))))
        if command is Command.PLAN:
            return self._again(state, ShowPlan(final=False))
        if command is Command.STATUS:
            return self._again(state, Say(phrase="status", lines=telling.status_lines(self, state.case, pending)))
        if command is Command.REVIEW:
            return self._again(state, Say(phrase="review", lines=tuple(telling.review_lines(self, state.case))))
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
        steps = state.case.reviewable()
        number = argument.strip().rstrip(".")
        if not number.isdecimal() or not 1 <= int(number) <= len(steps):
            return self._again(state, Say(phrase="change.which", lines=tuple(telling.review_lines(self, state.case))))
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

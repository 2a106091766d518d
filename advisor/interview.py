"""The interview: a pure function from (case, event) to (case, effects).

It decides what to ask next, understands what is said, and says what the front end should do, as effects. Terminal,
plain lines, an answers file and a replay all drive this same machine. It knows no screen, file or clock.

A question is asked while it can still matter: while some obligation that is possible but not certain hangs on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from advisor import story, telling
from advisor.case import Case
from advisor.consultation import Consultation, Key, assumed_vendors
from advisor.effects import Ask, Effect, Explain, Leave, Offer, Record, Say, ShowPlan
from advisor.engine.inference import Engine
from advisor.engine.program import Program
from advisor.errors import UsageError
from advisor.known_people import known_people, taken_over
from advisor.model import (
    CONFIRM,
    REVIEW,
    STORY,
    STORY_CONFIRM,
    UNKNOWN,
    Answer,
    KnowledgeBase,
    Locale,
    Note,
    Option,
    Question,
    Speak,
    Value,
)
from advisor.render.tree import Branch
from advisor.understanding.understand import Candidate, Command, Reading, Understanding
from advisor.wording import clean, fold

if TYPE_CHECKING:
    from advisor.explaining.supposing import Supposition

NOTE_LIMIT = 2_000
STORY_LIMIT = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where the conversation stands. Everything lasting is in the case."""

    case: Case
    pending: Key | None = None
    candidates: tuple[Candidate, ...] = ()
    kept: tuple[Value, ...] = ()
    """What was understood beside the candidates, to be added to the one that is chosen."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Readable names of what was kept."""
    besides: Value | None = None
    """The country that was told besides."""
    doubted: str = ""
    """The words that led to the candidates: what was really said when a number chooses one."""
    meant: tuple[Reading, ...] = ()
    """The commands among which a number chooses, where it was not clear what was to be explained."""
    previous: tuple[Value, ...] | None = None
    topic: str = ""
    is_reviewed: bool = False
    """Whether all answers have been shown at the end."""


class Interview(Consultation):
    """The rules of the conversation for one knowledge base on one day. Holds no state of a case."""

    def __init__(self, base: KnowledgeBase, program: Program, engine: Engine, as_of: str) -> None:
        super().__init__(base, program, engine, as_of)
        self.understanding = Understanding(base)
        self._plain = {
            name: {fold(word) for locale in Locale for word in base.phrases[name].in_(locale).split(",")}
            for name in ("words.yes", "words.no", "words.both", "words.keep", "words.leave-out", "words.only")
        }

    # --- asking ---

    def start(self, case: Case, with_story: bool = False) -> tuple[State, tuple[Effect, ...]]:
        """Begins or resumes a consultation; `with_story`: a new one opens with "tell me about your shop"."""
        if with_story and not case.log:
            return self._ask(State(case=case, pending=(STORY, "")), ())
        return self._next(State(case=case), ())

    def _next(self, state: State, effects: tuple[Effect, ...]) -> tuple[State, tuple[Effect, ...]]:
        """Puts the next question, or shows the plan and finishes."""
        if story.is_to_be_confirmed(state.case):
            return self._ask(replace(state, pending=(STORY_CONFIRM, ""), candidates=()), effects)
        waiting = self.open_questions(state.case)
        if waiting:
            told = story.mentioned(state.case, self.question(waiting[0][0]))
            before = state.case.answers.get(waiting[0])  # of a joint question that has to be put again
            previous = told or (before.values() if before is not None else None)
            state = replace(state, pending=waiting[0], candidates=(), previous=previous)
            return self._ask(state, effects)
        if (REVIEW, "") not in state.case.answers:
            if not state.is_reviewed:  # after a correction the whole list again would hide it
                effects = (*effects, Say(phrase="review", lines=tuple(telling.review_lines(self, state.case))))
            state = replace(state, pending=(REVIEW, ""), candidates=(), previous=("yes",), is_reviewed=True)
            return self._ask(state, effects)
        finished = replace(state, pending=None, candidates=(), previous=None)
        return finished, (*effects, ShowPlan(final=True), Leave(finished=True))

    def _ask(self, state: State, effects: tuple[Effect, ...], repeat: bool = False) -> tuple[State, tuple[Effect, ...]]:
        assert state.pending is not None
        name, subject = state.pending
        question = self.question(name)
        topic = question.topic
        if name in (STORY, STORY_CONFIRM, REVIEW):
            topic = state.topic
        elif topic != state.topic:
            said = telling.topic_line(self, state.case, state.topic) if state.topic else ""
            if said:
                effects = (*effects, Say(phrase="topic.summary", words={"answers": said}))
            title = next(item.title for item in self.base.topics if item.id == topic)
            effects = (*effects, Say(phrase="topic", words={"topic": title.in_(state.case.locale)}))
        text = self.question_text(question, subject, state.case)
        if question.example is not None and not repeat:
            text = f"{text} {question.example.in_(state.case.locale)}"
        ask = Ask(
            question=question,
            of=subject,
            text=text,
            options=self.shown_options(question, subject, state.case),
            previous=state.previous if question.kind not in ("confirm", "story") else None,
            progress=self.progress(state.case, question.topic),
            repeat=repeat,
            told=state.pending not in state.case.answers and bool(story.mentioned(state.case, question)),
        )
        return replace(state, topic=topic), (*effects, ask)

    def _again(self, state: State, *effects: Effect, repeat: bool = False) -> tuple[State, tuple[Effect, ...]]:
        return self._ask(replace(state, candidates=()), effects, repeat)

    # --- what is said ---

    def step(self, state: State, said: str) -> tuple[State, tuple[Effect, ...]]:
        """One thing the person typed."""
        assert state.pending is not None
        name, subject = state.pending
        question = self.question(name)
        if state.meant:
            state, chosen = replace(state, meant=()), self._chosen_command(state.meant, said)
            if chosen is not None:
                return self._explain(state, chosen) if chosen.command is not None else self._again(state)
        if name == STORY:
            return self._story(state, said)
        options = self.shown_options(question, subject, state.case)
        reading, words = self._with_kept(state, *self._read(state, question, options, said))
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
        if question.id == REVIEW and typed[:1].isdecimal():  # "21 is not right"
            return Reading(command=Command.CHANGE, argument=typed.split()[0].rstrip(".,")), typed
        default = state.previous
        if question.id in (CONFIRM, STORY_CONFIRM):
            default = tuple(option.value for option in options)
            if numbers := _leading_numbers(typed, len(options)):  # "8, I use another one": the rest says why
                kept = tuple(value for number, value in enumerate(default, start=1) if number not in numbers)
                return Reading(value=kept, how="number"), typed
        if default and question.many and fold(typed) in self._plain["words.yes"] | self._plain["words.keep"]:
            return Reading(value=default, how="default"), typed
        same = state.case.answers.get((question.same, ""))
        meant = same.values() if same is not None else None
        if not question.first:
            return self.understanding.read(question, said, state.case.locale, options, default, meant), typed
        # The menu shows the first options only; the others are understood by name, and "all" means the menu.
        reading = self.understanding.read(question, said, state.case.locale, None, default, meant)
        if isinstance(reading.value, tuple) and len(reading.value) == len(question.options):
            reading = replace(reading, value=tuple(option.value for option in options if option is not question.none))
        return reading, typed

    def _with_kept(self, state: State, reading: Reading, words: str) -> tuple[Reading, str]:
        """What was understood before the candidates were shown stands beside what is now said instead of a number."""
        said = reading.value if isinstance(reading.value, tuple) else ()
        instead = not state.candidates or words == state.doubted or not set(state.kept).isdisjoint(said)
        if instead or not state.kept or not self._plain["words.only"].isdisjoint(fold(words).split()):
            return reading, words
        if reading.candidates:
            return replace(reading, kept=tuple(dict.fromkeys((*state.kept, *reading.kept)))), words
        if not said or reading.how == "default":
            return reading, words
        return replace(reading, value=(*state.kept, *said)), f"{state.doubted}\n{words}"

    def _chosen(self, state: State, typed: str, question: Question) -> Reading | None:
        """What numbers, or a plain yes or no, mean while candidates are shown. None: something else was said."""
        words = fold(typed)
        numbers = sorted(_leading_numbers(typed, len(state.candidates)))  # "1, but later"
        if words in self._plain["words.yes"] and len(state.candidates) == 1:
            numbers = [1]
        elif words in self._plain["words.both"] and question.many:
            numbers = list(range(1, len(state.candidates) + 1))
        elif words in self._plain["words.no"] | self._plain["words.leave-out"]:
            if state.kept and any(item.value == "none" for item in state.candidates):
                return Reading(value=state.kept, how="number")  # what was understood besides stands
            return Reading(candidates=())
        elif not numbers and not words[:1].isdecimal():
            return None
        if not numbers or (len(numbers) > 1 and not question.many):
            return Reading(candidates=state.candidates, kept=state.kept, names=state.names, besides=state.besides)
        chosen = [state.candidates[number - 1] for number in dict.fromkeys(numbers)]
        new = question.kind == "vendors"
        named = {str(item.value): item.label for item in chosen if new and item.value not in self.base.providers}
        values = tuple(item.value for item in chosen if item.value != "none")
        value = (*state.kept, *values) if question.many else chosen[0].value
        meant = value if isinstance(value, tuple) else (value,)
        names = {subject: name for subject, name in {**state.names, **named}.items() if subject in meant}
        return Reading(value=value, how="number", names=names, besides=state.besides)

    def _not_understood(
        self, state: State, question: Question, reading: Reading, said: str
    ) -> tuple[State, tuple[Effect, ...]]:
        if reading.candidates:
            words = state.doubted if reading.candidates is state.candidates else clean(said)
            if set(state.kept) & set(reading.kept) and words != state.doubted:
                words = f"{state.doubted}\n{words}"
            state = replace(
                state, candidates=reading.candidates, kept=reading.kept, names=reading.names, besides=reading.besides,
                doubted=words,
            )  # fmt: skip
            kept = self.value_name(question.id, reading.kept, state.case) if reading.kept else ""
            offer = Offer(candidates=reading.candidates, kept=kept, about=", ".join(reading.about))
            return state, (Say(phrase=reading.remark), offer) if reading.remark else (offer,)
        if state.candidates and fold(said) in self._plain["words.no"]:
            return self._again(state)
        repeat = not state.candidates
        if not clean(said):
            return self._again(state, Say(phrase="empty"), repeat=repeat)
        phrase = (
            "not-understood" if question.options or question.kind in ("yes-no", "confirm") else "not-understood.free"
        )
        if question.kind == "number":
            phrase = "not-understood.number"
        phrase = reading.remark or phrase
        limits = {"low": str(question.low), "high": str(question.high)}
        return self._again(state, Say(phrase=phrase, words=limits), repeat=repeat)

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
        told = [answer for answer in turns[1:] if answer.ask == question.besides]
        echo = "; ".join(self.value_name(answer.ask, answer.value, case) for answer in (first, *told))
        if question.id == STORY_CONFIRM:
            said_back = Say(phrase="story.confirmed")
        elif question.id == CONFIRM:
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
        if reading.remark:
            effects = (*effects, Say(phrase=reading.remark))
        if question.kind == "people":
            effects = (*effects, *self._recognised(state.case, case, turns, said))
        more = len(self.open_questions(case)) - len(self.open_questions(state.case))
        if more > 0:  # progress goes backwards: say so
            effects = (*effects, Say(phrase="progress.more", words={"count": str(more + 1)}))
        effects = (*effects, *self._queries(state.case, case, question, reading))
        return self._next(replace(state, case=case, candidates=(), previous=None), effects)

    def _queries(self, before: Case, case: Case, question: Question, reading: Reading) -> Iterator[Effect]:
        """What does not fit together any more since an answer, or was told in the story and is left out now."""
        known = {clash.name for clash in self.clashes(before)}
        for clash in self.clashes(case):
            if clash.name not in known:
                yield Say(phrase="contradiction", words=telling.clash_words(self, case, clash))
        left = [value for value in story.left_out(case, question) if value not in reading.removed]
        if left:
            yield Say(phrase="story.left-out", words={"values": self.value_name(question.id, tuple(left), case)})
        if question.kind == "people" and reading.value == ():
            told = case.answers.get((STORY, ""))
            countries = self.understanding.countries_in(told.said, case.locale) if told is not None else ()
            elsewhere = story.unexplained(case, (iso for iso in countries if not self.base.countries[iso].eea))
            if elsewhere:
                names = ", ".join(self.base.countries[iso].name(case.locale) for iso in elsewhere)
                yield Say(phrase="story.somewhere", words={"countries": names})

    def turns(self, case: Case, question: Question, subject: str, reading: Reading, said: str) -> tuple[Answer, ...]:
        """The answer and everything that comes with it: what is assumed because of it, what a story answers."""
        assert reading.value is not None and reading.how is not None
        if question.kind == "people":
            return self._people(case, question, reading, said)
        answer = Answer(
            ask=question.id, of=subject, said=said, value=reading.value, how=reading.how, names=reading.names
        )
        found = [answer, *self.implied(case, answer)]
        if reading.besides is not None and (question.besides, subject) not in case.answers:
            found.append(Answer(ask=question.besides, of=subject, value=reading.besides, how="story"))
        if question.id == STORY_CONFIRM:
            lists = {item.id for item in self.base.questions if item.many}
            found.extend(story.answers(case, answer.values(), lists))
        elif question.kind == "vendors":
            for vendor in answer.values():
                if vendor != UNKNOWN and vendor in self.base.providers:
                    found.extend(self.assumptions(str(vendor), str(vendor), case.answers))
        elif question.id == "vendor.function" and ("vendor.role", subject) not in case.answers:
            role = self.base.roles.get(str(reading.value))
            if role is not None:
                found.append(Answer(ask="vendor.role", of=subject, value=role.role, how="assumed"))
        return tuple(found)

    def _people(self, case: Case, question: Question, reading: Reading, said: str) -> tuple[Answer, ...]:
        """One person stands for everybody who works from the same country."""
        assert reading.value is not None and reading.how is not None
        named = reading.value if isinstance(reading.value, tuple) else (reading.value,)
        before = {of: answer.value for (ask, of), answer in case.answers.items() if ask == "person.country"}
        places = tuple(dict.fromkeys(before.get(str(place), place) for place in named))
        people = {f"person-{str(place).lower()}": place for place in places if place != UNKNOWN}
        value = (*people, UNKNOWN) if UNKNOWN in places else tuple(people)
        yes = Answer(ask=question.id, said=said, value=value, how=reading.how)
        known = known_people(self, case, said, {person: str(place) for person, place in people.items()})
        return (
            yes,
            *(Answer(ask="person.country", of=person, value=place, how="assumed") for person, place in people.items()),
            *(taken for person, vendor in known for taken in taken_over(self, case, person, vendor)),
        )

    def _recognised(self, before: Case, case: Case, turns: tuple[Answer, ...], said: str) -> Iterator[Say]:
        """Who was named as a partner already, so that it is not asked again."""
        people = {turn.of: str(turn.value) for turn in turns if turn.ask == "person.country"}
        for person, vendor in known_people(self, before, said, people):
            if any(turn.of == person and turn.ask != "person.country" for turn in turns):
                names = {"person": self.subject_name(person, case), "vendor": self.subject_name(vendor, case)}
                yield Say(phrase="people.known", words=names)

    # --- the opening story ---

    def _story(self, state: State, said: str) -> tuple[State, tuple[Effect, ...]]:
        """A few sentences about the shop, or nothing: then the questions begin at once."""
        reading = self.understanding.command(said, state.case.locale)
        if reading is not None and reading.command is not Command.UNKNOWN:
            return self._command(state, reading)
        text = clean(said, STORY_LIMIT)
        if reading is not None or not text or fold(text) in self._plain["words.no"]:
            return self._next(state, ())
        facts = story.written(self.understanding.read_story(text, state.case.locale))
        answer = Answer(ask=STORY, said=text, value=facts, how="phrase")
        heard = Say(phrase="story.heard" if facts else "story.nothing")
        return self._next(replace(state, case=state.case.add(answer)), (Record(turn=answer), heard))

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
        return self._explain(state, reading)

    def _explain(self, state: State, reading: Reading) -> tuple[State, tuple[Effect, ...]]:
        """`how`, `why-not`, `what-if`, `remove` and `assumptions`."""
        # Rarely asked for, and a tenth of the time that the first question takes.
        from advisor.explaining.lines import assumptions_of, how_branches, removal_of, what_if_of, why_not_branches
        from advisor.explaining.supposing import Supposition
        from advisor.explaining.which import Unclear

        case, said = state.case, reading.argument
        branches: tuple[Branch, ...]
        try:
            if reading.command is Command.WHAT_IF:
                found = self._supposed(state, said)
                if isinstance(found, Supposition) and found.meant:
                    commands = tuple(replace(reading, argument=each.changes) for each in found.meant)
                    return self._offer_commands(state, commands, [each.label for each in found.meant])
                if isinstance(found, Supposition):
                    phrase = "what-if.so" if found.so else "what-if.which"
                    return self._again(state, Say(phrase=phrase, words={"answers": "; ".join(found.so)}))
                branches = (what_if_of(self, case, found),)
            elif reading.command is Command.ASSUMPTIONS:
                branches = (assumptions_of(self, case),)
            elif not said:
                return self._again(state, Say(phrase=f"{reading.command}.which"))
            elif reading.command is Command.HOW:
                branches = how_branches(self, case, said)
            elif reading.command is Command.REMOVE:
                branches = (removal_of(self, case, said),)
            else:
                branches = why_not_branches(self, case, said)
        except Unclear as error:
            commands = tuple(replace(reading, argument=str(each)) for each in error.meant)
            titles = [self.base.actions[each.id].title.in_(case.locale) for each in error.meant]
            return self._offer_commands(state, commands, titles)
        except UsageError as error:
            return self._again(state, Say(phrase="explain.refused", words={"what": str(error)}))
        return self._again(state, Explain(branches=branches))

    def _offer_commands(
        self, state: State, commands: tuple[Reading, ...], labels: Iterable[str]
    ) -> tuple[State, tuple[Effect, ...]]:
        """Asks what is to be explained."""
        candidates = tuple(Candidate(value=number, label=label) for number, label in enumerate(labels, start=1))
        return replace(state, candidates=(), meant=commands), (Offer(candidates=candidates),)

    def _chosen_command(self, commands: tuple[Reading, ...], said: str) -> Reading | None:
        """The command that a number, or a yes where there is one, chooses; an empty one for no. None: neither."""
        numbers, words = _leading_numbers(said, len(commands)), fold(said)
        if len(numbers) == 1 and words.isdecimal():
            return commands[next(iter(numbers)) - 1]
        if words in self._plain["words.yes"] and len(commands) == 1:
            return commands[0]
        return Reading() if words in self._plain["words.no"] else None

    def _supposed(self, state: State, said: str) -> tuple[Answer, ...] | Supposition:
        """The answers that a `what-if` supposes, or what may be meant by it.

        Question=value; with its number, another answer to an earlier question; else what is told of the shop, or
        another answer to the question on the screen. Raises UsageError.
        """
        from advisor.explaining import changes
        from advisor.explaining.supposing import Supposition, supposed

        assert state.pending is not None
        if "=" in said:
            return changes.parse(self, state.case, said)
        number, _, rest = said.partition(" ")
        steps = state.case.reviewable()
        if rest and number.rstrip(".").isdecimal() and 1 <= int(number.rstrip(".")) <= len(steps):
            key = steps[int(number.rstrip(".")) - 1].key
            reading = self._other_answer(state.case, key, rest)
            return self._turns_of(state.case, key, reading, rest) or Supposition()
        reading = self._other_answer(state.case, state.pending, said)
        found = supposed(self, state.case, self.understanding, said)
        named = reading.how in ("number", "label", "code") or not (found.changes or found.so or found.meant)
        told = reading.how in ("alias", "yes-no") and not (found.changes or found.so)
        if (named or told) and not reading.names and not reading.ignored:
            return self._turns_of(state.case, state.pending, reading, said) or found
        return changes.parse(self, state.case, found.changes) if found.changes else found

    def _other_answer(self, case: Case, key: Key, said: str) -> Reading:
        question = self.question(key[0])
        if question.kind in ("confirm", "story"):
            return Reading()
        options = None if question.first else self.shown_options(question, key[1], case)
        given = case.answers.get(key)
        return self.understanding.read(question, said, case.locale, options, given.values() if given else None)

    def _turns_of(self, case: Case, key: Key, reading: Reading, said: str) -> tuple[Answer, ...]:
        if reading.value is None or reading.how is None:
            return ()
        return self.turns(case, self.question(key[0]), key[1], reading, said)

    def _unknown(self, state: State) -> tuple[State, tuple[Effect, ...]]:
        assert state.pending is not None
        name, subject = state.pending
        if name in (CONFIRM, REVIEW):
            return self._again(state, Say(phrase="confirm.unknown" if name == CONFIRM else "review.unknown"))
        if name == STORY_CONFIRM:
            return self._again(state, Say(phrase="story.unknown"))
        question = self.question(name)
        value: Value | tuple[Value, ...] = (UNKNOWN,) if question.many else UNKNOWN
        answer = Answer(ask=name, of=subject, value=value, how="command")
        turns = (answer, *self.implied(state.case, answer))
        case = state.case
        for turn in turns:
            case = case.add(turn)
        recorded = tuple(Record(turn=turn) for turn in turns)
        return self._next(
            replace(state, case=case, candidates=(), previous=None), (*recorded, Say(phrase="echo.unknown"))
        )

    def _back(self, state: State) -> tuple[State, tuple[Effect, ...]]:
        undo = state.case.undo()
        if undo is None:
            return self._again(state, Say(phrase="back.first"))
        last = state.case.log[-undo.count]
        previous = self._previous(state.case, last)
        case = state.case.add(undo)
        state = replace(state, case=case, pending=last.key, candidates=(), previous=previous)
        return self._ask(state, (Record(turn=undo), Say(phrase="back")))

    def _previous(self, case: Case, answer: Answer) -> tuple[Value, ...] | None:
        """An answer as it stands when its question is put again; people by the country they work from."""
        if UNKNOWN in answer.values():
            return None
        places = {of: given.value for (ask, of), given in case.answers.items() if ask == "person.country"}
        return tuple(
            place if isinstance(place := places.get(str(value), value), str | int) else value
            for value in answer.values()
        )

    def _change(self, state: State, argument: str) -> tuple[State, tuple[Effect, ...]]:
        """`change 3`: the third answer of the review, `change 3 SIA` at once; without a number the review is shown."""
        steps = state.case.reviewable()
        found = re.match(r"\s*(\d+)[\s.,:=]*(.*)", argument)
        if found is None or not 1 <= int(found[1]) <= len(steps):
            return self._again(state, Say(phrase="change.which", lines=tuple(telling.review_lines(self, state.case))))
        answer = steps[int(found[1]) - 1]
        previous = self._previous(state.case, answer)
        topic = self.question(answer.ask).topic
        state = replace(state, pending=answer.key, candidates=(), previous=previous, topic=topic)
        if found[2]:
            return self.step(state, found[2])
        return self._ask(state, ())

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


def _leading_numbers(typed: str, most: int) -> frozenset[int]:
    """The numbers that a line begins with; none if one of them is not on the list."""
    found = re.match(r"\s*\d+(?:(?:\s*[,;+&.]\s*|\s+(?:and|un|or|vai)\s+|\s+)\d+)*(?=\W|\Z)", typed)
    numbers = frozenset(map(int, re.findall(r"\d+", found[0]))) if found else frozenset()
    return numbers if all(1 <= number <= most for number in numbers) else frozenset()

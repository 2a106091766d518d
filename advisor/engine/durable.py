"""Runs a program on durable-rules. The only module that imports it.

durable-rules crashes, hangs or concludes wrong things when used freely, so it is confined: it only joins. Every test of
a value (constants, lists, thresholds, `any`) is evaluated here beforehand and becomes the *class* of a fact, a constant
that rules match; every derivation is turned into facts here; negation waits for a phase fact of its stratum. One
ruleset for a program, a fresh session for each evaluation, one fact at a time, words interned to short ASCII tokens.

What is avoided, and why, is listed in docs/adr/0004-durable-rules-confined.md; each limit is checked when a program is
compiled and raises EngineLimit. Raises EngineFailure if the engine does something it must never do.
"""

from __future__ import annotations

import itertools
import warnings
from collections import deque
from collections.abc import Iterable
from typing import Any, NamedTuple

from advisor.engine.inference import Derivation, Inference, binding
from advisor.engine.program import Clause, Program
from advisor.model import Condition, Fact, Value

MAX_ANTECEDENTS = 15
MAX_BRANCHES = 50
"""Conditions that may match one class of fact; the engine fails from 64 on."""
MAX_CLASSES = 3_840
MAX_CHILDREN = 480
"""Classes in one group; the engine hangs from 512 on."""
MAX_CLAUSES = 2_000

_SENTINEL = "sentinel"


class EngineLimit(Exception):
    """The program is outside what durable-rules can be trusted with."""


class EngineFailure(Exception):
    """durable-rules did something it must never do; its result cannot be used."""


class _Class(NamedTuple):
    """All facts that pass one test: what a rule's condition becomes for the engine."""

    attribute: str
    subject: str | None  # a constant, or None where the subject is a variable
    condition: Condition
    same: bool  # subject and value are the same variable

    def holds(self, fact: Fact) -> bool:
        return (
            (self.subject is None or self.subject == fact.subject)
            and (not self.same or fact.subject == fact.value)
            and self.condition.admits(fact.value)
        )


def _group(name: str) -> str:
    """The group of a class or phase. Classes are told apart in two steps so that no node has too many children."""
    return f"g{int(name[1:]) // MAX_CHILDREN}"


def _tests(name: str) -> list[dict[str, Any]]:
    return [{"g": _group(name)}, {"k": name}]


class _Host:
    """Stands in for durable's Host, whose background timers must not run."""

    def get_action(self, name: str) -> None:
        raise EngineFailure(f"durable-rules asked for an action {name!r}")


class DurableEngine:
    """See the module. Not safe for use from two threads."""

    name = "durable-rules"

    def __init__(self, program: Program) -> None:
        from durable.engine import MessageNotHandledException, MessageObservedException, Ruleset

        self._not_handled: type[Exception] = MessageNotHandledException
        self._observed: type[Exception] = MessageObservedException
        self.program = program
        if len(program.clauses) > MAX_CLAUSES:
            raise EngineLimit(f"{len(program.clauses)} clauses, at most {MAX_CLAUSES}")
        self._tokens: dict[tuple[type, Value], str] = {}
        self._classes: dict[_Class, list[str]] = {}
        self._uses: dict[str, int] = {}
        self._phases: dict[int, list[str]] = {}
        self._fired: list[tuple[int, list[str]]] = []
        self._interruptions: list[BaseException] = []
        self._sessions = itertools.count(1)
        definition: dict[str, Any] = {_SENTINEL: {"all": [{"m": {"k": _SENTINEL}}], "run": self._record(-1, 1)}}
        for number, clause in enumerate(program.clauses):
            definition[f"r{number}"] = self._rule(number, clause)
        if len(self._uses) > MAX_CLASSES:
            raise EngineLimit(f"{len(self._uses)} classes of facts, at most {MAX_CLASSES}")
        self._by_attribute: dict[str, list[tuple[_Class, list[str]]]] = {}
        for kind, names in self._classes.items():
            self._by_attribute.setdefault(kind.attribute, []).append((kind, names))
        # Building takes the actions out of the definition, which nobody reads afterwards.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self._ruleset = Ruleset("advisor", _Host(), definition)

    # --- compiling ---

    def _rule(self, number: int, clause: Clause) -> dict[str, Any]:
        antecedents: list[dict[str, Any]] = []
        offset = 0
        if clause.negative or not clause.positive:
            antecedents.append({"m0": {"$and": _tests(self._phase(clause.stratum))}})
            offset = 1
        origin: dict[str, dict[str, str]] = {}
        taken: set[str] = set()
        for place, condition in enumerate(clause.positive):
            alias = f"m{place + offset}"
            antecedents.append({alias: self._pattern(condition, origin, taken)})
            if condition.subject.startswith("$"):
                origin.setdefault(condition.subject, {alias: "s"})
            if condition.operator == "variable":
                origin.setdefault(str(condition.operands[0]), {alias: "v"})
        for place, condition in enumerate(clause.negative):
            antecedents.append({f"n{place}$not": self._pattern(condition, origin, taken)})
        if len(antecedents) > MAX_ANTECEDENTS:
            raise EngineLimit(f"rule {clause.rule} has {len(antecedents)} conditions, at most {MAX_ANTECEDENTS}")
        return {"all": antecedents, "run": self._record(number, offset + len(clause.positive))}

    def _pattern(self, condition: Condition, origin: dict[str, dict[str, str]], taken: set[str]) -> dict[str, Any]:
        """The class of fact, then equality with earlier aliases."""
        variable = str(condition.operands[0]) if condition.operator == "variable" else ""
        name = self._class_of(
            _Class(
                attribute=condition.attribute,
                subject=None if condition.subject.startswith("$") else condition.subject,
                condition=Condition("", "", condition.operator, () if variable else condition.operands),
                same=bool(variable) and variable == condition.subject,
            ),
            taken,
        )
        tests = _tests(name)
        if condition.subject in origin:
            tests.append({"s": origin[condition.subject]})
        if variable and variable in origin:
            tests.append({"v": origin[variable]})
        return {"$and": tests}

    def _class_of(self, kind: _Class, taken: set[str]) -> str:
        """A name for the class. A class in much demand gets several names, and its facts are asserted under each.

        So does a class that one rule reads twice, since the engine never lets one message meet two conditions.
        """
        names = self._classes.setdefault(kind, [])
        free = (name for name in reversed(names) if self._uses[name] < MAX_BRANCHES and name not in taken)
        name = next(free, None)
        if name is None:
            name = f"c{len(self._uses)}"
            names.append(name)
            self._uses[name] = 0
        self._uses[name] += 1
        taken.add(name)
        return name

    def _phase(self, stratum: int) -> str:
        names = self._phases.setdefault(stratum, [])
        if not names or self._uses[names[-1]] >= MAX_BRANCHES:
            names.append(f"p{len(self._uses)}")
            self._uses[names[-1]] = 0
        self._uses[names[-1]] += 1
        return names[-1]

    def _record(self, number: int, width: int) -> Any:
        """An action that only notes which rule fired on which facts."""
        fired, interruptions = self._fired, self._interruptions

        def run(c: Any) -> None:
            # One antecedent arrives as the message itself, several by their aliases.
            try:
                found = c._m
                if found is None:
                    fired.append((number, []))
                    return
                facts = [found[f"m{place}"]["i"] for place in range(width) if f"m{place}" in found] or [found["m"]["i"]]
                fired.append((number, facts))
            except BaseException as error:  # durable-rules would swallow it, Ctrl-C included
                interruptions.append(error)
                raise

        return run

    # --- evaluating ---

    def infer(self, given: Iterable[Fact]) -> Inference:
        """All facts that follow, with every derivation of each. Raises EngineFailure."""
        session = _Session(self, f"s{next(self._sessions)}")
        return session.run(frozenset(given))

    def _token(self, value: Value) -> str:
        key = (type(value), value)
        token = self._tokens.get(key)
        if token is None:
            token = self._tokens[key] = f"t{len(self._tokens)}"
        return token


class _Session:
    """One evaluation."""

    def __init__(self, engine: DurableEngine, sid: str) -> None:
        self.engine = engine
        self.sid = sid
        self.facts: list[Fact | None] = []
        self.derived: dict[Fact, set[Derivation]] = {}
        self.known: set[Fact] = set()
        self.queue: deque[Fact] = deque()

    def run(self, given: frozenset[Fact]) -> Inference:
        engine = self.engine
        engine._fired.clear()
        engine._interruptions.clear()
        # The sentinel comes first: deleting a session in which nothing ever fired is a use after free.
        self._assert({"k": _SENTINEL, "i": "0"}, None)
        if engine._fired != [(-1, ["0"])]:
            raise EngineFailure("durable-rules did not fire on a fact that always fires")
        engine._fired.clear()
        try:
            for fact in given:
                self._learn(fact)
            self._settle()
            for stratum in sorted(engine._phases):
                for name in engine._phases[stratum]:
                    self._assert({"g": _group(name), "k": name}, None)
                self._settle()
        finally:
            engine._ruleset.delete_state(self.sid)
        return Inference(given, {fact: frozenset(ways) for fact, ways in self.derived.items()})

    def _learn(self, fact: Fact) -> None:
        if fact not in self.known:
            self.known.add(fact)
            self.queue.append(fact)

    def _settle(self) -> None:
        """Asserts what is known and turns what fires into facts, until nothing new follows."""
        engine = self.engine
        self._harvest()
        while self.queue:
            fact = self.queue.popleft()
            for kind, names in engine._by_attribute.get(fact.attribute, ()):
                if kind.holds(fact):
                    for name in names:
                        subject, value = engine._token(fact.subject), engine._token(fact.value)
                        self._assert({"g": _group(name), "k": name, "s": subject, "v": value}, fact)
            self._harvest()

    def _assert(self, message: dict[str, str], fact: Fact | None) -> None:
        engine = self.engine
        if "i" not in message:
            message["i"] = str(len(self.facts))
            self.facts.append(fact)
        message["sid"] = self.sid
        for salt in range(8):
            try:
                state = engine._ruleset.assert_fact(message)
                break
            except engine._not_handled:
                return
            except engine._observed:
                # Facts are told apart by a 32-bit hash alone; this one is known to be new, so it collided.
                message["x"] = str(salt)
        else:
            raise EngineFailure("a fact collided with others eight times")
        outcome: list[Any] = []
        engine._ruleset.do_actions(state, lambda error, state: outcome.append(error or (state or {}).get("exception")))
        if outcome != [None] or engine._interruptions:  # an action that is never completed is not reported at all
            for error in (*engine._interruptions, *outcome):
                if isinstance(error, BaseException) and not isinstance(error, Exception):
                    raise error
            raise EngineFailure(f"durable-rules could not run its actions: {outcome}")

    def _harvest(self) -> None:
        engine = self.engine
        fired, engine._fired[:] = list(engine._fired), []
        for number, indexes in fired:
            clause = engine.program.clauses[number]
            matched = [self.facts[int(index)] for index in indexes]
            premises = tuple(fact for fact in matched if fact is not None)
            if len(premises) != len(clause.positive):
                raise EngineFailure(f"rule {clause.rule} fired on {len(premises)} facts of {len(clause.positive)}")
            bound = binding(clause.positive, premises)
            derivation = Derivation(number, premises)
            for head in clause.heads:
                subject = str(bound.get(head.subject, head.subject))
                value = bound.get(head.value, head.value) if isinstance(head.value, str) else head.value
                fact = Fact(head.attribute, subject, value)
                self.derived.setdefault(fact, set()).add(derivation)
                self._learn(fact)

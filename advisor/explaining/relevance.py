"""What depends on what: the clauses behind an obligation, attributes behind another, what makes a question arise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from advisor.conclusions import Conclusions, Reader
from advisor.consultation import Consultation
from advisor.engine.incremental import IncrementalEngine
from advisor.engine.program import Clause, Program
from advisor.model import OBLIGATION, SHOP, Condition, KnowledgeBase, Question, Value
from advisor.situation import Answers, Situations
from advisor.vocabulary import SUBJECT_LISTS


class Slice:
    """The part of a consultation on which one obligation can depend: the same conclusion about it, faster.

    Its situations know only the questions that the rules of the part look at, and those on which it depends whether
    these arise.
    """

    def __init__(self, consultation: Consultation, obligation: str) -> None:
        self.program = relevant(consultation.program, obligation)
        self._reader = Reader(self.program, consultation.rules)
        self._engine = IncrementalEngine(self.program)
        self._read = {c.attribute for clause in self.program.clauses for c in (*clause.positive, *clause.negative)}
        asked = _asked(consultation.base, {name[:-1] for name in self._read})
        base = msgspec.structs.replace(consultation.base, questions=asked)
        self._situations = Situations(base, self.program, consultation.as_of)

    def conclude(self, answers: Answers) -> Conclusions:
        """What follows from answers, as far as the obligation can depend on it."""
        situation = self._situations.of(answers)
        facts = [fact for fact in situation.facts if fact.attribute in self._read]
        return self._reader.read(situation, self._engine.infer(facts))


def _asked(base: KnowledgeBase, read: set[str]) -> tuple[Question, ...]:
    """The questions that set some attributes, with those on which they depend and the lists of their subjects."""
    depends = arising(base)
    wanted = set(read)
    for question in base.questions:
        for name in question.attributes():
            if name in read:
                wanted |= depends[name]
    kinds = {question.of for question in base.questions if question.of and wanted.intersection(question.attributes())}
    wanted |= {SUBJECT_LISTS[kind] for kind in kinds}
    return tuple(question for question in base.questions if wanted.intersection(question.attributes()))


def relevant(program: Program, obligation: str) -> Program:
    """The clauses on which an obligation can depend, through conditions and negations, in both readings."""
    reached: set[tuple[str, Value]] = {(OBLIGATION, obligation)}
    clauses: dict[int, None] = {}
    changed = True
    while changed:
        changed = False
        for number, clause in enumerate(program.clauses):
            if number in clauses:
                continue
            if any(_node(head.attribute, head.value) in reached for head in clause.heads):
                clauses[number] = None
                changed = True
                for condition in (*clause.positive, *clause.negative):
                    reached.add(_node(condition.attribute, condition.operands[0] if condition.operands else ""))
    return Program(clauses=tuple(program.clauses[number] for number in sorted(clauses)))


def _node(marked: str, value: Value | str) -> tuple[str, Value]:
    name = marked[:-1]
    return (name, value) if name == OBLIGATION else (name, "")


def reads(program: Program) -> Mapping[str, frozenset[str]]:
    """Every attribute that a derived attribute depends on, itself included."""
    direct: dict[str, set[str]] = {}
    for clause in program.clauses:
        for head in clause.heads:
            found = direct.setdefault(head.attribute[:-1], set())
            found |= {condition.attribute[:-1] for condition in (*clause.positive, *clause.negative)}
    return {name: _closure(direct, name) for name in direct}


def local(program: Program) -> Mapping[str, bool]:
    """Whether a derived attribute of a subject depends on no other subject: every condition is about it or the shop.

    A derived attribute of the shop may gather something of every vendor, so what reads one is not local.
    """
    derived = {head.attribute[:-1] for clause in program.clauses for head in clause.heads}
    found = dict.fromkeys(derived, True)
    changed = True
    while changed:
        changed = False
        for clause in program.clauses:
            for head in clause.heads:
                name = head.attribute[:-1]
                alone = all(
                    _alike(condition, head.subject, derived, found)
                    for condition in (*clause.positive, *clause.negative)
                )
                if found[name] and not alone:
                    found[name] = False
                    changed = True
    return found


def _alike(marked: Condition, subject: str, derived: set[str], found: Mapping[str, bool]) -> bool:
    """Whether a condition is about the subject, about what is known of a country or purpose, or about an answer."""
    name = marked.attribute[:-1]
    if marked.subject == SHOP:
        return name not in derived
    return found.get(name, True) and (marked.subject == subject or name.startswith(("country.", "purpose.")))


def arising(base: KnowledgeBase) -> Mapping[str, frozenset[str]]:
    """The attributes on which it depends whether the question of an attribute arises."""
    direct: dict[str, set[str]] = {}
    for question in base.questions:
        named = {condition.attribute for group in question.when for condition in group}
        for name in question.attributes():
            direct[name] = set(named)
    return {name: _closure(direct, name) - {name} for name in direct}


def _closure(direct: Mapping[str, Iterable[str]], start: str) -> frozenset[str]:
    found = {start}
    stack = [start]
    while stack:
        for name in direct.get(stack.pop(), ()):
            if name not in found:
                found.add(name)
                stack.append(name)
    return frozenset(found)


def unified(clause: Clause, condition: Condition) -> Iterator[dict[str, Value]]:
    """The bindings under which a head of the clause can be a fact that meets the condition."""
    for head in clause.heads:
        if head.attribute[:-1] != condition.attribute:
            continue
        bound: dict[str, Value] = {}
        if not condition.subject.startswith("$"):
            if head.subject.startswith("$"):
                bound[head.subject] = condition.subject
            elif head.subject != condition.subject:
                continue
        if isinstance(head.value, str) and head.value.startswith("$"):
            if condition.operator == "is":
                if bound.get(head.value, condition.operands[0]) != condition.operands[0]:
                    continue
                bound[head.value] = condition.operands[0]
        elif not condition.admits(head.value):
            continue
        yield bound

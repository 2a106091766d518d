"""Which mutants nobody notices. Of the rules only the part is run on which it depends what a witness sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.engine.inference import Inference
from advisor.engine.program import Clause, Program
from advisor.engine.reference import ReferenceEngine
from advisor.model import OBLIGATION, Fact
from advisor.mutating.mutants import Mutant, clauses_of
from advisor.mutating.parts import Parts, read
from advisor.mutating.witnesses import Seen, Witness, seen, speaks


class Trial:
    """Tries mutants on witnesses, on those first that know the rule best."""

    def __init__(self, program: Program, witnesses: Iterable[Witness]) -> None:
        self.program = program
        self._plans: list[Witness] = []
        self._entries: dict[str, list[Witness]] = {}
        for witness in witnesses:
            if witness.rule:
                self._entries.setdefault(witness.rule, []).append(witness)
            else:
                self._plans.append(witness)
        self._parts = Parts(program)
        self._downstream = self._parts.downstream()
        self._clauses: dict[str, list[Clause]] = {}
        for clause in program.clauses:
            self._clauses.setdefault(clause.rule, []).append(clause)
        self._before: dict[Witness, Seen] = {}

    def noticed_by(self, mutant: Mutant) -> str | None:
        """The witness that notices a mutant; empty if none does, None if the mutant is no program."""
        clauses = clauses_of(mutant, self.program)
        if clauses is None:
            return None
        return next((witness.name for witness in self._noticing(mutant, clauses)), "")

    def _noticing(self, mutant: Mutant, clauses: tuple[Clause, ...]) -> Iterator[Witness]:
        reached = self._downstream.get(mutant.id, frozenset())
        for witness in self._entries.get(mutant.id, ()):
            if self._speaks(witness, mutant, clauses) != witness.speaks:
                yield witness
        concerned = {
            str(head.value)
            for rule in reached
            for clause in self._clauses.get(rule, ())
            for head in clause.heads
            if head.attribute[:-1] == OBLIGATION
        }
        for witness in self._plans if concerned else ():
            part = self._parts.needed(((OBLIGATION, name) for name in concerned), witness.day, mutant.id, clauses)
            after = seen(_infer(part, witness), part, concerned)
            if after != {name: rules for name, rules in self._seen(witness).items() if name in concerned}:
                yield witness
        for rule in sorted(reached - {mutant.id}):
            for witness in self._entries.get(rule, ()):
                if self._speaks(witness, mutant, clauses) != witness.speaks:
                    yield witness

    def _speaks(self, witness: Witness, mutant: Mutant, clauses: tuple[Clause, ...]) -> bool:
        """Whether the rule of an entry speaks after a mutation."""
        own = clauses if witness.rule == mutant.id else self._clauses.get(witness.rule, ())
        nodes = [node for clause in own for node in read(clause)]
        below = self._parts.needed(nodes, witness.day, mutant.id, clauses)
        today = [clause for clause in own if clause.valid.covers(witness.day)]
        part = Program(clauses=tuple(dict.fromkeys((*below.clauses, *today))))
        part = Program(clauses=tuple(sorted(part.clauses, key=lambda clause: clause.stratum)))
        return speaks(_infer(part, witness), part, witness.rule)

    def _seen(self, witness: Witness) -> Seen:
        """What a witness sees of the rules as they are."""
        if witness not in self._before:
            today = self.program.on(witness.day)
            names = {str(head.value) for clause in today.clauses for head in clause.heads}
            self._before[witness] = seen(ReferenceEngine(today).infer(witness.facts), today, names)
        return self._before[witness]


def _infer(part: Program, witness: Witness) -> Inference:
    wanted = {condition.attribute for clause in part.clauses for condition in (*clause.positive, *clause.negative)}
    facts: list[Fact] = [fact for fact in witness.facts if fact.attribute in wanted]
    return ReferenceEngine(part).infer(facts)

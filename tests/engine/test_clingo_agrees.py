"""An answer set solver, written by others, draws the same conclusions as the reference engine.

A compiled program becomes an answer set program: tests of values are spelled out over the values that occur, negation
is the solver's own. Derivations are compared too, as atoms of their own. Nothing of the engines is used on the way;
only the doubling of attributes, which the compiler does, is taken as given (test_laws.py looks at that).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import clingo
from generate import both, cases, examples, program_of, rule_bases, rule_text, text_of
from hypothesis import given

from advisor.engine.inference import Inference
from advisor.engine.program import Clause, Program
from advisor.engine.reference import ReferenceEngine
from advisor.model import SHOP, UNKNOWN, Condition, Fact, Value

Fired = tuple[int, tuple[Fact, ...]]


def passes(condition: Condition, value: Value) -> bool:
    """The tests of the rule language once more, said differently from the engine's own."""
    named = condition.operands if condition.operator in ("is", "in") else ()
    if value == UNKNOWN:
        return UNKNOWN in named
    if named:
        return any(type(value) is type(one) and value == one for one in named)
    if condition.operator in ("any", "variable"):
        return True
    (one,) = condition.operands
    if condition.operator == "is-not":
        return not (type(value) is type(one) and value == one)
    if isinstance(value, int) is not isinstance(one, int):
        return False
    below = str(value) < str(one) if isinstance(value, str) else int(value) < int(one)
    return below if condition.operator == "below" else not below


class Translation:
    """The text of an answer set program for one program and the facts of one case."""

    def __init__(self, program: Program, facts: Iterable[Fact]) -> None:
        self.lines: list[str] = []
        self.tests: dict[Condition, int] = {}
        heads = [head for clause in program.clauses for head in clause.heads]
        words = [*facts, *(Fact(head.attribute, head.subject, head.value) for head in heads)]
        named = {value for fact in words for value in (fact.subject, fact.value) if not _is_variable(value)}
        self.values: set[Value] = named | {str(value) for value in named}
        for fact in facts:
            self.lines.append(f"fact({_term(fact.attribute)},{_term(fact.subject)},{_term(fact.value)}).")
        for value in self.values:
            self.lines.append(f"text({_term(value)},{_term(str(value))}).")
        for number, clause in enumerate(program.clauses):
            self.clause(number, clause)
        for condition, number in self.tests.items():
            for value in self.values:
                if passes(condition, value):
                    self.lines.append(f"test({number},{_term(value)}).")

    def test(self, condition: Condition, value: str) -> str:
        operands = () if condition.operator == "variable" else condition.operands
        number = self.tests.setdefault(Condition("", "", condition.operator, operands), len(self.tests))
        return f"test({number},{value})"

    def clause(self, number: int, clause: Clause) -> None:
        body: list[str] = []
        matched: list[str] = []
        for place, condition in enumerate(clause.positive):
            subject = _term(condition.subject)
            value = _term(condition.operands[0]) if condition.operator == "variable" else f"V{place}"
            body += (f"fact({_term(condition.attribute)},{subject},{value})", self.test(condition, value))
            matched += (subject, value)
        for place, condition in enumerate(clause.negative):
            subject = _term(condition.subject)
            value = _term(condition.operands[0]) if condition.operator == "variable" else "V"
            arguments = f"{number},{place},{subject}" + ("" if value == "V" else f",{value}")
            some = f"fact({_term(condition.attribute)},{subject},{value}), {self.test(condition, value)}"
            self.lines.append(f"met({arguments}) :- {some}.")
            body.append(f"not met({arguments})")
        premises = f"premises({','.join(matched)})" if matched else "premises"
        self.lines.append(_rule(f"fired({number},{premises})", body))
        for head in clause.heads:
            fact = f"fact({_term(head.attribute)},Subject,{_term(head.value)})"
            self.lines.append(_rule(fact, [*body, f"text({_term(head.subject)},Subject)"]))


def _rule(head: str, body: list[str]) -> str:
    return f"{head} :- {', '.join(body)}." if body else f"{head}."


def _is_variable(value: Value) -> bool:
    return str(value).startswith("$")


def _term(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    if _is_variable(value):
        return f"Var_{value[1:]}"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def solve(program: Program, facts: Iterable[Fact]) -> tuple[set[Fact], set[Fired]]:
    """The facts of the one stable model, and which clause fired on which facts."""
    control = clingo.Control(["--models=0", "--warn=none"])
    control.add("base", [], "\n".join(Translation(program, facts).lines))
    control.ground([("base", [])])
    models: list[tuple[set[Fact], set[Fired]]] = []
    with control.solve(yield_=True) as found:
        for model in found:
            models.append(_read(program, model.symbols(atoms=True)))
    assert len(models) == 1
    return models[0]


def _read(program: Program, atoms: Iterable[clingo.Symbol]) -> tuple[set[Fact], set[Fired]]:
    facts: set[Fact] = set()
    fired: set[Fired] = set()
    for atom in atoms:
        if atom.name == "fact":
            attribute, subject, value = (_value(symbol) for symbol in atom.arguments)
            facts.add(Fact(str(attribute), str(subject), value))
        elif atom.name == "fired":
            number = atom.arguments[0].number
            found = [_value(symbol) for symbol in atom.arguments[1].arguments]
            conditions = program.clauses[number].positive
            premises = (
                Fact(condition.attribute, str(subject), value)
                for condition, subject, value in zip(conditions, found[::2], found[1::2], strict=True)
            )
            fired.add((number, tuple(premises)))
    return facts, fired


def _value(symbol: clingo.Symbol) -> Value:
    return symbol.number if symbol.type is clingo.SymbolType.Number else symbol.string


def drawn(inference: Inference) -> tuple[set[Fact], set[Fired]]:
    """What an engine concluded, in the form of `solve`."""
    return {*inference.given, *inference.derived}, set(_ways(inference))


def _ways(inference: Inference) -> Iterator[Fired]:
    for ways in inference.derived.values():
        for way in ways:
            yield way.clause, way.premises


@examples(200)
@given(rule_bases(), cases())
def test_generated(text: str, facts: tuple[Fact, ...]) -> None:
    program = program_of(text)
    assert solve(program, facts) == drawn(ReferenceEngine(program).infer(facts))


def test_the_translation_sees_what_is_there() -> None:
    """The comparison itself can fail: what the solver finds is written down here by hand."""
    text = text_of(
        [
            rule_text("free", [{"item.is[$x]": "$y"}, {"not": {"item.taken[$x]": "any"}}], [{"item.free[$y]": "$x"}]),
            rule_text("staff", [{"shop.staff": {"at-least": 10}}], [{"obligation": "shop.duty"}]),
        ]
    )
    facts = (
        *both("item.is", "a", 7),
        *both("item.is", "b", UNKNOWN),
        *both("item.is", 'q"\\', "y"),
        Fact("item.taken?", "a", "maybe"),
        *both("item.taken", 'q"\\', UNKNOWN),
        *both("shop.staff", SHOP, 10),
    )
    found, fired = solve(program_of(text), facts)
    assert found - set(facts) == {
        Fact("item.free?", "7", "a"),
        *both("item.free", "y", 'q"\\'),
        *both("obligation", SHOP, "shop.duty"),
    }
    assert len(fired) == 5

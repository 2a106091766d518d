"""Puts into words why an obligation does not apply: the nearest rules, what holds, what is missing, what would do."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from advisor.engine.program import CERTAIN, POSSIBLE
from advisor.explaining.becoming import becomes
from advisor.explaining.how import Graph
from advisor.explaining.kinds import LISTS
from advisor.explaining.meeting import Check
from advisor.explaining.origins import KNOWN_OF_COUNTRIES, KNOWN_OF_PURPOSES
from advisor.explaining.why_not import Nearest, WhyNot
from advisor.explaining.words import Words
from advisor.model import OBLIGATION, SHOP, UNKNOWN, Answer, Fact
from advisor.render.tree import Branch, leaf
from advisor.situation import Key


def why_not_branch(words: Words, found: WhyNot) -> Branch:
    """Why an obligation does not apply, or not for certain."""
    parts: list[Branch] = []
    if found.hangs_on:
        questions = tuple(leaf(words.open(name, subject)) for name, subject in found.hangs_on)
        parts.append(Branch(text=words.say("hangs"), parts=questions))
    parts.extend(_nearest(words, item, found) for item in found.nearest)
    for rule in found.out_of_force:
        text = words.say("why-not.out-of-force", text=words.because(rule.id, {}), date=words.date(rule.id))
        parts.append(leaf(text))
    if not parts:
        parts.append(leaf(words.say("why-not.never")))
    title = words.titled(found.obligation, found.subject)
    return Branch(text=words.say("why-not.may" if found.hangs_on else "why-not.title", title=title), parts=tuple(parts))


def _nearest(words: Words, item: Nearest, found: WhyNot) -> Branch:
    text = words.say("why-not.rule", text=words.because(item.rule, item.bound), sources=words.sources(item.rule))
    parts = [branch for check in item.checks for branch in _check(words, check)]
    examples = set(_examples(item.checks))
    wanted = tuple(leaf(would_be(words, answer, examples)) for answer in item.answers)
    about = "" if found.subject or item.subject == SHOP else words.name(item.subject)
    phrase = "why-not.with-one" if len(wanted) == 1 else "why-not.with-several"
    heading = words.say(f"{phrase}.for", who=about) if about else words.say(phrase)
    return Branch(text=text, parts=(*parts, Branch(text=heading, parts=wanted)))


def would_be(words: Words, answer: Answer, examples: Container[Key] = ()) -> str:
    """An answer that would be given instead; `examples` are those of which others would do as well."""
    question = words.consultation.questions.get(answer.ask)
    key = (question.attribute if question is not None else answer.ask, answer.of or SHOP)
    return becomes(words, words.case.answers.get(answer.key), answer, key in examples)


def _examples(checks: Iterable[Check]) -> Iterator[Key]:
    """The answers for which a rule asks no particular value."""
    for check in checks:
        if check.wanted is not None and check.condition.operator not in ("is", "in"):
            yield check.condition.attribute, check.condition.subject
        yield from _examples(check.checks)


def _check(words: Words, check: Check) -> Iterator[Branch]:
    if check.negated:
        yield from _negated(words, check)
    elif check.status == "holds":
        yield leaf(words.say("holds", text=_held(words, check)))
    elif check.rule:
        inner = tuple(branch for item in check.checks for branch in _check(words, item))
        yield Branch(text=words.say("missing", text=words.because(check.rule, check.bound)), parts=inner)
    else:
        yield leaf(_missing(words, check))


def _held(words: Words, check: Check) -> str:
    """What meets a condition now."""
    fact = check.fact
    assert fact is not None
    if fact.attribute in KNOWN_OF_COUNTRIES:
        return words.country(fact, check.condition)
    if fact.attribute in KNOWN_OF_PURPOSES:
        return words.purpose(fact, check.condition)
    if words.origins.question(fact.attribute) is not None:
        return words.given(fact)
    return _concluded(words, fact, CERTAIN)


def _concluded(words: Words, fact: Fact, mark: str) -> str:
    """The sentence of the first rule that concludes a fact."""
    graph = Graph(words.base, words.case, words.consultation.conclusions(words.case))
    node = graph.holding(fact._replace(attribute=fact.attribute + mark))
    if node is not None and node.parts:
        return words.because(node.parts[0].rule, node.parts[0].bound)
    return words.title(str(fact.value)) if fact.attribute == OBLIGATION else str(fact)


def _missing(words: Words, check: Check) -> str:
    """What a condition asks of an answer, and what the answer is."""
    condition = check.condition
    name, subject = condition.attribute, condition.subject
    if name in LISTS:
        return words.say(f"missing.{LISTS[name]}")
    question, needed = words.question(name, subject), words.needed(condition)
    if words.is_item(name):
        return _missing_item(words, check, question)
    if condition.operator == "variable" and check.wanted is not None:
        needed = words.say("needed.example", value=words.value(name, check.wanted))
    if subject not in words.origins.subjects(name) or words.origins.is_open(name, subject):
        unknown = (name, subject) in words.origins.situation.unknown
        phrase = "open" if not unknown else "unknown" if _said(words, name, subject) else "unknown.assumed"
        return words.say(f"missing.{phrase}", needed=needed, question=question)
    values = words.origins.values(name, subject)
    if not words.origins.arises(name, subject):
        return words.say("missing.moot", needed=needed, question=question)
    value = words.value(name, values if len(values) != 1 else values[0])
    phrase = "missing.answered" if _said(words, name, subject) else "missing.assumed"
    return words.say(phrase, needed=needed, question=question, value=value)


def _said(words: Words, name: str, subject: str) -> bool:
    """Whether the person said it, and not only the catalogue or what is usual."""
    return words.origins.kind(name, subject) == "answer"


def _missing_item(words: Words, check: Check, item: str) -> str:
    """The same for one item of a checklist, which is chosen or not."""
    key = (check.condition.attribute, check.condition.subject)
    if key in words.origins.situation.unknown:
        return words.say("missing.item.unknown", item=item)
    if words.origins.is_open(*key):
        return words.say("missing.item.open", item=item)
    return words.say("missing.item" if check.wanted == "yes" else "missing.item.chosen", item=item)


def _negated(words: Words, check: Check) -> Iterator[Branch]:
    """What must not be the case: only told where it is, or may be."""
    fact = check.fact
    if check.status == "holds" or fact is None:
        return
    if words.origins.question(fact.attribute) is None:
        marked = fact._replace(attribute=fact.attribute + CERTAIN)
        certain = words.consultation.conclusions(words.case).inference.holds(marked)
        text = _concluded(words, fact, CERTAIN if certain else POSSIBLE)
        yield leaf(words.say("against" if certain else "against.may", text=text))
    elif words.origins.is_open(fact.attribute, fact.subject):
        answered = (fact.attribute, fact.subject) in words.origins.situation.unknown
        text = words.question(fact.attribute, fact.subject)
        yield leaf(words.say("against.unknown" if answered else "against.open", question=text))
    elif fact.value != UNKNOWN:
        yield leaf(words.say("against", text=words.given(fact)))

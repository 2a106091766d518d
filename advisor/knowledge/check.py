"""Whether the parts of a knowledge base fit together. Every mistake with file, line and the nearest right spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from advisor import vocabulary
from advisor.engine import language
from advisor.errors import Problem, did_you_mean
from advisor.knowledge import templates
from advisor.model import (
    ASK_EXPERT,
    OBLIGATION,
    SHOP,
    Action,
    Condition,
    KnowledgeBase,
    Place,
    Question,
    Rule,
)
from advisor.vocabulary import Attribute
from advisor.wording import fold

_READINGS = re.compile(r"S\d\d")
_SOURCE = re.compile(r"(?P<id>[A-Za-z0-9._-]+)(:(?P<article>.+))?\Z")
_ABOUT = "words.about."
SCORED_BANDS = ("P1", "P2", "P3")


def cross_check(base: KnowledgeBase) -> Iterator[Problem]:
    """Every problem between the parts."""
    given = vocabulary.attributes(base)
    derived = _derived(base.rules)
    for rule in base.rules:
        yield from _rule(rule, base, given, derived)
    yield from _derived_subjects(base.rules, given)
    yield from _actions(base)
    yield from _questions(base, given)
    yield from _joint_questions(base, given)
    yield from _providers(base, given)
    yield from _roles(base, given)
    yield from _changeable(base, given)
    yield from _contradictions(base, given)
    yield from _functions(base, given)
    yield from _countries(base)
    yield from _confidence(base)
    yield from templates.check(base)
    for place, what, conditions in templates.conditions(base):
        for condition in conditions:
            yield from _condition(condition, place, what, base, given, derived)
    for adjustment in base.priority.adjustments:
        for condition in adjustment.when:
            yield from _condition(condition, Place("priority", 0), f"adjustment {adjustment.id}", base, given, derived)
    for watch in base.watch:
        for obligation in watch.affects:
            if obligation not in base.actions:
                yield Problem(
                    file="watch",
                    what=f"{watch.id} affects {obligation!r}, which has no action",
                    hint=did_you_mean(obligation, base.actions),
                )
    for statement in base.statements:
        for obligation in statement.obligations:
            if obligation not in base.actions:
                hint = did_you_mean(obligation, base.actions)
                yield Problem(
                    file="article", what=f"{statement.id} names {obligation!r}, which has no action", hint=hint
                )
    for name, text in base.phrases.items():
        about = name.removeprefix(_ABOUT)
        if about != name and about not in base.actions:
            yield Problem(
                file="phrases",
                what=f"{name!r} names {about!r}, which has no action",
                hint=did_you_mean(about, base.actions),
            )
        if set(re.findall(r"\{\w+\}", text.en)) != set(re.findall(r"\{\w+\}", text.lv)):
            yield Problem(file="phrases", what=f"the phrase {name!r} has different placeholders in English and Latvian")


def _derived(rules: Iterable[Rule]) -> Mapping[str, set[object]]:
    """Derived attributes with the values that rules conclude; a variable means any value."""
    found: dict[str, set[object]] = {}
    for rule in rules:
        for head in rule.then:
            found.setdefault(head.attribute, set()).add(head.value)
    return found


def _rule(
    rule: Rule, base: KnowledgeBase, given: Mapping[str, Attribute], derived: Mapping[str, set[object]]
) -> Iterator[Problem]:
    what = f"rule {rule.id}"
    conditions = {condition: None for body in rule.bodies for condition in (*body.positive, *body.negative)}
    for condition in conditions:
        yield from _condition(condition, rule.place, what, base, given, derived)
    for head in rule.then:
        if head.attribute in (OBLIGATION, ASK_EXPERT):
            if head.value not in base.actions:
                yield _at(
                    rule.place,
                    f"{what} concludes {head.value!r}, which has no action",
                    did_you_mean(str(head.value), base.actions),
                )
        elif head.attribute in given:
            yield _at(
                rule.place,
                f"{what} concludes {head.attribute}, which only an answer may set",
                "derive an attribute of another name",
            )
    for reference in rule.source:
        yield from _source(reference, rule.place, what, base)
    concluded = {head.attribute for head in rule.then}
    if rule.confidence == "?" and OBLIGATION in concluded and ASK_EXPERT not in concluded:
        yield _at(rule.place, f"{what} is marked unsure but asks no expert", "add ask-expert to its conclusions")


def _condition(
    condition: Condition,
    place: Place,
    what: str,
    base: KnowledgeBase,
    given: Mapping[str, Attribute],
    derived: Mapping[str, set[object]],
) -> Iterator[Problem]:
    name = condition.attribute
    if name in (OBLIGATION, ASK_EXPERT):
        if condition.operands[0] not in base.actions:
            yield _at(
                place,
                f"{what} names {condition.operands[0]!r}, which has no action",
                did_you_mean(str(condition.operands[0]), base.actions),
            )
        return
    if name in given:
        attribute = given[name]
        if bool(attribute.of) != (condition.subject != SHOP):
            yield _at(place, f"{what}: {name} {'needs' if attribute.of else 'takes no'} [subject]")
        if condition.operator in ("at-least", "below") and attribute.domain != "number":
            yield _at(place, f"{what}: {name} is not a number")
        for value in condition.operands if condition.operator in ("is", "in", "is-not") else ():
            if not attribute.admits(value, base.countries):
                known = [str(v) for v in attribute.values] or list(base.countries)
                near = did_you_mean(str(value), known)
                yield _at(
                    place,
                    f"{what}: {name} is never {value!r}",
                    near or (f"one of {', '.join(known[:12])}" if attribute.values else "an ISO code"),
                )
    elif name in derived:
        values = derived[name]
        if any(isinstance(value, str) and value.startswith("$") for value in values):
            return
        for value in condition.operands if condition.operator in ("is", "in", "is-not") else ():
            if value not in values:
                yield _at(
                    place, f"{what}: no rule concludes {name}: {value}", did_you_mean(str(value), map(str, values))
                )
    else:
        yield _at(place, f"{what}: there is no attribute {name!r}", did_you_mean(name, [*given, *derived]))


def _derived_subjects(rules: Iterable[Rule], given: Mapping[str, Attribute]) -> Iterator[Problem]:
    """A derived attribute is always about the shop or never."""
    first: dict[str, tuple[bool, Rule]] = {}
    for rule in rules:
        used = [(head.attribute, head.subject) for head in rule.then]
        used += [(c.attribute, c.subject) for body in rule.bodies for c in (*body.positive, *body.negative)]
        for name, subject in used:
            if name in given or name in (OBLIGATION, ASK_EXPERT):
                continue
            about_shop = subject == SHOP
            known, where = first.setdefault(name, (about_shop, rule))
            if known != about_shop:
                yield _at(
                    rule.place,
                    f"rule {rule.id} uses {name} {'without' if about_shop else 'with'} [subject], "
                    f"rule {where.id} the other way round",
                )


def _source(reference: str, place: Place, what: str, base: KnowledgeBase) -> Iterator[Problem]:
    match = _SOURCE.match(reference)
    if match is None or match["id"] not in base.sources:
        name = match["id"] if match else reference
        yield _at(place, f"{what}: there is no source {name!r}", did_you_mean(name, base.sources))


def _actions(base: KnowledgeBase) -> Iterator[Problem]:
    concluded = {head.value for rule in base.rules for head in rule.then if head.attribute == OBLIGATION}
    packages = {package.id for package in base.packages}
    for action in base.actions.values():
        what = f"action {action.id}"
        if action.id not in concluded:
            yield _at(action.place, f"{what}: no rule concludes this obligation")
        if action.package not in packages:
            yield _at(
                action.place, f"{what}: there is no package {action.package!r}", did_you_mean(action.package, packages)
            )
        for need in action.needs:
            if need not in base.actions:
                yield _at(action.place, f"{what} needs {need!r}, which has no action", did_you_mean(need, base.actions))
        for reference in action.sources:
            yield from _source(reference, action.place, what, base)
        expected = _band(action, base)
        if expected is not None and action.band != expected:
            yield _at(action.place, f"{what} is declared {action.band}, its rates give {expected}")
    yield from _need_circles(base)


def _band(action: Action, base: KnowledgeBase) -> str | None:
    if action.gate:
        return "P0"
    if action.band == "INFO":
        return None
    weights, rate = base.priority, action.rate
    score = (
        weights.severity * rate.severity
        + weights.likelihood * rate.likelihood
        + weights.deadline * rate.deadline
        - weights.effort * (rate.effort - 1)
    )
    return "P1" if score >= weights.p1_from else "P2" if score >= weights.p2_from else "P3"


def _need_circles(base: KnowledgeBase) -> Iterator[Problem]:
    done: set[str] = set()
    for start in base.actions:
        path: list[str] = []
        stack = [(start, 0)]
        while stack:
            name, depth = stack.pop()
            del path[depth:]
            if name in path:
                yield _at(base.actions[start].place, f"action {start}: a circle of needs: {' -> '.join([*path, name])}")
                return
            if name in done or name not in base.actions:
                continue
            path.append(name)
            stack.extend((need, depth + 1) for need in base.actions[name].needs)
        done.add(start)


def _questions(base: KnowledgeBase, given: Mapping[str, Attribute]) -> Iterator[Problem]:
    owners: dict[str, Question] = {}
    for question in base.questions:
        what = f"question {question.id}"
        for name in question.attributes():
            if (other := owners.setdefault(name, question)) is not question:
                yield _at(question.place, f"{what} sets {name}, which question {other.id} sets already")
        for condition in dict.fromkeys(condition for group in question.when for condition in group):
            attribute = given.get(condition.attribute)
            if attribute is None:
                yield _at(
                    question.place,
                    f"{what}: 'when' names {condition.attribute!r}, which is no answer",
                    did_you_mean(condition.attribute, given),
                )
            else:
                yield from _condition(condition, question.place, what, base, given, {})
                if attribute.question is not None and base.questions.index(attribute.question) >= base.questions.index(
                    question
                ):
                    yield _at(question.place, f"{what}: 'when' names {condition.attribute}, which is asked later")
        derived = {head.attribute for rule in base.rules for head in rule.then}
        for condition in dict.fromkeys(condition for group in question.surely for condition in group):
            if condition.attribute not in derived and condition.attribute not in given:
                yield _at(
                    question.place,
                    f"{what}: 'surely' names {condition.attribute!r}, which is no answer and follows from no rule",
                    did_you_mean(condition.attribute, [*given, *derived]),
                )
        if question.among and question.among not in derived:
            yield _at(
                question.place,
                f"{what}: 'among' names {question.among!r}, which follows from no rule",
                did_you_mean(question.among, derived),
            )
        yield from _aliases(question)
        if question.besides and not any(
            other.id == question.besides and other.kind == "country" and other.of == question.of
            for other in base.questions
        ):
            yield _at(
                question.place, f"{what}: 'besides' names {question.besides!r}, which is no country of the same subject"
            )
        if question.same and not any(
            other.id == question.same and (other.kind, other.of) == (question.kind, question.of)
            for other in base.questions[: base.questions.index(question)]
        ):
            yield _at(
                question.place, f"{what}: 'same' names {question.same!r}, which is no earlier question of its kind"
            )
    if (purposes := given.get("data.purposes")) is not None:
        for missing in sorted(set(map(str, purposes.values)) ^ set(base.purposes)):
            yield Problem(
                file="knowledge",
                what=f"the purpose {missing!r} stands either only in the table of purposes or "
                "only in the question data.purposes",
            )


def _joint_questions(base: KnowledgeBase, given: Mapping[str, Attribute]) -> Iterator[Problem]:
    """What a joint question settles are questions about the same kind of subject, with values that they can have."""
    questions = {question.id: question for question in base.questions}
    for joint in base.joint:
        what, kind = f"joint question {joint.id}", joint.across or joint.of
        for name in joint.settles:
            settled = questions.get(name)
            if settled is None or settled.of != kind or (joint.across and settled.kind != "yes-no"):
                wanted = "yes-no question" if joint.across else "question"
                near = did_you_mean(name, [other.id for other in base.questions if other.of == kind])
                yield _at(joint.place, f"{what} settles {name!r}, which is no {wanted} about a {kind or 'shop'}", near)
                continue
            for value in joint.yes.get(name, ()):
                earlier = questions.get(str(value))
                if earlier is not None:
                    if earlier.of != kind or base.questions.index(earlier) >= base.questions.index(settled):
                        yield _at(joint.place, f"{what}: {value} is not asked before {name} about the same subject")
                elif name in given and not given[name].admits(value, base.countries):
                    yield _at(joint.place, f"{what}: {name} is never {value!r}")


def _aliases(question: Question) -> Iterator[Problem]:
    """The same words must not mean two answers."""
    seen: dict[str, str] = {}
    options = (*question.options, question.none) if question.none else question.options
    for option in options:
        for said in {fold(said) for said in (option.label.en, option.label.lv, *option.alias)}:
            if seen.setdefault(said, option.value) != option.value:
                yield _at(
                    question.place, f"question {question.id}: {said!r} means both {seen[said]} and {option.value}"
                )


def _providers(base: KnowledgeBase, given: Mapping[str, Attribute]) -> Iterator[Problem]:
    functions = given["vendor.function"].values if "vendor.function" in given else ()
    seen: dict[str, str] = {}
    for provider in base.providers.values():
        what = f"provider {provider.id}"
        if provider.function not in functions:
            yield Problem(
                file="providers",
                what=f"{what}: there is no function {provider.function!r}",
                hint=did_you_mean(provider.function, map(str, functions)),
            )
        for purpose in provider.serves or ():
            if purpose not in base.purposes:
                hint = did_you_mean(purpose, base.purposes)
                yield Problem(file="providers", what=f"{what}: there is no purpose {purpose!r}", hint=hint)
        for name, values in provider.assume.items():
            attribute = given.get(f"vendor.{name}")
            if attribute is None:
                yield Problem(file="providers", what=f"{what} assumes {name!r}, which is no answer about vendors")
                continue
            for value in values if isinstance(values, tuple) else (values,):
                if not attribute.admits(value, base.countries):
                    yield Problem(file="providers", what=f"{what}: {name} is never {value!r}")
        for said in {fold(said) for said in (provider.name.en, provider.name.lv, *provider.alias)}:
            if seen.setdefault(said, provider.id) != provider.id:
                yield Problem(file="providers", what=f"{said!r} means both {seen[said]} and {provider.id}")


def _roles(base: KnowledgeBase, given: Mapping[str, Attribute]) -> Iterator[Problem]:
    for role in base.roles.values():
        for name, value in (("vendor.function", role.function), ("vendor.role", role.role)):
            if name in given and value not in given[name].values:
                yield Problem(
                    file="roles",
                    what=f"usual role of {role.function}: {name} is never {value!r}",
                    hint=did_you_mean(value, map(str, given[name].values)),
                )


def _functions(base: KnowledgeBase, given: Mapping[str, Attribute]) -> Iterator[Problem]:
    known = given["vendor.function"].values if "vendor.function" in given else ()
    for function in base.functions.values():
        if function.id not in known:
            yield _at(
                function.place, f"there is no function {function.id!r}", did_you_mean(function.id, map(str, known))
            )
        known_uses = {**base.purposes, **base.uses}  # what only follows from answers is served as well
        for purpose in function.serves:
            if purpose not in known_uses:
                yield _at(
                    function.place,
                    f"function {function.id}: there is no purpose {purpose!r}",
                    did_you_mean(purpose, known_uses),
                )


def _changeable(base: KnowledgeBase, given: Mapping[str, Attribute]) -> Iterator[Problem]:
    """What a founder can decide otherwise is an answer, and becomes another answer that exists."""
    seen: set[str] = set()
    for item in base.changeable:
        what = f"changeable {item.id}"
        if item.id in seen:
            yield _at(item.place, f"{what} stands twice")
        seen.add(item.id)
        main = given.get(item.attribute)
        if main is None or main.question is None:
            yield _at(item.place, f"{what}: {item.attribute!r} is no answer", did_you_mean(item.attribute, given))
            continue
        if item.without and not main.many:
            yield _at(item.place, f"{what}: {item.attribute} has one value, nothing can be left out of it")
        values: dict[str, tuple[object, ...]] = {item.attribute: (*item.to, *item.without, *item.keep)}
        values |= {name: value if isinstance(value, tuple) else (value,) for name, value in item.also.items()}
        for name, wanted in values.items():
            attribute = given.get(name)
            if attribute is None or attribute.question is None or attribute.of != main.of:
                yield _at(item.place, f"{what}: {name!r} is no answer about the same", did_you_mean(name, given))
                continue
            for value in wanted:
                if value != "any" and not (isinstance(value, str | int) and attribute.admits(value, base.countries)):
                    near = did_you_mean(str(value), map(str, attribute.values))
                    yield _at(item.place, f"{what}: {name} is never {value!r}", near)
        for condition in item.when:
            yield from _condition(condition, item.place, what, base, given, {})


def _contradictions(base: KnowledgeBase, given: Mapping[str, Attribute]) -> Iterator[Problem]:
    """A contradiction is one of answers: at least two, and nothing that a rule would have to conclude first."""
    seen: set[str] = set()
    for item in base.contradictions:
        what = f"contradiction {item.id}"
        if item.id in seen:
            yield _at(item.place, f"{what} stands twice")
        seen.add(item.id)
        for body in item.bodies:
            asked: set[tuple[str, str]] = set()
            for condition in (*body.positive, *body.negative):
                attribute = given.get(condition.attribute)
                if attribute is None:
                    near = did_you_mean(condition.attribute, given)
                    yield _at(item.place, f"{what}: {condition.attribute!r} is no answer", near)
                    continue
                yield from _condition(condition, item.place, what, base, given, {})
                if attribute.question is not None:
                    asked.add((condition.attribute, condition.subject))
                named = attribute.of == "vendor" and not condition.subject.startswith("$")
                if named and condition.subject not in base.providers:
                    near = did_you_mean(condition.subject, base.providers)
                    yield _at(item.place, f"{what}: there is no provider {condition.subject!r}", near)
            if len(asked) < 2:
                yield _at(item.place, f"{what}: names fewer than two answers", "one answer contradicts nothing")
            bound = {variable for condition in body.positive for variable in condition.variables()}
            for condition in body.negative:
                for variable in sorted(set(condition.variables()) - bound):
                    yield _at(
                        item.place, f"{what}: 'not {condition}' uses {variable}, which no positive condition binds"
                    )
            for name in sorted(language.placeholders(item.text) - {variable[1:] for variable in bound}):
                yield _at(item.place, f"{what}: the text names {{{name}}}, which is no variable of it")


def _countries(base: KnowledgeBase) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for country in base.countries.values():
        if country.like and (country.like not in base.countries or base.countries[country.like].like != country.like):
            yield Problem(
                file="countries",
                what=f"country {country.iso}: 'as' names {country.like!r}, which is no country that names itself",
            )
        for said in {fold(said) for said in (country.en, country.lv, country.ru, *country.alias)}:
            if seen.setdefault(said, country.iso) != country.iso:
                yield Problem(file="countries", what=f"{said!r} means both {seen[said]} and {country.iso}")


def _confidence(base: KnowledgeBase) -> Iterator[Problem]:
    marked: list[tuple[Place, str, str]] = [(rule.place, f"rule {rule.id}", rule.confidence) for rule in base.rules]
    marked += [(action.place, f"action {action.id}", action.confidence) for action in base.actions.values()]
    marked += [(source.place, f"source {source.id}", source.confidence) for source in base.sources.values()]
    for place, what, mark in marked:
        for reading in _READINGS.findall(mark):
            if reading not in base.readings:
                yield _at(place, f"{what}: there is no reading {reading}")


def _at(place: Place, what: str, hint: str = "") -> Problem:
    return Problem(file=place.file, line=place.line, what=what, hint=hint)

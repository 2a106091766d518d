"""What a variable of a rule stands for: a vendor, a person, a country, a purpose, or some other thing."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.explaining.origins import Origins
from advisor.model import Condition, Rule
from advisor.vocabulary import SUBJECT_LISTS

LISTS = {attribute: kind for kind, attribute in SUBJECT_LISTS.items()}
"""The kind of subjects that each list names."""

_KINDS = ("vendor", "person", "country", "purpose")


def kind_of(variable: str, rule: Rule, rules: Mapping[str, Rule], origins: Origins) -> str:
    """The kind of a variable, told by the conditions it stands in; `thing` if they do not tell."""
    return _kind(variable, rule, rules, origins, frozenset()) or "thing"


def _kind(variable: str, rule: Rule, rules: Mapping[str, Rule], origins: Origins, seen: frozenset[str]) -> str:
    conditions = [item for body in rule.bodies for item in (*body.positive, *body.negative)]
    about = [item.attribute.split(".", 1)[0] for item in conditions if item.subject == variable]
    values = [item.attribute for item in conditions if _is_value(item, variable)]
    for kind in (*about, *(LISTS[name] for name in values if name in LISTS)):
        if kind in _KINDS:
            return kind
    for name in values:
        question = origins.question(name)
        if question is not None:
            return "country" if question.kind in ("country", "countries") else "thing"
    # What stands in a derived fact is what the rules that conclude it put there.
    for item in conditions:
        inside = _is_value(item, variable)
        if item.subject != variable and not inside:
            continue
        for other in rules.values():
            for head in other.then:
                inner = str(head.value) if inside else head.subject
                if head.attribute == item.attribute and inner.startswith("$") and other.id not in seen:
                    return _kind(inner, other, rules, origins, seen | {rule.id, other.id})
    return ""


def _is_value(condition: Condition, variable: str) -> bool:
    return condition.operator == "variable" and condition.operands[0] == variable

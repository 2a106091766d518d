"""From the bytes of the files to a checked KnowledgeBase, or to every problem of every file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from advisor import __version__, yamlio
from advisor.engine import language
from advisor.engine.program import Program, compile_rules
from advisor.errors import BrokenFile, Problem, did_you_mean
from advisor.fields import Report
from advisor.knowledge import check, sections, templates
from advisor.knowledge.files import KnowledgeFile, digest
from advisor.model import Action, KnowledgeBase, Priority, Question, Rule, Text
from advisor.yamlio import Node

T = TypeVar("T")

_LISTS = (
    "rules",
    "questions",
    "joint",
    "actions",
    "sources",
    "readings",
    "countries",
    "providers",
    "purposes",
    "watch",
    "clauses",
    "packages",
    "roles",
    "changeable",
    "contradictions",
    "functions",
    "statements",
    "documents",
    "elements",
    "uses",
)
_KEYS = (*_LISTS, "topic", "phrases", "priority", "knowledge")


class _Collected:
    """What the files hold, before anything is compared with anything."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.entries: dict[str, list[Any]] = {key: [] for key in _LISTS}
        self.topics: list[Any] = []
        self.phrases: dict[str, Text] = {}
        self.priority: Priority | None = None
        self.as_of = ""
        self.is_readable = True


def load(found: tuple[KnowledgeFile, ...]) -> tuple[KnowledgeBase, Program]:
    """The knowledge base and its compiled program. Raises BrokenFile with all problems."""
    collected = _Collected()
    for file in found:
        _read_file(file, collected)
    if not collected.is_readable:  # what a lost file defines would be missing everywhere else
        raise _broken(collected.problems)
    base = _assemble(collected, digest(found))
    rules = [rule for rule in base.rules if rule.bodies and rule.then]
    program, circles = compile_rules(rules)
    problems = [*collected.problems, *circles, *check.cross_check(base)]
    if problems:
        raise _broken(problems)
    return base, program


def _broken(problems: Iterable[Problem]) -> BrokenFile:
    return BrokenFile(sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line)))


def _read_file(file: KnowledgeFile, collected: _Collected) -> None:
    try:
        text = yamlio.decode(file.data, file.name)
    except BrokenFile as error:
        collected.problems.extend(error.problems)
        collected.is_readable = False
        return
    root, problems = yamlio.parse(text, file.name)
    collected.problems.extend(problems)
    if root is None:
        collected.is_readable = False
        return
    report = Report(file.name)
    if not isinstance(root.value, dict):
        report.add(root.line, "the file must be a mapping with keys such as rules, questions, actions")
    else:
        _read_sections(root.value, report, collected)
    collected.problems.extend(report.problems)


def _read_sections(root: Mapping[str, Node], report: Report, collected: _Collected) -> None:
    topic_id = ""
    if "topic" in root:
        topic = sections.topic(root["topic"], report)
        topic_id = topic.id
        collected.topics.append(topic)
    readers: dict[str, Callable[[Node, Report], Any]] = {
        "rules": language.rule,
        "questions": lambda node, report: sections.question(node, report, topic_id),
        "joint": lambda node, report: sections.joint_question(node, report, topic_id),
        "actions": sections.action,
        "sources": sections.source,
        "readings": sections.reading,
        "countries": sections.country,
        "providers": sections.provider,
        "purposes": sections.purpose,
        "watch": sections.watch,
        "clauses": sections.clause,
        "packages": sections.package,
        "roles": sections.usual_role,
        "changeable": sections.changeable,
        "contradictions": sections.contradiction,
        "functions": sections.function,
        "statements": sections.statement,
        "documents": templates.document,
        "elements": templates.element,
        "uses": templates.use,
    }
    for key, node in root.items():
        if key in readers:
            if not isinstance(node.value, list):
                report.add(node.line, f"{key!r} must be a list")
                continue
            entries = (readers[key](item, report) for item in node.value)
            collected.entries[key].extend(entry for entry in entries if entry is not None)
            if key in ("questions", "joint") and not topic_id:
                report.add(node.line, "questions need a topic in the same file")
        elif key == "phrases":
            for name, text in sections.phrases(node, report).items():
                if name in collected.phrases:
                    report.add(node.line, f"the phrase {name!r} stands twice")
                collected.phrases[name] = text
        elif key == "priority":
            if collected.priority is not None:
                report.add(node.line, "'priority' stands in two files")
            collected.priority = sections.priority(node, report)
        elif key == "knowledge":
            collected.as_of = str(node.plain().get("as_of", "")) if isinstance(node.value, dict) else ""
        elif key != "topic":
            report.add(node.key_line or node.line, f"there is no section {key!r}", did_you_mean(key, _KEYS))


def _assemble(collected: _Collected, content: str) -> KnowledgeBase:
    entries = collected.entries
    priority = collected.priority
    if priority is None:
        collected.problems.append(Problem(file="knowledge", what="no file has a 'priority' section"))
        priority = sections.priority(Node({}, 0), Report("knowledge"))
    if not collected.as_of:
        collected.problems.append(Problem(file="knowledge", what="no file says 'knowledge: {as_of: date}'"))
    topics = sorted(collected.topics, key=lambda topic: topic.order)
    order = {topic.id: number for number, topic in enumerate(topics)}
    questions: list[Question] = sorted(entries["questions"], key=lambda question: order.get(question.topic, 0))
    rules: list[Rule] = entries["rules"]
    _unique(rules, collected.problems, "rule")
    joint: list[Question] = entries["joint"]
    _unique([*questions, *joint], collected.problems, "question")
    actions: list[Action] = entries["actions"]
    _unique(actions, collected.problems, "action")
    return KnowledgeBase(
        version=__version__,
        digest=content,
        as_of=collected.as_of,
        topics=tuple(topics),
        questions=tuple(questions),
        joint=tuple(joint),
        rules=tuple(rules),
        actions={action.id: action for action in actions},
        sources=_by_id(entries["sources"], collected.problems, "source"),
        readings=_by_id(entries["readings"], collected.problems, "reading"),
        countries=_by_id(entries["countries"], collected.problems, "country", "iso"),
        providers=_by_id(entries["providers"], collected.problems, "provider"),
        purposes=_by_id(entries["purposes"], collected.problems, "purpose"),
        watch=tuple(entries["watch"]),
        clauses=tuple(entries["clauses"]),
        roles=_by_id(entries["roles"], collected.problems, "usual role", "function"),
        functions=_by_id(entries["functions"], collected.problems, "function"),
        statements=tuple(entries["statements"]),
        priority=priority,
        packages=tuple(entries["packages"]),
        changeable=tuple(entries["changeable"]),
        contradictions=tuple(entries["contradictions"]),
        phrases=collected.phrases,
        documents=_by_id(entries["documents"], collected.problems, "document"),
        elements=tuple(entries["elements"]),
        uses=_by_id(entries["uses"], collected.problems, "use"),
    )


def _unique(entries: Iterable[Rule | Question | Action], problems: list[Problem], what: str) -> None:
    seen: dict[str, Rule | Question | Action] = {}
    for entry in entries:
        if (first := seen.get(entry.id)) is not None:
            problems.append(
                Problem(
                    file=entry.place.file,
                    line=entry.place.line,
                    what=f"{what} {entry.id} stands twice",
                    hint=f"first at {first.place}",
                )
            )
        seen.setdefault(entry.id, entry)


def _by_id(entries: Iterable[T], problems: list[Problem], what: str, key: str = "id") -> dict[str, T]:
    found: dict[str, T] = {}
    for entry in entries:
        name = getattr(entry, key)
        if name in found:
            problems.append(Problem(file="knowledge", what=f"{what} {name} stands twice"))
        found[name] = entry
    return found

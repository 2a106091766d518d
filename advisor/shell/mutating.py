"""`advisor mutate`: changes rules one at a time, and lists the changes that no recorded case notices."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from advisor import answersfile, transcript, yamlio
from advisor.case import Case
from advisor.errors import UsageError, did_you_mean
from advisor.explaining.changes import changed
from advisor.explaining.sides import Consultations, Side
from advisor.model import Fact, KnowledgeBase, Locale
from advisor.mutating.mutants import Mutant, mutants
from advisor.mutating.surviving import Trial
from advisor.mutating.triggers import is_table, triggers
from advisor.mutating.witnesses import Witness
from advisor.shell.common import knowledge, law_day, read_bytes
from advisor.shell.sides import sides_in


def mutate(options: argparse.Namespace) -> int:
    """Prints the mutants that nobody notices, by rule. 1 if there are any."""
    base, program = knowledge(options)
    wanted = tuple(options.rule)
    rules = [rule for rule in base.rules if not wanted or rule.id.startswith(wanted)]
    if not rules:
        known = [rule.id for rule in base.rules]
        raise UsageError(f"there is no rule {wanted[0]!r}", hint=did_you_mean(wanted[0], known))
    day = law_day(options.as_of or base.as_of)
    blank = Side(case=Case(name="", as_of=day, locale=Locale.EN), base=base, program=program, day=day)
    consultations = Consultations()
    witnesses = [found for directory in options.directories for found in _witnesses(directory, blank, consultations)]
    if not witnesses:
        raise UsageError("there are no cases", hint="name directories of transcripts, answers files, trigger tables")
    trial = Trial(program, witnesses)
    outcomes = [(mutant, trial.noticed_by(mutant)) for rule in rules for mutant in mutants(rule)]
    tried = sum(noticed is not None for _, noticed in outcomes)
    survivors = [mutant for mutant, noticed in outcomes if noticed == ""]
    _tell(options, base, tried, survivors)
    return 1 if survivors else 0


def _witnesses(directory: Path, blank: Side, consultations: Consultations) -> Iterator[Witness]:
    """The cases below a directory, and the entries of its tables of triggers."""
    for name, side in sides_in(directory, blank, consultations):
        yield Witness(name=f"{directory}/{name}", day=side.day, facts=_facts(side, consultations))
    for path in sorted(directory.rglob(f"*{transcript.SUFFIX}")):
        data = read_bytes(path)
        if not is_table(yamlio.parse(yamlio.decode(data, str(path)), str(path))[0]):
            continue
        for entry in triggers(data, str(path)):
            side = replace(blank, day=entry.day or blank.day)
            answers = answersfile.read(entry.answers.encode(), f"{path}:{entry.line}", consultations.of(side))
            side = replace(side, case=changed(blank.case, answers))
            facts = _facts(side, consultations)
            where = f"{path}:{entry.line}"
            yield Witness(name=where, day=side.day, facts=facts, rule=entry.rule, speaks=entry.speaks)


def _facts(side: Side, consultations: Consultations) -> tuple[Fact, ...]:
    return consultations.of(side).situations.of(side.case.answers).facts


def _tell(options: argparse.Namespace, base: KnowledgeBase, tried: int, survivors: Sequence[Mutant]) -> None:
    if options.format == "json":
        listed = [{"rule": mutant.id, "mutation": mutant.what} for mutant in survivors]
        print(json.dumps({"mutation": 1, "tried": tried, "unnoticed": listed}, ensure_ascii=False, indent=2))
        return
    places = {rule.id: rule.place for rule in base.rules}
    for name in dict.fromkeys(mutant.id for mutant in survivors):
        print(f"{name} ({places[name]})")
        for mutant in survivors:
            if mutant.id == name:
                print(f"  {mutant.what}")
    print(f"{tried} mutants, {tried - len(survivors)} noticed, {len(survivors)} not")

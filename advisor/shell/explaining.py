"""`advisor explain`, `what-if`, `remove`: explanations of saved cases and answers files."""

from __future__ import annotations

import argparse

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.errors import UsageError
from advisor.explaining.assumptions import assumptions
from advisor.explaining.how import how
from advisor.explaining.lines import how_branches, why_not_branches
from advisor.explaining.refusals import why_not_branch
from advisor.explaining.remove import remove as ways_to_remove
from advisor.explaining.reports import WAYS, assumptions_branch, removal_branch, what_if_branch
from advisor.explaining.sides import Consultations
from advisor.explaining.supposing import answers_supposed
from advisor.explaining.what_if import what_if as difference
from advisor.explaining.which import which
from advisor.explaining.why_not import why_not
from advisor.explaining.words import Words
from advisor.render.explain_json import assumptions_json, how_json, removal_json, what_if_json, why_not_json
from advisor.shell.printing import tell
from advisor.shell.sides import side_of
from advisor.understanding.understand import Understanding


def explain(options: argparse.Namespace) -> int:
    """Why an obligation applies, why it does not, or what the plan rests on."""
    consultation, case = _chosen(options)
    words = Words(consultation, case)
    obligation = " ".join(options.obligation)
    if options.assumptions:
        found = assumptions(consultation, case)
        tell(options, (assumptions_branch(words, found),), lambda: assumptions_json(words, found))
        return 0
    if not obligation:
        raise UsageError(
            "name an obligation: its id, its number in the plan or words of its title",
            hint="advisor plan lists them; --assumptions needs none",
        )
    meant = which(consultation, case, obligation, missing=options.why_not)
    reasons = how(consultation.base, case, consultation.conclusions(case), meant.id, meant.subject)
    if reasons and not options.why_not:
        branches = how_branches(consultation, case, obligation, options.full)
        tell(options, branches, lambda: how_json(words, meant.id, reasons))
        return 0
    refusal = why_not(consultation, case, meant.id, meant.subject)
    branches = (
        why_not_branches(consultation, case, obligation) if refusal.applies else (why_not_branch(words, refusal),)
    )
    tell(options, branches, lambda: why_not_json(words, refusal))
    return 0


def what_if(options: argparse.Namespace) -> int:
    """What other answers would change. The case stays as it is."""
    consultation, case = _chosen(options)
    found = difference(
        consultation,
        case,
        answers_supposed(consultation, case, Understanding(consultation.base), " ".join(options.changes)),
    )
    before, after = Words(consultation, case), Words(consultation, found.after)
    tell(options, (what_if_branch(before, after, found),), lambda: what_if_json(after, found))
    return 0


def remove(options: argparse.Namespace) -> int:
    """What could be decided otherwise so that an obligation goes away. 1 if nothing was found."""
    consultation, case = _chosen(options)
    meant = which(consultation, case, " ".join(options.obligation))
    certain = consultation.conclusions(case).certain
    applies = any(due.id == meant.id and meant.subject in ("", due.subject) for due in certain)
    found = ways_to_remove(consultation, case, meant.id, meant.subject)
    words = Words(consultation, case)
    after = [Words(consultation, way.after) for way in found.ways[:WAYS]]
    tell(options, (removal_branch(words, found, after, applies),), lambda: removal_json(words, found, applies))
    return 0 if found.ways or not applies else 1


def _chosen(options: argparse.Namespace) -> tuple[Consultation, Case]:
    """The case that is meant, and a consultation on the law of its day."""
    consultations = Consultations()
    side = side_of(options, options.case, consultations, options.as_of)
    return consultations.of(side), side.case

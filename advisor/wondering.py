"""Questions that people ask back: how, why not, what if, how to get rid of it, what was assumed.

They change nothing; where it is not clear what is meant, the likely ones are offered by number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from advisor.asking import State
from advisor.case import Case
from advisor.consultation import Key
from advisor.effects import Effect, Explain, Offer, Say
from advisor.errors import UsageError
from advisor.model import Answer
from advisor.recording import Recording
from advisor.render.tree import Branch
from advisor.understanding.understand import Candidate, Command, Reading

if TYPE_CHECKING:
    from advisor.explaining.supposing import Supposition


class Wondering(Recording):
    """What the conversation explains."""

    def _explain(self, state: State, reading: Reading) -> tuple[State, tuple[Effect, ...]]:
        """`how`, `why-not`, `what-if`, `remove` and `assumptions`."""
        # Rarely asked for, and a tenth of the time that the first question takes.
        from advisor.explaining.lines import assumptions_of, how_branches, removal_of, what_if_of, why_not_branches
        from advisor.explaining.supposing import Supposition
        from advisor.explaining.which import Unclear

        case, said = state.case, reading.argument
        branches: tuple[Branch, ...]
        try:
            if reading.command is Command.WHAT_IF:
                found = self._supposed(state, said)
                if isinstance(found, Supposition) and found.meant:
                    commands = tuple(replace(reading, argument=each.changes) for each in found.meant)
                    return self._offer_commands(state, commands, [each.label for each in found.meant])
                if isinstance(found, Supposition):
                    phrase = "what-if.so" if found.so else "what-if.which"
                    return self._again(state, Say(phrase=phrase, words={"answers": "; ".join(found.so)}))
                branches = (what_if_of(self, case, found),)
            elif reading.command is Command.ASSUMPTIONS:
                branches = (assumptions_of(self, case),)
            elif not said:
                return self._again(state, Say(phrase=f"{reading.command}.which"))
            elif reading.command is Command.HOW:
                branches = how_branches(self, case, said)
            elif reading.command is Command.REMOVE:
                branches = (removal_of(self, case, said),)
            else:
                branches = why_not_branches(self, case, said)
        except Unclear as error:
            commands = tuple(replace(reading, argument=str(each)) for each in error.meant)
            titles = [self.base.actions[each.id].title.in_(case.locale) for each in error.meant]
            return self._offer_commands(state, commands, titles)
        except UsageError as error:
            return self._again(state, Say(phrase="explain.refused", words={"what": str(error)}))
        return self._again(state, Explain(branches=branches))

    def _offer_commands(
        self, state: State, commands: tuple[Reading, ...], labels: Iterable[str]
    ) -> tuple[State, tuple[Effect, ...]]:
        """Asks what is to be explained."""
        candidates = tuple(Candidate(value=number, label=label) for number, label in enumerate(labels, start=1))
        return replace(state, candidates=(), meant=commands), (Offer(candidates=candidates),)

    def _supposed(self, state: State, said: str) -> tuple[Answer, ...] | Supposition:
        """The answers that a `what-if` supposes, or what may be meant by it.

        Question=value; with its number, another answer to an earlier question; else what is told of the shop, or
        another answer to the question on the screen. Raises UsageError.
        """
        from advisor.explaining import changes
        from advisor.explaining.supposing import Supposition, supposed

        assert state.pending is not None
        if "=" in said:
            return changes.parse(self, state.case, said)
        number, _, rest = said.partition(" ")
        steps = state.case.reviewable()
        if rest and number.rstrip(".").isdecimal() and 1 <= int(number.rstrip(".")) <= len(steps):
            key = steps[int(number.rstrip(".")) - 1].key
            reading = self._other_answer(state.case, key, rest)
            return self._turns_of(state.case, key, reading, rest) or Supposition()
        reading = self._other_answer(state.case, state.pending, said)
        found = supposed(self, state.case, self.understanding, said)
        named = reading.how in ("number", "label", "code") or not (found.changes or found.so or found.meant)
        told = reading.how in ("alias", "yes-no") and not (found.changes or found.so)
        if (named or told) and not reading.names and not reading.ignored:
            return self._turns_of(state.case, state.pending, reading, said) or found
        return changes.parse(self, state.case, found.changes) if found.changes else found

    def _other_answer(self, case: Case, key: Key, said: str) -> Reading:
        question = self.question(key[0])
        if question.kind in ("confirm", "story"):
            return Reading()
        options = None if question.first else self.shown_options(question, key[1], case)
        given = case.answers.get(key)
        return self.understanding.read(question, said, case.locale, options, given.values() if given else None)

    def _turns_of(self, case: Case, key: Key, reading: Reading, said: str) -> tuple[Answer, ...]:
        if reading.value is None or reading.how is None:
            return ()
        return self.turns(case, self.question(key[0]), key[1], reading, said)

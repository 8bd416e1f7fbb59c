"""One or a few profiles decided, with everything said: the door that API, form and CLI share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from recognition import dates
from recognition.admit import Admitted, Raw, admitted
from recognition.decide.decide import work_out
from recognition.explain import wording
from recognition.explain.decision import Answer, Warned, written
from recognition.explain.explain import Explanation
from recognition.explain.owing import Owing
from recognition.facts import assumptions
from recognition.facts.assumptions import NOTHING, Assumptions, Given
from recognition.facts.facts import Facts
from recognition.facts.implying import with_memberships
from recognition.facts.supposed import supposing
from recognition.plan.plan import Plan
from recognition.plan.question import Question, compiled, in_force
from recognition.problems import Problem, Refused, tried
from recognition.profile.contradictions import contradictions
from recognition.programmes import Proposal, programmes, with_proposals
from recognition.standard.library import Library


def today() -> str:
    """The day of a decision when none is named."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def day(written: str | None, pointer: str = "/as_of") -> int:
    """A day as it is written, today if none is; raises Refused for what is no whole date."""
    text = today() if written is None else written
    try:
        first, last = dates.parse(text)
    except ValueError as error:
        raise _no_day(pointer, str(error)) from None
    if first != last or first == dates.AFTER_ALL:
        raise _no_day(pointer, f"`{text}` is not one day")
    return first


def _no_day(pointer: str, detail: str) -> Refused:
    return Refused([Problem("not-a-date", pointer, detail, "write 2026-11-24")])


def known(library: Library, known_on: str | None) -> Library:
    """The library as it was on a day; as it is if none is named."""
    if known_on is None:
        return library
    on = dates.iso(day(known_on, "/known_on"))
    return library.earlier.once(on, lambda: library.known_on(on))


def plan(library: Library, question: Question) -> Plan:
    """The plan of a question, kept, for the same questions come again."""
    return library.plans.once(question, lambda: compiled(library, question))


def evaluate(
    library: Library,
    profile: Raw,
    standards: Sequence[str] = (),
    hosts: Sequence[str] = (),
    as_of: str | None = None,
    known_on: str | None = None,
    assume: Given = (),
) -> dict[str, Any]:
    """The decisions on one profile as in the contract, section 6.

    `profile` is JSON or a mapping; all standards and hosts if none is named; today if no day is.
    `known_on` asks what would have been answered on an earlier day, by the editions published then.
    `assume` supposes values wherever facts are missing, as `{"experience.fte": 1}`.
    Raises Refused with every problem of the profile, the standards, the hosts and the day.
    """
    return written(answer(library, profile, standards, hosts, as_of, known_on, assume))


def answer(
    library: Library,
    profile: Raw,
    standards: Sequence[str] = (),
    hosts: Sequence[str] = (),
    as_of: str | None = None,
    known_on: str | None = None,
    assume: Given = (),
    within: bool = False,
) -> Answer:
    """The same, before it is written as JSON; if `within`, a country stands for its parts too."""
    return answers(library, [profile], standards, hosts, as_of, known_on, assume, within)[0]


def answers(
    library: Library,
    profiles: Sequence[Raw],
    standards: Sequence[str] = (),
    hosts: Sequence[str] = (),
    as_of: str | None = None,
    known_on: str | None = None,
    assume: Given = (),
    within: bool = False,
) -> list[Answer]:
    """Several profiles at once; one plan, one batch, the same answers as one by one."""
    problems: list[Problem] = []
    on = tried(problems, lambda: day(as_of))
    books = tried(problems, lambda: known(library, known_on)) or library
    question = Question(tuple(standards), tuple(hosts), within)
    question = in_force(books, question, on or 0)
    asked = tried(problems, lambda: plan(books, question))
    assumed = tried(problems, lambda: assumptions.read(assume, library.vocabularies)) or NOTHING
    let_in = admitted(profiles, on or 0, library.vocabularies)
    if asked is None or problems or let_in.refused:
        raise Refused([*problems, *let_in.problems])
    return explained(library, asked, let_in, profiles, assumed)


def draft_warning(name: str) -> Warned:
    """What is said of every answer by a draft, `id@version`."""
    detail = f"`{name}` is a draft: it was not published, or it was changed since"
    text = {lang: said.format(name) for lang, said in wording.TEXTS["draft"].items()}
    return Warned("", "draft", detail, "rely on published editions alone", text)


def explained(
    library: Library,
    asked: Plan,
    let_in: Admitted,
    profiles: Sequence[Raw],
    assumed: Assumptions = NOTHING,
) -> list[Answer]:
    """The answers on profiles that were let in, with everything said.

    Where nothing is stated of a degree's accreditations, lists of programmes propose them. Drafts
    by which something was asked are told.
    """
    lists = programmes(library)
    proposed = [with_proposals(document, lists) for document in let_in.documents(profiles)]
    stated = with_memberships(_facts(let_in, proposed, library))
    facts = supposing(stated, assumed)
    owing = Owing(library, asked, stated, facts, assumed) if assumed else None
    explanation = Explanation(library, asked, work_out(asked, facts, library), facts, owing)
    drafted = [draft_warning(name) for name in asked.drafts]
    return [
        explanation.answer(
            row,
            document,
            [*_warned(let_in, row, document, library), *drafted],
            [proposal.document() for proposal in told],
        )
        for row, (document, told) in enumerate(proposed)
    ]


def _facts(
    let_in: Admitted,
    proposed: Sequence[tuple[Mapping[str, Any], Sequence[Proposal]]],
    library: Library,
) -> Facts:
    """The facts as they were let in; of other documents where some proposal was entered."""
    if not any(proposal.entered for _, told in proposed for proposal in told):
        return let_in.facts
    documents = [document for document, _ in proposed]
    return admitted(documents, let_in.facts.as_of.lo, library.vocabularies).facts


def _warned(
    let_in: Admitted, row: int, document: Mapping[str, Any], library: Library
) -> list[Warned]:
    """What of a row's profile was not understood, or contradicts itself."""
    on = int(let_in.facts.as_of.lo[row])
    told = [
        *let_in.warnings.get(let_in.places[row], ()),
        *contradictions(document, on, library.vocabularies),
    ]
    return [
        Warned(one.pointer, one.code, one.detail, one.hint, wording.warning(library, one, document))
        for one in told[:MOST]
    ]


MOST = 100
"""So many warnings are told of a profile."""

"""A question to the library made a plan: which standards, for which hosts, by which editions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from recognition.plan.graph import Graph
from recognition.plan.lines import Asked, Line, Version
from recognition.plan.plan import Plan
from recognition.problems import Problem, Refused
from recognition.profile.model import Code
from recognition.profile.remarks import shown
from recognition.rule.binding import Host, bound
from recognition.rule.reading import near
from recognition.rule.syntax import DATE, NUMBER, SPAN, TRUTH, Node, literal
from recognition.standard.library import Library
from recognition.standard.model import Criterion, Edition, Standard

ALWAYS, NEVER = literal(TRUTH, True, True), literal(TRUTH, False, False)


@dataclass(frozen=True)
class Question:
    """Which standards (`id` or `id@version`; all if empty), for which hosts (all if empty).

    If `within`, a country stands for itself and its parts, wherever a standard has them as hosts.
    Hosts are codes or names of jurisdictions.
    """

    standards: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    within: bool = False


def compiled(library: Library, question: Question = Question()) -> Plan:
    """The plan of a question; raises Refused for a standard or host that does not exist."""
    asked, hosts = _asked(library, question), _codes(library, question)
    graph = Graph()
    lines = [
        _line(library, graph, library.standards[id], version, host)
        for id, version in asked
        for host in _hosts(library, id, hosts, question.within)
    ]
    return Plan(tuple(graph.steps), tuple(lines), graph.written)


def _asked(library: Library, question: Question) -> list[tuple[str, str]]:
    problems = []
    asked = [
        (id, version) for id, _, version in (name.partition("@") for name in question.standards)
    ]
    for i, (id, version) in enumerate(asked):
        if id not in library.standards:
            problems.append(
                Problem(
                    "no-such-standard",
                    f"/standards/{i}",
                    f"no standard `{id}`",
                    near(id, library.standards),
                )
            )
        elif not version and not library.standards[id].editions and _drafts_of(library, id):
            named = " or ".join(f"`{id}@{draft.version}`" for draft in _drafts_of(library, id))
            detail = f"nothing of `{id}` is published"
            problems.append(
                Problem("only-drafts", f"/standards/{i}", detail, f"ask for the draft {named}")
            )
        elif version and library.edition(id, version) is None:
            known = ", ".join(edition.version for edition in library.standards[id].editions)
            problems.append(
                Problem(
                    "no-such-version",
                    f"/standards/{i}",
                    f"`{id}` has no version `{version}`",
                    f"one of {known}",
                )
            )
    for i, host in enumerate(question.hosts):
        if not library.vocabularies.read(_PLACE, host).code:
            problems.append(_no_host(library, i, host))
    if problems:
        raise Refused(problems)
    return list(dict.fromkeys(asked)) or [(id, "") for id in _decided(library)]


def _drafts_of(library: Library, id: str) -> list[Edition]:
    return [draft for draft in library.drafts if draft.standard == id]


def _decided(library: Library) -> list[str]:
    """The standards asked where none is named: not those of which there are only drafts."""
    held = library.standards.values()
    return [one.id for one in held if one.editions or not _drafts_of(library, one.id)]


def drafts(library: Library, question: Question) -> list[str]:
    """The drafts, as `id@version`, by which a question may be decided."""
    asked = [name.partition("@") for name in question.standards or library.standards]
    return [
        f"{id}@{edition.version}"
        for id, _, version in asked
        if id in library.standards
        for edition in _versions(library, library.standards[id], version)
        if edition.draft
    ]


_PLACE = Code("places")


def _no_host(library: Library, i: int, host: str) -> Problem:
    places = library.vocabularies["places"]
    meant = library.vocabularies.read(_PLACE, host).near[:3]
    hint = f"did you mean {' or '.join(places.titled(code, 'en') for code in meant)}?"
    due = "an ISO 3166 code, as AU or US-TX, or the name of one jurisdiction"
    detail = f"{shown(host)} is no jurisdiction"
    return Problem("no-such-code", f"/hosts/{i}", detail, hint if meant else due)


def _codes(library: Library, question: Question) -> tuple[str, ...]:
    """The hosts that are asked for, by their codes, each once."""
    read = (library.vocabularies.read(_PLACE, host).code or host for host in question.hosts)
    return tuple(dict.fromkeys(read))


def in_force(library: Library, question: Question, day: int) -> Question:
    """The same question on one day: a standard's edition is named where only one can be in force.

    Editions of other days need not be worked out then; the answers are the same.
    """
    asked = question.standards or tuple(_decided(library))
    return replace(question, standards=tuple(_on(library, name, day) for name in asked))


def _on(library: Library, name: str, day: int) -> str:
    """`id@version` where one edition alone may be in force; a name with a version stays."""
    if name not in library.standards:
        return name
    editions = library.standards[name].editions
    possible = [e for e in editions if e.in_force.first[0] <= day <= e.in_force.last[1]]
    return f"{name}@{possible[0].version}" if len(possible) == 1 else name


def _hosts(
    library: Library, id: str, asked: tuple[str, ...], within: bool
) -> tuple[str | None, ...]:
    named = library.standards[id].agreement.hosts
    if named is None:
        return (None,)
    if asked and within:
        possible = dict.fromkeys((*library.hosts(id), *named.perhaps))
        return tuple(host for host in possible if inside(host, asked)) or asked
    return asked or library.hosts(id)


def inside(host: str, places: Collection[str]) -> bool:
    """Whether a host is one of some places, or a part of one."""
    return host in places or host.partition("-")[0] in places


def _line(
    library: Library, graph: Graph, standard: Standard, version: str, host: str | None
) -> Line:
    place = place_of(library, host)
    common = _host_criterion(library, graph, standard, host, place)
    versions = tuple(
        _version(graph, edition, common, place) for edition in _versions(library, standard, version)
    )
    return Line(standard, host, versions)


def _versions(library: Library, standard: Standard, version: str) -> Iterable[Edition]:
    """All editions of a standard that may decide, or the one that is named, a draft too."""
    if not version:
        return standard.editions
    named = library.edition(standard.id, version)
    return () if named is None else (named,)


def place_of(library: Library, host: str | None) -> Host | None:
    number = library.vocabularies["places"].number(host) if host else None
    return Host(number, int(library.vocabularies.country_of[number])) if number else None


def _host_criterion(
    library: Library, graph: Graph, standard: Standard, host: str | None, at: Host | None
) -> tuple[Asked, ...]:
    """The criterion that the host takes part, where a standard names hosts."""
    hosts = standard.agreement.hosts
    if hosts is None or host is None or at is None:
        return ()
    country = host.partition("-")[0]
    if host in hosts.places:
        node = literal(TRUTH, True, True)
    elif host in hosts.perhaps or country in hosts.perhaps:
        node = literal(TRUTH, False, True)
    elif hosts.statuses:
        place = literal("code:places", at.place, at.place)
        statuses = tuple(
            sorted(library.vocabularies["party-statuses"].number(s) or 0 for s in hosts.statuses)
        )
        node = Node("party", TRUTH, (place, Node("as_of", DATE)), (standard.id, "place", statuses))
    else:
        node = literal(TRUTH, False, False)
    return (Asked("host", graph.add(node)),)


def _version(
    graph: Graph, edition: Edition, common: tuple[Asked, ...], host: Host | None
) -> Version:
    first, last = edition.in_force.first, edition.in_force.last
    on = Node("as_of", DATE)
    in_force = Node(
        "all",
        TRUTH,
        (
            Node("on_or_after", TRUTH, (on, literal(DATE, *first))),
            Node("on_or_before", TRUTH, (on, literal(DATE, *last))),
        ),
    )
    criteria = [
        asked
        for criterion in edition.criteria
        if (asked := _criterion(graph, edition, criterion, host)) is not None
    ]
    return Version(edition, Asked("in-force", graph.add(in_force)), (*common, *criteria))


def _criterion(
    graph: Graph, edition: Edition, criterion: Criterion, host: Host | None
) -> Asked | None:
    """A criterion's steps; none where it surely does not apply to the host."""
    level = edition.subjects.get(criterion.subject, "")
    node = bound(criterion.rule, host)
    applies = bound(criterion.applies, host) if criterion.applies is not None else ALWAYS
    if applies == NEVER:
        return None
    compared, aside = _compared(graph, node, level), -1
    if applies != ALWAYS:
        excused = Node("not", TRUTH, (applies,), level=applies.level)
        node = Node("any", TRUTH, (excused, node), level=max(applies.level, node.level, key=len))
        aside = graph.add(excused)
    truth = graph.spread(graph.add(node), level)
    on_profile = -1 if applies.level else aside
    return Asked(criterion.id, truth, *compared, criterion.subject, criterion, on_profile, aside)


def _compared(graph: Graph, node: Node, level: str) -> tuple[int, int, str, str]:
    """What a criterion measures against what it requires, where its truth is such a comparison.

    Both are told of the elements of the level that the criterion is about.
    """
    if node.op not in _MEASURING or node.args[0].kind not in (NUMBER, SPAN, DATE):
        return -1, -1, "", ""
    kind = node.args[0].kind
    unit = (node.value or "years") if kind == SPAN else {NUMBER: "", DATE: "date"}[kind]
    measured, required = (graph.spread(graph.add(arg), level) for arg in node.args[:2])
    return measured, required, node.op, str(unit)


_MEASURING = frozenset(
    {
        "reached",
        "at_least",
        "at_most",
        "more_than",
        "less_than",
        "on_or_after",
        "on_or_before",
        "after",
        "before",
    }
)

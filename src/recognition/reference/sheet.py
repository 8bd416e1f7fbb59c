"""One standard's page: what it gives, who is bound since when, what each edition requires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from recognition.reference import applies, words
from recognition.reference.markdown import code, link, plain, table
from recognition.reference.markdown import page as paged
from recognition.reference.words import both, joined, named
from recognition.standard import applying
from recognition.standard.library import Library
from recognition.standard.model import Criterion, Edition, Party, Standard
from recognition.standard.words import CONFIDENCE, EFFECTS

FILES = "../../../standards"
"""The standards' own files, from their pages in `docs/reference/standards`."""


def page(library: Library, standard: Standard) -> str:
    """A standard's whole page."""
    agreement = standard.agreement
    return paged(
        f"# {plain(agreement.title['en'])}",
        f"**{plain(agreement.title['zh'])}**",
        _facts(library, standard),
        plain(agreement.document.get("note", "")),
        _parties(library, standard),
        *(_edition(library, edition) for edition in reversed(standard.editions)),
        _disagreements(agreement.document),
        _sources(library, standard),
        f"*{words.NOTICE['en']}*",
        f"*{words.NOTICE['zh']}*",
    )


def _facts(library: Library, standard: Standard) -> str:
    agreement = standard.agreement
    gives = agreement.document.get("gives", EFFECTS[agreement.effect])
    family = words.FAMILIES.get(agreement.document.get("family", ""))
    rows = [
        ("Standard · 标准", code(standard.id)),
        ("Effect · 效力", both(EFFECTS[agreement.effect])),
        ("It gives", plain(gives["en"])),
        ("作用", plain(gives["zh"])),
        ("Hosts · 东道辖区", words.hosts(library, standard)),
    ]
    if family:
        rows.insert(1, ("Family · 类别", link(both(family), "../index.md")))
    if agreement.ask:
        rows.append(
            ("Body to ask · 咨询机构", plain(both(named(library, "bodies", agreement.ask))))
        )
    rows.append(("Sources · 依据", _cited(agreement.document["source"])))
    rows.append(("Confidence · 可靠程度", both(CONFIDENCE[agreement.document["confidence"]])))
    return table(("", ""), rows)


# --- parties


def _parties(library: Library, standard: Standard) -> str:
    rows = [
        row for party in standard.agreement.parties for row in _statuses(library, standard, party)
    ]
    if not rows:
        return ""
    heads = (
        "Party · 缔约方",
        "Body · 机构",
        "Status · 身份",
        "Since · 始于",
        "Until · 止于",
        "Source · 依据",
        "Note",
    )
    return paged("## Parties · 缔约方", table(heads, rows)).strip()


def _statuses(library: Library, standard: Standard, party: Party) -> Iterator[tuple[str, ...]]:
    """A row for each status of a party; its place stands in the first."""
    written = standard.agreement.document["parties"][standard.agreement.parties.index(party)]
    names = (plain(words.place(library, party.place)), joined(party.bodies))
    for i, held in enumerate(party.history):
        said = (written.get("note") if i == 0 else None, written["status"][i].get("note"))
        yield (
            *(names if i == 0 else ("", "")),
            both(named(library, "party-statuses", held.status)),
            words.day(*held.period.first),
            words.day(*held.period.last),
            " ".join([_cited(held.sources), held.confidence]),
            " · ".join(plain(note) for note in said if note),
        )


# --- editions


def _edition(library: Library, edition: Edition) -> str:
    document = edition.document
    corrects = f", corrects `{document['corrects']}`" if "corrects" in document else ""
    file = f"{FILES}/{edition.standard}/{edition.version}.json"
    by_subject = groupby(edition.criteria, key=lambda criterion: criterion.subject)
    return paged(
        f"## Edition {edition.version} · 版本",
        f"In force · 有效期: {words.period(edition.in_force)} "
        f"{_cited(document['in_force']['source'])}; {link('the file', file)}, published "
        f"{edition.published}{corrects}.",
        plain(document["in_force"].get("note", "")),
        plain(document.get("note", "")),
        *(_about(library, edition, subject, list(told)) for subject, told in by_subject),
        _remaining(edition),
    ).strip()


def _about(library: Library, edition: Edition, subject: str, criteria: list[Criterion]) -> str:
    """The criteria about one thing."""
    title = edition.document.get("subjects", {}).get(subject, {}).get("title")
    head = f"Of one and the same {title['en']} · 同一项{title['zh']}:" if title else ""
    return paged(head, "\n".join(_criterion(library, edition, one) for one in criteria)).strip()


def _criterion(library: Library, edition: Edition, criterion: Criterion) -> str:
    written = edition.document["criteria"][edition.criteria.index(criterion)]
    lines = [f"- **{plain(both(criterion.title))}** `{criterion.id}`"]
    lines += [
        f"  - {plain(criterion.requirement['en'])}.",
        f"  - {plain(criterion.requirement['zh'])}。",
    ]
    if (where := applying.expression(written)) is not None:
        said = applies.words(library, where)
        lines.append(f"  - *Applies {plain(said['en'])} · 适用：{plain(said['zh'])}*")
    lines.append(
        f"  - {_clause(library, criterion)} {_cited(criterion.sources)} "
        f"{both(CONFIDENCE[criterion.confidence])}, read {criterion.read_on}"
    )
    if "note" in written:
        lines.append(f"  - Note: {plain(written['note'])}")
    return "\n".join(lines)


def _clause(library: Library, criterion: Criterion) -> str:
    """A clause as it is cited, and in Chinese where it is in words."""
    return " · ".join(
        dict.fromkeys(plain(library.clause(criterion.clause, lang)) for lang in words.LANGUAGES)
    )


def _remaining(edition: Edition) -> str:
    if not edition.remaining:
        return ""
    lines = "\n".join(f"- {plain(both(step))}" for step in edition.remaining)
    return f"Still to be done · 后续步骤:\n\n{lines}"


# --- what it rests on


def _disagreements(document: Mapping[str, Any]) -> str:
    told = document.get("disagreements", ())
    if not told:
        return ""
    lines = [line for one in told for line in _readings(one)]
    return "## Where sources disagree · 来源分歧\n\n" + "\n".join(lines)


def _readings(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"- {plain(told['topic'])}"
    for reading in told["readings"]:
        yield f"  - {plain(reading['says'])} {_cited(reading['source'])}"


def _cited(sources: str | Iterable[str]) -> str:
    """Marks that lead to the sources at the foot of the page."""
    return "".join(f"[^{id}]" for id in ([sources] if isinstance(sources, str) else sources))


def _sources(library: Library, standard: Standard) -> str:
    """The sources that the page cites; a title leads to its address where that may be linked."""
    documents = [standard.agreement.document, *(e.document for e in standard.editions)]
    cited = dict.fromkeys(id for document in documents for id in _said(document))
    return "\n".join(f"[^{id}]: {_source(library.sources.get(id, {}), id)}" for id in sorted(cited))


def _said(document: Any) -> Iterator[str]:
    if isinstance(document, Mapping):
        for key, inner in document.items():
            if key == "source":
                yield from [inner] if isinstance(inner, str) else inner
            else:
                yield from _said(inner)
    elif isinstance(document, list):
        for inner in document:
            yield from _said(inner)


def _source(source: Mapping[str, Any], id: str) -> str:
    title = plain(source.get("title", id))
    shown = link(title, source["url"]) if source.get("linkable") and source.get("url") else title
    rest = [plain(str(source[key])) for key in ("issuer", "kind") if source.get(key)]
    read = [f"read {source['read_on']}"] if source.get("read_on") else []
    return f"{code(id)} {', '.join([shown, *rest, *read])}"

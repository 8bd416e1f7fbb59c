"""What a whole library must keep to, what its cases hold, and the reference written from it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from recognition import reference
from recognition.cases import coverage
from recognition.reference import matrix
from recognition.standard import diff, lint, ties
from recognition.standard.library import Library

ROOT = Path(__file__).parents[1]
LEAGUE, YONDER = "standards/league/agreement.json", "standards/yonder/2024-09.json"
EDITION = "standards/league/2013.json"
SOURCES, BODIES = "standards/sources.json", "standards/bodies.json"
FACTS, SMALL = "rules/facts.json", "rules/small.json"
Change = Callable[[Any], object]


def changed(root: Path, file: str, change: Change) -> Library:
    """A library in which one document was changed."""
    path = root / file
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return Library.load(root)


def put(*steps: str | int, to: Any) -> Change:
    """A change of one place of a document."""

    def change(document: Any) -> None:
        for step in steps[:-1]:
            document = document[step]
        document[steps[-1]] = to

    return change


def added(*steps: str | int, item: Any) -> Change:
    """A change that adds an item to a list of a document."""

    def change(document: Any) -> None:
        for step in steps:
            document = document[step]
        document.append(item)

    return change


def held(since: str, until: str) -> dict[str, str]:
    """A status of a party from one day until another."""
    return {
        "is": "authorised",
        "from": since,
        "until": until,
        "source": "journal",
        "confidence": "confirmed",
    }


FIRST = ("parties", 0, "status")
FAULTS: dict[str, tuple[str, str, Change]] = {
    "a source that is not registered": ("no-such-source", LEAGUE, put("source", to="gazette")),
    "a party in no place": ("no-such-code", LEAGUE, put("parties", 0, "place", to="ZZ")),
    "a body that is not registered": (
        "no-such-code",
        LEAGUE,
        put("parties", 0, "bodies", 0, to="XYZ"),
    ),
    "a status that is none": ("no-such-code", LEAGUE, put(*FIRST, 0, "is", to="loyal")),
    "a body to ask that is none": ("no-such-code", LEAGUE, put("ask", to="XYZ")),
    "a correction of nothing": ("no-such-version", EDITION, put("corrects", to="1066")),
    "a body acting for none": ("no-such-code", BODIES, put("bodies", 0, "acts_for", to="XYZ")),
    "a body in no place": ("no-such-code", BODIES, put("bodies", 0, "place", to="ZZ")),
    "a mirror that is linked": ("linked-copy", SOURCES, put("sources", 0, "kind", to="mirror")),
    "a link without an address": ("missing", SOURCES, put("sources", 0, "url", to=None)),
    "two statuses on one day": ("overlap", LEAGUE, added(*FIRST, item=held("2001", ".."))),
    "Chinese that is English": ("wrong-language", LEAGUE, put("title", "zh", to="League")),
    "English that is Chinese": ("wrong-language", LEAGUE, put("title", "en", to="联盟")),
    "a half-width comma": ("half-width", LEAGUE, put("title", "zh", to="工程师,联盟")),
    "words in one language alone": ("missing", FACTS, put("facts", "id", "zh", to="")),
    "a vocabulary left in English": (
        "wrong-language",
        "rules/vocabularies/routes.json",
        put("entries", 0, "zh", to="standard"),
    ),
    "a criterion that is always met": (
        "never-decides",
        EDITION,
        put("criteria", 0, "rule", to={"truth": True}),
    ),
    "a rule that nobody uses": (
        "unused",
        SMALL,
        put("rules", "idle", to={"parameters": {}, "is": {"truth": True}}),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_whole_is_told(copied: Path, fault: str) -> None:
    """Each fault is told by its code, in the file in which it stands."""
    code, file, change = FAULTS[fault]
    told = lint.problems(changed(copied, file, change))
    assert (code, file) in {(one.code, one.file) for one in told}


def test_a_criterion_asked_twice_never_decides(copied: Path) -> None:
    """The second of two criteria with the same rule can turn no decision."""

    def twice(document: Any) -> None:
        document["criteria"].append(document["criteria"][0] | {"id": "again"})

    told = lint.problems(changed(copied, EDITION, twice))
    assert "asks what" in next(one.detail for one in told if one.code == "never-decides")


REMARKS: dict[str, tuple[str, str, Change]] = {
    "a time without a status": (
        "gap",
        LEAGUE,
        put(*FIRST, to=[held("1997", "2000"), held("2003", "..")]),
    ),
    "a source read long ago": ("stale", SOURCES, put("sources", 0, "read_on", to="2020-01-01")),
    "a source that nobody cites": ("uncited", SOURCES, added("sources", item={"id": "dust"})),
}


@pytest.mark.parametrize("remark", REMARKS)
def test_what_is_no_fault_is_remarked_on(copied: Path, remark: str) -> None:
    """What an author should know is a remark, and no problem."""
    code, file, change = REMARKS[remark]
    books = changed(copied, file, change)
    assert (code, file) in {(one.code, one.file) for one in lint.remarks(books)}
    assert {one.code for one in lint.problems(books)} == {"unpublished"}


def test_one_way_recognition_is_remarked_on(books: Library) -> None:
    """Texas takes Australians by the standard, Australia takes no Texans by it."""
    told = [one for one in lint.remarks(books) if one.code == "one-way"]
    assert [one.file for one in told] == ["standards/yonder/agreement.json"]
    assert "US-TX recognises people of AU" in told[0].detail


# --- ties


def test_members_are_tied_both_ways_and_a_named_host_one_way(books: Library) -> None:
    """Members of a register bind each other; a host that is named alone takes and is not taken."""
    league = set(ties.of(books.standards["league"]))
    assert {(tie.home, tie.host) for tie in league} == {(tie.host, tie.home) for tie in league}
    assert not any(ties.country(tie.host) == ties.country(tie.home) for tie in league)
    assert {tie.host for tie in ties.of(books.standards["yonder"])} == {"US-TX"}


# --- cases


def cases(expected: dict[str, Any], **profile: Any) -> Iterator[dict[str, Any]]:
    """A case of the standard of Yonder."""
    yield {
        "id": "c",
        "standard": "yonder",
        "host": "US-TX",
        "as_of": "2026-11-24",
        "profile": {"id": "x", **profile},
        "expect": expected,
    }


def test_a_criterion_without_a_case_is_remarked_on(copied: Path) -> None:
    """One remark for each criterion that alone decides no case, none for one that does."""
    all_unknown = "\n".join(map(json.dumps, cases({"verdict": "undetermined"})))
    path = copied / "standards/yonder/cases.jsonl"
    path.write_text(all_unknown, "utf-8")
    before = [one.detail for one in coverage.remarks(Library.load(copied))]
    foreign = cases({"verdict": "ineligible"}, citizenships=["FR"])
    path.write_text("\n".join(map(json.dumps, foreign)), "utf-8")
    after = [one.detail for one in coverage.remarks(Library.load(copied))]
    assert set(before) - set(after) == {"no case in which `citizenship` alone decides"}


# --- the reference


def test_the_reference_is_what_the_command_writes(library: Library) -> None:
    """A change of a standard is seen in the pages: write them again with the command."""
    folder = ROOT / "docs/reference"
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    written = reference.pages(library)
    assert names == set(written)
    stale = [name for name, text in written.items() if (folder / name).read_text("utf-8") != text]
    assert not stale, "recognition standards reference docs/reference"


def test_every_standard_has_a_page_in_both_languages(library: Library) -> None:
    """Each page says every requirement in English and Chinese, and the index leads to it."""
    written = reference.pages(library)
    for id, standard in library.standards.items():
        text = written[f"standards/{id}.md"].replace("\\", "")
        assert f"(standards/{id}.md)" in written["index.md"]
        for edition in standard.editions:
            for criterion in edition.criteria:
                said = criterion.requirement.values()
                assert all(" ".join(one.split()) in text for one in said), criterion.id


def test_only_what_may_be_linked_is_linked(library: Library) -> None:
    """No page leads to a copy of a source."""
    written = "\n".join(reference.pages(library).values())
    linked = set(re.findall(r"\]\((http[^)]+)\)", written))
    assert linked
    kept = {s["url"] for s in library.sources.values() if not s["linkable"] and s.get("url")}
    shared = {s["url"] for s in library.sources.values() if s["linkable"]}
    assert not linked & (kept - shared)


def test_the_reference_of_a_small_library_is_written(books: Library, tmp_path: Path) -> None:
    """Coarse and disputed days are shown as far as they are known."""
    assert reference.write(books, tmp_path) == 6
    league = (tmp_path / "standards/league.md").read_text("utf-8")
    assert "| TW Chinese Taipei 中华台北 | `CIE` | provisional member · 预备成员 | 2007 |" in league
    assert "2010-01-01 / 2011-12-31 – .." in (tmp_path / "standards/yonder.md").read_text("utf-8")


def test_the_matrix_is_a_drawing_of_all_pairs(library: Library) -> None:
    """The drawing is well-formed, and has a row and a column for every home and host."""
    told = matrix.pairs(library)
    root = ElementTree.fromstring(matrix.drawing(library))
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert all(texts.count(place) == 2 for place in matrix.places(told))
    assert told["AU", "US"] == "temporary-licence"
    assert ("TR", "DE") not in told


# --- differences


def test_a_difference_tells_what_went_in_the_order_of_the_editions(books: Library) -> None:
    """Criteria that went come in the order in which they stood, then what is new."""
    old, new = books.standards["league"].editions
    told = diff.changes(books, new, old)
    back = [sentence.partition(":")[0] for sign, sentence in told if sign == "-"]
    gone = [criterion.id for criterion in new.criteria]
    assert back == [id for id in gone if id not in {one.id for one in old.criteria}]

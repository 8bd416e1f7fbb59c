"""A library is fit to be published, and what is published stays as it is."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from recognition.standard import languages, lint, lock, succession
from recognition.standard.library import Library

YONDER = "standards/yonder/2024-09.json"


def test_the_project_s_library_has_no_problems(library: Library) -> None:
    told = [str(one) for one in lint.problems(library) if one.code != "unpublished"]
    assert told == []


def test_what_was_published_is_whole(library: Library) -> None:
    changed = [one.file for one in lint.problems(library) if one.code == "changed"]
    assert changed == []


def test_editions_that_are_new_are_told_until_they_are_published(copied: Path) -> None:
    told = lint.problems(Library.load(copied, drafts=True))
    assert {one.code for one in told} == {"unpublished"}
    assert [one.file for one in told] == sorted(
        ["standards/league/1997.json", "standards/league/2013.json", YONDER]
    )
    assert lint.publish(Library.load(copied, drafts=True)) == [one.file for one in told]
    assert lint.problems(Library.load(copied, drafts=True)) == []


def test_publishing_again_adds_nothing_and_keeps_the_digests(copied: Path) -> None:
    lint.publish(Library.load(copied, drafts=True))
    before = (copied / "standards/LOCK.json").read_bytes()
    assert lint.publish(Library.load(copied, drafts=True)) == []
    assert (copied / "standards/LOCK.json").read_bytes() == before


def test_publishing_never_locks_a_change_of_what_was_published(copied: Path) -> None:
    lint.publish(Library.load(copied, drafts=True))
    text = (copied / YONDER).read_text("utf-8")
    (copied / YONDER).write_text(text.replace('"years": 7', '"years": 6'), "utf-8")
    lint.publish(Library.load(copied, drafts=True))
    told = lint.problems(Library.load(copied, drafts=True))
    assert [(one.code, one.file) for one in told] == [("changed", YONDER)]
    (copied / YONDER).write_text(text, "utf-8")
    assert lint.problems(Library.load(copied, drafts=True)) == []


def test_a_layout_of_its_own_is_no_change(copied: Path) -> None:
    """A published edition may be laid out otherwise; what it says stays locked."""
    lint.publish(Library.load(copied, drafts=True))
    document = json.loads((copied / YONDER).read_text("utf-8"))
    for text in (json.dumps(document), json.dumps(document, indent=4, sort_keys=True)):
        (copied / YONDER).write_text(text, "utf-8")
        assert lint.problems(Library.load(copied, drafts=True)) == []


def test_sources_read_long_ago_are_remarked_on_and_no_fault(books: Library) -> None:
    soon, late = dt.date(2027, 11, 24), dt.date(2027, 11, 25)
    assert "stale" not in {one.code for one in lint.remarks(books, soon)}
    stale = [one for one in lint.remarks(books, late) if one.code == "stale"]
    assert len(stale) == sum(
        len(edition.criteria) for held in books.standards.values() for edition in held.editions
    )
    assert "read 367 days ago" in stale[0].detail
    assert {one.code for one in lint.problems(books, late)} == {"unpublished"}


def test_a_standard_without_cases_is_remarked_on(books: Library) -> None:
    remarks = lint.remarks(books, dt.date(2026, 11, 24))
    told = [one.file for one in remarks if one.code == "no-cases"]
    assert told == ["standards/league/agreement.json", "standards/yonder/agreement.json"]


def test_a_clause_in_words_has_its_chinese_and_a_reference_needs_none(copied: Path) -> None:
    lint.publish(Library.load(copied))
    path = copied / "standards/clauses.json"
    path.write_text('{"clauses": {"no such clause": "无此条款"}}', "utf-8")
    told = lint.problems(Library.load(copied))
    assert {one.code for one in told} == {"untranslated", "unused"}
    assert [one.pointer for one in told if one.code == "unused"] == ["/clauses/no such clause"]
    assert all("`section 1` has no Chinese" in one.detail for one in told[:-1])
    for reference in ("Art. 13(1)", "22 TAC 133.26(b)", "r. 7.2, art. 3", "Cap. 409, s. 11-12"):
        assert not languages.PROSE.search(reference)


def test_one_library_read_twice_is_the_same(copied: Path) -> None:
    first, second = Library.load(copied, drafts=True), Library.load(copied)
    for id, standard in first.standards.items():
        assert standard.editions == second.standards[id].editions


def test_a_correction_is_published_and_the_corrected_one_is_in_force_on_no_day(
    copied: Path,
) -> None:
    """A correction of an edition takes its place, and the library stays clean."""
    folder = copied / "standards" / "league"
    old = sorted(path for path in folder.glob("*.json") if path.name != "agreement.json")[0]
    written = json.loads(old.read_text("utf-8"))
    corrected = {**written, "version": f"{written['version']}.1", "corrects": written["version"]}
    (folder / f"{corrected['version']}.json").write_text(json.dumps(corrected), "utf-8")
    library = Library.load(copied, drafts=True)
    lock.publish(library)
    again = Library.load(copied, drafts=True)
    assert not [problem for problem in lint.problems(again) if problem.code != "unpublished"]
    edition = again.edition("league", written["version"])
    assert edition is not None
    assert edition.in_force == succession.NEVER


def test_a_rule_that_published_editions_rest_on_may_not_change(copied: Path) -> None:
    """Changing a named rule after publishing is told, like changing an edition."""
    lock.publish(Library.load(copied, drafts=True))
    path = copied / "rules" / "small.json"
    document = json.loads(path.read_text("utf-8"))
    name = next(iter(document["rules"]))
    document["rules"][name]["words"] = {"requirement": {"en": "Otherwise", "zh": "另作规定"}}
    path.write_text(json.dumps(document), "utf-8")
    told = [p for p in lint.problems(Library.load(copied, drafts=True)) if p.code == "changed"]
    assert [problem.pointer for problem in told] == [f"/rules/{name}"]

"""The library of standards: read once from a folder, frozen, checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from recognition.collector import at_rest
from recognition.memo import Memo
from recognition.problems import Problem, Refused
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.profile.vocabulary import Vocabularies
from recognition.rule.names import NamedRule, Names
from recognition.standard import documents, editions, load, succession, together
from recognition.standard.model import Edition, Standard
from recognition.standard.parties import Tables

PERIODS: Mapping[str, tuple[str, str]] = {
    collection: (f"{collection}.{first}", f"{collection}.{last}")
    for collection, first, last in (
        ("residences", "from", "until"),
        ("experience", "from", "until"),
        ("cpd", "from", "until"),
        ("degrees.accreditations", "from", "until"),
        ("registrations", "granted_on", "expires_on"),
    )
}
"""Collections whose elements have periods, and the fields of their first and last day."""


def home() -> Path:
    """The folder with `standards/` and `rules/`: beside the sources, or inside the package."""
    package = Path(__file__).resolve().parents[1]
    beside = package.parents[1]
    return beside if (beside / "standards").is_dir() else package / "_library"


@dataclass(frozen=True, eq=False)
class Library:
    """All standards with what they refer to.

    `standards` by id, in the order of their ids; `sources` and `facts` as written; `locked` and
    `locked_rules` the digests of published editions and of the rules they rest on; `published`
    all editions that may decide, as they were written; `clauses` the Chinese of clauses that are
    cited in words; `drafts` those editions that decide only where they are named: what stands in no
    LOCK.json, or otherwise. Where there is no LOCK.json nothing was published, and there is no
    draft. What is made of a library is kept with it: `plans` by
    question, `earlier` states by day, in `memo` the rest.
    """

    root: Path
    vocabularies: Vocabularies
    rules: Mapping[str, NamedRule]
    standards: Mapping[str, Standard]
    sources: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, Any]
    locked: Mapping[str, str]
    names: Names = field(repr=False)
    tables: Tables = field(repr=False)
    published: tuple[Edition, ...] = field(default=(), repr=False)
    locked_rules: Mapping[str, str] = field(default_factory=dict, repr=False)
    clauses: Mapping[str, str] = field(default_factory=dict, repr=False)
    drafts: tuple[Edition, ...] = field(default=(), repr=False)
    with_drafts: bool = False
    memo: Memo = field(init=False, default_factory=Memo, repr=False)
    plans: Memo = field(init=False, default_factory=partial(Memo, 256), repr=False)
    earlier: Memo = field(init=False, default_factory=partial(Memo, 8), repr=False)

    @classmethod
    def load(cls, root: Path | None = None, drafts: bool = False) -> Library:
        """Read a library; raises Refused with every problem of every file.

        With `drafts` these take their place among the editions, as if they had been published.
        """
        reading = _Folder(root or home(), drafts)
        with at_rest():
            library = reading.library()
        if reading.problems:
            raise Refused(reading.problems)
        return library

    def known_on(self, day: str) -> Library:
        """The library as it was on a day, 2026-11-24: editions published later are not in it."""
        agreements = {id: standard.agreement for id, standard in self.standards.items()}
        known = (edition for edition in self.published if edition.published <= day)
        standards = succession.standards(agreements, known)
        return replace(
            self,
            standards={id: told for id, told in standards.items() if told.editions},
            drafts=tuple(draft for draft in self.drafts if draft.published <= day),
        )

    def edition(self, standard: str, version: str) -> Edition | None:
        """One version of a standard, a draft too."""
        drafts = (draft for draft in self.drafts if draft.standard == standard)
        editions = (*self.standards[standard].editions, *drafts)
        return next((edition for edition in editions if edition.version == version), None)

    def clause(self, cited: str, lang: str) -> str:
        """A clause as it is read in a language; a mere reference is the same in each."""
        return self.clauses.get(cited, cited) if lang == "zh" else cited

    def hosts(self, standard: str) -> tuple[str, ...]:
        """The places for which a standard can be asked; none if it names no hosts."""
        return self.standards[standard].agreement.asked


class _Folder:
    """One reading of a folder; problems gather, the library is made of what could be read."""

    def __init__(self, root: Path, drafts: bool) -> None:
        self.root, self.drafts = root, drafts
        self.problems: list[Problem] = []
        lock = self._optional("standards/LOCK.json")
        self.locked: Mapping[str, str] = lock.get("editions", {})
        self.locked_rules: Mapping[str, str] = lock.get("rules", {})

    def _optional(self, name: str) -> Mapping[str, Any]:
        path = self.root / name
        written = load.read(path, self.root, self.problems)[0] if path.is_file() else None
        return written if isinstance(written, dict) else {}

    def _vocabularies(self) -> Vocabularies:
        """The vocabularies; without them nothing else can be read, so their problems come alone."""
        try:
            return Vocabularies.load(self.root)
        except (OSError, ValueError):
            named = sorted((self.root / "rules/vocabularies").glob("*.json"))
            for path in (*named, self.root / "standards/bodies.json"):
                load.read(path, self.root, self.problems)
            raise Refused(self.problems) from None

    def library(self) -> Library:
        vocabularies = self._vocabularies()
        rules = load.named_rules(dict(self._rule_files()), self.problems)
        agreements = {}
        for file, written in self._agreements():
            self._placed(file, written, "id", "folder", Path(file).parent.name)
            agreements[written["id"]] = load.agreement(written, file, self.problems)
        kinds = {path: _kind(path) for path in LEAVES}
        names = Names(
            {path: kind for path, kind in kinds.items() if kind},
            {path: held.parent for path, held in COLLECTIONS.items()},
            PERIODS,
            vocabularies.named,
            rules,
            tuple(agreements),
        )
        members = {id: agreement.parties for id, agreement in agreements.items()}
        tables = Tables(vocabularies, members)
        sources = {
            source["id"]: source
            for source in self._optional("standards/sources.json").get("sources", ())
        }
        written = list(self._editions(names, sources))
        told = [edition for edition in written if self.drafts or not edition.draft]
        drafts = [edition for edition in written if not self.drafts and edition.draft]
        standards = succession.standards(agreements, told)
        self.problems.extend(together.problems(standards.values(), vocabularies))
        return Library(
            self.root,
            vocabularies,
            rules,
            standards,
            sources,
            self._optional("rules/facts.json"),
            self.locked,
            names,
            tables,
            tuple(told),
            self.locked_rules,
            self._optional("standards/clauses.json").get("clauses", {}),
            tuple(drafts),
            self.drafts,
        )

    def _rule_files(self) -> Iterator[tuple[str, Any]]:
        """Files of rules, whole or not: those rules that are whole can be used all the same."""
        for path in sorted((self.root / "rules").glob("*.json")):
            file = str(path.relative_to(self.root))
            if file != "rules/facts.json":
                written, _ = load.read(path, self.root, self.problems)
                if written is not None:
                    self.problems.extend(documents.problems(written, "rule", file))
                    yield file, written

    def _agreements(self) -> Iterator[tuple[str, Any]]:
        for path in sorted((self.root / "standards").glob("*/agreement.json")):
            for file, written, _ in self._shaped(path, "agreement"):
                yield file, written

    def _shaped(self, path: Path, schema: str) -> Iterator[tuple[str, Any, str]]:
        """File, document, digest, or nothing; the shape of a published file was checked before."""
        file = str(path.relative_to(self.root))
        written, digest = load.read(path, self.root, self.problems)
        if digest == self.locked.get(file):
            yield file, written, digest
        elif written is not None:
            wrong = documents.problems(written, schema, file)
            self.problems.extend(wrong)
            if not wrong:
                yield file, written, digest

    def _editions(
        self, names: Names, sources: Mapping[str, Mapping[str, Any]]
    ) -> Iterator[Edition]:
        for path in sorted((self.root / "standards").glob("*/*.json")):
            if path.name == "agreement.json":
                continue
            for file, written, digest in self._shaped(path, "standard"):
                self._placed(file, written, "standard", "folder", path.parent.name)
                self._placed(file, written, "version", "file", path.stem)
                if not path.with_name("agreement.json").is_file():
                    detail = f"no agreement `{written['standard']}`"
                    hint = "add agreement.json beside it"
                    self._wrong(file, "/standard", "no-such-agreement", detail, hint)
                read = editions.edition(written, file, digest, names, sources, self.problems)
                draft = bool(self.locked) and self.locked.get(file) != digest
                yield replace(read, draft=True) if draft else read

    def _placed(self, file: str, written: Any, key: str, what: str, due: str) -> None:
        """A document says of itself what its place says of it."""
        if written[key] != due:
            detail = f"`{written[key]}` stands in the {what} `{due}`"
            self._wrong(file, f"/{key}", "misplaced", detail, "let the two agree")

    def _wrong(self, file: str, pointer: str, code: str, detail: str, hint: str) -> None:
        self.problems.append(Problem(code, pointer, detail, hint, file))


def _kind(path: str) -> str:
    mark = LEAVES[path].mark
    vocabulary = getattr(mark, "vocabulary", "")
    kind = {"Day": "date", "Truth": "truth", "Amount": "number"}.get(type(mark).__name__, "")
    return f"code:{vocabulary}" if vocabulary else kind

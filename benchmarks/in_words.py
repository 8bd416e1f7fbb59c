"""The people of the cases written in words instead of codes, and decided: nothing may change.

    python benchmarks/in_words.py                      # the library's own cases
    python benchmarks/in_words.py cases.jsonl --seed 7

Each code becomes one of its entry's labels in either language, its aliases or its originals, as
chance has it. A name that two entries share stays a code, for it needs to be asked about.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pydantic import BaseModel

from recognition.cases import check as cases
from recognition.evaluate import answer
from recognition.names.folding import fold
from recognition.names.index import texts
from recognition.problems import Refused
from recognition.profile.model import Code, Parts, Profile, Statements
from recognition.profile.schema import Slot, slots
from recognition.profile.vocabulary import Vocabularies
from recognition.standard.library import Library

ROOT = Path(__file__).parents[1]
SEED = 20261127


@dataclass(frozen=True)
class Words:
    """Writes profiles in words of the vocabularies, as a random choice has it."""

    vocabularies: Vocabularies
    random: Random

    def written(self, held: Mapping[str, Any], model: type[BaseModel] = Profile) -> dict[str, Any]:
        """A part of a profile with names for its codes; what is no code stays as it is."""
        known = slots(model)
        return {
            name: self._slot(known[name], value) if name in known else value
            for name, value in held.items()
        }

    def _slot(self, slot: Slot, value: Any) -> Any:
        match value, slot.mark:
            case list(), _:
                return [self._slot(slot, element) for element in value]
            case Mapping(), None if slot.model is not None:
                return self.written(value, slot.model)
            case Mapping(), Parts(code=code):
                return self._mapped(value, code)
            case Mapping(), Statements(vocabulary=kinds):
                return self._mapped(value, Code(kinds))
            case str(), Code() as code:
                return self.name(value, code)
        return value

    def _mapped(self, held: Mapping[str, Any], mark: Code) -> dict[str, Any]:
        return {self.name(code, mark): value for code, value in held.items()}

    def name(self, code: str, mark: Code) -> str:
        """One of the names of an entry, or its code where there is none of its own."""
        entry = self.vocabularies[mark.vocabulary].details.get(code)
        names = self.names(code, entry, mark) if entry is not None else []
        return self.random.choice(names) if names else code

    def names(self, code: str, entry: Mapping[str, Any], mark: Code) -> list[str]:
        """The names that no other entry of the kind shares."""
        index = self.vocabularies.names.registers[mark.kind].index
        return [
            text
            for text in dict.fromkeys(texts(entry))
            if {claim.code for claim in index.claims(fold(text))} == {code}
        ]


def found(library: Library, case: Mapping[str, Any], profile: Mapping[str, Any]) -> list[Any]:
    """The verdict on a profile, and what is unmet and open; or all that is wrong with it."""
    asked = "@".join(filter(None, (case["standard"], case.get("version"))))
    hosts = [case["host"]] if case.get("host") else []
    try:
        raw = json.dumps(profile).encode()
        decisions = answer(library, raw, [asked], hosts, case["as_of"]).decisions
    except Refused as refused:
        return [str(problem) for problem in refused.problems]
    return [
        (one.host, one.verdict, *((f.criterion, f.status) for f in one.findings if _told(f.status)))
        for one in decisions
    ]


def _told(status: str) -> bool:
    return status in ("unmet", "unknown")


def failing(
    library: Library, several: Iterable[Mapping[str, Any]], words: Words
) -> Iterable[tuple[Mapping[str, Any], dict[str, Any] | None, str]]:
    """Each case with its profile in words, and what is said otherwise of it; empty for nothing."""
    for case in several:
        profile = words.written(case["profile"])
        before, after = (found(library, case, one) for one in (case["profile"], profile))
        yield case, profile, "" if before == after else f"before {before}\n    in words {after}"


def main() -> None:
    """Prints each case that is decided otherwise in words, then `N passed, N failed`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", type=Path, nargs="*", help="cases, one JSON object a line")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    library = Library.load()
    words = Words(library.vocabularies, Random(asked.seed))
    passed = failed = 0
    for path in asked.files or sorted(ROOT.glob("standards/*/cases.jsonl")):
        for case, profile, differs in failing(library, cases.read(path), words):
            passed, failed = passed + (not differs), failed + bool(differs)
            if differs:
                person = json.dumps(profile, ensure_ascii=False)
                print(f"{case['id']} ({case['standard']})\n    {person}\n    {differs}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

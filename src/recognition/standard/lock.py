"""What is published never changes: digests of editions and of named rules, and what differs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from recognition.problems import Problem
from recognition.profile.json import parsed
from recognition.standard import layout, load
from recognition.standard.library import Library


def digests(root: Path) -> dict[str, str]:
    """The digest of what every agreement's editions say, by file; their layout is no part of it."""
    return {
        str(path.relative_to(root)): load.digest(parsed(path.read_bytes()))
        for path in sorted((root / "standards").glob("*/*.json"))
        if path.name != "agreement.json"
    }


def rule_digests(library: Library) -> dict[str, str]:
    """The digest of every named rule, by name: what an edition says rests on them."""
    return {
        name: hashlib.sha256(
            json.dumps([rule.body, rule.parameters, rule.words], sort_keys=True).encode()
        ).hexdigest()
        for name, rule in sorted(library.rules.items())
    }


def problems(library: Library) -> Iterator[Problem]:
    """Editions that changed since they were published, are gone, or are not published yet."""
    now = digests(library.root)
    for file, digest in library.locked.items():
        if now.get(file) != digest:
            detail = f"this published edition {'was changed' if file in now else 'is gone'}"
            hint = "put it back; a correction is a new version that says what it corrects"
            yield Problem("changed", "", detail, hint, file)
    rules = rule_digests(library)
    for name, digest in library.locked_rules.items():
        if rules.get(name) != digest:
            what = "was changed" if name in rules else "is gone"
            detail = f"the rule `{name}`, on which published editions rest, {what}"
            hint = "put it back; another rule needs another name, and a new edition that uses it"
            file = library.rules[name].file if name in rules else "rules"
            yield Problem("changed", f"/rules/{name}", detail, hint, file)
    for file in now:
        if file not in library.locked:
            detail = "this edition is not in standards/LOCK.json"
            yield Problem(
                "unpublished", "", detail, "`recognition standards publish` adds it", file
            )


def publish(library: Library) -> list[str]:
    """Lock the editions that are new; those published before stay. Returns what was added."""
    new = {
        file: digest for file, digest in digests(library.root).items() if file not in library.locked
    }
    locked = dict(sorted({**library.locked, **new}.items()))
    path = library.root / "standards" / "LOCK.json"
    rules = dict(sorted({**rule_digests(library), **library.locked_rules}.items()))
    path.write_text(layout.written({"editions": locked, "rules": rules}), "utf-8")
    return sorted(new)

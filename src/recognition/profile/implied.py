"""What a title implies: memberships that go with it, as the vocabulary of titles says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recognition.profile.canonical import read
from recognition.profile.model import Code
from recognition.profile.schema import LEAVES
from recognition.profile.vocabulary import Vocabularies

Object = Mapping[str, Any]

_AS_MEMBER = {"discipline": "discipline", "status": "status", "since": "granted_on"}
"""What a registration says of the membership that goes with it: a field, and where it stands."""


def with_implied(profile: Object, written: Object, vocabularies: Vocabularies) -> dict[str, Any]:
    """The profile with the memberships that its titles imply, of bodies it lists none of.

    `written` has the titles as they were written: a line of titles may name a membership too. A
    list that was unknown still may hold others, of which nothing is known.
    """
    listed = profile.get("memberships")
    bodies = [one.get("body") for one in listed or ()]
    found = _memberships(profile, written, vocabularies)
    new = [one for one in found if one["body"] not in bodies]
    if not new:
        return dict(profile)
    others = [{}] if listed is None else listed
    return {**profile, "memberships": [*others, *new]}


def _memberships(
    profile: Object, written: Object, vocabularies: Vocabularies
) -> Iterator[dict[str, Any]]:
    titles = vocabularies["titles"].details if "titles" in vocabularies else {}
    lists = (one.get("registrations") or () for one in (profile, written))
    for registration, before in zip(*lists, strict=True):
        for title in _titles(registration, before, vocabularies):
            if "implies" in titles.get(title, {}):
                yield {**titles[title]["implies"]["membership"], **_as_member(registration)}


def _titles(registration: Object, before: Object, vocabularies: Vocabularies) -> Sequence[str]:
    """The titles that a registration's line names beside its own."""
    mark, text = LEAVES["registrations.title"].mark, before.get("title")
    if not isinstance(mark, Code) or not isinstance(text, str):
        return ()
    named = read(text, mark, before, vocabularies).parts
    return [title for title in named if title != registration.get("title")]


def _as_member(registration: Object) -> dict[str, Any]:
    """A registration that may have expired says nothing of whether the membership is active."""
    said = {name: registration[of] for name, of in _AS_MEMBER.items() if of in registration}
    if registration.get("expires_on", "..") != "..":
        said.pop("status", None)
    return said

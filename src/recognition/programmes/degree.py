"""What a degree of a profile says that lists are asked about; what is no text is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from recognition import dates
from recognition.programmes.entries import Span


class Wanted(NamedTuple):
    """The names a degree is looked for by, as they are written."""

    institution: str
    programme: str
    place: str | None
    campus: str | None
    level: str | None


def wanted(degree: Mapping[str, Any]) -> Wanted | None:
    """The names of a degree; None where institution or programme is unknown."""
    institution = text(degree, "institution")
    programme = text(degree, "programme") or text(degree, "title")
    if not (institution and programme):
        return None
    place, campus, level = place_of(degree), text(degree, "campus"), text(degree, "level")
    return Wanted(institution, programme, place, campus, level)


def text(degree: Mapping[str, Any], name: str) -> str | None:
    """A field that is a text; None where it is unknown."""
    said = degree.get(name)
    return said if isinstance(said, str) and said else None


def place_of(degree: Mapping[str, Any]) -> str | None:
    """Where a degree was delivered: as its country where the key is absent."""
    return text(degree, "delivered_in" if "delivered_in" in degree else "country")


def award(degree: Mapping[str, Any]) -> Span | None:
    """The days on which it may have been awarded; None where they are unknown."""
    return days(text(degree, "awarded_on"))


def start(degree: Mapping[str, Any]) -> Span | None:
    """The days on which studies may have begun; None where they are unknown."""
    return days(text(degree, "notional_start")) or days(text(degree, "started_on"))


def days(written: str | None) -> Span | None:
    """The days a date may be; None where it is unknown, or no date."""
    try:
        return dates.parse(written or "")
    except ValueError:
        return None

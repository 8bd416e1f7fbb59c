"""What a profile says twice and differently: told as warnings, for no verdict rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from recognition import dates
from recognition.problems import Problem
from recognition.profile.model import Code
from recognition.profile.vocabulary import Vocabularies

Object = Mapping[str, Any]
CODE = "contradiction"
YEARS = 5
"""So many years back a statement on development is taken to reach."""
RESIDED = "residences"
MOST = 20
"""So many are told at most."""


def contradictions(profile: Object, as_of: int, vocabularies: Vocabularies) -> list[Problem]:
    """The contradictions of a profile that holds together, on a day; the first `MOST` of them."""
    found = (told for look in _LOOKS for told in look(profile, as_of, vocabularies))
    return [told for told, _ in zip(found, range(MOST), strict=False)]


def _warning(pointer: str, detail: str) -> Problem:
    return Problem(CODE, pointer, detail, "say which is right")


def _items(profile: Object, name: str) -> Iterator[tuple[int, Object]]:
    listed = profile.get(name)
    yield from enumerate(listed if isinstance(listed, Sequence) else ())


def _days(text: Any) -> tuple[int, int]:
    """The first and last day a date could be; any day where it is no date."""
    try:
        return dates.parse(text) if isinstance(text, str) else (dates.BEFORE_ALL, dates.AFTER_ALL)
    except ValueError:
        return dates.BEFORE_ALL, dates.AFTER_ALL


def _attested(profile: Object, kind: str) -> bool:
    return (profile.get("attestations") or {}).get(kind) is True


def _development(profile: Object, as_of: int, _: Vocabularies) -> Iterator[Problem]:
    """Development is stated to be kept up, and no hours of the last years are among those told."""
    if not _attested(profile, "cpd-maintained") or profile.get("cpd") is None:
        return
    since = as_of - YEARS * 366
    recent = (one for _, one in _items(profile, "cpd") if _ends(one) >= since)
    if not any(one.get("hours") is None or one["hours"] > 0 for one in recent):
        detail = f"development is stated to be kept up, but no hours are told of {YEARS} years"
        yield _warning("/attestations/cpd-maintained", detail)


def _ends(one: Object) -> int:
    year = one.get("year")
    return _days(f"{int(year):04}" if isinstance(year, int | float) else one.get("until"))[1]


def _residence(profile: Object, as_of: int, _: Vocabularies) -> Iterator[Problem]:
    """Residence is stated, and the residences told all end before, or begin after the day."""
    if not _attested(profile, "ordinarily-resident-in-host") or profile.get(RESIDED) is None:
        return
    spans = [
        (_days(r.get("from")), _days(r.get("until"))) for _, r in _items(profile, "residences")
    ]
    if not any(first[0] <= as_of <= last[1] for first, last in spans):
        detail = "residence is stated, but no residence is told on the day"
        yield _warning("/attestations/ordinarily-resident-in-host", detail)


def _conduct(profile: Object, as_of: int, _: Vocabularies) -> Iterator[Problem]:
    """No serious charge is stated, and one is told."""
    findings = (profile.get("conduct") or {}).get("findings") or ()
    if _attested(profile, "no-serious-charge-or-conviction") and any(
        one.get("kind") == "criminal" for one in findings
    ):
        detail = "no serious charge or conviction is stated, but a criminal finding is told"
        yield _warning("/attestations/no-serious-charge-or-conviction", detail)


def _studies(profile: Object, as_of: int, _: Vocabularies) -> Iterator[Problem]:
    """The first-year start that an entry stands for is no later than the entry itself."""
    for i, degree in _items(profile, "degrees"):
        if _days(degree.get("notional_start"))[0] > _days(degree.get("started_on"))[1]:
            detail = "the notional first-year start is after the start of study"
            yield _warning(f"/degrees/{i}/notional_start", detail)


def _registered(profile: Object, as_of: int, vocabularies: Vocabularies) -> Iterator[Problem]:
    """Active and expired; of a body that is at home in another country."""
    home = vocabularies.home_of("bodies")
    for i, one in _items(profile, "registrations"):
        if one.get("status") == "active" and _days(one.get("expires_on"))[1] < as_of:
            yield _warning(f"/registrations/{i}/status", "it is active, and has expired")
        body = vocabularies["bodies"].numbers.get(str(one.get("body")), 0)
        named = vocabularies.read(Code("places", only="country"), str(one.get("country") or "?"))
        country = vocabularies["places"].numbers.get(named.code or "", 0)
        if home[body] and country and home[body] != country:
            there = vocabularies["places"].entry(int(home[body]))
            detail = f"the country is not `{there}`, where `{one['body']}` is at home"
            yield _warning(f"/registrations/{i}/country", detail)


_LOOKS: Sequence[Callable[[Object, int, Vocabularies], Iterator[Problem]]] = (
    _development,
    _residence,
    _conduct,
    _studies,
    _registered,
)

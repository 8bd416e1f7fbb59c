"""The made-up people of `peers.py`: nested profiles, flat records, and what is right for each.

A person's facts are drawn once, a twentieth of each left out. The profile tells them as the program
takes them: jobs that overlap, hours of several years, lists. The flat record has years and hours
counted beforehand, because the peers could not count them: that favours the peers.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from recognition import dates
from recognition.profile.records import arrow_schema
from recognition.standard.library import Library, home

STANDARD = "draft-register"
AS_OF = date(2026, 11, 24)
DAY = dates.day(AS_OF)
SEED = 20_261_124
MISSING = 0.05

Flat = dict[str, Any]
Statuses = tuple[int, ...]
"""Six criteria and the verdict: 0 unmet, 1 unknown, 2 met."""

FIELDS = ("accord", "body", "awarded_on", "practice", "charge", "hours", "status", "finding")
ACCORDS = ["washington-accord"] * 17 + ["sydney-accord", "dublin-accord", "eur-ace"]
STATUSES = ["active"] * 9 + ["lapsed", "suspended"]
OUTSIDERS = ("ASIIN", "CTI", "CONFEA", "COREN", "EES")
"""Bodies that are no party."""


def draft() -> Library:
    """A library of the draft standard alone, with the project's own vocabularies."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(home() / "rules/vocabularies", root / "rules/vocabularies")
        shutil.copytree(Path(__file__).with_name("peers") / "standards", root / "standards")
        shutil.copy(home() / "standards/bodies.json", root / "standards")
        return Library.load(root)


def joined(library: Library) -> dict[str, str]:
    """The day each body became a party."""
    parties = library.standards[STANDARD].agreement.parties
    return {
        body: dates.iso(party.history[0].period.first[0])
        for party in parties
        for body in party.bodies
    }


# --- people


def people(count: int, bodies: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What is true of each person: jobs as their first days, the rest as it is; None is unknown."""
    chance = random.Random(SEED)
    offered = [*bodies] * 3 + [*OUTSIDERS]
    for _ in range(count):
        person = {
            "accord": chance.choice(ACCORDS),
            "body": chance.choice(offered),
            "awarded_on": date(1985, 1, 1) + timedelta(chance.randrange(14_000)),
            "practice": AS_OF - timedelta(chance.randrange(40 * 365)),
            "charge": AS_OF - timedelta(chance.randrange(15 * 365)),
            "hours": float(chance.randrange(60, 500)),
            "status": chance.choice(STATUSES),
            "finding": chance.random() < 0.03,
        }
        yield {key: None if chance.random() < MISSING else held for key, held in person.items()}


def flat(person: dict[str, Any]) -> Flat:
    """A record in which days are counted to completed years, dates are text."""
    return person | {
        "awarded_on": _text(person["awarded_on"]),
        "practice": _years(person["practice"]),
        "charge": _years(person["charge"]),
    }


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _years(first: date | None) -> int | None:
    """Whole years from a first day to the end of the day of the decision."""
    if first is None:
        return None
    after = AS_OF + timedelta(1)
    return after.year - first.year - ((after.month, after.day) < (first.month, first.day))


def profile(number: int, person: dict[str, Any]) -> dict[str, Any]:
    """The same person as a profile; what is unknown is left out."""
    accreditation = _known(accord=person["accord"], by=person["body"])
    degree = _known(awarded_on=_text(person["awarded_on"]), accreditations=[accreditation])
    told: dict[str, Any] = {
        "id": f"P-{number:07}",
        "degrees": [degree],
        "experience": list(_jobs(person)),
        "cpd": [
            {"from": "2019-01-01", "until": "2019-12-31", "hours": 120.0},
            _known(**{"from": "2025-01-01", "until": "2025-12-31", "hours": person["hours"]}),
        ],
        "registrations": [_known(status=person["status"])],
    }
    if person["finding"] is not None:
        told["conduct"] = {"findings": [{"open": True}] if person["finding"] else []}
    return told


def _jobs(person: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Practice as two jobs that overlap by up to a month, and one in responsible charge."""
    first, kind = person["practice"], {"significant": True, "responsible_charge": False}
    middle = first and first + (AS_OF - first) / 2
    until = middle and _text(min(middle + timedelta(30), AS_OF))
    yield _known(**{"from": _text(first), "until": until}, **kind)
    yield _known(**{"from": _text(middle)}, until="..", **kind)
    kind = {"significant": False, "responsible_charge": True}
    yield _known(**{"from": _text(person["charge"])}, until="..", **kind)


def _known(**fields: Any) -> dict[str, Any]:
    return {key: held for key, held in fields.items() if held is not None}


def table(profiles: list[dict[str, Any]]) -> pa.Table:
    """Profiles as the program's Arrow columns; those that nobody fills are left out."""
    filled = {key for one in profiles for key in one}
    schema = pa.schema([field for field in arrow_schema() if field.name in filled])
    return pa.Table.from_pylist(profiles, schema)


# --- what is right, by a plain function on the flat record


def statuses(bodies: Mapping[str, str], record: Flat) -> Statuses:
    """The six criteria and the least of them."""
    accord, body, awarded = record["accord"], record["body"], record["awarded_on"]
    accredited = _told(accord, accord == "washington-accord")
    since = awarded and body and awarded >= bodies.get(body, "9999-12-31")
    told = (
        min(accredited, _told(body and awarded, since)),
        _told(record["practice"], record["practice"] is not None and record["practice"] >= 7),
        _told(record["charge"], record["charge"] is not None and record["charge"] >= 2),
        _told(record["hours"], record["hours"] is not None and record["hours"] >= 150),
        _told(record["status"], record["status"] == "active"),
        _told(record["finding"], record["finding"] is False),
    )
    return (*told, min(told))


def _told(known: Any, met: Any) -> int:
    return 1 if known is None else 2 if met else 0

"""Makes the example applicants: people who do not exist, with careers that could.

    python examples/make_applicants.py > examples/applicants.ndjson

Six in ten have their papers in order; the others miss something: a few days, a date, a clean
record, an accreditation that counts. Many stand within days of the seventh year of practice,
the second in responsible charge, the third with the title, counted up to `TODAY`.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

Profile = dict[str, Any]
"""A profile, or an item of one, as the contract writes it in JSON."""
Dice = random.Random
TODAY = date(2026, 11, 23)
DISCIPLINES = (
    "civil",
    "civil",
    "civil",
    "structural",
    "geotechnical",
    "mechanical",
    "electrical",
    "chemical",
    "environmental",
)


class Home(NamedTuple):
    """Where a degree comes from, who accredits it, and the title engineers earn there."""

    country: str
    weight: int
    accreditor: str
    scope: tuple[str, ...]
    since: int
    degree: str
    years: int
    begins: tuple[int, int]
    awards: tuple[int, int]
    title: str
    bodies: tuple[tuple[str, str | None], ...]
    regions: tuple[str | None, ...]
    society: str | None


_AU = ("AU-NSW", "AU-VIC", "AU-QLD", "AU-WA", None)
_CA = (("PEO", "CA-ON"), ("EGBC", "CA-BC"), ("APEGA", "CA-AB"))
_CN = ("CN-GD", "CN-SH", "CN-BJ", "CN-SC", "CN-JS")
_US = (("TBPELS", "US-TX"), ("NCEES", "US-IA"), ("OSBLPELS", "US-OK"))
_BSC, _BENG, _HONS, _MENG = (
    "Bachelor of Science",
    "Bachelor of Engineering",
    "Bachelor of Engineering (Honours)",
    "Master of Engineering",
)
HOMES = (
    Home("AU", 26, "EA", (), 1989, _HONS, 4, (2, 20), (12, 8), "CPEng", (("EA", None),), _AU, "EA"),
    Home(
        "GB",
        10,
        "EngC",
        (),
        1989,
        _MENG,
        4,
        (9, 15),
        (7, 5),
        "CEng",
        (("EngC", None),),
        (None,),
        "ICE",
    ),
    Home(
        "CN",
        10,
        "CEEAA",
        (),
        2017,
        _BENG,
        4,
        (9, 1),
        (6, 20),
        "Class 1 Registered Structural Engineer",
        (("NABERS", None),),
        _CN,
        None,
    ),
    Home(
        "CA",
        7,
        "CEAB",
        (),
        1989,
        _BENG,
        4,
        (9, 4),
        (5, 1),
        "P.Eng.",
        _CA,
        ("CA-ON", "CA-BC", "CA-AB"),
        None,
    ),
    Home(
        "US",
        7,
        "ABET",
        ("eac",),
        1989,
        _BSC,
        4,
        (8, 22),
        (5, 14),
        "PE",
        _US,
        ("US-TX", "US-IA", "US-OK"),
        None,
    ),
    Home(
        "HK",
        7,
        "HKIE",
        (),
        1995,
        _BENG,
        4,
        (9, 1),
        (7, 1),
        "MHKIE",
        (("HKIE", None),),
        (None,),
        "HKIE",
    ),
    Home(
        "IN",
        7,
        "NBA",
        ("tier-1",),
        2015,
        "Bachelor of Technology",
        4,
        (7, 20),
        (6, 25),
        "PEng",
        (("IEI", None),),
        (None,),
        "IEI",
    ),
    Home(
        "SG", 5, "IES", (), 2006, _BENG, 4, (8, 8), (6, 28), "PE", (("PEB", None),), (None,), "IES"
    ),
    Home(
        "MY",
        5,
        "BEM",
        ("eac",),
        2010,
        _BENG,
        4,
        (9, 5),
        (8, 20),
        "PEng",
        (("BEM", None),),
        (None,),
        "IEM",
    ),
    Home(
        "JP",
        5,
        "JABEE",
        (),
        2006,
        _BENG,
        4,
        (4, 1),
        (3, 24),
        "P.E.Jp",
        (("IPEJ", None),),
        (None,),
        None,
    ),
    Home(
        "KR", 4, "ABEEK", (), 2008, _BSC, 4, (3, 2), (2, 20), "PE", (("KPEA", None),), (None,), None
    ),
    Home(
        "NZ",
        5,
        "EngNZ",
        (),
        1989,
        _HONS,
        4,
        (2, 22),
        (12, 5),
        "CPEng",
        (("EngNZ", None),),
        (None,),
        "EngNZ",
    ),
    Home(
        "ZA",
        4,
        "ECSA",
        (),
        1999,
        _BENG,
        4,
        (2, 4),
        (12, 10),
        "PrEng",
        (("ECSA", None),),
        (None,),
        "SAICE",
    ),
    Home(
        "IE", 4, "EI", (), 1989, _MENG, 5, (9, 8), (6, 24), "CEng", (("EI", None),), (None,), "EI"
    ),
    Home(
        "PK",
        3,
        "PEC",
        ("level-2",),
        2018,
        _BSC,
        4,
        (10, 1),
        (9, 10),
        "PE",
        (("PEC", None),),
        (None,),
        None,
    ),
    Home("TW", 3, "IEET", ("eac",), 2008, _BENG, 4, (9, 10), (6, 12), "", (), (None,), None),
    Home("TR", 2, "MUDEK", (), 2012, _BSC, 4, (9, 18), (6, 20), "", (), (None,), None),
    Home("NG", 1, "COREN", (), 2014, _BENG, 5, (9, 2), (10, 1), "", (), (None,), None),
)
_WEIGHTS = [home.weight for home in HOMES]


def applicants(count: int, seed: int = 1) -> Iterator[Profile]:
    """That many profiles, the same ones for the same seed."""
    dice = Dice(seed)
    for number in range(1, count + 1):
        yield _applicant(dice, f"A-{number:04}")


def line(profile: Profile) -> str:
    """The profile in the fewest letters, on one line."""
    return json.dumps(profile, ensure_ascii=False, separators=(",", ":"))


def _applicant(dice: Dice, name: str) -> Profile:
    home = dice.choices(HOMES, _WEIGHTS)[0]
    moved = not home.bodies or dice.random() < 0.12
    seat = dice.choices(HOMES[:7], _WEIGHTS[:7])[0] if moved else home
    field = "structural" if seat.country == "CN" else dice.choice(DISCIPLINES)
    profile = _in_order(dice, name, home, seat, field)
    if dice.random() < 0.4:
        chosen = sorted(dice.sample(range(len(GAPS)), dice.choice((1, 1, 2))))
        for gap in dict.fromkeys(GAPS[number] for number in chosen):
            gap(profile, dice)
    return profile


def _in_order(dice: Dice, name: str, home: Home, seat: Home, field: str) -> Profile:
    """One whose degree is from `home` and title from `seat`, with nothing missing."""
    first = _first_day(dice, home)
    granted = _granted(dice, first)
    degree = _degree(dice, home, field, first)
    profile: Profile = {"id": name, "citizenships": _citizenships(dice, home, seat)}
    if dice.random() < 0.2:
        since = str(first.year - dice.randint(5, 20))
        profile["residences"] = [
            {
                "country": seat.country,
                "region": dice.choice(seat.regions),
                "from": since,
                "until": "..",
                "permanent": True,
            }
        ]
    if dice.random() < 0.6:
        profile["birth_date"] = _iso(_shift(_day(degree["started_on"]), -19) + _few(dice, 360))
    profile |= {"degrees": [degree], "registrations": [_registration(dice, seat, field, granted)]}
    if seat.society and (seat.country in ("GB", "IN") or dice.random() < 0.5):
        profile["memberships"] = [
            {
                "body": seat.society,
                "grade": "corporate",
                "discipline": field,
                "since": _iso(granted),
                "status": "active",
            }
        ]
    profile |= {"experience": _jobs(dice, seat, field, first), "cpd": _cpd(dice)}
    if seat.country == "AU" and dice.random() < 0.75:
        _ask_texas(profile, dice)
    profile["conduct"] = {"bound_by_code": True, "findings": []}
    profile.setdefault("attestations", {})
    profile["attestations"] |= {"consents-to-listing": True, "cpd-maintained": True}
    if seat.country == "CA":
        profile["attestations"]["licence-unrestricted"] = True
    return profile


def _first_day(dice: Dice, home: Home) -> date:
    """The first day of work; for one in three, seven years ago to within a week."""
    seventh = _shift(TODAY + timedelta(days=1), -7)
    if dice.random() < 0.33:
        return seventh - _few(dice, 6)
    earliest = date(max(home.since, 2002) + 1, 2, 1)
    return earliest + timedelta(days=dice.randint(0, max(0, (seventh - earliest).days)))


def _granted(dice: Dice, first: date) -> date:
    """The day of the title; for one in four, three years ago to within a week."""
    third = _shift(TODAY + timedelta(days=1), -3)
    if dice.random() < 0.25:
        return third - _few(dice, 6)
    earliest = _shift(first, 2)
    return earliest + timedelta(days=dice.randint(0, (third - earliest).days))


def _citizenships(dice: Dice, home: Home, seat: Home) -> list[str]:
    if home.country == seat.country:
        return [home.country]
    return dice.choice(([home.country], [seat.country], [home.country, seat.country]))


def _degree(dice: Dice, home: Home, field: str, first: date) -> Profile:
    awarded = date(first.year, *home.awards) + _few(dice, 9)
    if awarded > first - timedelta(days=10):
        awarded = _shift(awarded, -1)
    started = date(
        awarded.year - home.years + (home.begins < home.awards and home.awards[0] > 11),
        *home.begins,
    )
    degree = {
        "title": home.degree,
        "level": "master" if home.degree == _MENG else "bachelor",
        "discipline": field,
        "country": home.country,
        "started_on": _iso(started),
        "awarded_on": _iso(awarded),
        "years": home.years,
        "accreditations": [_accreditation(dice, home, started, awarded)],
    }
    if dice.random() < 0.5:
        degree |= {"institution": "A University", "delivered_in": home.country}
    if home.country == "GB":
        degree["further_learning"] = "not-needed"
    if dice.random() < 0.2:
        degree["proof"] = dice.choice(("declared", "documented", "confirmed"))
    return degree


def _accreditation(dice: Dice, home: Home, started: date, awarded: date) -> Profile:
    intake = home.country in ("AU", "GB")
    begins = started.year - dice.randint(0, 5)
    ends = (started if intake else awarded).year + dice.randint(0, 4)
    status = "conditional" if home.country == "CN" and dice.random() < 0.3 else "full"
    return {
        "by": home.accreditor,
        "accord": "washington-accord",
        "from": f"{begins}-01-01",
        "until": dice.choice(("..", f"{ends}-12-31")),
        "basis": "intake" if intake else "completion",
        "status": status,
        "scope": list(home.scope),
    }


def _registration(dice: Dice, seat: Home, field: str, granted: date) -> Profile:
    body, region = dice.choice(seat.bodies)
    later = _iso(TODAY + timedelta(days=dice.randint(30, 900)))
    return {
        "title": seat.title,
        "body": body,
        "country": seat.country,
        "region": region,
        "discipline": field,
        "class": "full",
        "status": "active",
        "good_standing": True,
        "granted_on": _iso(granted),
        "expires_on": dice.choice(("..", "..", later)),
        "route": "standard",
        "independent_practice": True,
    }


def _jobs(dice: Dice, seat: Home, field: str, first: date) -> list[Profile]:
    """One to four jobs from `first` to today; the last, of two years at least, in charge."""
    days = (TODAY - first).days
    count = dice.choice((1, 2, 2, 3, 3, 4))
    step = (days - 735) // count
    starts = [first + timedelta(days=number * step) for number in range(count)]
    ends = [start - timedelta(days=1) for start in starts[1:]]
    jobs = [
        _job(dice, seat, field, start, end)
        for start, end in zip(starts, [*ends, None], strict=True)
    ]
    jobs[0]["supervised"] = True
    jobs[-1] |= {"responsible_charge": True, "supervised": False}
    if days > 3600 and count > 1:
        _disturb(dice, jobs)
    return jobs


def _job(dice: Dice, seat: Home, field: str, start: date, end: date | None) -> Profile:
    job = {
        "from": _iso(start),
        "until": _iso(end) if end else "..",
        "country": seat.country,
        "discipline": field,
        "responsible_charge": False,
        "significant": True,
        "fte": 1.0,
        "codes": [seat.country],
    }
    region = dice.choice(seat.regions)
    if region:
        job["region"] = region
    if dice.random() < 0.15:
        job |= {
            "employer": dice.choice(("A consultant", "A contractor", "A utility")),
            "role": dice.choice(("design engineer", "site engineer", "engineer")),
        }
    return job


def _disturb(dice: Dice, jobs: list[Profile]) -> None:
    """A pause, an overlap, a coarse date, part-time work: what a long career can bear."""
    second = jobs[1]
    start = _day(second["from"]) + timedelta(days=dice.choice((0, 0, 45, 120, -60, -200)))
    second["from"] = _iso(start)
    if dice.random() < 0.3:
        jobs[0]["from"] = jobs[0]["from"][: dice.choice((4, 7))]
    if dice.random() < 0.1:
        jobs[0]["fte"] = dice.choice((0.5, 0.6, 0.8))


def _cpd(dice: Dice) -> list[Profile]:
    """The last years' hours, in full or in the short form."""
    years = range(TODAY.year - dice.choice((2, 3, 3, 4)), TODAY.year)
    hours = [dice.choice((30, 45, 50, 50, 52.5, 60, 80)) for _ in years]
    if dice.random() < 0.6:
        return [{"year": year, "hours": each} for year, each in zip(years, hours, strict=True)]
    return [
        {"from": f"{year}-01-01", "until": f"{year}-12-31", "hours": each, "ethics_hours": 1}
        for year, each in zip(years, hours, strict=True)
    ]


def _ask_texas(profile: Profile, dice: Dice) -> None:
    """What goes with an application for a temporary licence in Texas."""
    profile["experience"][-1]["codes"].append("US")
    profile["examinations"] = [
        {
            "name": "TX-ethics",
            "body": "TBPELS",
            "result": "passed",
            "on": _iso(TODAY - _few(dice, 300)),
        }
    ]
    profile["attestations"] = {
        "work-in-host-three-years-or-less": True,
        "former-temporary-licensee": False,
        "us-code-familiarity": True,
        "home-standing-letter": True,
        "application-complete": True,
    }


# --- what may be missing -------------------------------------------------------------------------


def practice_short(profile: Profile, dice: Dice) -> None:
    """Seven years of practice but for some days."""
    start = _shift(TODAY + timedelta(days=1), -7) + _few(dice, 6, least=1)
    field = profile["degrees"][0]["discipline"]
    last = profile["experience"][-1]
    charge = _shift(TODAY, -3)
    early = last | {
        "from": _iso(start),
        "until": _iso(charge),
        "responsible_charge": False,
        "supervised": True,
        "discipline": field,
    }
    profile["experience"] = [early, last | {"from": _iso(charge), "until": ".."}]


def practice_far_short(profile: Profile, dice: Dice) -> None:
    """A career of a few years only."""
    start = TODAY - timedelta(days=dice.randint(900, 2300))
    profile["experience"] = [profile["experience"][-1] | {"from": _iso(start), "until": ".."}]


def charge_short(profile: Profile, dice: Dice) -> None:
    """Two years in responsible charge but for some days; or to the day."""
    charge = _shift(TODAY + timedelta(days=1), -2) + timedelta(days=dice.choice((0, 1, 2, 5, 30)))
    for job in profile["experience"]:
        job |= {"responsible_charge": False, "supervised": True}
    last = profile["experience"][-1]
    profile["experience"].append(
        last
        | {"from": _iso(charge), "until": "..", "responsible_charge": True, "supervised": False}
    )
    last["until"] = _iso(charge - timedelta(days=1))


def title_young(profile: Profile, dice: Dice) -> None:
    """The title held for three years but for some days."""
    day = _shift(TODAY + timedelta(days=1), -3) + _few(dice, 40, least=1)
    profile["registrations"][0] |= {"granted_on": _iso(day)}


def end_missing(profile: Profile, dice: Dice) -> None:
    """Nobody knows when a job ended."""
    dice.choice(profile["experience"])["until"] = None


def start_coarse(profile: Profile, dice: Dice) -> None:
    """Dates known to the month or the year."""
    job = dice.choice(profile["experience"])
    job["from"] = job["from"][: dice.choice((4, 7))]
    degree = profile["degrees"][0]
    degree["awarded_on"] = degree["awarded_on"][: dice.choice((4, 7))]


def half_time(profile: Profile, dice: Dice) -> None:
    """Part-time work, or nobody knows how much."""
    for job in profile["experience"]:
        job["fte"] = dice.choice((0.5, 0.6, 0.8, None))


def charge_unknown(profile: Profile, dice: Dice) -> None:
    """Nothing is said of responsible charge."""
    for job in profile["experience"]:
        _forget(job, "responsible_charge", dice)


def experience_unknown(profile: Profile, dice: Dice) -> None:
    """Nothing is said of experience."""
    _forget(profile, "experience", dice)


def scope_wrong(profile: Profile, dice: Dice) -> None:
    """Accredited, but in a part that the accord does not cover, or nobody knows in which."""
    other = {
        "NBA": "tier-2",
        "PEC": "level-1",
        "ABET": "etac",
        "IEET": "tac",
        "BEM": "etac",
        "EngC": "further-learning",
    }
    for each in profile["degrees"][0]["accreditations"] or []:
        if each["by"] in other:
            each["scope"] = dice.choice(([other[each["by"]]], None))


def further_learning(profile: Profile, dice: Dice) -> None:
    """A British degree that needed further learning, done or not."""
    degree = profile["degrees"][0]
    if degree["country"] != "GB":
        return
    degree |= {"title": _BENG, "level": "bachelor", "further_learning": "not-done"}
    for each in degree["accreditations"] or []:
        each["scope"] = ["further-learning"]
    if dice.random() < 0.6:
        day = _shift(date(int(degree["awarded_on"][:4]), 6, 30), dice.randint(1, 4))
        degree |= {"further_learning": "done", "completed_on": _iso(day)}


def accreditation_weak(profile: Profile, dice: Dice) -> None:
    """An accreditation that was provisional, had ended, or was of another accord."""
    degree = profile["degrees"][0]
    begins = int(degree["started_on"][:4])
    for each in degree["accreditations"] or []:
        each |= dice.choice(
            (
                {"status": "provisional"},
                {"accord": "sydney-accord"},
                {"from": f"{begins - 9}-01-01", "until": f"{begins - 2}-12-31"},
            )
        )


def accreditation_unknown(profile: Profile, dice: Dice) -> None:
    """Accredited by whom, when, or whether at all: not stated; or known not to be."""
    degree = profile["degrees"][0]
    given = degree["accreditations"] or []
    choice = dice.randrange(4)
    if choice < 2 or not given:
        degree["accreditations"] = ([], None)[choice % 2]
    else:
        given[0] |= ({"by": None}, {"from": None, "until": None})[choice - 2]


def branch_campus(profile: Profile, dice: Dice) -> None:
    """The degree was earned on a campus abroad, or nobody knows where."""
    degree = profile["degrees"][0]
    degree["delivered_in"] = dice.choice(("AE", "VN", "QA", None))


def title_not_held(profile: Profile, dice: Dice) -> None:
    """The title has lapsed, expired, or is of a lesser kind."""
    expired = _iso(TODAY - _few(dice, 60, least=1))
    profile["registrations"][0] |= dice.choice(
        (
            {"status": "lapsed"},
            {"status": "suspended", "good_standing": False},
            {"expires_on": expired},
            {"class": "limited"},
            {"class": "provisional"},
        )
    )


def title_unclear(profile: Profile, dice: Dice) -> None:
    """Something about the title is not stated."""
    forgotten = ("status", "good_standing", "granted_on", "expires_on", "independent_practice")
    for key in dice.sample(forgotten, 2):
        _forget(profile["registrations"][0], key, dice)


def title_by_other_route(profile: Profile, dice: Dice) -> None:
    """The title was gained in a way some registers do not accept."""
    profile["registrations"][0]["route"] = dice.choice(
        ("mature-candidate", "career-appraisal", "technical-report", "mutual-recognition")
    )


def cpd_missing(profile: Profile, dice: Dice) -> None:
    """No CPD record, or one of no hours, and no word of the home body about it."""
    attestations = profile["attestations"]
    if dice.random() < 0.5:
        _forget(profile, "cpd", dice)
        _forget(attestations, "cpd-maintained", dice)
    else:
        profile["cpd"] = [{"year": year, "hours": 0} for year in range(2021, 2026)]
        attestations["cpd-maintained"] = False


def finding(profile: Profile, dice: Dice) -> None:
    """A complaint or a measure, open or closed; some say nothing of their conduct."""
    year = str(dice.randint(2018, 2025))
    body = profile["registrations"][0]["body"]
    profile["conduct"] = dice.choice(
        (
            {
                "bound_by_code": True,
                "findings": [
                    {"body": body, "on": year, "kind": "disciplinary", "open": dice.random() < 0.5}
                ],
            },
            {
                "bound_by_code": True,
                "findings": [{"body": body, "on": f"{year}-05", "kind": "complaint", "open": True}],
            },
            {"bound_by_code": False, "findings": []},
            {"bound_by_code": None},
            None,
        )
    )


def statement_missing(profile: Profile, dice: Dice) -> None:
    """A statement that was refused, or not made."""
    attestations = profile["attestations"]
    for kind in dice.sample(sorted(attestations), min(2, len(attestations))):
        attestations[kind] = not attestations[kind]
        if dice.random() < 0.5:
            _forget(attestations, kind, dice)


def citizenship_unknown(profile: Profile, dice: Dice) -> None:
    """Nothing is said of citizenship."""
    _forget(profile, "citizenships", dice)


GAPS: tuple[Callable[[Profile, Dice], None], ...] = (
    practice_short,
    practice_short,
    practice_far_short,
    charge_short,
    charge_short,
    title_young,
    end_missing,
    end_missing,
    start_coarse,
    half_time,
    charge_unknown,
    scope_wrong,
    further_learning,
    accreditation_weak,
    accreditation_unknown,
    branch_campus,
    title_not_held,
    title_unclear,
    title_by_other_route,
    cpd_missing,
    finding,
    statement_missing,
    citizenship_unknown,
    experience_unknown,
)
"""In the order in which they may follow one another: what is forgotten cannot change any more."""


def _forget(item: Profile, key: str, dice: Dice) -> None:
    """Unknown is written in two ways: `null`, or not at all."""
    item[key] = None
    if dice.random() < 0.5:
        del item[key]


def _few(dice: Dice, most: int, least: int = 0) -> timedelta:
    return timedelta(days=dice.randint(least, most))


def _shift(day: date, years: int) -> date:
    """The same day of another year; 29 February goes to 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _iso(day: date) -> str:
    return day.isoformat()


def main() -> None:
    """Writes 1,200 applicants to standard output."""
    for profile in applicants(1200):
        sys.stdout.write(line(profile) + "\n")


if __name__ == "__main__":
    main()

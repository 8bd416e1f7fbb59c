"""What proposing accreditations costs beside reading profiles, with 10,000 programmes listed.

    python benchmarks/programmes.py --profiles 1000000 [--programmes 10000]

The list and the people are made up, the same ones every time. Of ten degrees seven are of listed
programmes, written in different ways; two of programmes that are not listed, at as many
institutions; one is misspelt. Read and decided is what a batch does without compiled code: lines of
JSON to records to columns to decisions. With proposals each line is looked into first, and filled
where something is entered, which is read and decided too. The best of some rounds counts.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson

from recognition import dates
from recognition.collector import at_rest
from recognition.decide.decide import decide
from recognition.facts.facts import Facts
from recognition.plan.plan import Plan
from recognition.plan.question import Question, compiled
from recognition.profile.records import reader
from recognition.programmes import Programmes, line_with_proposals
from recognition.programmes.model import Defaults, Institution, Listing, ListSource, Row, Words
from recognition.standard.library import Library

ROUNDS = 5
DAY = dates.parse("2026-11-27")[0]
ASKED = Question(("washington-accord", "ipea"), ("AU",))
BLOCK = 8192
"""Profiles read at once."""
TAUGHT = 10
"""Programmes of an institution."""
SUBJECTS = ("Civil", "Mechanical", "Electrical", "Chemical", "Mining", "Marine", "Software")
PARTS = ("al", "ber", "cor", "dun", "est", "fal", "gor", "hol", "ist", "jor", "kel", "lom", "mar")
WAYS: tuple[Callable[[str], str], ...] = (
    str,
    str,
    str.upper,
    str.lower,
    lambda text: f"The {text}",
)


OTHERWISE: dict[str, Any] = {
    "citizenships": ["NZ"],
    "registrations": [
        {
            "title": "CPEng",
            "body": "EngNZ",
            "country": "NZ",
            "status": "active",
            "granted_on": "2019-05-01",
            "expires_on": "..",
            "good_standing": True,
        }
    ],
    "experience": [
        {
            "from": f"{year}-01-01",
            "until": f"{year + 2}-12-31",
            "country": "NZ",
            "discipline": "civil",
            "significant": True,
            "responsible_charge": True,
            "fte": 1.0,
        }
        for year in (2015, 2018, 2021)
    ],
    "cpd": [{"year": year, "hours": 50} for year in (2023, 2024, 2025)],
}
"""The rest of each of them: about as much as an applicant of the examples states."""


def town(number: int) -> str:
    """A made-up name, another for each number."""
    parts: list[str] = []
    while number or not parts:
        number, part = divmod(number, len(PARTS))
        parts.append(PARTS[part])
    return "".join(parts).title() + "ton"


def subject(number: int) -> str:
    """A made-up programme, another for each number below 70."""
    return f"{SUBJECTS[number % len(SUBJECTS)]} Engineering {town(number // len(SUBJECTS))}"


def listing(programmes: int) -> Listing:
    """A list of that many programmes."""
    schools = {
        str(i): Institution([f"University of {town(i)}"], "NZ") for i in range(programmes // TAUGHT)
    }
    rows = [
        Row(str(i // TAUGHT), [subject(i % TAUGHT)], from_="2000", until="2030")
        for i in range(programmes)
    ]
    words = Words("made up", "虚构")
    given = Defaults(
        level="bachelor", basis="completion", status="full", accord="washington-accord"
    )
    source = ListSource("made up")
    return Listing(
        *("made-up", "EngNZ", words, source, "2026-11-27", schools, rows),
        defaults=given,
        made_up=True,
    )


def lines(profiles: int, schools: int) -> Iterator[bytes]:
    """That many people, as lines of JSON."""
    chance = random.Random(1)
    for i in range(profiles):
        kind = chance.randrange(10)
        at = int(chance.paretovariate(0.7)) % schools if kind < 8 else schools + i % (2 * schools)
        name = f"University of {town(at)}"
        degree = {
            "title": "BEng " + subject(chance.randrange(TAUGHT) if kind < 7 else 20 + kind),
            "institution": chance.choice(WAYS)(name) if kind != 9 else name[:-1],
            "country": "NZ",
            "level": "bachelor",
            "started_on": "2010",
            "awarded_on": "2014-12-01",
        }
        yield orjson.dumps({"id": f"P{i}", "degrees": [degree], **OTHERWISE})


def decided(library: Library, plan: Plan, block: Sequence[bytes]) -> None:
    """A block of lines read into columns and decided."""
    records = reader(library.vocabularies).decode_all(block)
    decide(plan, Facts.from_records(records, DAY, library.vocabularies), library)


def proposed(lists: Programmes, line: bytes) -> bytes:
    """A line with what the lists propose."""
    return line_with_proposals(line, lists)[0]


def seconds(
    works: Sequence[Callable[[Sequence[bytes]], Any]], blocks: Sequence[Sequence[bytes]]
) -> list[float]:
    """Processor time of each work on all blocks: taken in turns, the best of some rounds."""
    took: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, rounds in zip(works, took, strict=True):
            with at_rest():  # as a batch does
                began = time.process_time()
                for block in blocks:
                    work(block)
                rounds.append(time.process_time() - began)
    return list(map(min, took))


def main() -> None:
    """Print what both cost a profile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=1_000_000)
    parser.add_argument("--programmes", type=int, default=10_000)
    asked = parser.parse_args()
    library = Library.load()
    began = time.process_time()
    lists = Programmes([listing(asked.programmes)], library.vocabularies)
    print(f"{asked.programmes:,} programmes indexed in {time.process_time() - began:.2f} s")
    made = list(lines(asked.profiles, asked.programmes // TAUGHT))
    blocks = [made[at : at + BLOCK] for at in range(0, len(made), BLOCK)]
    plan = compiled(library, ASKED)
    works = (
        lambda block: decided(library, plan, block),
        lambda block: decided(library, plan, [proposed(lists, one) for one in block]),
        lambda block: [proposed(lists, one) for one in block],
    )
    alone, both, only = seconds(works, blocks)
    each = 1e6 / asked.profiles
    print(f"read and decided {alone * each:.2f} µs a profile, with proposals {both * each:.2f} µs")
    print(f"of that proposing {only * each:.2f} µs: {both / alone:.2f} times the time without")


if __name__ == "__main__":
    main()

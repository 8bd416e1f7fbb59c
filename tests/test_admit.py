"""Profiles come in one way, whichever door they came to."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from recognition.admit import admitted
from recognition.profile.vocabulary import Vocabularies

NAMES = Vocabularies.load(Path(__file__).parents[1])
PLAIN = b'{"id":"a","cpd":[{"year":2024,"hours":5}]}'
LOOSE = b'{"id":"b","registrations":[{"body":"Guild of Stonemasons"}]}'
WRONG = b'{"id":"c","birth_date":"1980-02-30","shoe":1}'
TORN = b'{"id":"d"'
APART = b'{"id":"e","experience":[{"from":"2018","until":"2017"}]}'


def test_plain_profiles_are_let_in_as_they_were_written() -> None:
    """What the fast reader takes is not examined, and its document stays as it was."""
    let_in = admitted([PLAIN, PLAIN], 0, NAMES)
    assert (list(let_in.places), let_in.refused, let_in.examined) == ([0, 1], {}, {})
    assert let_in.documents([PLAIN, PLAIN]) == [json.loads(PLAIN)] * 2


def test_each_profile_is_told_for_itself() -> None:
    """Loose ones are let in examined, wrong ones told by place, others as if they were alone."""
    several = [WRONG, PLAIN, TORN, LOOSE, APART]
    let_in = admitted(several, 0, NAMES)
    assert list(let_in.places) == [1, 3]
    assert list(let_in.facts.ids()) == ["a", "b"]
    assert let_in.documents(several) == [
        json.loads(PLAIN),
        json.loads(LOOSE),
    ]
    assert [one.pointer for one in let_in.warnings[3]] == ["/registrations/0/body"]
    assert {place: [p.code for p in wrong] for place, wrong in let_in.refused.items()} == {
        0: ["not-a-date", "unknown-field"],
        2: ["not-json"],
        4: ["end-before-start"],
    }
    alone = [problem for raw in several for problem in admitted([raw], 0, NAMES).problems]
    assert let_in.problems == alone


def test_a_document_is_examined_as_its_text_is() -> None:
    """Documents that were read already are let in and refused like JSON."""
    documents = [json.loads(raw) for raw in (PLAIN, LOOSE, WRONG)]
    let_in = admitted(documents, 0, NAMES)
    assert list(let_in.places) == [0, 1]
    assert let_in.refused[2] == admitted([WRONG], 0, NAMES).refused[0]


def test_days_stay_with_their_profiles() -> None:
    """Where each profile has a day, those that are let in keep theirs."""
    days = np.array([1, 2, 3], np.int32)
    let_in = admitted([PLAIN, TORN, LOOSE], days, NAMES)
    assert let_in.facts.as_of.lo.tolist() == [1, 3]


def test_no_profiles_are_let_in_as_none() -> None:
    """Nothing comes of nothing."""
    let_in = admitted([], 0, NAMES)
    assert (let_in.facts.rows, list(let_in.places), let_in.problems) == (0, [], [])

"""How the elements of a batch lie: over all levels around them, and in several copies."""

from __future__ import annotations

import datetime as dt
from random import Random

import numpy as np
import pytest

import strategies
import world
from recognition.decide.context import Context
from recognition.decide.sheet import Copies, Layout, Sheet
from recognition.facts.facts import Facts
from recognition.plan.batching import Stack, singly
from recognition.plan.graph import Step
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.rule.syntax import DATE, Node
from recognition.standard.library import PERIODS

DAY = dt.date(2024, 1, 1)
SINGLE: Stack = singly([Step("as_of", DATE, (), None, "", Node("as_of", DATE))])[0]
NESTED = [
    {"id": "none", "degrees": []},
    {
        "id": "some",
        "degrees": [
            {"accreditations": [{"scope": ["tier-1", "tier-2"]}, {"scope": []}]},
            {"accreditations": []},
            {"accreditations": [{"scope": ["tier-1"]}]},
        ],
    },
    {"id": "one", "degrees": [{"accreditations": [{"scope": ["tier-1"]}]}]},
]


@pytest.fixture(scope="module")
def nested() -> Facts:
    return world.facts(NESTED, [DAY] * 3)


@pytest.mark.parametrize(
    ("level", "offsets", "owner"),
    [
        ("degrees.accreditations", [0, 2, 2, 3, 4], [0, 0, 2, 3]),
        ("degrees", [0, 2, 2, 3, 4], [0, 0, 2, 3]),
        ("", [0, 0, 3, 4], [1, 1, 1, 2]),
    ],
)
def test_elements_belong_to_owners_on_every_level_around_them(
    nested: Facts, level: str, offsets: list[int], owner: list[int]
) -> None:
    """Scopes in accreditations, scopes in degrees, scopes of a profile."""
    layout, scope = Layout(nested), "degrees.accreditations.scope"
    assert layout.offsets(scope, level).tolist() == offsets
    assert layout.owner(scope, level).tolist() == owner
    counts = layout.runs(scope, level).fold(np.add, np.ones(4, np.int64), 0)
    assert counts.tolist() == np.diff(offsets).tolist()


def test_what_is_worked_out_is_shared(nested: Facts) -> None:
    """Asked again, it is the same array."""
    layout = Layout(nested)
    assert layout.owner("degrees", "") is layout.owner("degrees", "")
    assert layout.offsets("degrees", "") is layout.offsets("degrees", "")
    assert layout.size("degrees") == 4
    assert layout.size("") == 3


def test_copies_are_the_same_profiles_several_times() -> None:
    """Every column of three copies is that of the profiles written three times."""
    random = Random(3)
    profiles = [strategies.profile(random) for _ in range(5)]
    days = [strategies.day(random) for _ in profiles]
    copies = Copies(world.facts(profiles, days), 3)
    thrice = world.facts(profiles * 3, days * 3)
    assert copies.rows == thrice.rows == 15
    pairs = [(copies.as_of, thrice.as_of)]
    for name in COLLECTIONS:
        assert copies.size(name) == thrice.size(name)
        assert np.array_equal(copies.offsets(name), thrice.offsets(name))
        assert np.array_equal(copies.owner(name), thrice.owner(name))
        assert np.array_equal(np.asarray(copies.many(name)), np.asarray(thrice.many(name)))
        pairs.append((copies.present(name), thrice.present(name)))
    pairs += [(copies.field(path), thrice.field(path)) for path in LEAVES if path in FIELDS]
    assert all(np.array_equal(a, b) for pair in pairs for a, b in zip(*pair, strict=True))


FIELDS = ("degrees.level", "experience.from", "experience.fte", "birth_date", "cpd.hours")


def test_several_copies_are_made_once_and_look_up_each_in_its_own_table(nested: Facts) -> None:
    """Each copy has a table of its own; one copy needs none."""
    sheet = Sheet(nested, world.library().tables, PERIODS)
    assert sheet.several(1) is sheet
    twice = sheet.several(2)
    assert twice is sheet.several(2)
    assert (twice.copies, twice.size("degrees")) == (2, 8)
    assert twice.copy("").tolist() == [0, 0, 0, 1, 1, 1]
    each = Context(twice, SINGLE)
    assert np.asarray(each.each([7, 9])).tolist() == [7, 7, 7, 9, 9, 9]
    assert Context(sheet, SINGLE).each([7]) == 7
    tables = np.array([[10, 11], [20, 21]])
    codes = np.array([0, 1, 0, 0, 1, 1])
    assert each.lookup(tables)(codes).tolist() == [10, 11, 10, 20, 21, 21]
    assert Context(sheet, SINGLE).lookup(tables[:1])(codes[:3]).tolist() == [10, 11, 10]

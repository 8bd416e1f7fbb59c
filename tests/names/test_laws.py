"""What holds of every name: no variant, and no word more, makes it another's."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from registry import names, vocabularies, written

KINDS = ["bodies", "titles", "disciplines", "degree-levels", "grades", "examinations", "routes"]
RESOLVED = [
    (name, text, country, names().read(name, text, country or None).code)
    for name in KINDS
    for _, text, country in written(name)
]
one_resolved = some.sampled_from([known for known in RESOLVED if known[3]])
letter = some.characters(categories=("Ll", "Lu"), max_codepoint=0x17F)
word = some.text(letter, min_size=5, max_size=12)


def _known(text: str) -> bool:
    """Whether a random word happens to be a name of something."""
    return any(names().read(name, text).code for name in (*KINDS, "countries", "regions"))


@settings(max_examples=400, deadline=None)
@given(one_resolved, word, some.booleans())
def test_an_unknown_word_makes_no_other_entry(
    known: tuple[str, str, str, str], unknown: str, in_front: bool
) -> None:
    """A name with an unknown word more is open, or still its entry; it is never another's."""
    name, text, country, code = known
    longer = f"{unknown} {text}" if in_front else f"{text} {unknown}"
    if not _known(unknown):
        assert names().read(name, longer, country or None).code in (None, code)


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


VARIANTS: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "full width": _full_width,
    "spaces": lambda text: f"  {text.replace(' ', '   ')} ",
    "final point": lambda text: f"{text}.",
}


@pytest.mark.parametrize("variant", sorted(VARIANTS))
@settings(max_examples=200, deadline=None)
@given(known=one_resolved)
def test_a_variant_of_a_name_is_read_alike(variant: str, known: tuple[str, str, str, str]) -> None:
    """Case, width, spaces and a point at the end change nothing."""
    name, text, country, code = known
    assert names().read(name, VARIANTS[variant](text), country or None).code == code


@settings(max_examples=200, deadline=None)
@given(one_resolved, some.data())
def test_a_letter_left_out_of_a_long_word_resolves_to_no_other(
    known: tuple[str, str, str, str], data: some.DataObject
) -> None:
    """A name with a letter missing in a long word is open, or its entry's by another spelling."""
    name, text, country, code = known
    longest = max(text.split(), key=len)
    if len(longest) > 7 and longest.isascii():
        at = data.draw(some.integers(1, len(longest) - 2))
        mistyped = text.replace(longest, longest[:at] + longest[at + 1 :], 1)
        assert names().read(name, mistyped, country or None).code in (None, code)


@settings(max_examples=200, deadline=None)
@given(one_resolved, one_resolved, some.sampled_from([";", "; ", " | ", "\n"]))
def test_two_names_are_never_one(
    one: tuple[str, str, str, str], other: tuple[str, str, str, str], between: str
) -> None:
    """Two names parted by a semicolon are one entry's only where both are."""
    if one[0] == other[0] and not one[2] and not other[2]:
        code = names().read(one[0], f"{one[1]}{between}{other[1]}").code
        assert code is None or code == one[3] == other[3]


@settings(max_examples=200, deadline=None)
@given(some.text(max_size=400), some.sampled_from(KINDS))
def test_any_text_is_read(text: str, kind: str) -> None:
    """No text raises, and what is read is an entry or none."""
    reading = names().read(kind, text)
    assert reading.code is None or reading.code in vocabularies()[kind].codes
    assert len(reading.near) <= 8


def test_the_order_of_reading_does_not_matter() -> None:
    """Names read in another order are read alike."""
    sample = random.Random(7).sample(RESOLVED, 300)
    assert [names().read(n, t, c or None).code for n, t, c, _ in sample] == [x[3] for x in sample]

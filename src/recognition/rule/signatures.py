"""What each form of the language takes and makes, as data.

The reading of rules (`parts`) and their JSON Schema (`schema`) both come from this table, so that
neither knows a form, a key or a choice that the other does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recognition.rule.shapes import (
    DUE,
    LIKE,
    MEASURE,
    Alike,
    AskedShape,
    Choice,
    Codes,
    CollectionShape,
    DayShape,
    Either,
    Ends,
    Exactly,
    Expression,
    Expressions,
    Flag,
    Keys,
    Part,
    TextShape,
    Whole,
    Yes,
)
from recognition.rule.syntax import CODE, DATE, DATE_COMPARISONS, NUMBER, SPAN, TRUTH

PLACES = "code:places"
PARAMETER_KINDS = (TRUTH, NUMBER, DATE, CODE, "codes", "collection", "months", "agreement")
"""What a named rule may ask for."""


@dataclass(frozen=True)
class Signature:
    """What a form takes, and the kind of value it makes (DUE: that of what stands in it)."""

    takes: Part
    makes: str = TRUTH


_TWO_NUMBERS = Exactly((Expression(NUMBER), Expression(NUMBER)))
_MEASURED = Exactly((Expression(MEASURE), AskedShape()))
_TWO_DATES = Exactly((Expression(DATE), Expression(DATE)))
_WHERE = {"where": Expression(TRUTH, "on")}
_PARTY: Mapping[str, Part] = {"of": TextShape()}
_SEAT: Mapping[str, Part] = {"body": Expression("code:bodies"), "place": Expression(PLACES)}
_STATUSES: Mapping[str, Part] = {"is": Codes("party-statuses")}


def _over(of: str = "") -> Keys:
    """A collection, which of its elements count, and what is taken of each."""
    taken = {"of": Expression(of, "on")} if of else {}
    return Keys({"in": CollectionShape(), **taken}, _WHERE)


_YEARS = Keys(
    {"in": CollectionShape(periods=True)},
    {
        "part_time": Choice(("open", "calendar", "weighted")),
        **_WHERE,
        "since": Expression(DATE, "around"),
        "after": Expression(DATE, "around"),
        "until": Expression(DATE, "around"),
    },
    apart=("since", "after"),
)
_ADDED = Keys(optional=dict.fromkeys(("years", "months", "days"), Whole()))

SIGNATURES: Mapping[str, Signature] = {
    "all": Signature(Expressions()),
    "any": Signature(Expressions()),
    "not": Signature(Expression()),
    "at_least": Signature(Either(Keys({"n": Whole(1), "of": Expressions()}), _MEASURED)),
    "less_than": Signature(_MEASURED),
    **dict.fromkeys(("at_most", "more_than"), Signature(_TWO_NUMBERS)),
    **dict.fromkeys(DATE_COMPARISONS, Signature(_TWO_DATES)),
    "between": Signature(
        Exactly((Expression(DATE),) * 3, "`between` takes a day, a first and a last day", "")
    ),
    "equals": Signature(Alike()),
    "one_of": Signature(Exactly((Expression(CODE), Codes()))),
    "inside": Signature(Exactly((Expression(PLACES), Codes("places", single=True)))),
    "truth": Signature(Flag()),
    "attested": Signature(TextShape()),
    "field": Signature(TextShape(), DUE),
    "exists": Signature(_over()),
    "count": Signature(_over(), NUMBER),
    **dict.fromkeys(("sum", "least", "greatest"), Signature(_over(NUMBER), NUMBER)),
    **dict.fromkeys(("earliest", "latest"), Signature(_over(DATE), DATE)),
    "years": Signature(_YEARS, SPAN),
    "elapsed": Signature(Keys({"since": Expression(DATE)}), SPAN),
    "range": Signature(Ends(), NUMBER),
    "unpublished": Signature(Choice((TRUTH, NUMBER, DATE), settable=False), DUE),
    "date": Signature(DayShape(), DATE),
    "as_of": Signature(Yes(), DATE),
    "host": Signature(Yes(), PLACES),
    "plus": Signature(
        Exactly(
            (Expression(DATE), _ADDED),
            "`plus` takes a day and what is added",
            '{"plus": [{"as_of": true}, {"years": -1}]}',
        ),
        DATE,
    ),
    "start_of_year": Signature(Expression(DATE), DATE),
    "earlier_of": Signature(Expressions(DATE), DATE),
    "later_of": Signature(Expressions(DATE), DATE),
    "readings": Signature(Expressions(LIKE), DUE),
    "if": Signature(
        Keys({"is": Expression(), "then": Expression(DUE), "else": Expression(LIKE)}), DUE
    ),
    "country_of": Signature(Expression(PLACES), PLACES),
    "party": Signature(Keys({**_PARTY, **_STATUSES}, {"on": Expression(DATE)}, one_of=_SEAT)),
    "party_since": Signature(Keys({**_PARTY, **_STATUSES}, one_of=_SEAT), DATE),
    "party_place": Signature(Keys({**_PARTY, "body": _SEAT["body"]}), PLACES),
}
"""Every form of the language."""

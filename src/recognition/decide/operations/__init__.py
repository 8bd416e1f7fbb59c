"""What each operation of the language does to columns: a function, or a line of a table, each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from recognition import bounds, dates
from recognition.decide.context import Context
from recognition.decide.operations import codes, lists, time

Operation = Callable[[Context, list[Any]], Any]

OPERATIONS: dict[str, Operation] = {
    "literal": lambda context, args: context.value,
    "spread": lambda context, args: bounds.both(context.spread, args[0]),
    "field": lambda context, args: context.facts.field(str(context.value)),
    "attested": lambda context, args: context.facts.statements(context.values),
    "as_of": lambda context, args: context.facts.as_of,
    "all": lambda context, args: context.folded(np.logical_and, args),
    "any": lambda context, args: context.folded(np.logical_or, args),
    "not": lambda context, args: bounds.negate(args[0]),
    "enough": lambda context, args: bounds.enough(args, context.value),
    "at_least": lambda context, args: bounds.not_less(args[0], args[1]),
    "on_or_after": lambda context, args: bounds.not_less(args[0], args[1]),
    "at_most": lambda context, args: bounds.not_less(args[1], args[0]),
    "on_or_before": lambda context, args: bounds.not_less(args[1], args[0]),
    "more_than": lambda context, args: bounds.greater(args[0], args[1]),
    "after": lambda context, args: bounds.greater(args[0], args[1]),
    "less_than": lambda context, args: bounds.greater(args[1], args[0]),
    "before": lambda context, args: bounds.greater(args[1], args[0]),
    "equals": lambda context, args: bounds.same(args[0], args[1]),
    "one_of": codes.one_of,
    "inside": codes.inside,
    "country_of": codes.country_of,
    "party": codes.party,
    "party_since": codes.party_since,
    "party_place": codes.party_place,
    "exists": lists.exists,
    "count": lists.count,
    "sum": lists.total,
    **dict.fromkeys(("least", "greatest", "earliest", "latest"), lists.extreme),
    "years": time.years,
    "elapsed": time.elapsed,
    "reached": time.reached,
    "plus": time.plus,
    "start_of_year": lambda context, args: bounds.both(dates.start_of_year, args[0]),
    "earlier_of": lambda context, args: bounds.least(args),
    "later_of": lambda context, args: bounds.most(args),
    "readings": lambda context, args: codes.one_code(context, bounds.hull(args)),
    "if": lambda context, args: codes.one_code(context, bounds.choose(*args)),
}

"""What each operation of the language does to columns: a function, or a line of a table, each."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from recognition import bounds, dates
from recognition.bounds import Bounds
from recognition.decide.context import Context
from recognition.decide.operations import codes, lists, time
from recognition.plan.batching import Stack

Operation = Callable[[Context, Stack, list[Any]], Any]


def _spread(context: Context, stack: Stack, args: list[Any]) -> Any:
    value, owner = args[0], context.owner(stack.level, stack.stand)
    return bounds.both(lambda part: part[owner] if np.ndim(part) else part, value)


def _folded(ufunc: np.ufunc) -> Operation:
    """All arguments of a step brought together."""

    def fold(context: Context, stack: Stack, args: list[Any]) -> Bounds:
        if not stack.starts:
            return bounds.both(lambda *truths: reduce(ufunc, truths), *args)
        count = len(stack.args[0])
        return bounds.both(
            lambda part: ufunc.reduceat(part.reshape(count, -1), stack.starts).ravel(), args[0]
        )

    return fold


OPERATIONS: dict[str, Operation] = {
    "literal": lambda context, stack, args: stack.value,
    "spread": _spread,
    "field": lambda context, stack, args: context.facts.field(str(stack.value)),
    "attested": lambda context, stack, args: context.facts.statements(stack.values),
    "as_of": lambda context, stack, args: context.facts.as_of,
    "all": _folded(np.logical_and),
    "any": _folded(np.logical_or),
    "not": lambda context, stack, args: bounds.negate(args[0]),
    "enough": lambda context, stack, args: bounds.enough(args, stack.value),
    "at_least": lambda context, stack, args: bounds.not_less(args[0], args[1]),
    "on_or_after": lambda context, stack, args: bounds.not_less(args[0], args[1]),
    "at_most": lambda context, stack, args: bounds.not_less(args[1], args[0]),
    "on_or_before": lambda context, stack, args: bounds.not_less(args[1], args[0]),
    "more_than": lambda context, stack, args: bounds.greater(args[0], args[1]),
    "after": lambda context, stack, args: bounds.greater(args[0], args[1]),
    "less_than": lambda context, stack, args: bounds.greater(args[1], args[0]),
    "before": lambda context, stack, args: bounds.greater(args[1], args[0]),
    "equals": lambda context, stack, args: bounds.same(args[0], args[1]),
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
    "start_of_year": lambda context, stack, args: bounds.both(dates.start_of_year, args[0]),
    "earlier_of": lambda context, stack, args: bounds.least(args),
    "later_of": lambda context, stack, args: bounds.most(args),
    "readings": lambda context, stack, args: codes.one_code(stack, bounds.hull(args)),
    "if": lambda context, stack, args: codes.one_code(stack, bounds.choose(*args)),
}

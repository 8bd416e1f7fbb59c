"""Codes, places and parties: what is looked up by a code."""

from __future__ import annotations

from typing import Any

import numpy as np

from recognition import bounds, dates
from recognition.bounds import Array, Bounds
from recognition.decide.context import Context, Parties, World
from recognition.plan.batching import Stack
from recognition.rule.syntax import CODE

ANY_CODE = 2**30
NO_CODE = -1


def _chosen(stack: Stack, entries: int) -> Array:
    """Which codes each step chooses, (steps, entries + 2); the last place is that of no code."""
    chosen = np.zeros((len(stack.values), entries + 2), bool)
    for step, codes in enumerate(stack.values):
        chosen[step, list(codes)] = True
    return chosen


def _within(stack: Stack, world: World) -> Array:
    """The same for places, with the regions of those that are chosen."""
    chosen = _chosen(stack, world.entries("places"))
    within: Array = chosen | chosen[:, world.country]
    return within


def _parties(context: Context, stack: Stack) -> Parties:
    return stack.once("parties", lambda: context.world.parties_of(stack.values))


def one_of(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    entries = context.world.entries(_vocabulary(stack))
    chosen = stack.once("chosen", lambda: _chosen(stack, entries))
    return _among(context, stack, args[0], chosen)


def _vocabulary(stack: Stack) -> str:
    return stack.of.partition(":")[2]


def _among(context: Context, stack: Stack, code: Bounds, chosen: Array) -> Bounds:
    chosen_by = context.lookup(chosen, stack.stand)
    if code.exact:
        return bounds.exactly(chosen_by(code.lo))
    known, codes = context.share(("settled", stack.args[0]), lambda: bounds.settled(code))
    return bounds.among(known, codes, chosen_by)


def inside(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    """Equal to a place, or a region of it."""
    if stack.value is not None:
        within = stack.once("within", lambda: _within(stack, context.world))
        return _among(context, stack, args[0], within)
    country = _country(context, args[0])
    return bounds.some([bounds.same(args[0], args[1]), bounds.same(country, args[1])])


def _country(context: Context, place: Bounds) -> Bounds:
    country = context.world.country.take
    return _looked_up(place, country, country, ANY_CODE)


def country_of(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    return _country(context, args[0])


def one_code(stack: Stack, value: Bounds) -> Bounds:
    """Codes stand in no order: one that is not settled may be any."""
    if value.exact or not stack.kind.startswith(CODE):
        return value
    differ = value.lo != value.hi
    return Bounds(np.where(differ, 0, value.lo), np.where(differ, ANY_CODE, value.hi))


def _looked_up(code: Bounds, lo: Any, hi: Any, most: Any, least: Any = 0) -> Bounds:
    """What tables have by code; from `least` to `most` where the code is unknown."""
    if code.exact:
        low = lo(code.lo)
        return Bounds(low, low if lo is hi else hi(code.lo))
    known = code.lo == code.hi
    at = np.where(known, code.lo, NO_CODE)
    return Bounds(np.where(known, lo(at), least), np.where(known, hi(at), most))


# --- parties


def party(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    """In one of the periods in which the code's party has such a status."""
    table, (code, on) = _parties(context, stack), args
    held = [_held(context, stack, code, table, period, on) for period in range(table.held.shape[1])]
    return bounds.some(held) if held else bounds.exactly(np.False_)


def _held(
    context: Context, stack: Stack, code: Bounds, table: Parties, period: int, on: Bounds
) -> Bounds:
    ever = {"most": dates.AFTER_ALL, "least": dates.BEFORE_ALL}
    first = _looked_up(code, *_ends(context, stack, table.first, period), **ever)
    last = _looked_up(code, *_ends(context, stack, table.last, period), **ever)
    held = context.lookup(table.held[:, period], stack.stand)
    there = _looked_up(code, held, held, True, False)
    return bounds.every([there, bounds.not_less(on, first), bounds.not_less(last, on)])


def _ends(
    context: Context, stack: Stack, ends: Bounds, period: int | None = None
) -> tuple[Any, Any]:
    """Both ends of a table to look codes up in; the same one twice where nothing is open."""
    at = np.s_[:] if period is None else np.s_[:, period]
    lo = context.lookup(ends.lo[at], stack.stand)
    return lo, lo if ends.exact else context.lookup(ends.hi[at], stack.stand)


def party_since(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    since = _parties(context, stack).since
    return _looked_up(args[0], *_ends(context, stack, since), dates.AFTER_ALL, dates.BEFORE_ALL)


def party_place(context: Context, stack: Stack, args: list[Any]) -> Bounds:
    place = context.lookup(_parties(context, stack).place, stack.stand)
    return _looked_up(args[0], place, place, ANY_CODE, NO_CODE)

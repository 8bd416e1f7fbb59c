"""Codes, places and parties: what is looked up by a code."""

from __future__ import annotations

from typing import Any

import numpy as np

from recognition import bounds, dates
from recognition.bounds import ANY_CODE, NAMED, Array, Bounds
from recognition.decide.context import Context
from recognition.decide.sheet import Parties
from recognition.rule.syntax import CODE

NO_CODE = -1


def _chosen(context: Context, entries: int) -> Array:
    """Which codes each step chooses, (steps, entries + 2); the last place is that of no code."""
    chosen = np.zeros((len(context.values), entries + 2), bool)
    for step, codes in enumerate(context.values):
        chosen[step, list(codes)] = True
    return chosen


def _within(context: Context) -> Array:
    """The same for places, with the regions of those that are chosen."""
    chosen = _chosen(context, context.world.entries("places"))
    within: Array = chosen | chosen[:, context.world.country]
    return within


def _parties(context: Context) -> Parties:
    return context.table("parties", lambda: context.world.parties_of(context.values))


def one_of(context: Context, args: list[Any]) -> Bounds:
    entries = context.world.entries(context.vocabulary)
    chosen = context.table("chosen", lambda: _chosen(context, entries))
    return _among(context, args[0], chosen)


def _at_home(context: Context, chosen: Array) -> Array:
    """Which countries have a code that is chosen, or one that is at home nowhere.

    Shape (steps, places + 2); the first is whether any code is chosen at all.
    """
    entry, country = context.world.homes(context.vocabulary).T
    found = np.zeros((len(chosen), context.world.entries("places") + 2), bool)
    for step, choice in enumerate(chosen):
        found[step, country[choice[entry]]] = True
    found |= found[:, :1]
    found[:, 0] = chosen.any(axis=1)
    return found


def _perhaps(context: Context, code: Bounds, chosen: Array, name: str) -> Any:
    """Whether a code that is not known may be chosen, by where it is at home."""
    named = code.hi > NAMED
    if not named.any():
        return True
    at_home = context.table(f"{name} at home", lambda: _at_home(context, chosen))
    return context.lookup(at_home)(np.where(named, code.hi - NAMED, 0))


def _among(context: Context, code: Bounds, chosen: Array) -> Bounds:
    chosen_by = context.lookup(chosen)
    if code.exact:
        return bounds.exactly(chosen_by(code.lo))
    known, codes = context.sheet.share(
        ("settled", context.argument(0)), lambda: bounds.settled(code)
    )
    perhaps = _perhaps(context, code, chosen, "chosen")
    return bounds.among(known, codes, chosen_by, perhaps)


def inside(context: Context, args: list[Any]) -> Bounds:
    """Equal to a place, or a region of it."""
    if context.value is not None:
        within = context.table("within", lambda: _within(context))
        return _among(context, args[0], within)
    country = _country(context, args[0])
    return bounds.some([bounds.same(args[0], args[1]), bounds.same(country, args[1])])


def _country(context: Context, place: Bounds) -> Bounds:
    country = context.world.country.take
    return _looked_up(place, country, country, ANY_CODE)


def country_of(context: Context, args: list[Any]) -> Bounds:
    return _country(context, args[0])


def one_code(context: Context, value: Bounds) -> Bounds:
    """Codes stand in no order: one that is not settled may be any."""
    if value.exact or not context.kind.startswith(CODE):
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


def party(context: Context, args: list[Any]) -> Bounds:
    """In one of the periods in which the code's party has such a status."""
    table, (code, on) = _parties(context), args
    held = [_held(context, code, table, period, on) for period in range(table.held.shape[1])]
    return bounds.some(held) if held else bounds.exactly(np.False_)


def _held(context: Context, code: Bounds, table: Parties, period: int, on: Bounds) -> Bounds:
    ever = {"most": dates.AFTER_ALL, "least": dates.BEFORE_ALL}
    first = _looked_up(code, *_ends(context, table.first, period), **ever)
    last = _looked_up(code, *_ends(context, table.last, period), **ever)
    held = context.lookup(table.held[:, period])
    perhaps = True
    if not code.exact:
        perhaps = _perhaps(context, code, table.held[:, period], f"held {period}")
    there = _looked_up(code, held, held, perhaps, False)
    return bounds.every([there, bounds.not_less(on, first), bounds.not_less(last, on)])


def _ends(context: Context, ends: Bounds, period: int | None = None) -> tuple[Any, Any]:
    """Both ends of a table to look codes up in; the same one twice where nothing is open."""
    at = np.s_[:] if period is None else np.s_[:, period]
    lo = context.lookup(ends.lo[at])
    return lo, lo if ends.exact else context.lookup(ends.hi[at])


def party_since(context: Context, args: list[Any]) -> Bounds:
    since = _parties(context).since
    return _looked_up(args[0], *_ends(context, since), dates.AFTER_ALL, dates.BEFORE_ALL)


def party_place(context: Context, args: list[Any]) -> Bounds:
    place = context.lookup(_parties(context).place)
    return _looked_up(args[0], place, place, ANY_CODE, NO_CODE)

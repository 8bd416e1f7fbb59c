"""What compiled code finds where: the fields of the tables it reads, as places in bytes.

Every element of a collection is a row of cells of eight bytes: for each kind of object in it which
keys were there, its fields, and for each list in it how long that is. A cell to which nothing is
written says that nothing is known. Tables hold numbers and addresses, one row after another.
"""

from __future__ import annotations

WORDS, NAME, DAY, CODE, TRUTH, AMOUNT, OBJECT, CODES, MAP, LIST = range(10)
"""What a slot holds. A name is words that are kept; all from OBJECT on are no single values."""
UNKNOWN_LIST = -1
"""How long a list is that is absent or null."""
SINCE, WITHIN, YEAR = range(3)
"""How two fields of an object go together: see the marks of `profile`."""

KIND, CELL, BIT, KEY, KEY_END, NEXT_SLOT, CONTEXT, INSIDE = range(0, 64, 8)
"""A slot: its kind; where its cell is in a row; the bit of its key, and its text with the quote
behind it; the slot that came next when it was last met; what codes are looked up in; the object or
the collection inside it (this as bytes from the first)."""
OPEN_END, LOWEST, HIGHEST, WHOLE, SLOT = range(64, 104, 8)
"""What the slot's mark says; and how long a slot is."""

SEEN, REQUIRED, CHECKS, CHECKS_END, FIRST_SLOT, HELD = range(0, 48, 8)
"""A kind of object: where the bits of its keys are in a row; those that must be; its checks; the
slot that was last met first."""

WIDTH, BLANK, ELEMENT, LISTS, LISTS_END, BELOW_END, NEXT, FULL, COLLECTION = range(0, 72, 8)
"""A collection: how long a row is; a blank one; what an element is (an object, or slots); the lists
in a row; where the collections below it end (as bytes from the first); the next row; the end."""

LISTED_CELL, LISTED, LISTING = range(0, 24, 8)
"""A list in a row: where its length is; its collection (as bytes from the first)."""

CHECK_KIND, ONE, OTHER, NOTHING, CHECK = range(0, 40, 8)
"""A check: of which kind; two cells; what the first holds where nothing is known."""

IN, ROW, GROWING, LENGTH_AT, BEFORE, HINT, FRAME = range(0, 56, 8)
"""An object that is open: its kind; its row; the collection that gets a row for it, or 0; where its
list's length goes, or 0; where that list begins; where it stands which key is expected."""

COLLECTIONS, COLLECTIONS_END, SPELLINGS, MONTHS, COUNTRIES, POWERS = range(0, 48, 8)
"""What is at hand: where the tables are."""
FRAMES, SAVED, NOTED, NOTED_END, DESK = range(48, 88, 8)
"""Room for frames, and for where each collection was before a line; where the next text may be
noted that is not known, and where no more."""
NOTE = 24
"""A note: the context of the text, where it begins and where it ends."""

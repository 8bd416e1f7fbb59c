"""A list of accredited programmes as it stands in a file; the shape that `load` reads it into."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

Year = Annotated[str, Meta(pattern=r"^\d{4}$")]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Id = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
ROR = "^0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$"
Ror = Annotated[str, Meta(pattern=ROR)]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    en: str
    zh: str


class Name(Struct, frozen=True, forbid_unknown_fields=True):
    """A name an institution bears; `from` and `until` where it bore it for a time only."""

    text: str
    lang: str | None = None
    from_: str | None = field(default=None, name="from")
    until: str | None = None


class Institution(Struct, frozen=True, forbid_unknown_fields=True):
    """Who awards: names in several languages, the country's code, the ROR id where it is known."""

    names: Annotated[list[Name | str], Meta(min_length=1)]
    country: str
    ror: Ror | None = None


class ListSource(Struct, frozen=True, forbid_unknown_fields=True):
    """A source that is in no register of sources: an office's own file, say."""

    title: str
    url: str | None = None
    issuer: str | None = None


Sources = str | ListSource | list[str | ListSource]
"""Ids of the library's sources, or sources as such."""


class Complete(Struct, frozen=True, forbid_unknown_fields=True):
    """Years (both included) for which a list leaves out no programme of a country."""

    country: str
    from_: Year = field(name="from")
    until: Year


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """An accreditation of a programme; what is left out is as in its list."""

    institution: str
    programme: Annotated[list[str], Meta(min_length=1)]
    level: str | UnsetType = UNSET
    campus: str | None = None
    from_: str | None = field(default=None, name="from")
    until: str | None = None
    basis: str | UnsetType | None = UNSET
    status: str | UnsetType | None = UNSET
    scope: list[str] | UnsetType | None = UNSET
    accord: str | UnsetType | None = UNSET
    source: Sources | UnsetType = UNSET


class Defaults(Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for every row that does not say otherwise; None is unknown."""

    level: str | None = None
    basis: str | None = None
    status: str | None = None
    scope: list[str] | None = None
    accord: str | None = None


class Listing(Struct, frozen=True, forbid_unknown_fields=True):
    """A list of one body, read on the day `read_on`; `id` (`list` in the file) is its file's name.

    `terms`: under which its rows may be kept. `made_up`: an example, and no list of anybody.
    """

    id: Id = field(name="list")
    body: str
    title: Words
    source: Sources
    read_on: Day
    institutions: dict[str, Institution]
    rows: list[Row]
    defaults: Defaults = Defaults()
    complete: tuple[Complete, ...] = ()
    terms: str | None = None
    note: str | None = None
    made_up: bool = False

    def value(self, row: Row, name: str) -> Any:
        """What a row says of a field, or what its list says for all."""
        said = getattr(row, name)
        return getattr(self.defaults, name) if said is UNSET else said

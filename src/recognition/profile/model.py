"""The profile: what one engineer states. The contract's profile, version 1.

Every field says by a mark what it holds (a day, a code of a vocabulary, an amount …). The fast
reader, the columns, the Arrow schema, the JSON Schema and the checks all follow from this page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from math import inf, nextafter
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


@dataclass(frozen=True)
class Text:
    """Free words; nothing is decided by them."""


@dataclass(frozen=True)
class Truth:
    """True or false."""


@dataclass(frozen=True)
class Day:
    """A day, a month or a year. `end`: it closes a period and may be open (`..`).

    It is never before the day in the field `since`. `year` names the field that stands for the
    whole year instead.
    """

    since: str = ""
    end: bool = False
    year: str = ""


@dataclass(frozen=True)
class Code:
    """An entry of a vocabulary, by its code or an alias.

    `only`: of this kind of entry. `within`: it lies in the place that field names. `otherwise`:
    the field it equals where its key is absent. `home`: the field with the country it is at home
    in, which decides what a name means, and tells of one that is no entry which entries it cannot
    be; `where`: one that only decides. `beside`: the field with the body that gives it, whose
    country may decide too.
    """

    vocabulary: str
    only: str = ""
    within: str = ""
    otherwise: str = ""
    home: str = ""
    where: str = ""
    beside: str = ""

    @property
    def country(self) -> str:
        """The field with the country that decides what a name means; empty for none."""
        return self.home or self.where

    @property
    def kind(self) -> str:
        """What names are read as: the vocabulary, or one kind of its places."""
        return {"country": "countries", "region": "regions"}.get(self.only, self.vocabulary)


@dataclass(frozen=True)
class Amount:
    """A number with its least and most; `above`: more than the least; `whole`: no fraction.

    It is from `lowest` to `highest`, both among them: the ends that whoever checks it compares to.
    """

    least: float = 0
    most: float = inf
    above: bool = False
    whole: bool = False

    @property
    def lowest(self) -> float:
        return nextafter(self.least, inf) if self.above else self.least

    @property
    def highest(self) -> float:
        return min(self.most, sys.float_info.max)


@dataclass(frozen=True)
class Parts:
    """A map from entries to amounts: as a collection, elements with the fields of these names."""

    key: str
    code: Code
    value: str
    amount: Amount


@dataclass(frozen=True)
class Statements:
    """A map from entries of a vocabulary to truths."""

    vocabulary: str


Mark = Text | Truth | Day | Code | Amount | Parts | Statements


class Relation(Enum):
    """How a field must go with another of the same object, as far as both are known."""

    SINCE = auto()
    """Its last possible day is not before the other's first."""
    YEAR = auto()
    """It is not given along with the other, the whole year."""
    WITHIN = auto()
    """It is an entry that lies in the other."""


def relations(mark: Mark | None) -> Iterator[tuple[Relation, str]]:
    """What a field's mark asks of it beside other fields, and which."""
    match mark:
        case Day(since=since, year=year):
            yield from [(Relation.SINCE, since)] if since else []
            yield from [(Relation.YEAR, year)] if year else []
        case Code(within=within) if within:
            yield Relation.WITHIN, within


Country = Annotated[str | None, Code("places", only="country")]
Region = Annotated[str | None, Code("places", only="region", within="country", home="country")]
Body = Annotated[str | None, Code("bodies", home="country")]
Discipline = Annotated[str | None, Code("disciplines")]
Status = Annotated[str | None, Code("registration-statuses")]
Route = Annotated[str | None, Code("routes")]
Title = Annotated[str | None, Code("titles", home="country", beside="body")]
Date = Annotated[str | None, Day()]
Words = Annotated[str | None, Text()]
YesNo = Annotated[bool | None, Truth()]
Number = Annotated[float | None, Amount()]


class Part(BaseModel):
    """What every part of a profile keeps to: known fields, exact types."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, populate_by_name=False
    )


class Evidenced(Part):
    """An item that may say how it is known."""

    proof: Annotated[str | None, Code("proofs")] = None


class Residence(Evidenced):
    country: Country = None
    region: Region = None
    from_: Date = Field(None, alias="from")
    until: Annotated[str | None, Day(since="from", end=True)] = None
    permanent: YesNo = None


class Accreditation(Evidenced):
    by: Body = None
    country: Country = None
    accord: Annotated[str | None, Code("accords")] = None
    from_: Date = Field(None, alias="from")
    until: Annotated[str | None, Day(since="from", end=True)] = None
    basis: Annotated[str | None, Code("bases")] = None
    status: Annotated[str | None, Code("accreditation-statuses")] = None
    scope: Annotated[list[str | None] | None, Code("scopes")] = None


class Stage(Evidenced):
    """A part of the studies: at another institution, in another place, by another way of study."""

    institution: Words = None
    country: Country = None
    delivered_in: Annotated[str | None, Code("places")] = None
    mode: Annotated[str | None, Code("study-modes")] = None
    from_: Date = Field(None, alias="from")
    until: Annotated[str | None, Day(since="from", end=True)] = None


class Degree(Evidenced):
    title: Words = None
    programme: Words = None
    level: Annotated[str | None, Code("degree-levels", where="country")] = None
    eqf: Annotated[float | None, Amount(1, 8, whole=True)] = None
    discipline: Discipline = None
    institution: Words = None
    campus: Words = None
    joint: YesNo = None
    country: Country = None
    delivered_in: Annotated[str | None, Code("places", otherwise="country")] = None
    mode: Annotated[str | None, Code("study-modes")] = None
    prior_learning: YesNo = None
    completer: YesNo = None
    stages: list[Stage] | None = None
    started_on: Date = None
    notional_start: Date = None
    awarded_on: Annotated[str | None, Day(since="started_on")] = None
    years: Number = None
    ects: Number = None
    further_learning: Annotated[str | None, Code("further-learning")] = None
    completed_on: Date = None
    accreditations: list[Accreditation] | None = None


class Assessment(Evidenced):
    """What a body found of a degree (`of`: its JSON Pointer), and for whom it did (`for`)."""

    by: Body = None
    country: Country = None
    of: Words = None
    for_: Words = Field(None, alias="for")
    result: Annotated[str | None, Code("assessment-results")] = None
    on: Date = None


class Registration(Evidenced):
    title: Title = None
    body: Body = None
    country: Country = None
    region: Region = None
    discipline: Discipline = None
    class_: Annotated[str | None, Code("registration-classes")] = Field(None, alias="class")
    status: Status = None
    good_standing: YesNo = None
    granted_on: Date = None
    expires_on: Annotated[str | None, Day(since="granted_on", end=True)] = None
    route: Route = None
    independent_practice: YesNo = None


class Membership(Evidenced):
    body: Body = None
    country: Country = None
    grade: Annotated[str | None, Code("grades")] = None
    discipline: Discipline = None
    since: Date = None
    status: Status = None
    route: Route = None


class Experience(Evidenced):
    from_: Date = Field(None, alias="from")
    until: Annotated[str | None, Day(since="from", end=True)] = None
    country: Country = None
    region: Region = None
    discipline: Discipline = None
    responsible_charge: YesNo = None
    significant: YesNo = None
    supervised: YesNo = None
    fte: Annotated[float | None, Amount(0, 1, above=True)] = None
    codes: Annotated[list[str | None] | None, Code("places")] = None
    employer: Words = None
    role: Words = None


class Cpd(Evidenced):
    from_: Annotated[str | None, Day(year="year")] = Field(None, alias="from")
    until: Annotated[str | None, Day(since="from", end=True, year="year")] = None
    hours: Number = None
    ethics_hours: Number = None
    year: Annotated[float | None, Amount(1, 9999, whole=True)] = None


class Examination(Evidenced):
    name: Annotated[str | None, Code("examinations", where="country", beside="body")] = None
    body: Body = None
    country: Country = None
    result: Annotated[str | None, Code("results")] = None
    score: Number = None
    on: Date = None


class Language(Evidenced):
    language: Annotated[str | None, Code("languages")] = None
    cefr: Annotated[str | None, Code("cefr")] = None
    test: Annotated[str | None, Code("language-tests")] = None
    score: Number = None
    parts: Annotated[
        dict[str, float | None] | None, Parts("part", Code("language-parts"), "score", Amount())
    ] = None
    on: Date = None


class Competence(Evidenced):
    framework: Annotated[str | None, Code("frameworks")] = None
    element: Annotated[str | None, Code("elements")] = None
    level: Annotated[str | None, Code("competence-levels")] = None


class Referee(Evidenced):
    title: Title = None
    body: Body = None
    country: Country = None


class ConductFinding(Evidenced):
    body: Body = None
    country: Country = None
    on: Date = None
    kind: Annotated[str | None, Code("finding-kinds")] = None
    open: YesNo = None


class Conduct(Part):
    bound_by_code: YesNo = None
    findings: list[ConductFinding] | None = None


class Profile(Part):
    id: Annotated[str, Text()] = Field(min_length=1)
    citizenships: Annotated[list[str | None] | None, Code("places", only="country")] = None
    residences: list[Residence] | None = None
    birth_date: Date = None
    degrees: list[Degree] | None = None
    assessments: list[Assessment] | None = None
    registrations: list[Registration] | None = None
    memberships: list[Membership] | None = None
    experience: list[Experience] | None = None
    cpd: list[Cpd] | None = None
    examinations: list[Examination] | None = None
    languages: list[Language] | None = None
    competences: list[Competence] | None = None
    referees: list[Referee] | None = None
    conduct: Conduct | None = None
    attestations: Annotated[dict[str, bool | None] | None, Statements("attestations")] = None

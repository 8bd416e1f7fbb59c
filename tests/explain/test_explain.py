"""A decision explains itself: findings, measures, what would settle it, whom to ask."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from explained import decision, finding
from recognition import dates
from recognition.evaluate import answer, evaluate
from recognition.profile.schema import COLLECTIONS
from recognition.standard.library import Library

PRACTICE = {"at_least": [{"years": {"in": "experience"}}, 7]}
HOURS = {"at_least": [{"sum": {"in": "cpd", "of": {"field": "cpd.hours"}}}, 50]}
BACHELOR = {
    "exists": {"in": "degrees", "where": {"equals": [{"field": "degrees.level"}, "bachelor"]}}
}
SPOKEN = {"attested": "us-code-familiarity"}
GROWN = {
    "before": [{"field": "birth_date"}, {"plus": [{"as_of": True}, {"years": -30, "months": 6}]}]
}
JOB = {"from": "2014-01-01", "until": "..", "fte": 1}


# --- measures


def test_measures_and_requirements_have_a_unit(books: Library) -> None:
    """Years to four places, hours without an upper bound, days as they are written."""
    found = finding(books, PRACTICE, {"experience": [JOB]})
    assert found["measured"] == {"at_least": 10.0027, "at_most": 10.0027, "unit": "years"}
    assert found["required"] == {"at_least": 7, "at_most": 7, "unit": "years"}
    hours = finding(books, HOURS, {"cpd": None})
    assert hours["measured"] == {"at_least": 0, "at_most": None, "unit": "hours"}
    day = finding(books, GROWN, {"birth_date": "1994"})
    assert day["measured"] == {"at_least": "1994-01-01", "at_most": "1994-12-31", "unit": "date"}
    assert day["required"] == {"at_least": "1994-07-01", "at_most": "1994-07-01", "unit": "date"}


def test_months_are_measured_in_months(books: Library) -> None:
    """A span against months is told in months, as the requirement is."""
    rule = {"at_least": [{"years": {"in": "experience"}}, {"months": 18}]}
    found = finding(books, rule, {"experience": [{**JOB, "until": "2015-12-31"}]})
    assert found["measured"] == {"at_least": 24, "at_most": 24, "unit": "months"}
    assert found["required"] == {"at_least": 18, "at_most": 18, "unit": "months"}


def test_the_unit_of_a_number_is_that_of_its_field(books: Library) -> None:
    """A count has items, a greatest level has levels, a score has points."""
    least = {"greatest": {"in": "degrees", "of": {"field": "degrees.eqf"}}}
    score = {"greatest": {"in": "languages.parts", "of": {"field": "languages.parts.score"}}}
    asked = {"points": score, "level": least, "count": {"count": {"in": "degrees"}}}
    for unit, measure in asked.items():
        assert finding(books, {"at_least": [measure, 1]}, {})["measured"]["unit"] == unit


def test_a_truth_has_no_measure(books: Library) -> None:
    """What compares nothing has neither measure nor requirement."""
    found = finding(books, BACHELOR, {})
    assert (found["measured"], found["required"]) == (None, None)


@pytest.mark.parametrize("form", ["least", "greatest"])
def test_the_greatest_of_nothing_has_no_amount(books: Library, form: str) -> None:
    """Infinite bounds are told as null, and the sentence has no number."""
    rule = {"at_least": [{form: {"in": "degrees", "of": {"field": "degrees.eqf"}}}, 6]}
    found = finding(books, rule, {"degrees": []})
    assert (found["measured"]["at_least"], found["measured"]["at_most"]) == (None, None)
    assert found["text"]["en"].startswith("This is asked; ")


def test_without_an_element_nothing_is_measured(books: Library) -> None:
    """A subject without an element has no measure and asks for nothing by number."""
    rule = {"at_least": [{"field": "degrees.eqf"}, 6]}
    found = finding(books, rule, {"degrees": []}, "degrees")
    assert (found["measured"], found["required"], found["evidence"]) == (None, None, [])
    found = finding(books, rule, {"degrees": [{"eqf": 5}]}, "degrees")
    assert found["measured"] == {"at_least": 5, "at_most": 5, "unit": "level"}


# --- words of rules, and sources


def test_a_rule_gives_its_words_to_the_finding(books: Library) -> None:
    """The requirement is said by the rule, its parameters put in."""
    rule = {"rule": "practice", "with": {"years": 7}}
    found = finding(books, rule, {"experience": [JOB]}, words=None)
    assert found["text"]["en"] == "At least 7 years of practice; 10 years counted."
    assert found["text"]["zh"] == "须有至少7年执业经历；已计10年。"


JOURNAL = {"title": "Journal of Yonder", "url": "https://journal.example/1"}


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        ("journal", {"id": "journal", "also": [], **JOURNAL}),
        ("letter", {"id": "letter", "also": [], "title": "A letter", "url": None}),
        (["letter", "journal"], {"id": "letter", "also": ["journal"], **JOURNAL}),
    ],
)
def test_a_finding_cites_its_source(
    books: Library, source: str | list[str], cited: dict[str, Any]
) -> None:
    """Document, clause and others that say the same; the first link that may be given."""
    decided = decision(books, [BACHELOR], {}, changes={0: {"source": source}})
    title = "A letter" if cited["id"] == "letter" else "Journal of Yonder"
    assert decided["findings"][0]["source"] == {
        **cited,
        "title": title,
        "clause": "section 1",
        "clause_zh": "第一节",
    }


def test_a_source_that_may_not_be_linked_is_cited_without_its_link(books: Library) -> None:
    """Its address is known, and is not given."""
    kept = {"title": "A letter", "url": "https://letter.example/1", "linkable": False}
    made = replace(books, sources={**books.sources, "letter": kept})
    decided = decision(made, [BACHELOR], {}, changes={0: {"source": "letter"}})
    assert decided["findings"][0]["source"]["url"] is None


def test_a_decision_is_as_sure_as_its_weakest_source(books: Library) -> None:
    """Of confirmed, reported and unverified the weakest is told; each finding has its own."""
    for weakest, others in {
        "confirmed": ["confirmed", "confirmed", "confirmed"],
        "reported": ["confirmed", "reported", "confirmed"],
        "unverified": ["reported", "confirmed", "unverified"],
    }.items():
        changes = {i: {"confidence": sure} for i, sure in enumerate(others)}
        decided = decision(books, [BACHELOR, PRACTICE, SPOKEN], {}, changes=changes)
        assert decided["confidence"] == weakest
        assert [found["confidence"] for found in decided["findings"]] == others


# --- what does not concern a person

IN_US = {"exists": {"in": "degrees", "where": {"equals": [{"field": "degrees.country"}, "US"]}}}
ITS_COUNTRY = {"equals": [{"field": "degrees.country"}, "US"]}
ITS_LEVEL = {"equals": [{"field": "degrees.level"}, "bachelor"]}


@pytest.mark.parametrize(
    ("countries", "spoken", "status"),
    [
        (["AU"], None, "not-applicable"),
        (["AU"], True, "not-applicable"),
        ([], False, "not-applicable"),
        ([None], None, "unknown"),
        ([None], True, "met"),
        (["AU", "US"], None, "unknown"),
        (["US"], False, "unmet"),
    ],
)
def test_what_surely_does_not_apply_is_told_apart(
    books: Library, countries: list[str | None], spoken: bool | None, status: str
) -> None:
    """A criterion that may apply is met, unmet or open; one that surely does not counts as met."""
    profile = {
        "degrees": [{"country": country} for country in countries],
        "attestations": {"us-code-familiarity": spoken},
    }
    decided = decision(books, [SPOKEN], profile, changes={0: {"applies_when": IN_US}})
    (found,) = decided["findings"]
    assert found["status"] == status
    verdicts = {"unknown": "undetermined", "unmet": "ineligible"}
    assert decided["verdict"] == verdicts.get(status, "eligible")


def test_what_does_not_apply_says_why_and_points_to_it(books: Library) -> None:
    """What is asked, of whom it is asked, and the facts by which that is not this person."""
    profile = {"degrees": [{"country": "AU"}]}
    decided = decision(books, [PRACTICE], profile, changes={0: {"applies_when": IN_US}})
    (found,) = decided["findings"]
    assert found["evidence"] == ["/degrees/0"]
    assert (found["measured"], found["required"], found["missing"]) == (None, None, [])
    assert found["text"] == {
        "en": "Does not concern you: This is asked; this is asked where the country of any degree "
        "is United States.",
        "zh": "不涉及您：要求如此；适用：任一学位的国家或地区为美国时。",
    }


@pytest.mark.parametrize(("country", "status"), [("AU", "not-applicable"), ("US", "met")])
def test_what_does_not_apply_to_the_element_is_told_apart(
    books: Library, country: str, status: str
) -> None:
    """Where a criterion is about one degree, what is said of that degree decides."""
    profile = {"degrees": [{"country": country, "level": "bachelor"}]}
    changes = {0: {"applies_when": ITS_COUNTRY}}
    decided = decision(books, [ITS_LEVEL], profile, "degrees", changes=changes)
    assert [found["status"] for found in decided["findings"]] == [status]


def test_without_an_element_nothing_is_said_to_concern_another(books: Library) -> None:
    """Of no degree it cannot be said that a criterion does not apply to it."""
    changes = {0: {"applies_when": ITS_COUNTRY}}
    decided = decision(books, [ITS_LEVEL], {"degrees": []}, "degrees", changes=changes)
    assert [found["status"] for found in decided["findings"]] == ["unmet"]


# --- what every standard asks: to be in force, and a host that takes part


def league(books: Library, host: str, as_of: str) -> list[dict[str, Any]]:
    """The findings on being in force and on the host."""
    (decided,) = evaluate(books, {"id": "x"}, ["league"], [host], as_of)["decisions"]
    return [found for found in decided["findings"] if found["criterion"] in ("in-force", "host")]


def test_before_the_first_edition_the_finding_is_about_being_in_force(books: Library) -> None:
    """It is unmet, says so in words, and cites what says when the edition came into force."""
    assert league(books, "AU", "1990-01-01") == [
        {
            "criterion": "in-force",
            "title": {
                "en": "A version of this standard is in force on the day",
                "zh": "该标准在评定日期须有有效版本",
            },
            "status": "unmet",
            "measured": None,
            "required": None,
            "evidence": [],
            "missing": [],
            "source": {
                "id": "journal",
                "clause": "in force",
                "clause_zh": "有效期",
                "also": [],
                **JOURNAL,
            },
            "confidence": "confirmed",
            "text": {
                "en": "A version of this standard is in force on the day; "
                "what is stated does not meet this.",
                "zh": "该标准在评定日期须有有效版本；所提供的资料不满足此项。",
            },
        }
    ]


def test_where_nobody_knows_whether_it_is_in_force_the_standard_is_open(books: Library) -> None:
    """The standard itself is missing, and the sentence says so."""
    (found,) = league(books, "AU", "2013-01-15")
    assert (found["criterion"], found["status"]) == ("in-force", "unknown")
    assert found["missing"] == ["standard"]
    assert found["text"]["en"].endswith(
        "this is open, because the standard's own text is not public or not settled here."
    )


def test_a_host_that_may_take_part_is_told_with_the_parties_as_its_source(books: Library) -> None:
    """Host findings cite the agreement's parties; they are told where they are not met alone."""
    (found,) = league(books, "TW", "2009-06-01")
    assert (found["criterion"], found["status"]) == ("host", "unknown")
    assert found["missing"] == ["standard"]
    assert found["title"]["en"] == "The host takes part on the day"
    assert found["source"] == {
        "id": None,
        "clause": "parties",
        "clause_zh": "缔约方",
        "also": [],
        "title": "",
        "url": None,
    }
    assert league(books, "TW", "2015-01-01") == []


# --- the decision around its findings


def test_a_decision_tells_its_standard_and_whom_to_ask(books: Library) -> None:
    """Title, effect, version, host; the body to ask, by its names, where it is undetermined."""
    decided = decision(books, [BACHELOR], {})
    assert {key: decided[key] for key in ("standard", "effect", "version", "host")} == {
        "standard": "yonder",
        "effect": "temporary-licence",
        "version": "2024-09",
        "host": "US-TX",
    }
    bodies = books.vocabularies["bodies"]
    names = {lang: bodies.label(bodies.number("TBPELS") or 0, lang) for lang in ("en", "zh")}
    assert decided["ask"] == {"body": "TBPELS", **names}
    assert names["en"] != names["zh"]


THEN = {"en": "An interview follows.", "zh": "随后面谈。"}
OPENS = {"en": "A register abroad.", "zh": "境外名册。"}


@pytest.mark.parametrize(
    ("document", "host", "due"),
    [
        ({}, "US-TX", (None, "unpublished", None, None, False)),
        (
            {"reach": {"is": "may-apply", "then": THEN}, "opens": OPENS, "host_is": "register"},
            "US-TX",
            (THEN, "may-apply", OPENS, "register", True),
        ),
        ({"host_is": "goal"}, "US-TX", (None, "unpublished", None, "goal", False)),
        ({"host_is": "register"}, None, (None, "unpublished", None, "register", False)),
    ],
)
def test_a_decision_tells_what_its_agreement_gives(
    books: Library, document: dict[str, Any], host: str | None, due: tuple[Any, ...]
) -> None:
    """What it gives, opens and is followed by; where one applies, if a host is where one is."""
    known = books.standards["yonder"]
    agreement = replace(known.agreement, document={"gives": THEN, **document})
    agreement = agreement if host else replace(agreement, hosts=None)
    made = replace(books, standards={"yonder": replace(known, agreement=agreement)})
    (decided,) = evaluate(made, {"id": "x"}, ["yonder"], (), "2024-01-01")["decisions"]
    told = [decided[key] for key in ("then", "reach", "opens", "host_is")]
    assert (*told, decided["register"] is not None) == due
    assert (decided["host"], decided["gives"]) == (host, THEN)


def test_an_agreement_that_names_nobody_leaves_nobody_to_ask(books: Library) -> None:
    """The league says of nobody that they may be asked."""
    (decided,) = evaluate(books, {"id": "x"}, ["league"], ["AU"], "2020-01-01")["decisions"]
    assert (decided["verdict"], decided["ask"]) == ("undetermined", None)


def test_an_answer_tells_profile_day_and_notice(books: Library) -> None:
    """The id, the day asked, and in both languages that it is no right to practise."""
    told = evaluate(books, {"id": "A-7"}, ["league"], ["AU"], "2020-01-01")
    assert list(told) == ["profile", "as_of", "notice", "warnings", "proposals", "decisions"]
    assert (told["profile"], told["as_of"]) == ("A-7", "2020-01-01")
    assert told["notice"] == {
        "en": "Eligible means that the published criteria are met, before any assessment by the "
        "body. It is never a right to practise.",
        "zh": "“符合”指已满足公布的准则，尚未经机构评审；绝不等同于执业权。",
    }


def test_hosts_that_ask_the_same_share_their_findings(books: Library) -> None:
    """A finding is worked out once for all hosts; another element's is another."""
    one, other = answer(books, {"id": "x"}, ["league"], ["AU", "PK"], "2020-01-01").decisions
    shared = {found.criterion: found for found in one.findings}
    assert all(shared.get(found.criterion, found) is found for found in other.findings)


# --- what would settle a decision


def test_what_would_settle_a_decision_is_told_once_in_order(books: Library) -> None:
    """Facts that several findings miss are told once, with their words; the standard's are not."""
    decided = decision(books, [BACHELOR, {"unpublished": "truth"}, PRACTICE, BACHELOR], {})
    assert decided["verdict"] == "undetermined"
    assert decided["would_settle"] == ["/degrees", "/experience"]
    assert decided["would_settle_text"] == {
        "en": ["the degrees are not given", "the work experience is not given"],
        "zh": ["未提供学位", "未提供工作经历"],
    }


@pytest.mark.parametrize("degree", ["diploma", "bachelor"])
def test_a_decision_that_is_settled_needs_nothing(books: Library, degree: str) -> None:
    """Whether eligible or not, nothing would settle it and nobody is asked."""
    asked = [BACHELOR, PRACTICE] if degree == "diploma" else [BACHELOR]
    decided = decision(books, asked, {"degrees": [{"level": degree}]})
    assert decided["verdict"] == {"diploma": "ineligible", "bachelor": "eligible"}[degree]
    assert (decided["would_settle"], decided["ask"]) == ([], None)
    assert decided["would_settle_text"] == {"en": [], "zh": []}


def test_part_time_work_that_is_known_would_settle_nothing(books: Library) -> None:
    """A share that is stated leaves the decision open, and there is nothing to add."""
    decided = decision(books, [PRACTICE], {"experience": [{**JOB, "fte": 0.5}]})
    assert decided["findings"][0]["missing"] == ["/experience/0/fte"]
    assert (decided["verdict"], decided["would_settle"]) == ("undetermined", [])


# --- every criterion of every standard


def nothing_of_anything() -> dict[str, Any]:
    """A profile whose every list is known to be empty."""
    profile: dict[str, Any] = {"id": "x"}
    for path in COLLECTIONS:
        if "." not in path:
            profile[path] = []
    return profile | {"conduct": {"bound_by_code": None, "findings": []}, "attestations": {}}


@pytest.mark.parametrize(
    "profile", [{"id": "x"}, nothing_of_anything()], ids=["only-an-id", "empty"]
)
def test_every_criterion_of_every_edition_is_said_in_both_languages(
    library: Library, profile: dict[str, Any]
) -> None:
    said = 0
    for id, standard in library.standards.items():
        for edition in standard.editions:
            if edition.in_force.first[0] > edition.in_force.last[1]:
                continue  # corrected: in force on no day
            on = _in_force(edition.in_force.first, edition.in_force.last)
            for decided in evaluate(library, profile, [f"{id}@{edition.version}"], (), on)[
                "decisions"
            ]:
                for found in decided["findings"]:
                    said += 1
                    _whole(found, f"{id}@{edition.version}")
    assert said > 100


def _in_force(first: tuple[int, int], last: tuple[int, int]) -> str:
    """A day on which an edition may be in force, near today where it can; some day if none is."""
    from_, until = first[0], last[1]
    if until < from_:
        return dates.iso(20_000)
    today = 20_000
    return dates.iso(min(max(today, from_), until))


def _whole(found: dict[str, Any], where: str) -> None:
    place = f"{where} {found['criterion']}: {found['text']}"
    for lang in ("en", "zh"):
        text = found["text"][lang]
        assert found["title"][lang].strip(), place
        assert text.strip(), place
        assert not re.search(r"[{}]|\bnull\b|\bnan\b|\binf\b|\?", text), place
        assert not re.search(r"  |; [.;]|;。|^\W*;", text), place
    assert re.search(r"[\u4e00-\u9fff]", found["text"]["zh"]), place
    assert found["text"]["en"].endswith("."), place
    assert found["text"]["zh"].endswith("。"), place
    if found["status"] == "unknown":
        assert found["missing"], place


def test_what_is_measured_is_of_the_degree_whose_accreditation_is_told(library: Library) -> None:
    """Beside other accreditations and degrees, the day is that of the accreditation's degree."""
    outside, inside = (
        {
            "by": "EngNZ",
            "accord": "washington-accord",
            "basis": "completion",
            "status": "full",
            "scope": [],
            "from": first,
            "until": last,
        }
        for first, last in (("2000-01-01", "2009-12-31"), ("2010-01-01", "2019-12-31"))
    )
    degree = {"level": "bachelor", "country": "NZ", "years": 4}
    degrees = [
        {**degree, "awarded_on": "1999-07-01", "accreditations": [outside, outside]},
        {**degree, "awarded_on": "2015-07-01", "accreditations": [outside, inside]},
    ]
    profile = {"id": "p", "degrees": degrees}
    [decided] = evaluate(library, profile, ["washington-accord"], ["AU"], "2026-11-01")["decisions"]
    [told] = [one for one in decided["findings"] if one["criterion"] == "start-date"]
    assert told["evidence"] == ["/degrees/1", "/degrees/1/accreditations/1"]
    assert told["measured"]["at_least"] == "2015-07-01"

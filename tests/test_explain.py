"""A finding says what was measured, what it rests on, what is missing, in English and Chinese."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any

import pytest

from recognition import dates
from recognition.evaluate import evaluate
from recognition.profile.schema import COLLECTIONS
from recognition.standard import load
from recognition.standard.library import Library
from recognition.standard.model import Standard

AS_OF = "2024-01-01"
WORDS = {"requirement": {"en": "This is asked", "zh": "要求如此"}}


def finding(
    books: Library, rule: Any, profile: dict[str, Any], in_: str = "", words: Any = WORDS
) -> dict[str, Any]:
    """The finding on a standard of one criterion; it is about an element of `in_` if named."""
    document = copy.deepcopy(dict(books.standards["yonder"].editions[0].document))
    criterion = {**document["criteria"][7], "id": "asked", "rule": rule}
    criterion = criterion | ({"words": words} if words else {}) | ({"subject": "it"} if in_ else {})
    if not words:
        del criterion["words"]
    document |= {"criteria": [criterion], "subjects": {"it": {"in": in_}} if in_ else {}}
    problems: list[Any] = []
    edition = load.edition(document, "yonder.json", "", books.names, problems)
    assert problems == []
    standard = Standard(books.standards["yonder"].agreement, (edition,))
    made = replace(books, standards={"yonder": standard})
    decided = evaluate(made, {"id": "x", **profile}, ["yonder"], (), AS_OF)["decisions"][0]
    one: dict[str, Any] = decided["findings"][0]
    return one


def told(found: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    return found["status"], found["evidence"], found["missing"]


# --- evidence and what is missing, for each family of operations

PRACTICE = {"at_least": [{"years": {"in": "experience"}}, 7]}
CHARGE = {
    "at_least": [
        {"years": {"in": "experience", "where": {"field": "experience.responsible_charge"}}},
        2,
    ]
}
BACHELOR = {
    "exists": {"in": "degrees", "where": {"equals": [{"field": "degrees.level"}, "bachelor"]}}
}
HOURS = {"at_least": [{"sum": {"in": "cpd", "of": {"field": "cpd.hours"}}}, 50]}
REFEREES = {"at_least": [{"count": {"in": "referees"}}, 2]}
FIRST = {
    "before": [
        {"earliest": {"in": "registrations", "of": {"field": "registrations.granted_on"}}},
        {"date": "2020-01-01"},
    ]
}
GROWN = {
    "before": [{"field": "birth_date"}, {"plus": [{"as_of": True}, {"years": -30, "months": 6}]}]
}
CLEAN = {"not": {"exists": {"in": "conduct.findings", "where": {"field": "conduct.findings.open"}}}}
EITHER = {"any": [BACHELOR, {"attested": "us-code-familiarity"}]}
CODES = {
    "exists": {
        "in": "experience",
        "where": {
            "exists": {
                "in": "experience.codes",
                "where": {"one_of": [{"field": "experience.codes.code"}, ["US"]]},
            }
        },
    }
}
ACCREDITED = {
    "party": {"of": "league", "body": {"field": "registrations.body"}, "is": ["authorised"]}
}

FAMILIES: list[tuple[str, Any, dict[str, Any], tuple[str, list[str], list[str]]]] = [
    (
        "years met",
        PRACTICE,
        {"experience": [{"from": "2010", "until": "..", "fte": 1}]},
        ("met", ["/experience/0"], []),
    ),
    (
        "years short",
        PRACTICE,
        {"experience": [{"from": "2020-01-01", "until": "..", "fte": 1}]},
        ("unmet", ["/experience/0"], []),
    ),
    (
        "years without end",
        PRACTICE,
        {
            "experience": [
                {"from": "2010-01-01", "until": "2012-01-01", "fte": 1},
                {"from": "2014-01-01", "until": None, "fte": 1},
            ]
        },
        ("unknown", ["/experience/0", "/experience/1"], ["/experience/1/until"]),
    ),
    (
        "years part-time",
        PRACTICE,
        {"experience": [{"from": "2014-01-01", "until": "..", "fte": 0.5}]},
        ("unknown", ["/experience/0"], ["/experience/0/fte"]),
    ),
    ("years of nothing", PRACTICE, {"experience": []}, ("unmet", ["/experience"], [])),
    ("years of an unknown list", PRACTICE, {}, ("unknown", ["/experience"], ["/experience"])),
    (
        "years of some kind",
        CHARGE,
        {
            "experience": [
                {"from": "2010", "until": "2011", "fte": 1, "responsible_charge": False},
                {"from": "2014-01-01", "until": "..", "fte": 1},
            ]
        },
        ("unknown", ["/experience/1"], ["/experience/1/responsible_charge"]),
    ),
    (
        "exists",
        BACHELOR,
        {"degrees": [{"level": "diploma"}, {"level": "bachelor"}]},
        ("met", ["/degrees/1"], []),
    ),
    ("exists not", BACHELOR, {"degrees": [{"level": "diploma"}]}, ("unmet", ["/degrees/0"], [])),
    (
        "exists perhaps",
        BACHELOR,
        {"degrees": [{"level": "diploma"}, {}]},
        ("unknown", ["/degrees/1"], ["/degrees/1/level"]),
    ),
    (
        "exists in nested lists",
        CODES,
        {"experience": [{"codes": []}, {"codes": None}]},
        ("unknown", ["/experience/1"], ["/experience/1/codes"]),
    ),
    (
        "sum",
        HOURS,
        {"cpd": [{"year": 2023, "hours": 30}, {"year": 2022, "hours": None}]},
        ("unknown", ["/cpd/0", "/cpd/1"], ["/cpd/1/hours"]),
    ),
    ("count", REFEREES, {"referees": [{}, {}]}, ("met", ["/referees/0", "/referees/1"], [])),
    (
        "earliest",
        FIRST,
        {"registrations": [{"granted_on": "2019"}]},
        ("met", ["/registrations/0"], []),
    ),
    (
        "earliest unknown",
        FIRST,
        {"registrations": [{"granted_on": "2021-05-05"}, {}]},
        ("unknown", ["/registrations/0", "/registrations/1"], ["/registrations/1/granted_on"]),
    ),
    ("field of the person", GROWN, {"birth_date": "1980"}, ("met", ["/birth_date"], [])),
    (
        "field of the person, coarse",
        GROWN,
        {"birth_date": "1994"},
        ("unknown", ["/birth_date"], ["/birth_date"]),
    ),
    (
        "not",
        CLEAN,
        {"conduct": {"findings": [{"open": False}, {"open": None}]}},
        ("unknown", ["/conduct/findings/1"], ["/conduct/findings/1/open"]),
    ),
    (
        "attested",
        {"attested": "us-code-familiarity"},
        {"attestations": {"us-code-familiarity": True}},
        ("met", ["/attestations/us-code-familiarity"], []),
    ),
    (
        "attested by nobody",
        {"attested": "us-code-familiarity"},
        {},
        ("unknown", ["/attestations/us-code-familiarity"], ["/attestations/us-code-familiarity"]),
    ),
    (
        "any by the second",
        EITHER,
        {"degrees": [], "attestations": {"us-code-familiarity": True}},
        ("met", ["/attestations/us-code-familiarity"], []),
    ),
    (
        "any by neither",
        EITHER,
        {"degrees": []},
        (
            "unknown",
            ["/degrees", "/attestations/us-code-familiarity"],
            ["/attestations/us-code-familiarity"],
        ),
    ),
    ("unpublished", {"unpublished": "truth"}, {}, ("unknown", [], ["standard"])),
]


@pytest.mark.parametrize(
    ("rule", "profile", "expected"), [row[1:] for row in FAMILIES], ids=[row[0] for row in FAMILIES]
)
def test_a_finding_points_to_what_carries_it_and_to_what_is_missing(
    books: Library, rule: Any, profile: dict[str, Any], expected: tuple[str, list[str], list[str]]
) -> None:
    assert told(finding(books, rule, profile)) == expected


def test_a_subject_points_to_its_own_element(books: Library) -> None:
    profile = {"registrations": [{"body": "EngC"}, {"body": None}]}
    assert told(finding(books, ACCREDITED, profile, "registrations")) == (
        "met",
        ["/registrations/0"],
        [],
    )
    profile = {"registrations": [{"body": "PEC"}, {"body": None}]}
    found = finding(
        books, {"equals": [{"field": "registrations.body"}, "EA"]}, profile, "registrations"
    )
    assert told(found) == ("unknown", ["/registrations/1"], ["/registrations/1/body"])


def test_measures_and_requirements_have_a_unit(books: Library) -> None:
    found = finding(
        books, PRACTICE, {"experience": [{"from": "2014-01-01", "until": "..", "fte": 1}]}
    )
    assert found["measured"] == {"at_least": 10.0027, "at_most": 10.0027, "unit": "years"}
    assert found["required"] == {"at_least": 7, "at_most": 7, "unit": "years"}
    hours = finding(books, HOURS, {"cpd": None})
    assert hours["measured"] == {"at_least": 0, "at_most": None, "unit": "hours"}
    day = finding(books, GROWN, {"birth_date": "1994"})
    assert day["measured"] == {"at_least": "1994-01-01", "at_most": "1994-12-31", "unit": "date"}


# --- sentences


def sentences(found: dict[str, Any]) -> tuple[str, str]:
    return found["text"]["en"], found["text"]["zh"]


def test_an_open_measure_says_its_bounds_and_what_is_missing(books: Library) -> None:
    profile = {
        "experience": [
            {"from": "2010-01-01", "until": "2016-03-15", "fte": 1},
            {"from": "2022-10-01", "until": None, "fte": 1},
        ]
    }
    found = finding(books, {"rule": "practice", "with": {"years": 7}}, profile, words=None)
    assert sentences(found) == (
        "At least 7 years of practice; between 6.2 and 7.45 years counted, "
        "because the end of your second job is missing.",
        "须有至少7年执业经历；计得6.2至7.45年，原因：缺少您第二段工作经历的结束日期。",
    )


def test_numbers_are_cut_and_never_rounded_up_to_what_is_asked(books: Library) -> None:
    profile = {"experience": [{"from": "2016-07-01", "until": "2023-06-29", "fte": 1}]}
    found = finding(books, PRACTICE, profile)
    assert found["status"] == "unmet"
    assert sentences(found) == ("This is asked; 6.99 years counted.", "要求如此；已计6.99年。")
    assert found["measured"]["at_most"] < 7
    profile["experience"][0]["until"] = "2023-06-30"
    assert sentences(finding(books, PRACTICE, profile))[0] == "This is asked; 7 years counted."


def test_one_year_is_no_years(books: Library) -> None:
    profile = {"experience": [{"from": "2023-01-01", "until": "2023-12-31", "fte": 1}]}
    assert "; 1 year counted." in sentences(finding(books, PRACTICE, profile))[0]


def test_a_coarse_date_is_told_as_it_is_known(books: Library) -> None:
    english, chinese = sentences(finding(books, GROWN, {"birth_date": "1994"}))
    assert "the date of birth is known only as 1994" in english
    assert "出生日期仅知为1994" in chinese


def test_part_time_work_says_why_it_leaves_the_measure_open(books: Library) -> None:
    profile = {"experience": [{"from": "2014-01-01", "until": "..", "fte": 0.5}]}
    english, chinese = sentences(finding(books, PRACTICE, profile))
    assert "no text says how part-time work counts" in english
    assert "没有条文说明兼职工作如何计算" in chinese


def test_part_time_work_that_is_known_would_settle_nothing(books: Library) -> None:
    profile: dict[str, Any] = {"id": "x"}
    profile |= {"experience": [{"from": "2010-01-01", "until": "..", "fte": 0.5}]}
    profile |= {"degrees": [{"level": "bachelor"}], "attestations": {"cpd-maintained": True}}
    home = {"status": "active", "expires_on": "..", "independent_practice": True}
    decided = evaluate(books, profile | {"registrations": [home]}, ["league"], ["AU"], "2018-01-01")
    (one,) = decided["decisions"]
    assert one["verdict"] == "undetermined"
    assert one["would_settle"] == []


def test_a_list_that_is_not_given_is_asked_for(books: Library) -> None:
    english, chinese = sentences(finding(books, BACHELOR, {}))
    assert english == "This is asked; this is open, because the degrees are not given."
    assert chinese == "要求如此；尚无法确定，原因：未提供学位。"


def test_a_day_open_to_one_side_is_said_without_a_riddle(books: Library) -> None:
    profile = {"registrations": [{"granted_on": "2021-05-05"}, {}]}
    english, chinese = sentences(finding(books, FIRST, profile))
    assert "; the day is 2021-05-05 or earlier, because the date of grant" in english
    assert "；日期为2021-05-05或以前，原因：" in chinese


@pytest.mark.parametrize("form", ["least", "greatest"])
def test_the_greatest_of_nothing_has_no_amount(books: Library, form: str) -> None:
    rule = {"at_least": [{form: {"in": "degrees", "of": {"field": "degrees.eqf"}}}, 6]}
    found = finding(books, rule, {"degrees": []})
    assert (found["measured"]["at_least"], found["measured"]["at_most"]) == (None, None)
    assert sentences(found)[0].startswith("This is asked; ")


def test_an_empty_list_is_nothing_stated_rather_than_something_wrong(books: Library) -> None:
    assert "nothing stated meets this" in sentences(finding(books, BACHELOR, {"degrees": []}))[0]
    other = finding(books, BACHELOR, {"degrees": [{"level": "diploma"}]})
    assert "what is stated does not meet this" in sentences(other)[0]


def test_many_missing_facts_are_counted(books: Library) -> None:
    profile = {"experience": [{"from": "2010", "until": "2020"} for _ in range(6)]}
    english, chinese = sentences(finding(books, CHARGE, profile))
    assert re.search(r" and \d+ more facts are missing\.$", english)
    assert re.search(r"另缺\d+项资料。$", chinese)


def test_what_nobody_published_is_said_of_the_standard(books: Library) -> None:
    english, chinese = sentences(finding(books, {"unpublished": "truth"}, {}))
    assert "the standard's own text is not public" in english
    assert "标准本身" in chinese


def test_the_eleventh_job_has_a_name_too(books: Library) -> None:
    jobs: list[dict[str, Any]] = [
        {"from": "2010-01-01", "until": "2010-12-31", "fte": 1} for _ in range(11)
    ]
    jobs[10]["until"] = None
    english, chinese = sentences(finding(books, PRACTICE, {"experience": jobs}))
    assert "your 11th job" in english
    assert "第11段工作经历" in chinese


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
            on = _in_force(edition.in_force.first, edition.in_force.last)
            for decided in evaluate(library, profile, [f"{id}@{edition.version}"], (), on)[
                "decisions"
            ]:
                for found in decided["findings"]:
                    said += 1
                    _whole(found, f"{id}@{edition.version}")
    assert said > 100


def _in_force(first: tuple[int, int], last: tuple[int, int]) -> str:
    """A day on which an edition may be in force, near today where it can."""
    from_, until = first[0], last[1]
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

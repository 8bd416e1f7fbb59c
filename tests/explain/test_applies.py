"""Whom a criterion concerns is said in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from recognition.explain import applies
from recognition.rule.names import NamedRule
from recognition.standard.library import Library

TAUGHT = {"rule": "taught-in", "with": {"places": ["TR", "CY"]}}
STRUCTURAL = {
    "exists": {
        "in": "degrees",
        "where": {"one_of": [{"field": "degrees.discipline"}, ["structural", "civil"]]},
    }
}
LATER = {"on_or_after": [{"as_of": True}, {"date": "2017-02-06"}]}
HOST = {"one_of": [{"host": True}, ["MY", "SG"]]}
RENEWS = {"attested": "application-is-renewal"}
REGISTERED = {
    "exists": {
        "in": "registrations",
        "where": {"rule": "registered-with", "with": {"bodies": ["EI"]}},
    }
}


@pytest.mark.parametrize(
    ("written", "en", "zh"),
    [
        (
            TAUGHT,
            "where this holds: “A degree was taught in Türkiye, Cyprus”",
            "“有学位在土耳其、塞浦路斯授课取得”成立时",
        ),
        (
            {"not": TAUGHT},
            "unless this holds: “A degree was taught in Türkiye, Cyprus”",
            "除非“有学位在土耳其、塞浦路斯授课取得”成立",
        ),
        (
            STRUCTURAL,
            "where the discipline of any degree is structural or civil",
            "任一学位的专业为结构或土木时",
        ),
        (
            REGISTERED,
            "where this holds: “Registered with Engineers Ireland”",
            "“须在爱尔兰工程师学会注册”成立时",
        ),
        (HOST, "where the host is Malaysia or Singapore", "东道辖区为马来西亚或新加坡时"),
        (
            {"not": {"all": [HOST, LATER]}},
            "unless the host is Malaysia or Singapore, and the day is 2017-02-06 or later",
            "除非东道辖区为马来西亚或新加坡，且评定日期为2017-02-06或以后",
        ),
        (
            {"any": [RENEWS, {"not": RENEWS}]},
            "where it is stated: “asks to renew an entry, not for a first one”, or it is not so "
            "that it is stated: “asks to renew an entry, not for a first one”",
            "已声明“申请续期，而非首次登记”，或并非已声明“申请续期，而非首次登记”时",
        ),
        ({"unpublished": "truth"}, applies.OTHERWISE["en"], applies.OTHERWISE["zh"]),
        (
            {"all": [HOST, {"unpublished": "truth"}]},
            applies.OTHERWISE["en"],
            applies.OTHERWISE["zh"],
        ),
        (
            {"exists": {"in": "degrees", "where": {"field": "degrees.joint"}}},
            applies.OTHERWISE["en"],
            applies.OTHERWISE["zh"],
        ),
    ],
)
def test_whom_a_criterion_concerns_is_said(
    library: Library, written: Any, en: str, zh: str
) -> None:
    """Hosts, days, statements, codes of an element and named rules; else it is left open."""
    assert applies.words(library, written) == {"en": en, "zh": zh}


HOST_OR_PART = {"inside": [{"host": True}, ["US", "CA"]]}
ACTIVE = {"rule": "registration-active"}
CITIZEN = {"rule": "citizen-of", "with": {"places": ["US", "MY"]}}
NAMELESS = {"rule": "nameless"}


def degree(where: Any) -> Any:
    return {"exists": {"in": "degrees", "where": where}}


@pytest.mark.parametrize(
    ("written", "en", "zh"),
    [
        (
            HOST_OR_PART,
            "where the host is United States or Canada or a part of it",
            "东道辖区为美国或加拿大或其下属地区时",
        ),
        (
            {"one_of": [{"host": True}, ["MY"]]},
            "where the host is Malaysia",
            "东道辖区为马来西亚时",
        ),
        (
            {"any": [HOST, LATER]},
            "where the host is Malaysia or Singapore, or the day is 2017-02-06 or later",
            "东道辖区为马来西亚或新加坡，或评定日期为2017-02-06或以后时",
        ),
        (
            {"all": [LATER, {"not": HOST}]},
            "where the day is 2017-02-06 or later, and it is not so that the host is Malaysia or "
            "Singapore",
            "评定日期为2017-02-06或以后，且并非东道辖区为马来西亚或新加坡时",
        ),
        (
            {"not": RENEWS},
            "unless it is stated: “asks to renew an entry, not for a first one”",
            "除非已声明“申请续期，而非首次登记”",
        ),
        (
            degree({"equals": [{"field": "degrees.country"}, "US"]}),
            "where the country of any degree is United States",
            "任一学位的国家或地区为美国时",
        ),
        (
            ACTIVE,
            "where this holds: “The registration is active on the day”",
            "“注册在评定日期须有效”成立时",
        ),
        (
            {"exists": {"in": "registrations", "where": ACTIVE}},
            "where this holds: “The registration is active on the day”",
            "“注册在评定日期须有效”成立时",
        ),
        (
            CITIZEN,
            "where this holds: “A citizen of United States, Malaysia”",
            "“须为美国、马来西亚公民”成立时",
        ),
        (NAMELESS, "where the host is Malaysia or Singapore", "东道辖区为马来西亚或新加坡时"),
    ],
)
def test_hosts_days_statements_elements_and_rules_are_said(
    books: Library, written: Any, en: str, zh: str
) -> None:
    """Each form by itself, and put together; a rule without words says what it is made of."""
    assert applies.words(_with_nameless(books), written) == {"en": en, "zh": zh}


@pytest.mark.parametrize(
    "written",
    [
        {"inside": [{"field": "degrees.country"}, ["US"]]},
        {"one_of": [{"field": "birth_date"}, ["US"]]},
        {"on_or_after": [{"field": "birth_date"}, {"date": "2017-02-06"}]},
        {"on_or_after": [{"as_of": True}, {"plus": [{"as_of": True}, {"years": 1}]}]},
        {"before": [{"as_of": True}, {"date": "2017-02-06"}]},
        {"not": {"unpublished": "truth"}},
        {"all": [HOST, {"not": {"unpublished": "truth"}}]},
        {"any": [{"unpublished": "truth"}, HOST]},
        {"rule": "first-granted", "with": {"bodies": ["EA"]}},
        degree({}),
        degree({"equals": [{"greatest": {"in": "degrees"}}, 3]}),
        degree({"equals": [{"field": "degrees.country"}, {"host": True}]}),
        degree({"one_of": [{"field": "degrees.country"}, {"parameter": "places"}]}),
        degree({"equals": ["US", "US"]}),
    ],
)
def test_what_takes_more_than_a_line_is_left_to_the_edition(books: Library, written: Any) -> None:
    """Nothing is said by halves."""
    assert applies.words(books, written) == {
        "en": "in some cases only, as the edition says",
        "zh": "仅限标准文本所列情形",
    }


def _with_nameless(books: Library) -> Library:
    """The library with a rule that has neither words nor parameters."""
    nameless = NamedRule("nameless", HOST, {}, {}, "rules.json")
    return replace(books, rules={**books.rules, "nameless": nameless})

"""Whom a criterion concerns is said in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from recognition.explain import applies
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

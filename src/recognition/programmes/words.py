"""A proposal as a sentence, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LISTED = {
    "en": "The list of {body} names {programme}, {institution}: accredited from {first} until "
    "{last} ({origin}). Derived, to be confirmed.",
    "zh": "{body} 的名单列有{institution}“{programme}”：认证有效期 {first} 至 {last}（{origin}）。"
    "系推定，须经确认。",
}
_NOT_LISTED = {
    "en": "The list of {body} is complete for this country and year and does not name the programme"
    " ({origin}). Another body may have accredited it.",
    "zh": "{body} 的名单对该国家和年份是完整的，其中没有该专业（{origin}）。"
    "其他机构可能认证过该专业。",
}
_NEAR = {
    "en": "No list names this institution and programme as written; did you mean {near}?",
    "zh": "没有名单按所写的名称列出该院校和专业；是否指{near}？",
}
_ORIGIN = {"en": "{source}, read on {day}", "zh": "{source}，查阅于 {day}"}
_UNKNOWN = {"en": "an unknown day", "zh": "未知日期"}
_OPEN = {"en": "further notice", "zh": "另行通知"}
_MADE_UP = {"en": " This list is made up, an example.", "zh": "此名单为虚构示例。"}
_DOUBTS = {
    "order": {"en": "the words of the name are in another order", "zh": "名称的词序不同"},
    "name": {"en": "the institution bore the name at another time", "zh": "院校当时不用此名称"},
    "campus": {"en": "the campus is not told on both sides", "zh": "校区未在双方注明"},
    "country": {"en": "the country of the degree is not known", "zh": "学位所在国家未知"},
    "level": {"en": "the level of the degree is not known", "zh": "学位层次未知"},
    "award": {"en": "the list names another or a further award", "zh": "名单所列学位名称不同"},
    "several": {"en": "several programmes fit", "zh": "有多个专业相符"},
}
_DOUBTFUL = {"en": " Not entered: {}.", "zh": "未填入：{}。"}
_JOINED = {"en": "; ", "zh": "；"}


def said(told: Mapping[str, Any], lang: str) -> str:
    """What a proposal's document says, in a language (`en`, `zh`)."""
    if told["kind"] == "near":
        return _NEAR[lang].format(near=_JOINED[lang].join(told["near"]))
    origin = told["derived_from"]
    source = _JOINED[lang].join(origin["source"])
    parts = {"body": told["body"]}
    parts["origin"] = _ORIGIN[lang].format(source=source, day=origin["read_on"])
    made_up = _MADE_UP[lang] if origin.get("made_up") else ""
    if told["kind"] == "not-listed":
        return _NOT_LISTED[lang].format(**parts) + made_up
    [row] = told["accreditations"]
    parts |= {name: told[name][lang] for name in ("programme", "institution")}
    parts |= {"first": _day(row["from"], lang), "last": _day(row["until"], lang)}
    return _LISTED[lang].format(**parts) + made_up + _doubtful(told["doubts"], lang)


def _day(written: str | None, lang: str) -> str:
    return _OPEN[lang] if written == ".." else written or _UNKNOWN[lang]


def _doubtful(doubts: list[str], lang: str) -> str:
    reasons = _JOINED[lang].join(_DOUBTS[doubt][lang] for doubt in doubts)
    return _DOUBTFUL[lang].format(reasons) if reasons else ""

"""Findings in words, English and Chinese, that a person can read without knowing the system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from recognition import dates
from recognition.decide.decide import Status
from recognition.explain.decision import LANGUAGES, Amount, Measure
from recognition.explain.trace import STANDARD
from recognition.explain.unread import unread
from recognition.problems import Problem
from recognition.profile.model import Code, Mark
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.profile.validate import NAMES
from recognition.standard.library import Library

TEXTS: Mapping[str, Mapping[str, str]] = {
    "counted": {"en": "{} counted", "zh": "已计{}"},
    "between": {"en": "between {} and {} counted", "zh": "计得{}至{}"},
    "at-least": {"en": "{} or more may count", "zh": "可能为{}或以上"},
    "day": {"en": "the day is {}", "zh": "日期为{}"},
    "day-from": {"en": "the day is {} or later", "zh": "日期为{}或以后"},
    "day-until": {"en": "the day is {} or earlier", "zh": "日期为{}或以前"},
    "days": {"en": "the day lies between {} and {}", "zh": "日期介于{}与{}之间"},
    "met": {"en": "this is met", "zh": "已满足"},
    "unmet": {"en": "what is stated does not meet this", "zh": "所提供的资料不满足此项"},
    "unmet-none": {"en": "nothing stated meets this", "zh": "没有可满足此项的资料"},
    "unknown": {"en": "this is open", "zh": "尚无法确定"},
    "because": {"en": "because {}", "zh": "原因：{}"},
    "and": {"en": " and ", "zh": "，且"},
    "more": {"en": "{} more facts are missing", "zh": "另缺{}项资料"},
    "missing": {"en": "{what} is missing", "zh": "缺少{what}"},
    "coarse": {"en": "{what} is known only as {value}", "zh": "{what}仅知为{value}"},
    "contradiction": {
        "en": "{what}: {detail}; say which is right.",
        "zh": "{what}与所述的其他内容矛盾；请说明哪一项正确。",
    },
    "part-time": {
        "en": "{what} is {value}, and no text says how part-time work counts",
        "zh": "{what}为{value}，而没有条文说明兼职工作如何计算",
    },
    "list": {"en": "{what} are not given", "zh": "未提供{what}"},
    "list-one": {"en": "{what} is not given", "zh": "未提供{what}"},
    "of": {"en": "{field} of your {nth} {item}", "zh": "您{nth}{measure}{item}的{field}"},
    "your": {"en": "{field}", "zh": "{field}"},
    "statement": {"en": "it is not stated whether this holds: {what}", "zh": "未说明是否：{what}"},
    "standard": {
        "en": "the standard's own text is not public or not settled here",
        "zh": "标准本身的相关内容未公布或尚无定论",
    },
    "in-force": {
        "en": "A version of this standard is in force on the day",
        "zh": "该标准在评定日期须有有效版本",
    },
    "host": {"en": "The host takes part on the day", "zh": "东道辖区在评定日期须为参与方"},
}

NOTICE: Mapping[str, str] = {
    "en": "Eligible means that the published criteria are met, before any assessment by the body. "
    "It is never a right to practise.",
    "zh": "“符合”指已满足公布的准则，尚未经机构评审；绝不等同于执业权。",
}
VERDICTS: Mapping[str, Mapping[str, str]] = {
    "eligible": {"en": "eligible", "zh": "符合"},
    "ineligible": {"en": "ineligible", "zh": "不符合"},
    "undetermined": {"en": "undetermined", "zh": "无法确定"},
}
STATUSES: Mapping[str, Mapping[str, str]] = {
    "met": {"en": "met", "zh": "已满足"},
    "unmet": {"en": "not met", "zh": "未满足"},
    "unknown": {"en": "open", "zh": "未确定"},
}


def sentence(
    library: Library,
    requirement: Mapping[str, str],
    status: Status,
    measured: Measure | None,
    missing: Sequence[str],
    stated: bool,
    profile: Mapping[str, Any],
) -> dict[str, str]:
    """A finding's text in each language: the requirement, what was found, and why it is open.

    `stated` tells whether anything was there to be found: what is not met says it otherwise.
    """
    told = {}
    for lang in LANGUAGES:
        found = _measured(library, measured, lang) or _plain(status, stated, lang)
        if status == "unknown":
            found += (", " if lang == "en" else "，") + because(library, missing, profile, lang)
        told[lang] = (
            f"{requirement[lang]}; {found}." if lang == "en" else f"{requirement[lang]}；{found}。"
        )
    return told


def is_statement(pointer: str) -> bool:
    """Whether a pointer leads to something stated: an element of a list, conduct, a statement."""
    return bool(re.search(r"/\d+", pointer)) or pointer.startswith(("/attest", "/conduct"))


def _plain(status: Status, stated: bool, lang: str) -> str:
    return TEXTS["unmet-none" if status == "unmet" and not stated else status][lang]


def _measured(library: Library, measured: Measure | None, lang: str) -> str:
    if measured is None:
        return ""
    least, most, unit = measured.at_least, measured.at_most, measured.unit
    if least is None and most is None:
        return ""
    if unit == "date":
        return _days(least, most, lang)
    if least == most:
        return TEXTS["counted"][lang].format(_amount(library, least, unit, lang))
    if most is None:
        return TEXTS["at-least"][lang].format(_amount(library, least, unit, lang)) if least else ""
    return TEXTS["between"][lang].format(_number(least or 0), _amount(library, most, unit, lang))


def _days(least: Amount | None, most: Amount | None, lang: str) -> str:
    """A day, or between which days it lies, one of which may be open."""
    if least is None or most is None:
        return TEXTS["day-until" if least is None else "day-from"][lang].format(least or most)
    return TEXTS["day" if least == most else "days"][lang].format(least, most)


def _amount(library: Library, value: Any, unit: str, lang: str) -> str:
    words = library.facts.get("units", {}).get(unit, {}).get(lang, "")
    if isinstance(words, Mapping):
        words = words["one" if value == 1 else "other"]
    return f"{_number(value)}{words}" if lang == "zh" else f"{_number(value)} {words}".strip()


def _number(value: Any) -> str:
    """Two places, cut off, not rounded: six years and 364 days never read as seven."""
    return f"{int(value * 100 + 1e-6) / 100:g}"


def because(library: Library, missing: Sequence[str], profile: Mapping[str, Any], lang: str) -> str:
    """Why a finding is open: the first facts that are missing, and how many more."""
    reasons = [reason(library, pointer, profile, lang) for pointer in missing[:3]]
    if len(missing) > 3:
        reasons.append(TEXTS["more"][lang].format(len(missing) - 3))
    return TEXTS["because"][lang].format(
        TEXTS["and"][lang].join(reasons or [TEXTS["standard"][lang]])
    )


def reason(library: Library, pointer: str, profile: Mapping[str, Any], lang: str) -> str:
    """`the end of your second job is missing`."""
    if pointer == STANDARD:
        return TEXTS["standard"][lang]
    head, _, kind = pointer.rpartition("/")
    if head == "/attestations":
        entries = library.vocabularies["attestations"]
        return TEXTS["statement"][lang].format(what=entries.label(entries.number(kind) or 0, lang))
    if (
        pointer.replace("/0", "").strip("/").split("/")[-1] in _LISTS
        and _path(pointer) in COLLECTIONS
    ):
        what = library.facts["collections"][_path(pointer)]["list"][lang]
        plural = not what.endswith(("experience", "record"))
        return TEXTS["list" if plural else "list-one"][lang].format(what=what)
    value = _value(profile, pointer)
    if isinstance(value, str) and isinstance(mark := _mark(pointer), Code):
        around = _value(profile, pointer.rpartition("/")[0])
        what = _what(library, pointer, lang)
        return unread(library.vocabularies, what, value, mark, around, lang)
    key = "missing" if value is None else "part-time" if pointer.endswith("/fte") else "coarse"
    return TEXTS[key][lang].format(what=_what(library, pointer, lang), value=value)


def warning(library: Library, told: Problem, profile: Mapping[str, Any]) -> dict[str, str]:
    """What was not understood, or contradicts itself, as a sentence in each language."""
    return {lang: _capital(_warning(library, told, profile, lang)) for lang in LANGUAGES}


def _warning(library: Library, told: Problem, profile: Mapping[str, Any], lang: str) -> str:
    if told.code in NAMES:
        return reason(library, told.pointer, profile, lang) + _STOPS[lang]
    head, _, kind = told.pointer.rpartition("/")
    entries = library.vocabularies["attestations"]
    stated = head == "/attestations"
    what = (
        entries.label(entries.number(kind) or 0, lang)
        if stated
        else _what(library, told.pointer, lang)
    )
    return TEXTS["contradiction"][lang].format(what=what, detail=told.detail)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_STOPS = {"en": ".", "zh": "。"}


def _mark(pointer: str) -> Mark | None:
    leaf = LEAVES.get(_path(pointer))
    return leaf.mark if leaf else None


_LISTS = {path.rpartition(".")[2] for path in COLLECTIONS}


def _path(pointer: str) -> str:
    return ".".join(part for part in pointer.split("/")[1:] if not part.isdigit())


def _what(library: Library, pointer: str, lang: str) -> str:
    """`the end of your second job`, in the order a sentence of the language wants."""
    path = _path(pointer)
    phrase = library.facts["facts"].get(path) or library.facts["facts"].get(f"{path}.code", {})
    field = phrase.get("phrase", phrase).get(lang, path)
    found = re.search(r"^(/.*?)/(\d+)(?=/|$)(?!.*/\d)", pointer)
    if not found:
        return TEXTS["your"][lang].format(field=field)
    item = library.facts["collections"][_path(found[1])]
    return TEXTS["of"][lang].format(
        field=field,
        nth=_nth(library, int(found[2]), lang),
        item=item["item"][lang],
        measure=item.get("measure", {}).get("zh", "个"),
    )


def _nth(library: Library, index: int, lang: str) -> str:
    ordinals = library.facts["ordinals"][lang]
    if index < len(ordinals):
        return str(ordinals[index])
    return f"{index + 1}th" if lang == "en" else f"第{index + 1}"


def stated_share(profile: Mapping[str, Any], pointer: str) -> bool:
    """Part-time work whose share is stated: it leaves a count open, yet there is nothing to add."""
    return pointer.endswith("/fte") and _value(profile, pointer) is not None


def _value(profile: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        if isinstance(profile, Mapping):
            profile = profile.get(part)
        elif isinstance(profile, list) and part.isdigit() and int(part) < len(profile):
            profile = profile[int(part)]
        else:
            return None
    return profile


def day(number: Any) -> str | None:
    """A day as it is written; None for the ends of time."""
    return None if abs(int(number)) >= dates.AFTER_ALL else dates.iso(int(number))


def joined(words: Iterable[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(words)

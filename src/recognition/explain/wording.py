"""Findings in words, English and Chinese, that a person can read without knowing the system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from recognition import dates
from recognition.decide.statuses import Status
from recognition.explain import amounts
from recognition.explain.decision import LANGUAGES, Measure
from recognition.explain.trace import STANDARD
from recognition.explain.unread import unread
from recognition.facts.assumptions import Assumptions
from recognition.problems import Problem
from recognition.profile.model import Code, Mark
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.profile.validate import NAMES
from recognition.standard.library import Library

TEXTS: Mapping[str, Mapping[str, str]] = {
    "met": {"en": "this is met", "zh": "已满足"},
    "unmet": {"en": "what is stated does not meet this", "zh": "所提供的资料不满足此项"},
    "unmet-none": {"en": "nothing stated meets this", "zh": "没有可满足此项的资料"},
    "unknown": {"en": "this is open", "zh": "尚无法确定"},
    "aside": {
        "en": "Does not concern you: {}; this is asked {}.",
        "zh": "不涉及您：{}；适用：{}。",
    },
    "because": {"en": "because {}", "zh": "原因：{}"},
    "and": {"en": " and ", "zh": "，且"},
    "more-one": {"en": "{} more fact is missing", "zh": "另缺{}项资料"},
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
    "parties": {"en": "parties", "zh": "缔约方"},
    "period": {"en": "in force", "zh": "有效期"},
    "draft": {
        "en": "{} is a draft: it was not published, or it was changed since.",
        "zh": "{} 为草案：尚未公布，或公布后有改动。",
    },
    "assumed": {
        "en": "{what} is taken to be {value} (for: {criteria})",
        "zh": "{what}按“{value}”计（涉及：{criteria}）",
    },
    "assumed-true": {
        "en": "it is taken to hold: {what} (for: {criteria})",
        "zh": "按属实计：{what}（涉及：{criteria}）",
    },
    "assumed-false": {
        "en": "it is taken not to hold: {what} (for: {criteria})",
        "zh": "按不属实计：{what}（涉及：{criteria}）",
    },
    "supposed": {"en": "{what}: {value}", "zh": "{what}：{value}"},
    "yes": {"en": "yes", "zh": "是"},
    "no": {"en": "no", "zh": "否"},
    "open": {"en": "open", "zh": "尚未结束"},
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
    "not-applicable": {"en": "not applicable", "zh": "不适用"},
}


class Found(NamedTuple):
    """What is told of a criterion: its requirement, what was found, and what is missing.

    `stated` tells whether anything was there to be found: what is not met says it otherwise.
    `part_time` tells that the measure is open for want of the share of full time alone.
    """

    requirement: Mapping[str, str]
    status: Status
    missing: Sequence[str] = ()
    stated: bool = True
    measured: Measure | None = None
    required: Measure | None = None
    comparison: str = ""
    part_time: bool = False


def sentence(library: Library, found: Found, profile: Mapping[str, Any]) -> dict[str, str]:
    """A finding's text in each language: the requirement, what was found, and why it is open."""
    ends = {"en": ("; ", "."), "zh": ("；", "。")}
    told = {}
    for lang in LANGUAGES:
        requirement = found.requirement[lang]
        required = amounts.required(library, found.required, found.comparison, requirement, lang)
        parts = (requirement, _found(library, found, profile, lang), required)
        between, end = ends[lang]
        told[lang] = between.join(part for part in parts if part) + end
    return told


def _found(library: Library, found: Found, profile: Mapping[str, Any], lang: str) -> str:
    """What was found, and why it is open."""
    if found.part_time and found.measured:
        return amounts.full_time(library, found.measured, lang)
    said = amounts.measured(library, found.measured, lang)
    said = said or _plain(found.status, found.stated, lang)
    if found.status != "unknown":
        return said
    return said + (", " if lang == "en" else "，") + because(library, found.missing, profile, lang)


def aside(requirement: Mapping[str, str], where: Mapping[str, str]) -> dict[str, str]:
    """What is told of a criterion that does not concern a person: what it asks, and of whom."""
    return {lang: TEXTS["aside"][lang].format(requirement[lang], where[lang]) for lang in LANGUAGES}


def named(library: Library, vocabulary: str, code: str) -> dict[str, str]:
    """An entry's name in both languages; its code where it has none."""
    entries = library.vocabularies[vocabulary]
    number = entries.numbers.get(code, 0)
    return {lang: entries.label(number, lang) or code for lang in LANGUAGES}


def is_statement(pointer: str) -> bool:
    """Whether a pointer leads to something stated: an element of a list, conduct, a statement."""
    return bool(re.search(r"/\d+", pointer)) or pointer.startswith(("/attest", "/conduct"))


def _plain(status: Status, stated: bool, lang: str) -> str:
    return TEXTS["unmet-none" if status == "unmet" and not stated else status][lang]


def because(library: Library, missing: Sequence[str], profile: Mapping[str, Any], lang: str) -> str:
    """Why a finding is open: the first facts that are missing, and how many more."""
    reasons = [reason(library, pointer, profile, lang) for pointer in missing[:3]]
    if more := max(len(missing) - 3, 0):
        reasons.append(TEXTS["more-one" if more == 1 else "more"][lang].format(more))
    return TEXTS["because"][lang].format(
        TEXTS["and"][lang].join(reasons or [TEXTS["standard"][lang]])
    )


def assumed(
    library: Library, pointer: str, value: bool | float | str, criteria: Sequence[str], lang: str
) -> str:
    """`the share of full time of your second job is taken to be 1`, and for which criteria."""
    named = joined(criteria, lang)
    if pointer.startswith("/attestations/"):
        key = "assumed-true" if value else "assumed-false"
        return TEXTS[key][lang].format(what=_statement(library, pointer, lang), criteria=named)
    what, said = _what(library, pointer, lang), _said(library, pointer, value, lang)
    return TEXTS["assumed"][lang].format(what=what, value=said, criteria=named)


def supposed(library: Library, assumptions: Assumptions, lang: str) -> Iterator[str]:
    """Each assumption by itself: `the share of full time: 1`."""
    for path, value in assumptions:
        pointer = "/" + path.replace(".", "/", 1 if path.startswith("attestations.") else -1)
        stated = pointer.startswith("/attestations/")
        what = (_statement if stated else _what)(library, pointer, lang)
        yield TEXTS["supposed"][lang].format(what=what, value=_said(library, pointer, value, lang))


def _said(library: Library, pointer: str, value: bool | float | str, lang: str) -> str:
    """A value of a field, as a person says it."""
    if isinstance(value, str):
        mark = LEAVES[_path(pointer)].mark
        known = library.vocabularies[mark.vocabulary] if isinstance(mark, Code) else None
        number = known.number(value) if known else None
        label = known.label(number, lang) if known and number else value
        return TEXTS["open"][lang] if value == ".." else label
    if isinstance(value, bool):
        return TEXTS["yes" if value else "no"][lang]
    return amounts.number(value)


def _statement(library: Library, pointer: str, lang: str) -> str:
    entries = library.vocabularies["attestations"]
    return entries.label(entries.number(pointer.rpartition("/")[2]) or 0, lang)


def reason(library: Library, pointer: str, profile: Mapping[str, Any], lang: str) -> str:
    """`the end of your second job is missing`."""
    if pointer == STANDARD:
        return TEXTS["standard"][lang]
    head, _, kind = pointer.rpartition("/")
    if head == "/attestations":
        return TEXTS["statement"][lang].format(what=_statement(library, pointer, lang))
    if not kind.isdigit() and _path(pointer) in COLLECTIONS:
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


def unstated_share(profile: Mapping[str, Any], pointer: str) -> bool:
    """Work of which nobody has said whether it was full time."""
    return pointer.endswith("/fte") and _value(profile, pointer) is None


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

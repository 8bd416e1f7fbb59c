"""Where a criterion applies, in words: the hosts and statements its `applies_when` names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recognition.explain.wording import named
from recognition.standard import phrase
from recognition.standard.library import Library
from recognition.standard.model import Words

OTHERWISE: Words = {
    "en": "in some cases only, as the edition says",
    "zh": "仅限标准文本所列情形",
}
_WHERE: Words = {"en": "where {}", "zh": "{}时"}
_UNLESS: Words = {"en": "unless {}", "zh": "除非{}"}
_NOT: Words = {"en": "it is not so that {}", "zh": "并非{}"}
_AND: Words = {"en": ", and ", "zh": "，且"}
_OR: Words = {"en": ", or ", "zh": "，或"}
_HOST: Words = {"en": "the host is {}", "zh": "东道辖区为{}"}
_INSIDE: Words = {"en": "the host is {} or a part of it", "zh": "东道辖区为{}或其下属地区"}
_HOLDS: Words = {"en": "this holds: “{}”", "zh": "“{}”成立"}
_FIELD: Words = {"en": "{field} of any {item} is {codes}", "zh": "任一{item}的{field}为{codes}"}
_SINCE: Words = {"en": "the day is {} or later", "zh": "评定日期为{}或以后"}
_STATED: Words = {"en": "it is stated: “{}”", "zh": "已声明“{}”"}
_COMMA: Words = {"en": " or ", "zh": "或"}


def words(library: Library, written: Any) -> Words:
    """An `applies_when` as it is read; what takes more than a line is left to the edition."""
    but = written.get("not") if isinstance(written, Mapping) else None
    said = _truth(library, but or written)
    return OTHERWISE if said is None else _put(_UNLESS if but else _WHERE, said)


def _put(form: Words, said: Words) -> Words:
    return {lang: form[lang].format(text) for lang, text in said.items()}


def _truth(library: Library, written: Any) -> Words | None:
    key, inner = next(iter(written.items()))
    if key in ("all", "any") and isinstance(inner, list):
        parts = [_truth(library, part) for part in inner]
        return _joined([part for part in parts if part], _AND if key == "all" else _OR, len(inner))
    if key == "not":
        said = _truth(library, inner)
        return said and _put(_NOT, said)
    if key in ("one_of", "inside") and inner[0] == {"host": True}:
        return _hosts(library, inner[1], _HOST if key == "one_of" else _INSIDE)
    if key == "attested":
        return _put(_STATED, named(library, "attestations", inner))
    if key == "on_or_after" and inner[0] == {"as_of": True} and "date" in inner[1]:
        return _put(_SINCE, dict.fromkeys(_SINCE, inner[1]["date"]))
    if key == "exists":
        return _of_any(library, inner["in"], inner.get("where", {}))
    return _called(library, written) if key == "rule" else None


def _of_any(library: Library, collection: str, where: Any) -> Words | None:
    """What one element of a list has: a field of some code, or what a named rule says of it."""
    if "rule" in where:
        return _called(library, where)
    field, codes = (where.get("equals") or where.get("one_of") or ({}, ()))[:2]
    path = field.get("field", "") if isinstance(field, Mapping) else ""
    if path not in library.facts["facts"] or not isinstance(codes, str | list):
        return None
    vocabulary = library.names.fields[path].partition(":")[2]
    said = [
        named(library, vocabulary, code) for code in ([codes] if codes == str(codes) else codes)
    ]
    items, phrases = library.facts["collections"][collection]["item"], library.facts["facts"][path]
    return {
        lang: form.format(
            item=items[lang],
            field=phrases["phrase"][lang],
            codes=_COMMA[lang].join(words[lang] for words in said),
        )
        for lang, form in _FIELD.items()
    }


def _joined(parts: list[Words], between: Words, due: int) -> Words | None:
    if len(parts) < due:
        return None
    return {lang: between[lang].join(part[lang] for part in parts) for lang in between}


def _hosts(library: Library, codes: Any, form: Words) -> Words:
    names = [named(library, "places", code) for code in codes]
    return _put(form, {lang: _COMMA[lang].join(name[lang] for name in names) for lang in form})


def _called(library: Library, written: Mapping[str, Any]) -> Words | None:
    """A named rule, by its words if it has some, else by what it says."""
    rule = library.rules[written["rule"]]
    if said := rule.words.get("requirement"):
        given = written.get("with", {})
        told = {
            lang: phrase.filled(text, given, lang, library.names) for lang, text in said.items()
        }
        return _put(_HOLDS, told)
    return None if rule.parameters else _truth(library, rule.body)

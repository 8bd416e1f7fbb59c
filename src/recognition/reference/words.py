"""What the reference says of its own: headings in both languages, days, names of codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from recognition.standard import periods
from recognition.standard.library import Library
from recognition.standard.model import Period, Standard, Words

FAMILIES: Mapping[str, Words] = {
    "education": {"en": "Education accords", "zh": "教育认证协议"},
    "competence": {"en": "Registers of competence", "zh": "能力名册协议"},
    "regional": {"en": "Regional arrangements", "zh": "区域安排"},
    "bilateral": {"en": "Bilateral agreements", "zh": "双边协议"},
    "host": {"en": "Rules of hosts", "zh": "东道辖区规则"},
    "china": {"en": "China", "zh": "中国"},
}
NOTICE: Words = {
    "en": "Written from the standards by `recognition standards reference`; change those, "
    "not this page. To be eligible is to meet the published criteria, before any assessment by "
    "the body. It is never a right to practise.",
    "zh": "本页由标准生成，请修改标准而非本页。“符合”指满足已公布的准则，"
    "尚未经机构评审；绝不等同于执业权。",
}
LANGUAGES = ("en", "zh")


def both(words: Words) -> str:
    """The same in both languages, on one line."""
    return f"{words['en']} · {words['zh']}"


def named(library: Library, vocabulary: str, code: str) -> Words:
    """An entry's name in both languages."""
    entries = library.vocabularies[vocabulary]
    number = entries.numbers.get(code, 0)
    return {lang: entries.label(number, lang) or code for lang in LANGUAGES}


def place(library: Library, code: str) -> str:
    """A place as it heads a section: `AU Australia 澳大利亚`."""
    name = named(library, "places", code)
    return f"{code} {name['en']}" + (f" {name['zh']}" if name["zh"] != name["en"] else "")


def day(first: int, last: int) -> str:
    """A day as far as it is known, as a cell of a table has it."""
    return periods.day(first, last).replace("/", " / ")


def period(held: Period) -> str:
    """A period, `2016 – ..`; that of an edition that was corrected is empty."""
    if held.last[1] < held.first[0]:
        return "never · 从未生效"
    return f"{day(*held.first)} – {day(*held.last)}"


def joined(codes: Iterable[str], more: int = 12) -> str:
    """Codes in a row, the first dozen and how many more."""
    told = list(codes)
    rest = f" +{len(told) - more}" if len(told) > more else ""
    return " ".join(f"`{code}`" for code in told[:more]) + rest


def hosts(library: Library, standard: Standard, country: str = "", more: int = 12) -> str:
    """A standard's hosts, all or those of one country, and which places may be hosts."""
    named = standard.agreement.hosts
    if named is None:
        return "" if country else "none is named · 未指明"
    surely = library.hosts(standard.id) if named.places or named.statuses else ()
    perhaps = _within(country, named.perhaps)
    mark = f" perhaps · 可能: {joined(perhaps, more)}" if perhaps else ""
    return (joined(_within(country, surely), more) + mark).strip()


def _within(country: str, codes: Iterable[str]) -> list[str]:
    return [code for code in codes if code.partition("-")[0] == country or not country]

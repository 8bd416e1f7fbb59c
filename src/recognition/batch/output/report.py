"""A run on one page: verdicts by standard, criteria that decide, evidence that is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from recognition import dates
from recognition.batch.output.summary import Summary
from recognition.explain import reaching, wording
from recognition.explain.trace import STANDARD
from recognition.facts.assumptions import NOTHING, Assumptions
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.standard.library import Library

MOST = 20
"""Bars of a chart."""
ORDER = ("eligible", "undetermined", "ineligible")
TEXTS: Mapping[str, Mapping[str, str]] = {
    "title": {"en": "Decisions on a file of applicants", "zh": "申请人文件评定报告"},
    "as_of": {"en": "As of {}", "zh": "评定日期：{}"},
    "assumed": {"en": "Assumed wherever nothing is said", "zh": "未说明时所作的假定"},
    "read": {"en": "profiles read", "zh": "份档案已读取"},
    "decided": {"en": "decided", "zh": "份已评定"},
    "rejected": {"en": "rejected", "zh": "份被退回"},
    "warned": {"en": "with something not understood", "zh": "份含无法识别的内容"},
    "duplicates": {"en": "ids met more than once", "zh": "个编号重复"},
    "verdicts": {"en": "Verdicts by standard", "zh": "各标准的结论"},
    "deciding": {"en": "Criteria that most often stand against it", "zh": "最常见的未符合准则"},
    "deciding_help": {
        "en": "How many decisions have this criterion unmet (ineligible) or open (undetermined).",
        "zh": "因该准则未满足（不符合）或未确定（无法确定）的结论数。",
    },
    "missing": {"en": "Evidence that is most often missing", "zh": "最常缺少的资料"},
    "missing_help": {
        "en": "How many undetermined decisions it could help to settle.",
        "zh": "补充后有助于确定的结论数。",
    },
    "standard": {"en": "Standard", "zh": "标准"},
    "reach": {"en": "a positive decision reaches: {}", "zh": "效力范围：{}"},
    "none": {"en": "None.", "zh": "无。"},
}


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: its label and count, and parts of it by verdict with their shares (%)."""

    label: str
    beside: str
    count: int
    parts: tuple[tuple[str, int, float], ...]


def page(
    told: Summary,
    library: Library,
    as_of: int,
    lang: str,
    assumptions: Assumptions = NOTHING,
) -> bytes:
    """The page in HTML, whole in itself; `as_of` in days, `lang` `en` or `zh`."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    source = files("recognition.batch").joinpath("report.html").read_text("utf-8")
    text = environment.from_string(source).render(
        lang=lang,
        texts={key: words[lang] for key, words in TEXTS.items()},
        day=TEXTS["as_of"][lang].format(dates.iso(as_of)),
        assumed=list(wording.supposed(library, assumptions, lang)),
        told=told,
        names={verdict: wording.VERDICTS[verdict][lang] for verdict in ORDER},
        verdicts=list(_verdicts(told, library, lang)),
        deciding=list(_deciding(told, library, lang)),
        missing=list(_missing(told, library, lang)),
        notice=wording.NOTICE[lang],
    )
    return text.encode()


def _verdicts(told: Summary, library: Library, lang: str) -> Iterator[Bar]:
    """Each standard's verdicts, the whole width its own total."""
    for standard in sorted({standard for standard, _ in told.verdicts}):
        counts = {verdict: told.verdicts[standard, verdict] for verdict in ORDER}
        reach = reaching.of_agreement(library.standards[standard].agreement, lang)
        beside = f"{standard} · {TEXTS['reach'][lang].format(reach)}"
        yield _bar(_title(library, standard, lang), beside, counts, sum(counts.values()))


def _deciding(told: Summary, library: Library, lang: str) -> Iterator[Bar]:
    sums: Counter[tuple[str, str]] = Counter()
    for (standard, _, criterion), count in told.deciding.items():
        sums[standard, criterion] += count
    longest = max(sums.values(), default=1)
    for standard, criterion in _first(sums):
        counts = {verdict: told.deciding[standard, verdict, criterion] for verdict in ORDER}
        label = _criterion(library, standard, criterion, lang)
        yield _bar(label, _title(library, standard, lang), counts, longest)


def _missing(told: Summary, library: Library, lang: str) -> Iterator[Bar]:
    sums: Counter[tuple[str]] = Counter()
    for (_, path), count in told.missing.items():
        sums[(path,)] += count
    longest = max(sums.values(), default=1)
    for (path,) in _first(sums):
        yield _bar(_fact(library, path, lang), path, {"undetermined": sums[(path,)]}, longest)


def _first(sums: Mapping[Any, int]) -> Iterable[Any]:
    """The greatest, in an order that is always the same."""
    return sorted(sums, key=lambda key: (-sums[key], key))[:MOST]


def _bar(label: str, beside: str, counts: Mapping[str, int], whole: int) -> Bar:
    parts = ((verdict, count, 100 * count / whole) for verdict, count in counts.items() if count)
    return Bar(label, beside, sum(counts.values()), tuple(parts))


# --- words


def _title(library: Library, standard: str, lang: str) -> str:
    return library.standards[standard].agreement.title[lang]


def _criterion(library: Library, standard: str, name: str, lang: str) -> str:
    if name in wording.TEXTS:
        return wording.TEXTS[name][lang]
    titles = [
        criterion.title[lang]
        for edition in library.standards[standard].editions
        for criterion in edition.criteria
        if criterion.id == name
    ]
    return titles[-1] if titles else name


def _fact(library: Library, path: str, lang: str) -> str:
    """A fact's label, its list's before it."""
    if path == STANDARD:
        return wording.TEXTS["standard"][lang]
    kind = path.removeprefix("attestations.")
    if kind != path:
        entries = library.vocabularies["attestations"]
        return entries.label(entries.number(kind) or 0, lang)
    if path in COLLECTIONS:
        return str(library.facts["collections"][path]["items"][lang])
    label = str(library.facts["facts"].get(path, {}).get(lang, path))
    within = LEAVES[path].collection if path in LEAVES else ""
    if not within:
        return label
    return f"{library.facts['collections'][within]['items'][lang]} · {label}"

"""What there is: standards by family, and by the jurisdictions they bind."""

from __future__ import annotations

from collections.abc import Sequence

from recognition.reference import words
from recognition.reference.markdown import anchor, code, link, page, plain, table
from recognition.reference.words import both, joined
from recognition.standard.library import Library
from recognition.standard.model import Standard
from recognition.standard.ties import country
from recognition.standard.words import EFFECTS


def index(library: Library) -> str:
    """The first page: families, jurisdictions, who recognises whom."""
    standards = list(library.standards.values())
    editions = sum(len(standard.editions) for standard in standards)
    places = [
        link(code(place), f"jurisdictions.md#{_anchor(library, place)}")
        for place in _countries(library)
    ]
    return page(
        "# Reference of standards · 标准参考",
        f"{len(standards)} standards in {editions} editions. "
        f"{link('Who recognises whom', 'matrix.md')} · "
        f"{link('By jurisdiction', 'jurisdictions.md')}",
        f"{len(standards)} 项标准，{editions} 个版本。"
        f"{link('互认关系图', 'matrix.md')} · {link('按辖区', 'jurisdictions.md')}",
        *(_family(library, family) for family in (*words.FAMILIES, "")),
        "## Jurisdictions · 辖区",
        " ".join(places),
        f"*{words.NOTICE['en']}*",
        f"*{words.NOTICE['zh']}*",
    )


def _family(library: Library, family: str) -> str:
    """The standards of a chapter; those without a chapter come last."""
    held = [
        standard
        for standard in library.standards.values()
        if standard.agreement.document.get("family", "") == family
    ]
    if not held:
        return ""
    head = both(words.FAMILIES[family]) if family else "Others · 其他"
    heads = ("Standard · 标准", "", "Effect · 效力", "Hosts · 东道辖区", "Editions · 版本")
    return f"## {head}\n\n" + table(heads, (_row(library, standard) for standard in held))


def _row(library: Library, standard: Standard) -> Sequence[str]:
    title = standard.agreement.title
    return (
        link(code(standard.id), f"standards/{standard.id}.md"),
        f"{plain(title['en'])}<br>{plain(title['zh'])}",
        both(EFFECTS[standard.agreement.effect]),
        words.hosts(library, standard, more=6),
        joined(edition.version for edition in standard.editions),
    )


# --- jurisdictions


def jurisdictions(library: Library) -> str:
    """One section a country: the standards asked of it as a host, and those it is a party of."""
    return page(
        "# By jurisdiction · 按辖区",
        "Regions stand with their country. A host takes engineers by a standard; a party is bound "
        "by it. Since when, and with what status, is on the standard's page.",
        "各地区列于所属国家之下。“东道”指依标准接纳工程师的辖区；“缔约”指受其约束的辖区。"
        "身份及起止日期见各标准页面。",
        *(_section(library, place) for place in _countries(library)),
    )


def _section(library: Library, place: str) -> str:
    rows = []
    for standard in library.standards.values():
        agreement = standard.agreement
        hosts = words.hosts(library, standard, place, 6)
        held = {party.place for party in agreement.parties}
        parties = joined(sorted(code for code in held if country(code) == place), 6)
        if hosts or parties:
            name = f"{plain(agreement.title['en'])}<br>{plain(agreement.title['zh'])}"
            address = f"standards/{standard.id}.md"
            effect = both(EFFECTS[agreement.effect])
            rows.append((link(code(standard.id), address), name, effect, hosts, parties))
    heads = ("Standard · 标准", "", "Effect · 效力", "Host · 东道", "Party · 缔约")
    return f"## {_heading(library, place)}\n\n" + table(heads, rows)


def _perhaps(standard: Standard) -> tuple[str, ...]:
    return standard.agreement.hosts.perhaps if standard.agreement.hosts else ()


def _countries(library: Library) -> list[str]:
    """Countries that host or are bound, or have a region that does, by code."""
    return sorted(
        {
            country(place)
            for standard in library.standards.values()
            for place in (
                *library.hosts(standard.id),
                *_perhaps(standard),
                *(party.place for party in standard.agreement.parties),
            )
        }
    )


def _heading(library: Library, place: str) -> str:
    return plain(words.place(library, place))


def _anchor(library: Library, place: str) -> str:
    return anchor(_heading(library, place))

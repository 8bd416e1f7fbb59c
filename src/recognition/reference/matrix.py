"""Who recognises whom, drawn: a row for each home, a column for each host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from recognition.reference.markdown import code, link, table
from recognition.reference.markdown import page as paged
from recognition.reference.words import both, named
from recognition.standard.library import Library
from recognition.standard.ties import Tie, country, ties
from recognition.standard.words import EFFECTS

CELL, MARGIN, LINE = 11, 34, 15
COLOURS = {
    "licence": "#0b5c4a",
    "temporary-licence": "#2f8f6f",
    "title": "#3a6ea5",
    "register-entry": "#7ba6d0",
    "exemption": "#b08a2e",
    "assisted-route": "#d8bd72",
    "academic-recognition": "#c9ced6",
    "unpublished": "#e6d9e8",
}
"""The furthest effect of a pair, the furthest first; degrees alone are pale."""

Pairs = Mapping[tuple[str, str], str]
"""By home and host, the furthest effect."""


def pairs(library: Library) -> dict[tuple[str, str], str]:
    """What each home's engineers may gain in each host at most, countries with their regions."""
    order = list(COLOURS)
    found: dict[tuple[str, str], str] = {}
    for tie in ties(library):
        pair = country(tie.home), country(tie.host)
        effects = [tie.effect, found.get(pair, tie.effect)]
        found[pair] = min(effects, key=order.index)
    return found


def places(told: Pairs) -> list[str]:
    """Every home and host: those with most ties first, so that what is dense stands together."""
    ties = {place: sum(place in pair for pair in told) for pair in told for place in pair}
    return sorted(ties, key=lambda place: (-ties[place], place))


# --- the drawing


def drawing(library: Library) -> str:
    """The matrix as SVG: one path for each effect, names at the edges, a legend below."""
    told = pairs(library)
    order = places(told)
    shown = [effect for effect in COLOURS if effect in told.values()]
    side = MARGIN + CELL * len(order)
    width, height = side + 8, side + 30 + LINE * len(shown)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            'role="img" font-family="sans-serif" font-size="6">',
            "<title>Who recognises whom · 互认关系图</title>",
            "<desc>Rows: home. Columns: host. The colour is the furthest effect of any "
            "standard.</desc>",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *_grid(len(order), side),
            *(_cells(told, order, effect) for effect in shown),
            *_names(order),
            *_legend(shown, side + 20),
            "</svg>",
            "",
        )
    )


def _grid(size: int, side: int) -> Iterable[str]:
    """A hair line every five places, and the diagonal, where nobody needs recognition."""
    lines = [MARGIN + CELL * i for i in range(0, size + 1, 5)]
    path = "".join(f"M{x} {MARGIN}V{side}M{MARGIN} {x}H{side}" for x in lines)
    yield f'<path d="{path}M{MARGIN} {MARGIN}L{side} {side}" stroke="#e3e6ea" fill="none"/>'


def _cells(told: Pairs, order: list[str], effect: str) -> str:
    """All cells of one effect as one path, a run of neighbours in one stroke."""
    runs = "".join(
        f"M{MARGIN + CELL * first} {MARGIN + CELL * row}h{CELL * length - 1}v{CELL - 1}"
        f"h{1 - CELL * length}z"
        for row, home in enumerate(order)
        for first, length in _runs([told.get((home, host)) == effect for host in order])
    )
    return f'<path fill="{COLOURS[effect]}" d="{runs}"/>'


def _runs(marks: list[bool]) -> Iterable[tuple[int, int]]:
    """Where runs of true begin and how long they are."""
    place = 0
    for mark, run in groupby(marks):
        length = len(list(run))
        if mark:
            yield place, length
        place += length


def _names(order: list[str]) -> Iterable[str]:
    for i, place in enumerate(order):
        middle = MARGIN + CELL * i + CELL / 2
        yield f'<text x="{MARGIN - 4}" y="{middle + 2:g}" text-anchor="end">{place}</text>'
        yield f'<text x="{middle:g}" y="{MARGIN - 4}" text-anchor="middle">{place}</text>'
    yield '<text x="2" y="10">home ↓ · host →</text>'
    yield '<text x="2" y="20">来源 ↓ · 东道 →</text>'


def _legend(shown: list[str], top: int) -> Iterable[str]:
    for i, effect in enumerate(shown):
        x, y, label = MARGIN + 16, top + LINE * i, both(EFFECTS[effect])
        yield f'<rect x="{MARGIN}" y="{y}" width="10" height="10" fill="{COLOURS[effect]}"/>'
        yield f'<text x="{x}" y="{y + 8}" font-size="9">{label}</text>'


# --- its page


def page(library: Library) -> str:
    """What the drawing shows, and the ties of named hosts as a table."""
    return paged(
        "# Who recognises whom · 互认关系图",
        "![Matrix: rows are homes, columns are hosts, the colour is the furthest effect]"
        "(matrix.svg)",
        "A cell is filled where a standard lets the host (column) take people of the home (row): "
        "its parties bind each other, or it names the host and the home is a party. The colour is "
        "the furthest effect of any such standard. Regions stand with their country: a cell of "
        "the United States may be one state's. Left out are memoranda that give a person nothing, "
        "rules that take people of any home, standards without a named host, and parties whose "
        "membership is known to have ended. A filled cell is no promise: each person must meet "
        "the criteria.",
        "凡标准允许东道辖区（列）接纳来源辖区（行）人员者，该格着色；颜色为各标准中最进一步的效力。"
        "地区并入所属国家：美国一格可能仅指某一州。不对个人产生效力的备忘录、不限来源的规则、"
        "未指明东道辖区的标准及已知终止的成员身份均未列入。着色不构成承诺：个人仍须满足各项准则。",
        "## Ties of named hosts · 指明东道辖区的关系",
        _table(library),
        f"The members of an accord or register stand on its page; all pages are in the "
        f"{link('reference', 'index.md')}.",
    )


def _table(library: Library) -> str:
    """Standards that name their hosts, a row for each host."""
    named_hosts = [tie for tie in ties(library) if _names_hosts(library, tie)]
    heads = ("Host · 东道", "Homes · 来源", "Standard · 标准", "Effect · 效力")
    rows = []
    for (host, standard), group in groupby(
        sorted(named_hosts, key=lambda tie: (tie.host, tie.standard)),
        key=lambda tie: (tie.host, tie.standard),
    ):
        told = list(group)
        mark = " perhaps · 可能" if told[0].perhaps else ""
        rows.append(
            (
                f"{code(host)} {both(named(library, 'places', host))}{mark}",
                " ".join(code(tie.home) for tie in told),
                link(code(standard), f"standards/{standard}.md"),
                both(EFFECTS[told[0].effect]),
            )
        )
    return table(heads, rows)


def _names_hosts(library: Library, tie: Tie) -> bool:
    hosts = library.standards[tie.standard].agreement.hosts
    return hosts is not None and not hosts.statuses

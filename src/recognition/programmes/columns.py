"""What the columns of a table of programmes are, by headings in English or Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recognition.problems import Problem, Refused
from recognition.profile.remarks import near
from recognition.profile.written import fold

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "institution": (
        *("institution", "university", "education provider", "HEI", "HEI name", "school"),
        *("institution (en)", "institution (zh)", "name of university", "university/institution"),
        *(
            "院校",
            "学校",
            "高校",
            "院校名称",
            "学校名称",
            "高校名称",
            "学校（英文）",
            "院校（英文）",
        ),
    ),
    "programme": (
        *("programme", "program", "programme name", "program name", "degree programme", "course"),
        *("programme (en)", "programme (zh)", "program title", "title of programme"),
        *("专业", "专业名称", "认证专业", "专业（英文）"),
    ),
    "country": ("country", "country code", "国家", "国家或地区"),
    "ror": ("ROR", "ROR id"),
    "level": ("level", "degree level", "degree type", "层次", "学位层次", "学历层次"),
    "campus": ("campus", "location", "校区"),
    "from": (
        *("from", "accredited from", "start", "start date", "valid from", "commencement date"),
        *("起", "开始时间", "起始时间", "有效期开始", "生效日期"),
    ),
    "until": (
        *("until", "to", "accredited until", "end", "end date", "valid until", "expiration date"),
        *("止", "截止时间", "终止时间", "有效期截止", "失效日期"),
    ),
    "period": (
        "period",
        "accreditation period",
        "validity",
        "有效期",
        "有效期起止时间",
        "认证有效期",
    ),
    "basis": ("basis", "依据"),
    "status": ("status", "accreditation status", "状态", "认证状态", "认证结论"),
    "scope": ("scope", "范围"),
    "accord": ("accord", "协议"),
}
"""Headings of each field; several columns may be names of the same institution or programme."""

SEVERAL = ("institution", "programme")
_FIELDS = {fold(heading): field for field, held in HEADINGS.items() for heading in held}


def columns(headings: Sequence[str], mapped: Mapping[str, str], file: str) -> dict[str, list[int]]:
    """Where the columns of each field stand; a heading that is none is passed over.

    `mapped`: fields by heading, before all others. Raises Refused where institution or programme
    has no column, a heading named is none of the table's, or a field has two columns.
    """
    problems = [*_unknown(headings, mapped, file)]
    said = {fold(heading): field for heading, field in mapped.items()}
    found: dict[str, list[int]] = {}
    for i, heading in enumerate(headings):
        field = said.get(fold(heading)) or _FIELDS.get(fold(heading))
        if field:
            found.setdefault(field, []).append(i)
    for field in SEVERAL:
        if field not in found and not problems:
            hint = f"call a column `{HEADINGS[field][0]}`, or say `--map HEADING={field}`"
            problems.append(Problem("missing", "", f"no column of the {field}", hint, file))
    for field, places in found.items():
        if len(places) > 1 and field not in SEVERAL:
            both = " and ".join(f"`{headings[i]}`" for i in places)
            hint = "leave out one of them"
            problems.append(Problem("duplicate", "", f"{both} are the same column", hint, file))
    if problems:
        raise Refused(problems)
    return found


def _unknown(headings: Sequence[str], mapped: Mapping[str, str], file: str) -> Sequence[Problem]:
    known = set(map(fold, headings))
    problems = [
        Problem("no-such-column", "--map", f"no column `{heading}`", near(heading, headings), file)
        for heading in mapped
        if fold(heading) not in known
    ]
    return problems + [
        Problem("no-such-field", "--map", f"no field `{field}`", ", ".join(HEADINGS), file)
        for field in mapped.values()
        if field not in HEADINGS
    ]


def recognised(row: Sequence[str], mapped: Mapping[str, str]) -> bool:
    """Whether a row is the one of headings: two of its cells are some."""
    said = set(map(fold, mapped))
    return sum(fold(cell) in _FIELDS or fold(cell) in said for cell in row if cell) >= 2

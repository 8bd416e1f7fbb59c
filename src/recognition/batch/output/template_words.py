"""What the workbook to fill in says, and the example it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEXTS: Mapping[str, Mapping[str, str]] = {
    "help": {"en": "# Help", "zh": "# 填写说明"},
    "lists": {"en": "# Lists", "zh": "# 选项"},
    "applicant": {
        "en": "The identifier of the applicant in the first sheet.",
        "zh": "第一张工作表中申请人的编号。",
    },
    "number": {
        "en": "Numbers an applicant's rows from 1, for other sheets to name them.",
        "zh": "同一申请人的各行从 1 起编号，供其他工作表引用。",
    },
    "of": {"en": "The number of the {} it belongs to.", "zh": "所属{}的序号。"},
    "kind": {"en": "What is stated.", "zh": "说明的事项。"},
    "holds": {"en": "Whether it holds.", "zh": "是否属实。"},
    "none": {
        "en": "Write - where there is none. Leave it empty if there are rows, or nothing is known.",
        "zh": "确知没有则填“-”；已另表填写或情况不明则留空。",
    },
    "codes": {"en": "Several with ; between them.", "zh": "多项用分号分隔。"},
    "day": {"en": "As 2016-06-02, 2016-06 or 2016.", "zh": "格式：2016-06-02、2016-06 或 2016。"},
    "otherwise": {"en": "Left empty it is unknown.", "zh": "留空即为不明。"},
    "yes": {"en": "yes", "zh": "是"},
    "no": {"en": "no", "zh": "否"},
}
HELP: Mapping[str, tuple[str, ...]] = {
    "en": (
        "One row an applicant in the first sheet; the other sheets hold what each has several of.",
        "An empty cell is unknown. It is never no, zero or none.",
        "Where there is surely none, write - in the list's column of the first sheet.",
        "Days: 2016-06-02; 2016-06 or 2016 when no more is known; .. at an end that is open.",
        "Delete the rows of the example before you send the file.",
        "Sheets and columns whose name begins with # are not read.",
        "Columns that you do not need may be deleted.",
    ),
    "zh": (
        "第一张工作表每行一位申请人，可有多项的内容填在其他工作表。",
        "空白单元格表示不明，绝不表示“否”“零”或“没有”。",
        "确知没有的，在第一张工作表相应栏填“-”。",
        "日期：2016-06-02；不详时填 2016-06 或 2016；尚未结束填“..”或“至今”。",
        "提交前请删除示例行。",
        "名称以 # 开头的工作表和栏目不会被读取。",
        "不需要的栏目可以删除。",
    ),
}
EXAMPLE: Mapping[str, Mapping[str, Any]] = {
    "": {"id": "EXAMPLE-1", "birth_date": "1988-05-13", "citizenships": "CN", "memberships": "-"},
    "degrees": {"level": "bachelor", "discipline": "civil", "country": "CN", "delivered_in": "CN",
                "started_on": "2006-09-01", "awarded_on": "2010-07-01", "years": 4,
                "further_learning": "not-needed", "proof": "documented"},
    "degrees.accreditations": {"accord": "washington-accord", "from": "2008", "until": "2013",
                               "basis": "completion", "status": "full"},
    "registrations": {"country": "CN", "class": "full", "status": "active", "granted_on": "2015",
                      "expires_on": ".."},
    "experience": {"from": "2010-08", "until": "..", "country": "CN", "discipline": "civil",
                   "significant": True, "fte": 1},
    "cpd": {"year": 2025, "hours": 50},
}  # fmt: skip

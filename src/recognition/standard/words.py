"""The codes that a standard uses of itself, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from recognition.standard.model import Words

EFFECTS: Mapping[str, Words] = {
    "licence": {"en": "a licence", "zh": "执业许可"},
    "temporary-licence": {"en": "a temporary licence", "zh": "临时执业许可"},
    "title": {"en": "a title", "zh": "资格头衔"},
    "register-entry": {"en": "entry in a register", "zh": "列入名册"},
    "exemption": {"en": "an exemption", "zh": "部分豁免"},
    "assisted-route": {"en": "an easier route", "zh": "便捷途径"},
    "academic-recognition": {"en": "recognition of the degree", "zh": "学历承认"},
    "unpublished": {"en": "not published", "zh": "未公布"},
    "none": {"en": "nothing for a person", "zh": "对个人无效力"},
}
"""What a positive decision gives, the furthest first."""
CONFIDENCE: Mapping[str, Words] = {
    "confirmed": {"en": "confirmed", "zh": "已核实"},
    "reported": {"en": "reported", "zh": "有报道，未核实"},
    "unverified": {"en": "unverified", "zh": "未经核实"},
    "assumed": {"en": "assumed", "zh": "假定"},
}

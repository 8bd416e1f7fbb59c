"""Periods are said as far as they are known, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from recognition.rule.syntax import At
from recognition.standard import load
from recognition.standard.periods import said
from recognition.standard.succession import NEVER


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ({"from": "2016-06-02", "until": ".."}, "from 2016-06-02 until ..", "自2016年6月2日起"),
        (
            {"from": "1989", "until": "2018-06"},
            "from 1989 until 2018-06",
            "自1989年起，至2018年6月止",
        ),
        ({"from": "2018", "until": "2018"}, "from 2018 until 2018", "自2018年起，至2018年止"),
        ({"from": None, "until": None}, "from ? until ?", "起始日不详，终止日不详"),
        (
            {"from": {"earliest": "2003", "latest": "2005"}, "until": ".."},
            "from 2003-01-01/2005-12-31 until ..",
            "起始日介于2003年1月1日与2005年12月31日之间",
        ),
        ({"from": "2012", "until": None}, "from 2012 until ?", "自2012年起，终止日不详"),
    ],
)
def test_a_period_is_said(written: dict[str, Any], english: str, chinese: str) -> None:
    """Days, months and years as such; what is not known of an end is told."""
    period = load.period(written, At("x"), [])
    assert (said(period, "en"), said(period, "zh")) == (english, chinese)


def test_what_was_corrected_is_in_force_on_no_day() -> None:
    """An edition that another corrects says so."""
    assert said(NEVER, "en") == "on no day: another version corrects it"
    assert said(NEVER, "zh") == "从未生效：已由其他版本更正"

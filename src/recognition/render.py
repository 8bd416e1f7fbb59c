"""What the command line shows: decisions, summaries and standards, for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from recognition.batch.run import Summary
from recognition.cases.check import Checked
from recognition.decide.statuses import Verdict
from recognition.explain import reaching, wording
from recognition.explain.decision import Answer, Decision, Finding
from recognition.explain.reaching import REACHES
from recognition.names import KINDS
from recognition.problems import Problem
from recognition.profile.vocabulary import Vocabularies
from recognition.standard.library import Library
from recognition.standard.model import Agreement, Criterion, Standard
from recognition.standard.periods import said
from recognition.standard.words import CONFIDENCE, EFFECTS

SIGNS = {
    "met": ("✓", "green"),
    "unmet": ("✗", "red"),
    "unknown": ("?", "yellow"),
    "not-applicable": ("–", "dim"),
    "eligible": ("✓", "green"),
    "ineligible": ("✗", "red"),
    "undetermined": ("?", "yellow"),
}
ORDER: tuple[Verdict, ...] = ("eligible", "undetermined", "ineligible")
TEXTS = {
    "assumed": {"en": "Assumed", "zh": "假定"},
    "settle": {"en": "To be supplied", "zh": "需要补充"},
    "gives": {"en": "It gives", "zh": "作用"},
    "opens": {"en": "It opens", "zh": "由此可"},
    "then": {"en": "then", "zh": "其后"},
    "host-is-register": {
        "en": "The host is where one is registered, and where this register is applied for.",
        "zh": "东道辖区即注册地，此名册在该地申请。",
    },
    "host-is-goal": {
        "en": "The host is where one wants to go.",
        "zh": "东道辖区即希望获得承认的地区。",
    },
    "elsewhere": {"en": "applied for in {}", "zh": "须在 {} 申请"},
    "held": {"en": "Register held at {}. ", "zh": "名册设于 {}。"},
    "reach": {"en": "reach", "zh": "效力范围"},
    "remaining": {"en": "Still to be done", "zh": "后续步骤"},
    "full-time": {"en": "If all of it was full time", "zh": "如均为全时工作"},
    "ask": {"en": "Ask", "zh": "请咨询"},
    "standard": {"en": "standard", "zh": "标准"},
    "host": {"en": "host", "zh": "东道辖区"},
    "verdict": {"en": "verdict", "zh": "结论"},
    "why": {"en": "because of", "zh": "原因"},
    "profile": {"en": "profile", "zh": "档案"},
    "as_of": {"en": "as of", "zh": "评定日期"},
    "read": {
        "en": "{read:,} profiles read, {decided:,} decided, {rejected:,} rejected",
        "zh": "读取 {read:,} 份档案，评定 {decided:,} 份，退回 {rejected:,} 份",
    },
    "written": {"en": "Decisions are in {}.", "zh": "结论已写入 {}。"},
    "rejected": {
        "en": "What could not be read is in {}, with line, pointer and reason.",
        "zh": "无法读取的档案连同行号、位置和原因已写入 {}。",
    },
    "source": {"en": "source", "zh": "依据"},
    "confidence": {"en": "weakest source", "zh": "最弱依据"},
    "effect": {"en": "effect", "zh": "效力"},
    "versions": {"en": "versions", "zh": "版本"},
    "hosts": {"en": "hosts", "zh": "东道辖区"},
    "parties": {"en": "parties", "zh": "缔约方"},
    "criteria": {"en": "criteria", "zh": "准则"},
}
COLON = {"en": ": ", "zh": "："}


def name(vocabularies: Vocabularies, row: Mapping[str, Any], lang: str) -> str:
    """How one name is read, in a line."""
    said = {
        "en": ("{} is {}", "{} is not settled; perhaps {}", "{} is no entry here"),
        "zh": ("{} 即 {}", "{} 无法确定；可能是 {}", "{} 不在词表中"),
    }[lang]
    known = vocabularies.listed(KINDS.get(row["kind"], row["kind"]))
    told = [f"{known.label(known.number(code) or 0, lang)} ({code})" for code in row["near"]]
    if row["code"]:
        label = known.label(known.number(row["code"]) or 0, lang)
        return escape(said[0].format(row["text"], f"{label} ({row['code']})"))
    return escape(
        said[1].format(row["text"], ", ".join(told)) if told else said[2].format(row["text"])
    )


def problem(told: Problem) -> Text:
    """A problem in one or two lines: where, what, and what would be right."""
    place = ":".join(str(part) for part in (told.file, told.line) if part)
    where = " ".join(part for part in (place, told.pointer) if part)
    text = Text.assemble((where, "bold"), ": " if where else "", told.detail)
    return text.append(f"\n  {told.hint}", "dim") if told.hint else text


# --- decisions


def decisions(answer: Answer, lang: str, full: bool) -> Iterator[RenderableType]:
    """A profile's decisions, the favourable first; the findings of all, or of those still open."""
    yield Text(
        f"{TEXTS['profile'][lang]} {answer.profile} · {TEXTS['as_of'][lang]} {answer.as_of}",
        "bold",
    )
    yield from (Text(f"! {told.text[lang]}", "yellow") for told in answer.warnings)
    yield from (Text(f"+ {told['words'][lang]}", "cyan") for told in answer.proposals)
    ranked = sorted(answer.decisions, key=lambda d: ORDER.index(d.verdict))
    if not full:
        yield _overview(ranked, lang)
    for decision in ranked:
        if full or decision.verdict != "ineligible":
            yield Text("")
            yield from _decision(decision, lang)
    yield Text("")
    yield Text(answer.notice[lang], "italic dim")


def _overview(ranked: Sequence[Decision], lang: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("verdict", "reach", "standard", "host", "why"):
        table.add_column(TEXTS[heading][lang], no_wrap=heading != "why")
    for decision in ranked:
        open_ = [f.title[lang] for f in decision.findings if f.status in ("unmet", "unknown")]
        open_ = [*_elsewhere(decision, lang), *open_]
        more = f" +{len(open_) - 2}" if len(open_) > 2 else ""
        table.add_row(
            _verdict(decision.verdict, lang),
            Text(REACHES[decision.reach][lang] if decision.verdict != "ineligible" else "–"),
            decision.standard,
            decision.host or "–",
            Text(wording.joined(open_[:2], lang) + more, "dim"),
        )
    return table


def _elsewhere(decision: Decision, lang: str) -> Iterator[str]:
    """Where a register is applied for, if that is not the host."""
    places = decision.register.apply_in if decision.register else ()
    if places and decision.host not in places:
        yield TEXTS["elsewhere"][lang].format(wording.joined(places, lang))


def _verdict(verdict: Verdict, lang: str) -> Text:
    sign, colour = SIGNS[verdict]
    return Text(f"{sign} {wording.VERDICTS[verdict][lang]}", f"bold {colour}")


def _decision(decision: Decision, lang: str) -> Iterator[RenderableType]:
    head = Table.grid(expand=True)
    head.add_column(ratio=1, overflow="fold")
    head.add_column(justify="right", no_wrap=True)
    host = f" → {decision.host}" if decision.host else ""
    head.add_row(Text(decision.title[lang] + host, "bold"), _verdict(decision.verdict, lang))
    yield head
    yield Text(
        f"{decision.standard}@{decision.version} · {TEXTS['confidence'][lang]}: "
        f"{CONFIDENCE[decision.confidence][lang]}",
        "dim",
    )
    for one in decision.assumed:
        yield _line("assumed", f"{one.text[lang]} ({one.pointer})", lang)
    yield from _reach(decision, lang)
    for finding in sorted(decision.findings, key=lambda told: told.status == "not-applicable"):
        yield _finding(finding, lang)
    for key, lines in _closing(decision, lang):
        yield _line(key, lines, lang)


def _line(key: str, said: str, lang: str) -> RenderableType:
    return Padding(Text.assemble((f"{TEXTS[key][lang]}: ", "bold"), said), (0, 0, 0, 2))


def _reach(decision: Decision, lang: str) -> Iterator[RenderableType]:
    """How far it reaches, what it gives, and what it opens; where a register is applied for."""
    if said := reaching.sentence(decision, lang):
        yield Text(said, "bold")
    if decision.register:
        held = TEXTS["held"][lang].format(decision.host)
        yield Text(f"{held}{decision.register.text[lang]}")
    told = {"gives": decision.gives, "opens": decision.opens}
    for key, words in told.items():
        if words and decision.verdict != "ineligible":
            yield Text.assemble((f"{TEXTS[key][lang]}: ", "bold"), words[lang])


def _finding(finding: Finding, lang: str) -> RenderableType:
    sign, colour = SIGNS[finding.status]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(ratio=1, overflow="fold")
    source = finding.source
    cited = " · ".join(part for part in (source.id, source.named(lang)) if part)
    words = Text(finding.text[lang])
    grid.add_row(Text(sign, f"bold {colour}"), Group(words, Text(cited, "dim")))
    return Padding(grid, (0, 0, 0, 2))


def _closing(decision: Decision, lang: str) -> Iterator[tuple[str, str]]:
    for fact in decision.settling:
        yield "settle", f"{fact.text[lang]} ({fact.pointer})"
    if any(fact.pointer.endswith("/fte") for fact in decision.settling):
        yield "full-time", "--assume 'experience.fte=1'"
    if decision.ask:
        yield "ask", decision.ask.named(lang)
    for step in decision.remaining:
        yield "remaining", step[lang]


# --- files of profiles


@contextmanager
def progress(console: Console, size: int) -> Iterator[Callable[[Summary, int], None]]:
    """A bar with profiles, rate, rejects and time left; silent where nobody watches."""
    columns = (
        BarColumn(bar_width=24),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=size or None, told="")

        def told(summary: Summary, upto: int) -> None:
            elapsed = bar.tasks[task].elapsed or 1e-9
            bar.update(
                task,
                completed=upto,
                told=f"{summary.read:,} profiles · {summary.read / elapsed:,.0f}/s · "
                f"{summary.rejected:,} rejected",
            )

        yield told


def summary(
    told: Summary, library: Library, lang: str, output: Path, rejects: Path
) -> Iterator[RenderableType]:
    """What a run came to, by standard and verdict."""
    yield Text(
        TEXTS["read"][lang].format(read=told.read, decided=told.decided, rejected=told.rejected),
        "bold",
    )
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(TEXTS["standard"][lang])
    for verdict in ORDER:
        table.add_column(wording.VERDICTS[verdict][lang], justify="right")
    for standard in sorted({standard for standard, _ in told.verdicts}):
        table.add_row(
            library.standards[standard].agreement.title[lang],
            *(f"{told.verdicts[standard, verdict]:,}" for verdict in ORDER),
        )
    yield table
    yield Text(TEXTS["written"][lang].format(output))
    if told.rejected:
        yield Text(TEXTS["rejected"][lang].format(rejects))


def case(checked: Checked) -> Text:
    """A case that failed: what was expected and what was found."""
    return Text.assemble(
        ("✗ ", "red"),
        (checked.id, "bold"),
        f" ({checked.standard}) {checked.why}\n",
        f"    expected {_plain(checked.expected)}\n    found    {_plain(checked.found)}\n",
        f"    differs in {', '.join(checked.differs)}",
    )


def _plain(found: Mapping[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in found.items() if value)


# --- the library


def listing(library: Library, lang: str) -> Table:
    """One row a standard."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("standard", "effect", "reach", "versions", "hosts"):
        table.add_column(TEXTS[heading][lang], overflow="fold")
    for id, standard in library.standards.items():
        hosts = library.hosts(id)
        table.add_row(
            Group(Text(id, "bold"), Text(standard.agreement.title[lang], "dim")),
            EFFECTS[standard.agreement.effect][lang],
            reaching.of_agreement(standard.agreement, lang),
            " ".join(edition.version for edition in standard.editions),
            " ".join(hosts[:6]) + (f" +{len(hosts) - 6}" if len(hosts) > 6 else ""),
        )
    return table


def standard(
    library: Library, shown: Standard, version: str, lang: str
) -> Iterator[RenderableType]:
    """A standard in sentences."""
    agreement = shown.agreement
    yield Text(agreement.title[lang], "bold")
    yield Text(
        f"{shown.id} · {TEXTS['effect'][lang]}{COLON[lang]}{EFFECTS[agreement.effect][lang]}", "dim"
    )
    yield from _stated(agreement, lang)
    if agreement.parties:
        yield _labelled("parties", _parties(library, shown, lang), lang, before="\n")
    if hosts := library.hosts(shown.id):
        places = library.vocabularies["places"]
        named = (places.label(places.number(code) or 0, lang) for code in hosts)
        yield _labelled("hosts", wording.joined(named, lang), lang, before="\n")
    for edition in shown.editions:
        if version not in ("", edition.version):
            continue
        draft = " · draft" if edition.draft else ""
        period = said(edition.in_force, lang)
        yield Text(f"\n{shown.id}@{edition.version} · {period}{draft}", "bold")
        for _, group in groupby(edition.criteria, key=lambda criterion: criterion.subject):
            yield from (_criterion(library, criterion, lang) for criterion in group)
        for step in edition.remaining:
            yield Padding(_labelled("remaining", step[lang], lang), (0, 0, 0, 2))


def _labelled(key: str, text: str, lang: str, before: str = "") -> Text:
    return Text.assemble((f"{before}{TEXTS[key][lang]}{COLON[lang]}", "bold"), text)


def _stated(agreement: Agreement, lang: str) -> Iterator[Text]:
    """What a positive decision reaches, gives and opens, as the agreement says."""
    said = agreement.document
    told = {
        "reach": {lang: reaching.of_agreement(agreement, lang)},
        "then": said.get("reach", {}).get("then"),
        "gives": said.get("gives"),
        "opens": said.get("opens"),
    }
    for key, words in told.items():
        if words:
            yield Text.assemble((f"{TEXTS[key][lang]}: ", "bold"), words[lang])
    if "host_is" in said:
        yield Text(TEXTS[f"host-is-{said['host_is']}"][lang])


def _parties(library: Library, shown: Standard, lang: str) -> str:
    places, statuses = library.vocabularies["places"], library.vocabularies["party-statuses"]
    form, mark = {"en": ("{} ({}, {})", "; "), "zh": ("{}（{}，{}）", "；")}[lang]
    told = []
    for party in shown.agreement.parties:
        held = party.history[-1]
        place = places.label(places.number(party.place) or 0, lang)
        status = statuses.label(statuses.number(held.status) or 0, lang)
        told.append(form.format(place, status, said(held.period, lang)))
    return mark.join(told)


def _criterion(library: Library, criterion: Criterion, lang: str) -> RenderableType:
    clause = library.clause(criterion.clause, lang)
    sure = CONFIDENCE[criterion.confidence][lang]
    cited = f"{clause} · {', '.join(criterion.sources)} · {sure}"
    return Padding(
        Group(
            Text.assemble("• ", (criterion.title[lang], "bold"), f"  {criterion.id}"),
            Padding(
                Text(criterion.requirement[lang] + ("." if lang == "en" else "。")), (0, 0, 0, 2)
            ),
            Padding(Text(cited, "dim"), (0, 0, 0, 2)),
        ),
        (0, 0, 0, 1),
    )


def change(sign: str, sentence: str) -> Text:
    """One change between two editions."""
    return Text.assemble(
        (f"{sign} ", {"+": "green", "-": "red", "~": "yellow"}[sign]), escape(sentence)
    )

"""The command line: a thin skin over what the other modules do (contract, section 6)."""

from __future__ import annotations

import codecs
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import orjson
import typer
import uvicorn
from rich.console import Console

from recognition import distributed, evaluate, reference, render
from recognition.batch import progress
from recognition.batch.input.files import expanded, files
from recognition.batch.job import Job, processes
from recognition.batch.output import template
from recognition.batch.output.layout import FORMS, View
from recognition.batch.output.summary import Summary
from recognition.batch.run import Crew, run
from recognition.cases import check as cases
from recognition.cases import coverage
from recognition.decide.statuses import VERDICTS
from recognition.explain import decision, wording
from recognition.explain.decision import LANGUAGES, written
from recognition.facts import assumptions
from recognition.names import KINDS
from recognition.plan.question import Question, in_force
from recognition.plan.question import drafts as drafts_of
from recognition.problems import Problem, Refused
from recognition.profile.json_schema import json_schema
from recognition.programmes.commands import app as programmes
from recognition.programmes.load import listings
from recognition.standard import diff, documents, layout, lint
from recognition.standard import library as libraries
from recognition.standard.library import Library

DONE, FAILED, WRONG_CALL = 0, 1, 2
INTERRUPTED = 128 + signal.SIGINT

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Decides engineer profiles against cited standards of mutual recognition.",
)
standards = typer.Typer(no_args_is_help=True, help="The library of standards.")
app.add_typer(standards, name="standards")
app.add_typer(programmes, name="programmes")

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)

Standards = Annotated[
    list[str], typer.Option("--standard", help="id or id@version; again for several; all if none")
]
Hosts = Annotated[
    list[str],
    typer.Option(
        "--host", help="a jurisdiction, as AU, US-TX or Japan; again for several; all if none"
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="the day of the decision, as 2026-11-24; today if none"),
]
KnownOn = Annotated[
    str | None,
    typer.Option("--known-on", help="by the editions published by that day; all if none"),
]
Assume = Annotated[
    list[str],
    typer.Option(
        "--assume", help="a value wherever that fact is missing, as experience.fte=1; repeatable"
    ),
]
Drafts = Annotated[
    bool,
    typer.Option("--drafts", help="let editions decide that are not published; it is told"),
]
Lang = Annotated[str, typer.Option("--lang", help="en or zh")]


class Interrupted(BaseException):
    """Somebody pressed Ctrl-C; `hint` says how to go on."""

    hint = ""


def main() -> None:
    """Run the command line; what was wrong with a call or a file is told without a stack."""
    codecs.register_error(_INSTEAD, _instead)
    sys.warnoptions.append(_LEFT)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_INSTEAD)
    try:
        with _interruptible():
            app()
    except Refused as refused:
        tell(refused.problems)
        sys.exit(WRONG_CALL)
    except Interrupted as interrupted:
        _leave(interrupted)
    except BrokenPipeError:
        sys.exit(DONE)
    except OSError as error:
        detail = f"the file cannot be read or written: {error.strerror or error}"
        tell([Problem("no-access", "", detail, file=str(error.filename or ""))])
        sys.exit(WRONG_CALL)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C ends what is going on, once: who presses it again does not disturb the ending."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise Interrupted

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is interrupt:
            signal.signal(signal.SIGINT, before)


_LEFT = "ignore:resource_tracker:UserWarning"
"""Who is interrupted leaves semaphores behind; Python puts them away, and need not say so."""


def _leave(interrupted: Interrupted) -> None:
    """End at once: threads that wait for processes which are gone would hold this one back."""
    tell([Problem("interrupted", "", "interrupted", interrupted.hint)])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(INTERRUPTED)


_INSTEAD = "recognition.instead"
_SIGNS = {"✓": "√", "✗": "×"}


def _instead(error: UnicodeError) -> tuple[str | bytes, int]:
    """For letters that a terminal's encoding does not have, others of the same meaning or their
    numbers; never `?`, which is the sign for what is undetermined."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    said = error.object[error.start : error.end]
    told = (_encodable(_SIGNS.get(letter, letter), error.encoding) for letter in said)
    return "".join(told), error.end


def _encodable(letter: str, encoding: str) -> str:
    return letter.encode(encoding, "backslashreplace").decode(encoding)


def tell(problems: tuple[Problem, ...] | list[Problem]) -> None:
    """Problems on standard error, one a line."""
    for problem in problems:
        err.print(render.problem(problem))


def _json(document: Any, option: int = 0) -> None:
    """A document on standard output: JSON is UTF-8, whatever the terminal is."""
    told = orjson.dumps(document, option=option | orjson.OPT_APPEND_NEWLINE)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.flush()
        sys.stdout.buffer.write(told)
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(told.decode())


def library(drafts: bool = False) -> Library:
    """The shipped library; with `drafts` as those who write standards need it."""
    return Library.load(drafts=drafts)


def _language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise Refused(
            [Problem("no-such-code", "--lang", f"`{lang}` is no language here", "en or zh")]
        )
    return lang


@app.command("evaluate")
def evaluate_(
    profiles: Annotated[
        list[str], typer.Argument(help="JSON files of one profile, or - for standard input")
    ],
    standard: Standards = [],
    host: Hosts = [],
    as_of: AsOf = None,
    known_on: KnownOn = None,
    assume: Assume = [],
    lang: Lang = "en",
    format: Annotated[str, typer.Option(help="text or json")] = "text",
    full: Annotated[
        bool,
        typer.Option(help="findings of every decision, not only of those that are open or met"),
    ] = False,
    drafts: Drafts = False,
) -> None:
    """Decide one or a few profiles, with reasons."""
    _language(lang)
    if format not in ("text", "json"):
        raise Refused(
            [Problem("no-such-code", "--format", f"`{format}` is no format here", "text or json")]
        )
    raw = [_profile(name) for name in profiles]
    failed = False
    books = library(drafts)
    for name, profile in zip(profiles, raw, strict=True):
        try:
            answer = evaluate.answer(books, profile, standard, host, as_of, known_on, assume)
        except Refused as refused:
            failed = True
            tell(
                [
                    Problem(p.code, p.pointer, p.detail, p.hint, p.file or name, p.line)
                    for p in refused.problems
                ]
            )
            continue
        if format == "json":
            _json(written(answer))
        else:
            for line in render.decisions(answer, lang, full or len(answer.decisions) <= 3):
                out.print(line)
    if failed:
        raise typer.Exit(FAILED if len(profiles) > 1 else WRONG_CALL)


def _profile(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Refused(
            [Problem("no-such-file", "", f"`{name}` cannot be read: {error.strerror}", file=name)]
        ) from None


@app.command()
def batch(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            help="files of profiles: .ndjson, .json, .csv (with .gz or .zst too), .parquet, .xlsx; "
            "a folder of related tables; patterns as `*.csv`"
        ),
    ],
    output: Annotated[
        Path, typer.Option(help="where decisions go: .parquet, .ndjson, .csv or .xlsx")
    ],
    standard: Standards = [],
    host: Hosts = [],
    as_of: AsOf = None,
    assume: Assume = [],
    rejects: Annotated[
        Path | None,
        typer.Option(help="where rows go that cannot be read; beside the output if not named"),
    ] = None,
    wide: Annotated[
        bool, typer.Option("--wide", help="one row an applicant, a column a standard and host")
    ] = False,
    findings: Annotated[
        str, typer.Option(help="columns or nested: the status of every criterion too")
    ] = "",
    only: Annotated[str, typer.Option(help="eligible, undetermined or ineligible")] = "",
    report: Annotated[Path | None, typer.Option(help="a page of charts on the run: .html")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="go on with a run that broke off")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="processes; one for each processor where there is much if none"),
    ] = None,
    on: Annotated[str, typer.Option(help="ray: the processors of a cluster decide")] = "",
    address: Annotated[
        str, typer.Option(help="the cluster's, as 10.0.0.1:6379; this machine's if not named")
    ] = "",
    log: Annotated[str, typer.Option(help="json: progress as lines on standard error")] = "",
    lang: Lang = "en",
    drafts: Drafts = False,
) -> None:
    """Decide files of profiles."""
    _language(lang)
    _choice("--log", log, ("", "json"))
    _choice("--findings", findings, FORMS)
    _choice("--only", only, ("", *VERDICTS))
    _choice("--on", on, ("", "ray"))
    _cluster(on, address, workers)
    books = library(drafts)
    assumed = assumptions.read(assume, books.vocabularies)
    view = View(wide, findings, only, bool(assumed))
    paths = expanded(inputs)
    aside = rejects or output.with_name(output.stem + ".rejects.ndjson")
    question = Question(tuple(standard), tuple(host))
    day = evaluate.day(as_of)
    root = books.root
    job = Job(paths, output, aside, question, day, root, view, report, lang, assumed, drafts)
    elsewhere = distributed.crew(on, job, books, address) if on else nullcontext()
    with elsewhere as crew:
        several = workers or processes(paths)
        summary = _run(job, books, several, resume, log, crew)
    tell([_drafted(name) for name in drafts_of(books, in_force(books, question, day))])
    if not log:
        for line in render.summary(summary, books, lang, output, aside):
            out.print(line)
        for line in _beside(job, summary, books, lang):
            out.print(line)
    if summary.rejected:
        raise typer.Exit(FAILED)


def _cluster(on: str, address: str, workers: int | None) -> None:
    """Options of a cluster go together, and without those of one machine."""
    if address and not on:
        detail = "an address is one of a cluster"
        raise Refused([Problem("no-cluster", "--address", detail, "say `--on ray` too")])
    if workers and on:
        detail = "a cluster has as many processes as processors"
        raise Refused([Problem("two-ways", "--workers", detail, "leave out `--workers` or `--on`")])


def _run(
    job: Job, books: Library, workers: int, resume: bool, log: str, crew: Crew | None
) -> Summary:
    """A job done; who interrupts it is told how to go on."""
    try:
        return _told(job, books, workers, resume, log, crew)
    except Interrupted as interrupted:
        if job.parts.exists():
            interrupted.hint = "what was decided is kept: go on with the same call and `--resume`"
        raise


def _told(
    job: Job, books: Library, workers: int, resume: bool, log: str, crew: Crew | None
) -> Summary:
    """A job done, its progress told as a bar or as lines of JSON."""
    size = sum(file.stat().st_size for path in job.inputs if path.exists() for file in files(path))
    if not log:
        with render.progress(err, size) as told:
            return run(job, books, workers, resume, told, crew)
    summary = run(job, books, workers, resume, progress.lines(sys.stderr, size), crew)
    progress.write(sys.stderr, "done", summary, duplicates=summary.duplicates)
    return summary


def _drafted(name: str) -> Problem:
    warned = evaluate.draft_warning(name)
    return Problem(warned.code, "", warned.detail, warned.hint)


def _beside(job: Job, summary: Summary, books: Library, lang: str) -> Iterator[str]:
    """What was assumed, and where else something was written."""
    for told in wording.supposed(books, job.assumptions, lang):
        yield f"{render.TEXTS['assumed'][lang]}: {told}"
    if summary.warned:
        yield {
            "en": "In {:,} profiles something was not understood; it is in {}.",
            "zh": "{:,} 份档案含无法识别的内容，已写入 {}。",
        }[lang].format(summary.warned, job.warnings)
    if summary.duplicates:
        yield {
            "en": "{} ids are met more than once; they are in {}.",
            "zh": "{} 个编号重复出现，已写入 {}。",
        }[lang].format(summary.duplicates, job.duplicates)
    if job.report is not None:
        yield {"en": "The report is {}.", "zh": "报告已写入 {}。"}[lang].format(job.report)


def _choice(option: str, said: str, known: Sequence[str]) -> None:
    if said not in known:
        hint = " or ".join(name for name in known if name)
        raise Refused([Problem("no-such-code", option, f"`{said}` is no choice here", hint)])


@app.command("template")
def template_(
    to: Annotated[Path, typer.Option(help="the workbook to write: .xlsx")],
    lang: Lang = "en",
    force: Annotated[bool, typer.Option("--force", help="replace a file that is there")] = False,
) -> None:
    """Write a workbook of applicants to fill in, with choices and notes."""
    _language(lang)
    if to.suffix != ".xlsx" or not to.absolute().parent.is_dir():
        hint = "name an .xlsx file in a folder that exists"
        raise Refused([Problem("no-such-format", "--to", f"`{to}` cannot be written", hint)])
    if to.exists() and not force:
        hint = "name another file, or say `--force` to replace it"
        raise Refused([Problem("file-exists", "--to", f"`{to}` is there already", hint)])
    template.write(library(), to, lang)
    out.print(f"{to}")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="files of cases, one JSON object a line")],
    standard: Annotated[
        list[str], typer.Option("--standard", help="only cases of this standard")
    ] = [],
) -> None:
    """Run cases, and tell each that fails."""
    books = library(drafts=True)
    passed = failed = 0
    for path in files:
        if not path.is_file():
            raise Refused([Problem("no-such-file", "", f"`{path}` is no file", file=str(path))])
        for case in cases.read(path):
            if standard and case["standard"] not in standard:
                continue
            checked = cases.check(books, case)
            passed, failed = passed + checked.passed, failed + (not checked.passed)
            if not checked.passed:
                out.print(render.case(checked), soft_wrap=True)
    out.print(f"{passed} passed, {failed} failed")
    if failed:
        raise typer.Exit(FAILED)


@app.command()
def names(
    texts: Annotated[list[str], typer.Argument(help="names as they stand on papers")],
    kind: Annotated[str, typer.Option(help="body, title, discipline, degree-level, grade …")],
    country: Annotated[str | None, typer.Option(help="the country that stands beside it")] = None,
    lang: Lang = "en",
    format: Annotated[str, typer.Option(help="text or json")] = "text",
) -> None:
    """How names are read: the entry each means, or the entries it may mean."""
    _language(lang)
    _choice("--format", format, ("text", "json"))
    vocabularies = library().vocabularies
    _choice("--kind", kind, (*KINDS, *vocabularies.named))
    for row in vocabularies.names.rows(kind, texts, country):
        if format == "json":
            _json(row)
        else:
            out.print(render.name(vocabularies, row, lang))


@app.command()
def schema(
    name: Annotated[
        str, typer.Argument(help="profile, standard, rule, agreement, case, decision or programmes")
    ],
) -> None:
    """Print a JSON Schema."""
    if name == "profile":
        told = json_schema(library().vocabularies)
    elif name == "decision":
        told = decision.json_schema()
    elif name in documents.NAMES:
        told = documents.schema(name)
    else:
        raise Refused(
            [
                Problem(
                    "no-such-schema",
                    "",
                    f"no schema `{name}`",
                    ", ".join(("profile", *documents.NAMES, "decision")),
                )
            ]
        )
    _json(told, orjson.OPT_INDENT_2)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on")] = 8000,
) -> None:
    """Run the HTTP service and the form."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it ends by itself, in order
    uvicorn.run(
        "recognition.server.app:create_app", factory=True, host=host, port=port, access_log=False
    )


# --- the library


@standards.command("list")
def list_(lang: Lang = "en") -> None:
    """All standards: id, title, effect, versions, hosts."""
    out.print(render.listing(library(), _language(lang)))


@standards.command()
def show(name: Annotated[str, typer.Argument(help="id or id@version")], lang: Lang = "en") -> None:
    """One standard in sentences, with clauses and sources."""
    books = library(drafts=True)
    id, _, version = name.partition("@")
    evaluate.plan(books, Question((name,)))
    for line in render.standard(books, books.standards[id], version, _language(lang)):
        out.print(line)


@standards.command()
def validate(
    root: Annotated[Path | None, typer.Argument(help="another library's folder")] = None,
    remarks: Annotated[bool, typer.Option(help="tell what is no fault, but worth knowing")] = True,
) -> None:
    """Hold the whole library to what a published one must keep to, and say which that is."""
    folder = root or libraries.home()
    if not (folder / "standards").is_dir():
        hint = "name the folder in which `standards/` and `rules/` are"
        detail = f"`{folder}` is no library: no `standards` is in it"
        raise Refused([Problem("no-such-folder", "", detail, hint, str(folder))])
    out.print(f"reading {folder.resolve()}", soft_wrap=True)
    try:
        books = Library.load(folder, drafts=True)
        listings(books)
    except Refused as refused:
        tell(refused.problems)
        raise typer.Exit(FAILED) from None
    found = lint.problems(books)
    tell(found)
    noted = [*lint.remarks(books), *coverage.remarks(books)] if remarks else []
    for remark in noted:
        out.print(render.problem(remark))
    editions = sum(len(standard.editions) for standard in books.standards.values())
    out.print(
        f"{len(books.standards)} standards, {editions} editions: "
        f"{len(found)} problems, {len(noted)} remarks"
    )
    if found:
        raise typer.Exit(FAILED)


@standards.command()
def publish() -> None:
    """Lock the editions that are new, so that they never change again."""
    books = library(drafts=True)
    faults = [problem for problem in lint.problems(books) if problem.code != "unpublished"]
    if faults:
        raise Refused(faults)
    for file in lint.publish(books):
        out.print(f"published {file}")


@standards.command("format")
def format_(
    root: Annotated[Path | None, typer.Argument(help="another library's folder")] = None,
    check: Annotated[bool, typer.Option("--check", help="tell what would change")] = False,
) -> None:
    """Lay out the documents of standards/ and rules/; no value of theirs changes."""
    folder = root or libraries.home()
    found = list(layout.unkempt(folder))
    for path, due in found:
        if not check:
            path.write_text(due, "utf-8")
        out.print(f"{'would lay out' if check else 'laid out'} {path.relative_to(folder)}")
    if found and check:
        raise typer.Exit(FAILED)


@standards.command("reference")
def reference_(
    folder: Annotated[Path, typer.Argument(help="where the pages go, as docs/reference")],
) -> None:
    """Write the library as pages to browse: families, jurisdictions, who recognises whom."""
    pages = reference.write(library(), folder)
    out.print(f"{pages} pages in {folder}")


@standards.command()
def graph(standard: Standards = [], host: Hosts = [], as_of: AsOf = None) -> None:
    """How much work is shared: expressions as they are written, and those worked out."""
    books = library()
    question = Question(tuple(standard), tuple(host))
    plan = evaluate.plan(books, in_force(books, question, evaluate.day(as_of)))
    asked = len({line.standard.id for line in plan.lines})
    out.print(
        f"{asked} standards, {len(plan.lines)} decisions on a profile: "
        f"{plan.written:,} expressions written, {len(plan.steps):,} worked out"
    )


@standards.command("diff")
def diff_(
    old: Annotated[str, typer.Argument(help="id@version")],
    new: Annotated[str, typer.Argument(help="id@version")],
    lang: Lang = "en",
) -> None:
    """What changed between two editions, in criteria, clauses and dates."""
    _language(lang)
    books = library(drafts=True)
    evaluate.plan(books, Question((old, new)))
    before, after = (
        books.edition(*name.split("@", 1)) if "@" in name else books.standards[name].editions[-1]
        for name in (old, new)
    )
    for sign, sentence in diff.changes(books, before, after, lang):  # type: ignore[arg-type]  # the plan has both
        out.print(render.change(sign, sentence))


__all__ = ["app", "main"]

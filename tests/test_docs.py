"""The pages are true: what they show runs, answers as shown, and leads somewhere."""

from __future__ import annotations

import contextlib
import doctest
import functools
import io
import itertools
import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from recognition import cli
from recognition.server.app import create_app
from recognition.standard import documents, library
from recognition.standard.library import Library

HOME = Path(__file__).parents[1]
PAGES = sorted([*HOME.glob("*.md"), *(HOME / "docs").rglob("*.md")])
CHINESE = [page for page in PAGES if page.name.endswith(".zh.md")]
NAMES = [str(page.relative_to(HOME)) for page in PAGES]
CLUSTER = [pytest.mark.distributed, pytest.mark.filterwarnings("ignore")]
RUNNING = [pytest.param(page, marks=CLUSTER if page.name == "cluster.md" else ()) for page in PAGES]
"""The pages to run; what needs Ray and Spark is run apart (`make test-distributed`)."""
STANDARDS = ("ipea", "washington-accord")
"""The standards the pages ask for; a library of these loads in a blink."""

FENCE = re.compile(r"^```(\w+)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
RULE = re.compile(r'"rule": ?"([^"]+)"')
Json = dict[str, Any]


@dataclass(frozen=True)
class Block:
    """A fenced example: its language, what follows it on the fence, its text, where it stands."""

    language: str
    said: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """The fenced examples of a page, in order."""
    text = page.read_text("utf-8")
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(found[1], found[2].strip(), found[3], line)


# --- a small library to try the examples in


def _used(names: set[str], rules: dict[str, Any]) -> set[str]:
    """Rules by name with the rules these use, and so on."""
    inner = {n for name in names & rules.keys() for n in RULE.findall(json.dumps(rules[name]))}
    return names if inner <= names else _used(names | inner, rules)


def small_library(root: Path) -> None:
    """Copy the standards the pages ask for, and the rules that these and the pages use."""
    for name in STANDARDS:
        shutil.copytree(HOME / "standards" / name, root / "standards" / name)
    for name in ("bodies.json", "sources.json"):
        shutil.copy(HOME / "standards" / name, root / "standards" / name)
    shutil.copytree(HOME / "rules", root / "rules")
    shutil.copytree(HOME / "examples", root / "examples")
    editions = (path.read_text("utf-8") for path in (root / "standards").glob("*/*.json"))
    texts = "\n".join([*editions, *(page.read_text("utf-8") for page in PAGES)])
    paths = [path for path in sorted((root / "rules").glob("*.json")) if path.stem != "facts"]
    written = {path: json.loads(path.read_text("utf-8"))["rules"] for path in paths}
    rules = {name: rule for held in written.values() for name, rule in held.items()}
    used = _used(set(RULE.findall(texts)), rules)
    for path, held in written.items():
        kept = {name: rule for name, rule in held.items() if name in used}
        path.write_text(json.dumps({"rules": kept}), "utf-8")


def _written(root: Path) -> tuple[Any, ...]:
    paths = sorted(
        path for name in ("standards", "rules") for path in (root / name).rglob("*.json")
    )
    return tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)


@functools.lru_cache(maxsize=8)
def _loaded(root: Path, written: tuple[Any, ...]) -> Library:
    return Library.load(root)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the project's own, in which a page's examples run one after the other."""
    small_library(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(library, "home", lambda: tmp_path)
    monkeypatch.setattr(cli, "library", lambda: _loaded(tmp_path, _written(tmp_path)))
    return tmp_path


# --- running what is shown


def output(command: str) -> str:
    """What a line of the shell that begins with `recognition` prints, both streams together."""
    name, *words = shlex.split(command)
    assert name == "recognition", f"`{name}` is not run here; mark the example `sh`"
    told = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.suppress(SystemExit):
        patch.setattr("sys.argv", [name, *words])
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            cli.main()
    return "\n".join(line.rstrip() for line in told.getvalue().splitlines()).strip("\n")


def matches(shown: str, real: str) -> bool:
    """Whether an output is as shown; `…` stands for what is left out, alone for whole lines."""
    lines = (".*?".join(map(re.escape, line.split("…"))) for line in shown.strip("\n").split("\n"))
    pattern = "".join(r"(?:.*\n)*?" if line == ".*?" else f"{line}\n" for line in lines)
    return re.fullmatch(pattern, real + "\n") is not None


def holds(real: Any, shown: Any) -> bool:
    """Whether an answer holds what is shown: objects may hold more, all else is the same."""
    if isinstance(shown, dict) and isinstance(real, dict):
        return all(key in real and holds(real[key], shown[key]) for key in shown)
    if isinstance(shown, list) and isinstance(real, list):
        return len(real) == len(shown) and all(map(holds, real, shown))
    return bool(real == shown)


def run_bash(block: Block, held: Json) -> None:
    """Each line after `$ ` is run; what follows it is what it prints."""
    commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not commands[0].strip(), "a command begins with `$ `"
    for command in commands[1:]:
        line, _, shown = re.sub(r"\\\n\s*", "", command).partition("\n")
        real = output(line)
        assert not shown.strip() or matches(shown, real), f"`{line}` prints\n{real}"


def run_sh(block: Block, held: Json) -> None:
    """Set-up is not run, but what it makes exists."""
    makefile = (HOME / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", block.text, re.MULTILINE):
        assert f"\n{target}:" in makefile, f"no target `{target}`"


def run_python(block: Block, held: Json) -> None:
    """A session answers as shown; a script runs."""
    if ">>>" not in block.text:
        exec(block.text, held)
        return
    session = doctest.DocTestParser().get_doctest(block.text, held, "page", None, block.line)
    told: list[str] = []
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.FAIL_FAST
    results = doctest.DocTestRunner(optionflags=options).run(
        session, out=told.append, clear_globs=False
    )
    held.update(session.globs)
    assert not results.failed, "".join(told)


KINDS = {
    "rules": "rule",
    "criteria": "standard",
    "effect": "agreement",
    "expect": "case",
    "institutions": "programmes",
}


def check_document(written: Any) -> None:
    """A whole document fits its schema."""
    kind = next((KINDS[key] for key in KINDS if isinstance(written, dict) and key in written), "")
    assert not kind or not documents.problems(written, kind)


def run_json(block: Block, held: Json) -> None:
    """A document fits its schema and is put where the fence says; `answer` was answered."""
    if block.said.endswith((".jsonl", ".ndjson")):
        for line in block.text.splitlines():
            check_document(json.loads(line))
    elif block.said == "answer":
        shown = json.loads(block.text)
        assert holds(held["answer"], shown), json.dumps(held["answer"], ensure_ascii=False)
        return
    else:
        check_document(json.loads(block.text))
    put(block)


def put(block: Block) -> None:
    """Write a document to the path on its fence; `file#/key/-` adds it to that file's list."""
    name, _, pointer = block.said.partition("#")
    if not name:
        return
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not pointer:
        path.write_text(block.text, "utf-8")
        return
    document = json.loads(path.read_text("utf-8"))
    document[pointer.split("/")[1]].append(json.loads(block.text))
    path.write_text(json.dumps(document), "utf-8")


RUN = {"bash": run_bash, "sh": run_sh, "python": run_python, "json": run_json}


@pytest.mark.parametrize("page", RUNNING, ids=NAMES)
def test_what_a_page_shows_is_so(page: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of a page runs, in the order of the page, and answers as the page shows."""
    held: Json = {}
    monkeypatch.setattr(httpx, "Client", lambda base_url: TestClient(create_app(cli.library())))
    for block in blocks(page):
        if block.language in RUN:
            try:
                RUN[block.language](block, held)
            except AssertionError as error:
                told = str(error).partition("\nassert ")[0]
                pytest.fail(f"{page.name}, line {block.line}: {told}", pytrace=False)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the project finds it, and every heading linked to is there."""
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if re.match(r"\w+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{page.name}: {link}"
        assert not anchor or anchor in headings(target), f"{page.name}: {link}"


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_examples_say_what_they_are(page: Path) -> None:
    """Every fence names its language, so that none is left out unseen."""
    fences = re.findall(r"^```(.*)$", page.read_text("utf-8"), re.MULTILINE)
    assert len(fences) % 2 == 0
    assert all(fences[::2]), page.name
    assert {fence.split()[0] for fence in fences[::2]} <= {*RUN, "text"}


def shape(page: Path) -> list[str]:
    """A page without its words: levels of headings, fences, and a mark for a row of a table."""
    text = page.read_text("utf-8")
    parts = re.finditer(r"^(#+) |^```(\w+[^\n]*)\n.*?^```$|^(\|)", text, re.MULTILINE | re.DOTALL)
    return [next(filter(None, part.groups())) for part in parts]


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.name)
def test_a_chinese_page_has_all_that_the_english_one_has(page: Path) -> None:
    """A Chinese page has the headings, the examples and the rows of tables of its counterpart."""
    assert shape(page) == shape(page.with_name(page.name.replace(".zh", "")))


def columns(page: Path) -> list[list[str]]:
    """The headings in the table of columns of an office's page, those of a row together."""
    table = re.search(r"^\| `id`.*?\n\n", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert table
    return [re.findall("`([^`]+)`", row.split(" | ")[0]) for row in table[0].splitlines() if row]


@pytest.mark.parametrize("page", ["office.md", "office.zh.md"])
def test_columns_named_on_the_page_are_read(page: str, place: Path) -> None:
    """Every heading in the table of columns is read, and those of a row are the same column."""
    named = columns(HOME / "docs" / page)
    (place / "columns.csv").write_text(",".join(itertools.chain(*named)) + "\n", "utf-8")
    told = output("recognition batch columns.csv --output told.ndjson --standard ipea")
    alike = re.findall(r"`([^`]+)` and `([^`]+)` are the same", " ".join(told.split()))
    assert alike == [(first, other) for first, *others in named for other in others]
    assert "is no column" not in told


def test_the_citation_is_of_this_version() -> None:
    """What is to be cited is the version of the package, released on the day the changelog says."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
    cited = (HOME / "CITATION.cff").read_text("utf-8")
    released = re.findall(r'version: "(.+)"\n *date-released: "(.+)"', cited)
    [day] = re.findall(
        rf"^## {re.escape(project['version'])} — (.+)$",
        (HOME / "CHANGELOG.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert released == [(project["version"], day)] * 2


@pytest.mark.parametrize(("page", "lang"), [("engineer.md", "en"), ("engineer.zh.md", "zh")])
def test_the_engineers_page_speaks_as_the_form_does(page: str, lang: str) -> None:
    """What the page quotes from the form is what stands there."""
    texts = files("recognition.server").joinpath("texts.json").read_text("utf-8")
    said = (HOME / "docs" / page).read_text("utf-8")
    for name in ("settle", "remaining"):
        assert json.loads(texts)[name][lang] in said

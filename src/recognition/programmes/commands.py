"""The commands `recognition programmes import` and `find`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from recognition.problems import Problem, Refused
from recognition.programmes import programmes
from recognition.programmes.entries import Entry, names
from recognition.programmes.finding import found
from recognition.programmes.imported import Imported, imported
from recognition.programmes.load import FOLDER, checked
from recognition.standard.library import Library

DONE, FAILED = 0, 1
MANY = 2000
"""Rows from which a list is written with one row a line."""

app = typer.Typer(no_args_is_help=True, help="Lists of accredited programmes.")

_COMPLETE = re.compile(r"([A-Z]{2}):(\d{4})-(\d{4})")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="a table: .csv or .xlsx")],
    by: Annotated[str, typer.Option("--by", help="the code of the body that accredits, as CEEAA")],
    own: Annotated[Path, typer.Option("--library", help="the folder of your library")],
    source: Annotated[str, typer.Option(help="where it was read: a source's id, or a title")],
    id: Annotated[str, typer.Option("--list", help="the list's id; from the file's name")] = "",
    map: Annotated[
        list[str] | None, typer.Option("--map", help="HEADING=field; again for several")
    ] = None,
    url: Annotated[str, typer.Option(help="the address of the source")] = "",
    read_on: Annotated[str, typer.Option(help="the day it was read; today if none")] = "",
    country: Annotated[str, typer.Option(help="where no column tells it")] = "",
    level: Annotated[str, typer.Option(help="where no column tells it")] = "",
    basis: Annotated[str, typer.Option(help="completion or intake, where no column tells")] = "",
    status: Annotated[str, typer.Option(help="where no column tells it")] = "",
    accord: Annotated[str, typer.Option(help="where no column tells it")] = "",
    complete: Annotated[
        list[str] | None,
        typer.Option(help="CN:2016-2020: nothing is left out for these years; again for several"),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="write over a list of this id")
    ] = False,
) -> None:
    """Write a body's table of accredited programmes into a library; tell rows that are wrong."""
    library = Library.load()
    said = {"country": country, "level": level, "basis": basis, "status": status, "accord": accord}
    defaults = {name: text for name, text in said.items() if text}
    rows = imported(file, _mapped(map or []), defaults, library.vocabularies)
    called = id or re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    target = own / FOLDER / f"{called}.{'ndjson' if len(rows.rows) > MANY else 'json'}"
    if target.exists() and not replace:
        raise Refused([Problem("exists", "", f"`{target}` is there already", "say --replace")])
    head: dict[str, Any] = {
        "list": called,
        "body": _body(by, library),
        "title": {"en": called, "zh": called},
    }
    head["source"] = source if source in library.sources else {"title": source, "url": url or None}
    head["read_on"] = read_on or dt.datetime.now(dt.UTC).date().isoformat()
    if complete and not rows.problems:
        head["complete"] = [_years(part) for part in complete]
    _write(target, head, rows, library)
    _tell(rows, target, bool(complete))


def _body(written: str, library: Library) -> str:
    """The code of a body; as it is written where it is none, which is told later."""
    bodies = library.vocabularies["bodies"]
    return bodies.entry(bodies.number(written) or 0) or written


def _mapped(pairs: Iterable[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        hint = "write --map 'University=institution'"
        raise Refused(
            [Problem("wrong-type", "--map", f"`{pair}` names no field", hint) for pair in wrong]
        )
    return {heading: field for heading, _, field in (pair.rpartition("=") for pair in pairs)}


def _years(part: str) -> dict[str, str]:
    written = _COMPLETE.fullmatch(part)
    if not written:
        detail = f"`{part}` is no country with years"
        raise Refused([Problem("wrong-type", "--complete", detail, "write CN:2016-2020")])
    return dict(zip(("country", "from", "until"), written.groups(), strict=True))


def _write(target: Path, head: Mapping[str, Any], rows: Imported, library: Library) -> None:
    """Write a list that the library would take; raises Refused for one that it would not."""
    if not rows.rows:
        raise Refused(rows.problems or [Problem("missing", "", "the table has no rows")])
    document = {**head, "institutions": rows.institutions}
    checked({**document, "rows": rows.rows}, target.name, library)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".ndjson":
        lines = [document, *rows.rows]
        target.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    else:
        written = orjson.dumps({**document, "rows": rows.rows}, option=orjson.OPT_INDENT_2)
        target.write_bytes(written + b"\n")


def _tell(rows: Imported, target: Path, complete: bool) -> None:
    typer.echo(f"{_counted(len(rows.rows))} in {target}")
    for problem in rows.problems:
        typer.echo(str(replace(problem, pointer=f"`{problem.pointer}`")), err=True)
    if rows.problems:
        kept = "; the list is not called complete" if complete else ""
        left = len({problem.line for problem in rows.problems})
        typer.echo(f"left out: {_counted(left)}{kept}", err=True)
        raise typer.Exit(FAILED)


@app.command()
def find(
    text: Annotated[list[str], typer.Argument(help="words of the institution and the programme")],
    by: Annotated[str, typer.Option("--by", help="only lists of this body")] = "",
    country: Annotated[str, typer.Option(help="only institutions of this country")] = "",
    year: Annotated[int | None, typer.Option(help="only accreditations that may hold then")] = None,
    own: Annotated[
        list[Path] | None, typer.Option("--library", help="a library of your own, too")
    ] = None,
) -> None:
    """Show the rows of the lists in whose names all the words stand."""
    lists = programmes(Library.load(), own or [])
    rows = found(lists, text, by, country, year)
    for entry in rows:
        typer.echo(_line(entry))
    typer.echo(_counted(len(rows)))
    if not rows:
        raise typer.Exit(FAILED)


def _counted(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows} rows"


def _line(entry: Entry) -> str:
    row, told = entry.row, entry.accreditation
    called = next(names(entry.institution)).text
    days = f"{row.from_ or '?'} – {row.until or '?'}"
    rest = ", ".join(str(told[name]) for name in ("accord", "basis", "status") if told[name])
    place = f"{entry.listing.id} row {entry.number}, read on {entry.listing.read_on}"
    made_up = " (made up)" if entry.listing.made_up else ""
    told_first = (told["by"], called, row.programme[0], entry.level, days, rest)
    return "  ".join(filter(None, told_first)) + f"  [{place}]{made_up}"

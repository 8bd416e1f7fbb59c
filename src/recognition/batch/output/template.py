"""A workbook to fill in: a sheet a list of the profile, with choices, notes and an example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from recognition.batch.input.table.columns import LINKS, Field
from recognition.batch.input.table.schema import Schemes
from recognition.batch.output import workbook
from recognition.batch.output.template_words import EXAMPLE, HELP, TEXTS
from recognition.profile.model import Amount, Code, Day, Truth
from recognition.profile.schema import COLLECTIONS
from recognition.standard.library import Library

LONGEST = 600
"""More entries than this are no list to choose from."""
FILLED = 2000
"""Rows that offer choices."""


def write(library: Library, path: Path, lang: str) -> None:
    """Write the workbook in a language (`en`, `zh`); what it holds can be read back."""
    schemes = Schemes(library.facts, library.vocabularies)
    with workbook.opened(path) as book:
        filled = Template(library, schemes, lang, book)
        for of in schemes.tables():
            filled.sheet(of)
        filled.help()
        filled.choices.write()


@dataclass
class Choices:
    """The lists to choose from, each a column of a hidden sheet."""

    book: Any
    name: str
    columns: dict[tuple[str, ...], int] = field(default_factory=dict)

    def source(self, entries: tuple[str, ...]) -> str:
        """The formula of a list."""
        at = self.columns.setdefault(entries, len(self.columns))
        column = xlsxwriter.utility.xl_col_to_name(at, True)
        return f"='{self.name}'!{column}$1:{column}${len(entries)}"

    def write(self) -> None:
        sheet = self.book.add_worksheet(self.name)
        for entries, at in self.columns.items():
            for row, entry in enumerate(entries):
                sheet.write_string(row, at, entry)
        sheet.hide()


@dataclass
class Template:
    """A workbook being filled."""

    library: Library
    schemes: Schemes
    lang: str
    book: Any
    choices: Choices = field(init=False)

    def __post_init__(self) -> None:
        self.choices = Choices(self.book, TEXTS["lists"][self.lang])
        self.bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text = self.book.add_format({"num_format": "@"})

    def sheet(self, of: str) -> None:
        """One table: headings with notes, choices below them, a row of the example."""
        names = self.schemes.called(of)
        sheet = self.book.add_worksheet(names[0] if self.lang == "en" else names[2])
        sheet.freeze_panes(1, 1)
        for at, held in enumerate(_fields(of, self.schemes)):
            sheet.set_column(at, at, 18, None if isinstance(held.mark, Amount) else self.text)
            sheet.write_string(0, at, self._heading(of, held), self.bold)
            if note := " ".join(self._notes(of, held)):
                sheet.write_comment(0, at, note, {"x_scale": 2})
            if entries := self._entries(held):
                self._offer(sheet, at, entries, held)
            self._example(sheet, at, of, held)

    def help(self) -> None:
        """The sheet that says how to fill in the others."""
        sheet = self.book.add_worksheet(TEXTS["help"][self.lang])
        sheet.set_column(0, 0, 100)
        for row, line in enumerate(HELP[self.lang]):
            sheet.write_string(row, 0, line)

    def _offer(self, sheet: Any, at: int, entries: tuple[str, ...], held: Field) -> None:
        strict = "stop" if held.form == "value" else "information"
        rule = {"validate": "list", "source": self.choices.source(entries), "error_type": strict}
        sheet.data_validation(1, at, FILLED, at, rule)

    # --- words

    def _heading(self, of: str, held: Field) -> str:
        """The label, where it leads back to the field; else the field's own name."""
        if held.form in LINKS:
            return LINKS[held.form][self.lang]
        if held.form == "of":
            return self._item(COLLECTIONS[of].parent, "item")
        label = self._label(of, held)
        label = label[:1].upper() + label[1:]
        known = self.schemes.schemes[of].field(label)
        return label if known and known[0].place == held.place else held.written

    def _label(self, of: str, held: Field) -> str:
        path = ".".join((*([of] if of else []), *held.place))
        if held.form == "none":
            return self._item(path, "items")
        words = self.library.facts["facts"]
        found = words.get(path) or words.get(f"{path}.code")
        if found is None and len(held.place) > 1:
            entries = self.library.vocabularies["language-parts"]
            part = entries.label(entries.number(held.place[-1]) or 0, self.lang)
            return f"{self._item(path.rpartition('.')[0], 'item')} {part}"
        return str(found[self.lang]) if found else held.written

    def _item(self, path: str, which: str) -> str:
        return str(self.library.facts["collections"][path][which][self.lang])

    def _notes(self, of: str, held: Field) -> Iterator[str]:
        lang = self.lang
        path = ".".join((*([of] if of else []), *held.place))
        words = self.library.facts["facts"]
        if help := (words.get(path) or words.get(f"{path}.code") or {}).get("help"):
            yield help[lang]
        if held.form in TEXTS:
            yield TEXTS[held.form][lang].format(self._heading(of, held))
        if isinstance(held.mark, Day):
            yield TEXTS["day"][lang]
        if isinstance(held.mark, Code) and held.mark.otherwise:
            yield TEXTS["otherwise"][lang]

    # --- choices and the example

    def _entries(self, held: Field) -> tuple[str, ...]:
        match held.mark:
            case Truth():
                return TEXTS["yes"][self.lang], TEXTS["no"][self.lang]
            case Code():
                return self._labels(held.mark)
        return ()

    def _labels(self, mark: Code) -> tuple[str, ...]:
        """An entry's label, or its code where the label would not lead back to it."""
        known = self.library.vocabularies[mark.vocabulary]
        kept = [code for code in known.codes if known.of_kind(known.numbers[code], mark.only)]
        if len(kept) > LONGEST:
            return ()
        return tuple(self._spelt(code, mark) for code in kept)

    def _spelt(self, code: str, mark: Code) -> str:
        known = self.library.vocabularies[mark.vocabulary]
        label = known.label(known.number(code) or 0, self.lang)
        return label if self.library.vocabularies.read(mark, label).code == code else code

    def _example(self, sheet: Any, at: int, of: str, held: Field) -> None:
        example = EXAMPLE.get(of)
        if example is None:
            return
        said = EXAMPLE[""]["id"] if held.form == "applicant" else None
        if held.form in ("number", "of"):
            said = "1"
        elif held.place:
            said = example.get(held.place[-1])
        if isinstance(said, bool):
            said = TEXTS["yes" if said else "no"][self.lang]
        elif isinstance(said, str) and isinstance(held.mark, Code):
            said = self._spelt(said, held.mark)
        if said is not None:
            sheet.write(1, at, said)


def _fields(of: str, schemes: Schemes) -> Iterator[Field]:
    """The columns of a sheet, links first: those without numbers, each once."""
    seen = dict.fromkeys(schemes.schemes[of].known.values())
    kept = [held for held in seen if "#" not in held.place and held.place[:1] != ("attestations",)]
    first = [held for held in kept if not held.place]
    proof = [held for held in kept if held.place == ("proof",)]
    yield from [*first, *(held for held in kept if held.place and held not in proof), *proof]

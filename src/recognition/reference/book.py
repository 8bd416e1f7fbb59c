"""All pages of the reference, by name."""

from __future__ import annotations

from pathlib import Path

from recognition.reference import contents, matrix, sheet
from recognition.standard.library import Library


def pages(library: Library) -> dict[str, str]:
    """Every page's text by its path below the reference's folder."""
    standards = {
        f"standards/{standard.id}.md": sheet.page(library, standard)
        for standard in library.standards.values()
    }
    return {
        "index.md": contents.index(library),
        "jurisdictions.md": contents.jurisdictions(library),
        "matrix.md": matrix.page(library),
        "matrix.svg": matrix.drawing(library),
        **standards,
    }


def write(library: Library, folder: Path) -> int:
    """Write all pages below a folder; returns how many."""
    written = pages(library)
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return len(written)

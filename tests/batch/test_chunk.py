"""Lines of a chunk."""

from __future__ import annotations

from recognition.batch.chunk import Lines


def test_lines_are_cut_from_their_text() -> None:
    lines = Lines(b"a\n", memoryview(b"\nb\rc\n"))
    assert (len(lines), list(lines), lines.size) == (4, [b"a", b"", b"b\rc", b""], 8)
    assert lines[1:3] == [b"", b"b\rc"]
    assert Lines.of(lines) is lines

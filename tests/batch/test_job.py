"""What a job asks of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from recognition.batch import job


def test_a_processor_each_decides_where_there_is_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    monkeypatch.setattr(job, "MUCH", 1600)
    for name, size, several in (
        ("a.ndjson", 1599, 1),
        ("b.ndjson", 1600, 4),
        ("c.parquet", 100, 4),
    ):
        path = tmp_path / name
        path.write_bytes(bytes(size))
        assert job.processes([path]) == several

"""Clusters for real: Ray on two nodes of which one is killed, Spark on two threads.

Run by `make test-distributed`; what Ray and Spark warn of on the way is their own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import kill
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recognition.batch.job import Job
from recognition.batch.run import run
from recognition.distributed import Decide, crew, spark
from recognition.evaluate import day
from recognition.plan.question import Question
from recognition.problems import Refused
from recognition.profile.records import arrow_schema
from recognition.standard.library import Library

pytestmark = [pytest.mark.distributed, pytest.mark.filterwarnings("ignore")]

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples/applicants.ndjson"
AS_OF = "2020-01-01"
ASKED = Question(("league",), ("AU", "PK"))
OPTIONS = ("--standard", "league", "--host", "AU", "--host", "PK", "--as-of", AS_OF)

CALL = """
import sys
from pathlib import Path
from recognition import cli
from recognition.batch.input import files
from recognition.standard.library import Library

files.SIZE = 50_000
root = Path(sys.argv.pop(1))
cli.library = lambda drafts=False: Library.load(root, drafts)
cli.main()
"""
"""The command line with the small library, in small chunks."""


# --- Ray


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of one node with one processor, to which others may be added."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        head = {"num_cpus": 1, "include_dashboard": False}
        begun = import_module("ray.cluster_utils").Cluster(True, head_node_args=head)
        yield begun
        begun.shutdown()


@pytest.fixture
def joined(cluster: Any) -> Iterator[Any]:
    """Ray in this program, as it is part of the cluster."""
    ray = import_module("ray")
    ray.init(address=cluster.address, log_to_driver=False)
    yield import_module("ray.data")
    ray.shutdown()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """6,000 applicants, some cut off; each id is met five times."""
    folder = tmp_path_factory.mktemp("profiles")
    people = folder / "people.ndjson"
    people.write_bytes(EXAMPLES.read_bytes() * 5)
    kill.spoilt(people, folder / "spoilt.ndjson")
    return folder / "spoilt.ndjson"


def called(source: Path, output: Path, books: Library, *more: str) -> kill.Run:
    said = (sys.executable, "-c", CALL, str(books.root), "batch", str(source))
    return kill.Run((*said, "--output", str(output), *OPTIONS, *more), output)


@pytest.fixture(scope="module")
def whole(source: Path, books: Library) -> tuple[bytes | None, ...]:
    """What this machine alone writes."""
    alone = called(source, source.with_name("whole.parquet"), books)
    alone.finished()
    assert all(alone.told())
    return alone.told()


def working(raylet: int) -> list[int]:
    """The processes of a node, if one of them is deciding a chunk; else none."""
    children = Path(f"/proc/{raylet}/task/{raylet}/children").read_text().split()
    titles = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children]
    deciding = any(title.startswith(b"ray::_decide") for title in titles)
    return [raylet, *map(int, children)] if deciding else []


def parts(run: kill.Run) -> int:
    """How many parts there are; none where their folder is gone."""
    return len(list(run.parts.glob("*.json"))) - 1


def test_a_node_killed_mid_run_loses_nothing(
    cluster: Any, source: Path, whole: object, books: Library, tmp_path: Path
) -> None:
    """Its raylet and all its workers are killed while one of them decides."""
    node = cluster.add_node(num_cpus=1)
    raylet = node.all_processes["raylet"][0].process.pid
    asked = called(
        source, tmp_path / "out.parquet", books, "--on", "ray", "--address", cluster.address
    )
    with subprocess.Popen(asked.command, stderr=subprocess.PIPE) as process:
        while parts(asked) < 5 or not (there := working(raylet)):
            assert process.poll() is None, process.communicate()
        for one in there:
            os.kill(one, signal.SIGKILL)
        assert parts(asked) < 100
        process.communicate()
    assert process.returncode == 1  # for there are rejects
    assert asked.told() == whole


def test_a_run_killed_on_a_cluster_goes_on_there(
    cluster: Any, source: Path, whole: object, books: Library, tmp_path: Path
) -> None:
    """The program that reads and writes is killed, and called again with `--resume`."""
    on = ("--on", "ray", "--address", cluster.address, "--resume")
    asked = called(source, tmp_path / "out.parquet", books, *on)
    met = kill.broken(asked, [kill.Kill(lambda: parts(asked) > 5, True, "after five parts")])
    assert met == ["after five parts"]
    assert asked.told() == whole


def test_ray_data_decides_what_this_machine_decides(
    joined: Any, source: Path, books: Library
) -> None:
    """The same table in several blocks, whichever worker takes which."""
    decide = Decide.of(books, ASKED, AS_OF)
    table = pa.table({"row": source.read_bytes().split(b"\n")})
    blocks = joined.from_arrow([table.slice(at, 900) for at in range(0, len(table), 900)])
    told = blocks.map_batches(decide, batch_format="pyarrow").to_arrow_refs()
    several = [row for one in import_module("ray").get(told) for row in one.to_pylist()]
    assert ordered(several) == ordered(decide(table).to_pylist())


def test_tables_come_back_as_they_were_cut(joined: Any, books: Library, tmp_path: Path) -> None:
    """Parquet of so many profiles that a chunk is decided in several steps."""
    days = ["1990", "1990-02-30", None] * 24_000
    table = pa.table({"id": [f"p-{i}" for i in range(len(days))], "birth_date": days})
    pq.write_table(table, tmp_path / "people.parquet", row_group_size=50_000)
    told = []
    for name in ("near", "far"):
        files = tmp_path / f"{name}.parquet", tmp_path / f"{name}.ndjson"
        job = Job((tmp_path / "people.parquet",), *files, ASKED, day(AS_OF), books.root)
        with crew("ray", job, books) if name == "far" else nullcontext() as cluster:
            summary = run(job, books, crew=cluster)
        told.append([summary, *(path.read_bytes() for path in files)])
    assert told[0] == told[1]
    assert summary.rejected == 24_000


def ordered(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row) for row in rows)


def test_a_library_that_changes_on_the_way_is_refused(
    joined: Any, source: Path, copied: Path, tmp_path: Path
) -> None:
    """What a worker refuses is told as if it had been refused here."""
    library, edition = Library.load(copied), copied / "standards/league/2013.json"
    edition.write_text(edition.read_text("utf-8").replace("section 1", "section 2"), "utf-8")
    files = tmp_path / "out.csv", tmp_path / "rejects.ndjson"
    job = Job((source,), *files, ASKED, day(AS_OF), copied)
    with (
        pytest.raises(Refused, match="the library was changed") as refused,
        crew("ray", job, library) as cluster,
    ):
        run(job, library, crew=cluster)
    assert refused.value.problems[0].code == "other-library"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("127.0.0.1:9", "`127.0.0.1:9` does not answer"),
        ("ray://127.0.0.1:9", "with `--address auto`"),
        ("nonsense", "no cluster can be joined"),
    ],
)
def test_an_address_where_no_cluster_is(
    source: Path, books: Library, tmp_path: Path, address: str, says: str
) -> None:
    asked = called(source, tmp_path / "out.csv", books, "--on", "ray", "--address", address)
    told = subprocess.run(asked.command, capture_output=True, text=True, env=os.environ)
    assert told.returncode == 2
    assert says in " ".join(told.stderr.split())
    assert "Traceback" not in told.stderr


# --- Spark


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = import_module("pyspark.sql").SparkSession.builder
        begun = builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        yield begun
        begun.stop()


def test_spark_decides_lines_as_this_machine_does(
    session: Any, source: Path, books: Library
) -> None:
    """In four partitions, rejects too."""
    decide = Decide.of(books, ASKED, AS_OF)
    people = session.read.text(str(source)).withColumnRenamed("value", "row").repartition(4)
    told = people.mapInArrow(spark.batches(decide), spark.ddl(decide)).toArrow()
    here = decide(pa.table({"row": source.read_bytes().split(b"\n")}))
    assert ordered(told.to_pylist()) == ordered(here.to_pylist())


def test_spark_decides_columns_as_this_machine_does(
    session: Any, books: Library, tmp_path: Path
) -> None:
    """Parquet of the profile's own columns, in three files."""
    decide = Decide.of(books, ASKED, AS_OF)
    rows = [json.loads(line) for line in EXAMPLES.read_bytes().splitlines()]
    table = pa.Table.from_pylist(rows, arrow_schema())
    for number in range(3):
        pq.write_table(table.slice(number * 400, 400), tmp_path / f"{number}.parquet")
    people = session.read.parquet(str(tmp_path))
    told = people.mapInArrow(spark.batches(decide), spark.ddl(decide)).toArrow()
    assert ordered(told.to_pylist()) == ordered(decide(table).to_pylist())

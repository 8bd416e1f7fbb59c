"""Problems go wherever they must."""

from __future__ import annotations

import pickle

from recognition.problems import Problem, Refused


def test_a_refusal_comes_over_from_another_process() -> None:
    refused = Refused([Problem("broken-file", "", "the file breaks off", "mend it", "in.parquet")])
    assert pickle.loads(pickle.dumps(refused)).problems == refused.problems

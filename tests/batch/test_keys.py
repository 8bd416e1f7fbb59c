"""Ids as numbers."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from recognition.batch.keys import keys


@given(st.lists(st.text(min_size=1), min_size=1), st.data())
def test_ids_have_the_same_number_wherever_they_stand(ids: list[str], data: st.DataObject) -> None:
    """Different ids have different numbers, as far as chance finds any."""
    numbers = dict(zip(ids, keys(pa.chunked_array([ids])).tolist(), strict=True))
    assert len(set(numbers.values())) == len(set(ids))
    others = data.draw(st.permutations(ids))
    at = data.draw(st.integers(0, len(others)))
    parts = pa.chunked_array([others[:at], others[at:]], pa.string())
    assert keys(parts).tolist() == [numbers[id] for id in others]

"""Things made once, and a fresh library asked by many threads at once."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from recognition.memo import Memo

BURST = """
import os, sys, threading
from recognition.evaluate import evaluate
from recognition.standard.library import Library

ASKED = {
    "id": "x",
    "degrees": [{"country": "United Kingdom", "level": "学士", "awarded_on": "2010"}],
    "registrations": [
        {"title": "Chartered Engineer", "body": "Engineering Council", "country": "英国"},
        {"title": "A title nobody knows", "body": "A body nobody knows"},
    ],
}


def burst():
    library, wrong = Library.load(), []
    gate = threading.Barrier(32)

    def ask():
        gate.wait()
        try:
            answer = evaluate(library, ASKED, ["ipea", "us-tx-133-26"], [], "2026-11-23")
            assert answer["decisions"], answer
            assert len(answer["warnings"]) == 2, answer["warnings"]
        except BaseException as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=ask) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(wrong)


failed = 0
for _ in range(int(sys.argv[1])):
    child = os.fork()
    if not child:
        os._exit(1 if burst() else 0)
    failed += os.waitpid(child, 0)[1] != 0
print(failed)
"""


def test_what_is_made_is_made_once_however_many_ask() -> None:
    """Thirty-two threads that ask at once get one and the same thing, made once."""
    memo, made, got = Memo(), [], []
    gate = threading.Barrier(32)

    def make() -> object:
        made.append(threading.get_ident())
        return object()

    def ask() -> None:
        gate.wait()
        got.append(memo.once("key", make))

    threads = [threading.Thread(target=ask) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len({id(one) for one in got}) == 1


def test_what_was_made_first_goes_where_there_are_too_many() -> None:
    """A memo of two keeps the two that were made last."""
    memo, made = Memo(2), []
    for key in ("a", "b", "c", "c", "a"):
        memo.once(key, lambda key=key: made.append(key))  # type: ignore[misc]
    assert made == ["a", "b", "c", "a"]


def test_what_could_not_be_made_is_tried_again() -> None:
    """A failure is told to who asked and is not kept."""
    memo = Memo()
    with pytest.raises(ZeroDivisionError):
        memo.once("key", lambda: 1 // 0)
    assert memo.once("key", lambda: 7) == 7


def test_a_burst_on_a_fresh_library_ends_no_process() -> None:
    """Twelve processes, each with a library just read and thirty-two threads: none crashes."""
    asked = [sys.executable, "-c", BURST, "12"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.stdout == "0\n", done.stderr

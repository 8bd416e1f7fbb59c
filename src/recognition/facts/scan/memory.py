"""What compiled code is made of: reading and writing eight bytes of memory at an address.

Arrays are passed as the addresses of their first elements, so that nobody counts references to them
for every byte that is read. Whoever calls holds on to them.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

F = TypeVar("F", bound=Callable[..., Any])

_SOURCES = sorted(Path(__file__).parent.glob("*.py"))
_DIGEST = sha256(b"".join(path.read_bytes() for path in _SOURCES)).digest()
VERSION = int.from_bytes(_DIGEST[:7])
"""A number that tells all that is compiled from what it was before."""


_ways: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
_jit: Any = njit
_intrinsic: Any = intrinsic


def compiled(function: F) -> F:
    """The function as machine code, for other compiled ones to call."""
    made: F = _jit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **_ways)(function)
    return made


def kept(function: F) -> F:
    """The function as machine code to call from Python, kept on disk where there is room for it.

    Other threads go on while it works.
    """
    try:
        made: F = _jit(cache=True, **_ways)(function)
    except RuntimeError:  # neither beside the program nor at home can anything be written
        made = _jit(**_ways)(function)
    return made


def _reading(held: Any, given: Any) -> Any:
    def read(typing: Any, at: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            value = builder.load(builder.inttoptr(args[0], held.as_pointer()), align=1)
            return builder.zext(value, ir.IntType(64)) if held == ir.IntType(8) else value

        return given(types.int64), code

    return _intrinsic(read)


def _writing(held: Any, taken: Any) -> Any:
    def write(typing: Any, at: Any, value: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            builder.store(args[1], builder.inttoptr(args[0], held.as_pointer()), align=8)
            return context.get_dummy_value()

        return types.void(types.int64, taken), code

    return _intrinsic(write)


def _zeros(typing: Any, bits: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 0))

    return types.int64(types.uint64), code


byte: Callable[[int], int] = _reading(ir.IntType(8), types.int64)
word: Callable[[int], np.uint64] = _reading(ir.IntType(64), types.uint64)
"""Eight bytes of a text, the first of them lowest."""
cell: Callable[[int], int] = _reading(ir.IntType(64), types.int64)
real: Callable[[int], float] = _reading(ir.DoubleType(), types.float64)
put: Callable[[int, int], None] = _writing(ir.IntType(64), types.int64)
put_real: Callable[[int, float], None] = _writing(ir.DoubleType(), types.float64)
zeros: Callable[[np.uint64], int] = _intrinsic(_zeros)
"""How many bits are 0 below the lowest that is 1."""


def _whole(bits: Any) -> Any:
    return np.int64(bits)


whole: Callable[[np.uint64], int] = compiled(_whole)
"""Bits as a number that may be negative."""


def each(byte: int) -> np.uint64:
    """A byte eight times."""
    return np.uint64(byte * 0x0101010101010101)

"""What may be set from outside: read once, when the service starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from recognition.problems import Problem, Refused


@dataclass(frozen=True)
class Settings:
    """The service's settings.

    `body_limit`: the most bytes of a request (`RECOGNITION_BODY_LIMIT`).
    """

    body_limit: int = 1_000_000

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings of an environment; raises Refused for a value that is none."""
        written = environment.get("RECOGNITION_BODY_LIMIT", "")
        if not written:
            return cls()
        if not (written.isascii() and written.isdigit() and int(written)):
            detail = f"`RECOGNITION_BODY_LIMIT` is `{written}`, which is no number of bytes"
            raise Refused([Problem("wrong-type", "", detail, "write 1000000")])
        return cls(body_limit=int(written))

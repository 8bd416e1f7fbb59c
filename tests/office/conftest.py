"""What tests of the office's desk stand on."""

from __future__ import annotations

from test_cli import call

__all__ = ["call"]

"""Outputs: decisions laid out, written, reported; the workbook to fill in."""

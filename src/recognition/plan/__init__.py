"""The plan: a question made answerable, as one graph of array operations."""

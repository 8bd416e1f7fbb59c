"""Deciding: a plan worked out over the facts of a batch."""

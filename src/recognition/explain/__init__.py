"""Explaining: a row of a plan's values as findings with evidence, amounts and words."""

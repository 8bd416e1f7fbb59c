"""The rule language: a closed tree, and the way from JSON to it."""

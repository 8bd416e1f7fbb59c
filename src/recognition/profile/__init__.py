"""The profile: its model, its vocabularies, and the way from text to a valid record."""

"""Names as people write them, read as entries of the vocabularies."""

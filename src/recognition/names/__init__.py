"""Names as people write them, read as entries of the vocabularies."""

from recognition.names.reader import KINDS, Reader, reader
from recognition.names.reading import NOTHING, Reading

__all__ = ["KINDS", "NOTHING", "Reader", "Reading", "reader"]

"""Names as people write them, read as entries of the vocabularies."""

from recognition.names.reader import KINDS, Reader, reader
from recognition.names.reading import Reading

__all__ = ["KINDS", "Reader", "Reading", "reader"]

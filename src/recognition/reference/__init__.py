"""The reference: the library as pages to browse, the same for the same library."""

from recognition.reference.book import pages, write

__all__ = ["pages", "write"]

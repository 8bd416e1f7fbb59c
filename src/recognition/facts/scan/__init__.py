"""Lines of JSON straight into columns: one pass over their bytes, compiled, no objects between.

Lines that are not plain are left to the other readers (`records`, `examine`), which give the same.
"""

PAD = bytes(16)
"""What must stand behind a text, so that some bytes can be read wherever it may still go on."""

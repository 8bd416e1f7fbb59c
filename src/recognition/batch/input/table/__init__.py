"""Tables: rows of text or cells gathered into profiles."""

"""The web: the HTTP service and the form. Nothing but this room knows of requests."""

"""The service's front door: `uvicorn service:app`."""

from recognition.server.app import create_app

app = create_app()

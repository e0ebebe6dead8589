"""The entry for a WSGI server from a checkout: `gunicorn wsgi:app`."""

from elearning.web.wsgi import app

__all__ = ["app"]

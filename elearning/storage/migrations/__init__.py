"""Alembic revisions; `schema.py` runs them without a configuration file."""

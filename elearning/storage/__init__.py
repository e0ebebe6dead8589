"""Tables, engine and migrations; SQLAlchemy and nothing of the web."""

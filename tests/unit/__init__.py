"""The pure layers: no application, no database."""

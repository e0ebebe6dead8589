"""Import and export without files: formats, round trips, hostile input."""

"""Another validity, or new content, for certificates that exist: one asks, another decides."""

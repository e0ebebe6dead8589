"""The web: the only layer that knows Flask."""

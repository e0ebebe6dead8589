"""Content as a whole: loading and refusing."""

"""What authors see, and that nobody else does."""

"""What the databases promise: nothing lost, nothing doubled, no write where none is allowed."""

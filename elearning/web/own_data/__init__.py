"""What is kept about who is signed in, to take along or to have forgotten."""

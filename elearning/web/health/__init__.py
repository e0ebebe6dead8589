"""Whether this process is able to serve."""

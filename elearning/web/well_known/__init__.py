"""What other programs look for under /.well-known/: the keys that certificates are checked with."""

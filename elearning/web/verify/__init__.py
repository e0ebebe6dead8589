"""Public check of a certificate, for anyone who holds its code; no cookie is read or set."""

"""What lies outside: each module fits a protocol that a service declares."""

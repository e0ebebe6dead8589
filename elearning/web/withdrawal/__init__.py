"""Withdrawing a certificate: one person of HR asks, another decides."""

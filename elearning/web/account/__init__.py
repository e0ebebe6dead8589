"""Signing in, signing out, and leaving quickly."""

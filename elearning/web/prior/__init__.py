"""A training that somebody did elsewhere: filled in, looked over, sent, and taken back."""

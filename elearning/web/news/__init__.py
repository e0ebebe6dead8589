"""What changed in directory and law since a certificate."""

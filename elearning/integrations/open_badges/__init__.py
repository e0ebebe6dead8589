"""Open Badges 3.0: a credential with a Data Integrity proof, made and checked without a network."""

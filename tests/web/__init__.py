"""The pages as visitors meet them, with every guard on: CSRF, headers, limits, transactions."""

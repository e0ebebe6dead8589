"""What every test may ask for: the databases and a clock (tests/databases.py)."""

pytest_plugins = ["tests.databases"]

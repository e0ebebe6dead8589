"""What every test may ask for: databases, a clock (tests/databases.py), and quick files.

Properties are searched, not timed: how fast something is, `make bench` measures beside a floor in
the same run. A deadline in a test says more about who else uses the machine.
"""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.in_memory", "tests.databases", "tests.proved"]

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

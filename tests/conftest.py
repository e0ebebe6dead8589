"""What every test may ask for: databases, a clock (tests/databases.py), and quick files.

Properties are searched, not timed: how fast something is, `make bench` measures beside a floor in
the same run. A deadline in a test says more about who else uses the machine.
"""

import pytest
from hypothesis import HealthCheck, settings

from tests.one_database import leave_to_one_database

pytest_plugins = ["tests.in_memory", "tests.databases", "tests.proved"]

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# CI asks the same examples every time, nearly: Hypothesis also tries what it finds written in our
# modules, and which of those are loaded depends on the tests that ran before. `make properties`
# looks further than a run of the suite can, so that it is seldom CI that finds something first.
settings.register_profile(
    "searching", settings.get_profile("untimed"), derandomize=False, max_examples=5000
)
settings.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Choose a database before anything is left out by its marks."""
    leave_to_one_database(items)

"""The application on a day that stands still, so that pictures of it stay the same."""

from __future__ import annotations

import os

from elearning.config import read_settings
from elearning.web.factory import create_app
from tests.databases import frozen_clock

app = create_app(read_settings(os.environ), clock=frozen_clock())

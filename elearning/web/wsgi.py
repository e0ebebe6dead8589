"""The application for a WSGI server, built from the environment when it is imported."""

import os

from elearning.config import read_settings
from elearning.web.factory import create_app

app = create_app(read_settings(os.environ))

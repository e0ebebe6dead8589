"""The application for a WSGI server, built from the environment when it is imported."""

import gc
import logging
import os

from elearning.config import read_settings
from elearning.web.factory import create_app

logging.basicConfig(level=logging.INFO, format="%(message)s")
app = create_app(read_settings(os.environ))
# Everything loaded so far stays for good: workers share its pages, and no collection visits it.
gc.collect()
gc.freeze()

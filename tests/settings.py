"""The settings of Kring as tests use them: mode test, data in a folder of their own, so that two runs do not meet."""

import os
from tempfile import TemporaryDirectory

os.environ.setdefault("KRING_MODE", "test")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in kring.cli
if "KRING_DATA" not in os.environ:
    _folder = TemporaryDirectory(prefix="kring-test-", ignore_cleanup_errors=True)  # goes when this process ends
    os.environ["KRING_DATA"] = _folder.name

from kring.settings import *  # noqa: E402, F403
from kring.settings import DATA  # noqa: E402

DATA.mkdir(parents=True, exist_ok=True)
WHITENOISE_AUTOREFRESH = True  # looking through all files for every client of a test took a quarter of the time

"""The settings of Kring as tests use them: mode test, data in a folder of their own."""

import os

os.environ.setdefault("KRING_MODE", "test")

from kring.settings import *  # noqa: E402, F403
from kring.settings import DATA  # noqa: E402

DATA.mkdir(parents=True, exist_ok=True)

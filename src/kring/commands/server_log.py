"""The lines of gunicorn, in the shape of ours. It would write the address of a request that broke, and an address may bear what somebody
looked for; a list of who came when (its access log) it does not keep, for the line of each request is ours.
"""

import os
from typing import Any

from gunicorn.config import Config  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from kring.web.logs import AsJson, WithoutValues


class ServerLog(Logger):  # type: ignore[misc]
    """Named by `--logger-class`."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        shape = AsJson() if os.environ.get("KRING_LOG", "json") == "json" else WithoutValues()
        for handler in self.error_log.handlers:
            handler.setFormatter(shape)

    def access(self, *given: Any, **how: Any) -> None:
        """Whatever the settings of gunicorn say."""

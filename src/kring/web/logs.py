"""What the server writes down of its own troubles: where it broke and on what kind of thing, never a value of a child."""

import logging
import traceback
from types import TracebackType


class WithoutValues(logging.Formatter):
    """The path through the code and the name of the exception. Its message stays out: a database quotes the row in it."""

    def formatException(  # noqa: N802 (logging calls it so)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, broken, trail = ei
        steps = "".join(traceback.format_list(traceback.extract_tb(trail)))
        seen = [kind.__name__ if kind else "", *(type(cause).__name__ for cause in _causes(broken))]
        return f"{steps}{' from '.join(name for name in seen if name)}"


def _causes(broken: BaseException | None) -> list[BaseException]:
    """What it came from, and that from; each once, for who raises again what it caught can make a ring."""
    found: list[BaseException] = [] if broken is None else [broken]
    while found and (cause := found[-1].__cause__ or found[-1].__context__) is not None and cause not in found:
        found.append(cause)
    return found[1:]

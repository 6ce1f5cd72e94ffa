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
    found = []
    while broken is not None and (broken := broken.__cause__ or broken.__context__) is not None:
        found.append(broken)
    return found

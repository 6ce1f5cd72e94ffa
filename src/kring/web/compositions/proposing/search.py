"""What runs in the process of its own: it stands on the core alone, and must load in a moment."""

from time import monotonic

from kring.core.seating import Asked, Proposed, propose
from kring.core.sociometry.composing import Clock


def propose_until(asked: Asked, moment: float) -> Proposed:
    """The best that is found before this moment of `monotonic`, which all processes of a machine share."""
    return propose(asked, clock=Clock(lambda: moment - monotonic()))

"""Who sees to the log of De Beuk."""

import pytest

from kring.core.access import Role
from kring.web.models import Membership
from tests.cast import Cast, member


@pytest.fixture
def paula(cast: Cast) -> Membership:
    """The privacy officer."""
    return member(cast.beuk, Role.PRIVACY_OFFICER, "paula")

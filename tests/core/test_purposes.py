"""Every hat has a purpose."""

from kring.core.access import Role
from kring.core.purposes import Purpose, purpose_of


def test_a_purpose_follows_from_the_hat() -> None:
    found = {role: purpose_of(role) for role in Role}
    assert found[Role.TEACHER] is found[Role.COORDINATOR] is Purpose.GUIDANCE
    assert found[Role.LEADER] is Purpose.LEADING
    assert found[Role.PRIVACY_OFFICER] is Purpose.SUPERVISION
    assert found[Role.ADMINISTRATOR] is Purpose.INSTALLATION
    assert found[Role.YOUTH_HEALTH] is Purpose.CASE
    assert found[Role.PUPIL] is found[Role.GUARDIAN] is Purpose.OWN
    assert set(Purpose) - set(found.values()) == {Purpose.TECHNICAL}

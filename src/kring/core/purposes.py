"""Why somebody looked or did something: a code beside every entry of the log, as NEN 7513 asks."""

from enum import StrEnum

from kring.core.access import FAMILY, PARTNERS, Role


class Purpose(StrEnum):
    """What for, as it follows from the hat."""

    GUIDANCE = "guidance"  # teaching and guiding pupils
    LEADING = "leading"  # leading the school
    SUPERVISION = "supervision"  # seeing to it that others keep the rules
    INSTALLATION = "installation"  # keeping Kring running
    CASE = "case"  # helping with one case, from outside the school
    OWN = "own"  # one's own file, or one's child's
    TECHNICAL = "technical"  # logging in and out: no record of the school


OTHERS = {
    Role.LEADER: Purpose.LEADING,
    Role.BOARD: Purpose.LEADING,
    Role.PRIVACY_OFFICER: Purpose.SUPERVISION,
    Role.ADMINISTRATOR: Purpose.INSTALLATION,
    **dict.fromkeys(PARTNERS, Purpose.CASE),
    **dict.fromkeys(FAMILY, Purpose.OWN),
}


def purpose_of(role: Role) -> Purpose:
    """What somebody in this hat looks for.

    >>> purpose_of(Role.TEACHER)
    <Purpose.GUIDANCE: 'guidance'>
    """
    return OTHERS.get(role, Purpose.GUIDANCE)

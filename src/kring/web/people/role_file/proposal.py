"""What a file with roles would change at a school: values only, so that the preview and the deed cannot differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from kring.class_files.roles import FILE, RoleLine
from kring.core.appointing import Held, RoleHeldAlready, asks_a_second_look, check_dates, check_proposal
from kring.core.errors import BrokenRule
from kring.core.teaching import TEACHES
from kring.file_problems import Problems, said
from kring.web.people.dates import begins, ends_after
from kring.web.wording import sentence


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom the school knows by this user name."""

    key: UUID
    name: tuple[str, str, str]
    held: tuple[Held, ...]
    is_pupil: bool


@dataclass(frozen=True, slots=True)
class School:
    """The school as it stands: who is known, which user names are of others, and its groups at a moment, by name in small letters."""

    people: Mapping[str, Known]
    taken: frozenset[str]
    groups: Mapping[str, UUID]
    uploader: UUID


@dataclass(frozen=True, slots=True)
class Change:
    """One line as it would come out."""

    line: RoleLine
    person: UUID | None  # None is somebody new
    from_at: datetime
    until_at: datetime | None
    is_held: bool  # the role is there already; only the groups are looked at
    groups: tuple[tuple[str, UUID], ...]


@dataclass(frozen=True, slots=True)
class RoleProposal:
    """All of it, as a person can check it."""

    changes: tuple[Change, ...]

    @property
    def given(self) -> list[Change]:
        return [one for one in self.changes if not one.is_held and not one.line.waits_for_second]

    @property
    def waiting(self) -> list[Change]:
        return [one for one in self.changes if not one.is_held and one.line.waits_for_second]

    @property
    def held(self) -> list[Change]:
        return [one for one in self.changes if one.is_held]

    @property
    def asks_a_second_look(self) -> bool:
        return asks_a_second_look(one.line.role for one in self.waiting)

    @property
    def fingerprint(self) -> str:
        """Of what was shown: what has changed since has another."""
        return sha256(repr(self.changes).encode()).hexdigest()


def role_proposal(lines: Sequence[RoleLine], school: School, *, at: datetime, midnight: datetime) -> RoleProposal:
    """Lay the file beside the school. Raises FilesRefused with all that is wrong."""
    problems = Problems()
    given: dict[str, list[Held]] = {}
    changes = [_change(line, school, given, problems, at=at, midnight=midnight) for line in lines]
    problems.refuse()
    return RoleProposal(tuple(change for change in changes if change is not None))


def _change(
    line: RoleLine, school: School, given: dict[str, list[Held]], problems: Problems, *, at: datetime, midnight: datetime
) -> Change | None:
    known = school.people.get(line.username)
    _check_person(line, known, school, problems)
    from_at, until_at = begins(line.from_on) if line.from_on else midnight, ends_after(line.until_on)
    is_held = _check_role(line, known, school, given, problems, when=(from_at, until_at, at))
    given.setdefault(line.username, []).append(Held(line.role, from_at, until_at))
    groups = _groups(line, school, problems)
    return Change(line, known.key if known else None, from_at, until_at, is_held, groups)


def _check_person(line: RoleLine, known: Known | None, school: School, problems: Problems) -> None:
    if known is None and line.username in school.taken:
        message = said("De gebruikersnaam “%(name)s” is van iemand die niet op deze school werkt.", name=line.username)
        problems.add(FILE, line.line, "gebruikersnaam", message, said("Kies voor deze collega een andere gebruikersnaam."))
    elif known is not None and known.is_pupil:
        message = said("De gebruikersnaam “%(name)s” is van een leerling.", name=line.username)
        problems.add(FILE, line.line, "gebruikersnaam", message, said("Kies voor deze collega een andere gebruikersnaam."))
    elif known is not None and known.name != (line.given_name, line.name_prefix, line.family_name):
        message = said("De gebruikersnaam “%(name)s” is in Kring van iemand met een andere naam.", name=line.username)
        advice = said("Kijk of dit dezelfde persoon is. Zo ja, schrijf de naam zoals die in Kring staat.")
        problems.add(FILE, line.line, "achternaam", message, advice)


def _check_role(
    line: RoleLine,
    known: Known | None,
    school: School,
    given: Mapping[str, Sequence[Held]],
    problems: Problems,
    *,
    when: tuple[datetime, datetime | None, datetime],
) -> bool:
    """Whether the role is held already; what may not be is a problem of this line."""
    from_at, until_at, at = when
    held = [*(known.held if known else ()), *given.get(line.username, ())]
    try:
        check_dates(from_at, until_at, at=at)
        check_proposal(
            line.role, to=known.key if known else line.username, by=school.uploader, held=held, from_at=from_at, until_at=until_at
        )
    except RoleHeldAlready:
        return True
    except BrokenRule as broken:
        advice = said("Haal deze regel weg, of laat een collega dit doen.")
        problems.add(FILE, line.line, "rol", sentence(broken), advice)
    return False


def _groups(line: RoleLine, school: School, problems: Problems) -> tuple[tuple[str, UUID], ...]:
    if line.groups and line.role not in TEACHES:
        message = said("Bij deze rol horen geen groepen.")
        problems.add(FILE, line.line, "groepen", message, said("Laat “groepen” leeg, of kies leerkracht of mentor."))
        return ()
    found = []
    for name in line.groups:
        key = school.groups.get(name.casefold())
        if key is None:
            names = ", ".join(sorted(school.groups)) or "–"
            message = said("Groep “%(group)s” is er dit schooljaar niet.", group=name)
            problems.add(FILE, line.line, "groepen", message, said("Kies uit: %(known)s.", known=names))
        else:
            found.append((name, key))
    return tuple(found)

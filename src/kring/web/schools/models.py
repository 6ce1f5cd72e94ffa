"""Boards, schools, years, groups and the people in them, each tie with from–until.

Every row but the board bears its school: the wall that row-level security guards on PostgreSQL.
Moments run from `from_at` up to, not including, `until_at`; an empty `until_at` is open.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record, Role
from kring.core.ages import born_by
from kring.core.finding import name_sounds, name_words
from kring.core.retention import Holding, Retention
from kring.web.columns import values
from kring.web.schools.named import FromNames


class Board(models.Model):
    """The competent authority over one or more schools."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """One location with its own groups."""

    class Type(models.TextChoices):
        PRIMARY = "po", _("basisonderwijs")
        SPECIAL_PRIMARY = "sbo", _("speciaal basisonderwijs")
        SPECIAL = "so", _("speciaal onderwijs")
        SPECIAL_SECONDARY = "vso", _("voortgezet speciaal onderwijs")
        SECONDARY = "vo", _("voortgezet onderwijs")

    class Region(models.TextChoices):
        """Of the holidays."""

        NORTH = "noord", _("Noord")
        MIDDLE = "midden", _("Midden")
        SOUTH = "zuid", _("Zuid")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="schools")
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=3, choices=Type.choices)
    brin = models.CharField(max_length=6, blank=True)  # the number of the ministry, with that of the location
    region = models.CharField(max_length=6, blank=True, choices=Region.choices)
    municipality = models.CharField(max_length=60, blank=True)
    partnership = models.CharField(max_length=120, blank=True)  # samenwerkingsverband
    layer_of_level = models.JSONField(
        default=dict, blank=True
    )  # level of prevention -> support layer; what is not here is core.group_plans
    trial_least_weeks = models.PositiveSmallIntegerField(default=4)  # how short and how long a small trial may be here
    trial_most_weeks = models.PositiveSmallIntegerField(default=8)
    phase_names = models.CharField(max_length=10, default="signal")  # core.phases.PhaseNames

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("board", "name", name="school_once_per_board")]

    def __str__(self) -> str:
        return self.name


class OfSchool(models.Model):
    """A row that belongs to one school."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Dated(models.Model):
    """A tie that holds from a moment, and perhaps until one."""

    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def live(at: datetime, path: str = "") -> Q:
    """The ties that hold at this moment; `path` leads to them, ending in two underscores."""
    return Q(**{f"{path}from_at__lte": at}) & (Q(**{f"{path}until_at": None}) | Q(**{f"{path}until_at__gt": at}))


def younger_than(years: int, at: datetime, pupil: str = "") -> Q:
    """Pupils who have not had this birthday yet; `pupil` leads to them, ending in two underscores.

    Without a birth date nobody is taken to be young, but in a school that children leave at twelve or thirteen.
    """
    day = timezone.localdate(at)
    young = Q(**{f"{pupil}birth_date__gt": born_by(years, on=day)})
    return young | Q(**{f"{pupil}birth_date": None, f"{pupil}school__type__in": [School.Type.PRIMARY, School.Type.SPECIAL_PRIMARY]})


def until_after_from(name: str) -> models.CheckConstraint:
    """No tie ends before it begins."""
    return models.CheckConstraint(condition=Q(until_at=None) | Q(until_at__gt=models.F("from_at")), name=name)


class SchoolYear(OfSchool):
    """A school's own year; all due days follow from it."""

    label = models.CharField(max_length=9)  # 2026-2027
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on",)
        constraints: ClassVar = [
            models.UniqueConstraint("school", "label", name="year_once_per_school"),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="year_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.label


class Bundle(OfSchool):
    """Parallel groups: of one year and the same year levels, looked at side by side under one name."""

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="bundles")
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint("school", "year", "name", name="bundle_once_per_year")]

    def __str__(self) -> str:
        return self.name


class Group(OfSchool):
    """A class in one school year; a combination group bears more than one year level."""

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=30)
    year_levels = models.JSONField(default=list)  # [6] or, in a combination group, [4, 5]
    bundle = models.ForeignKey(Bundle, on_delete=models.SET_NULL, null=True, blank=True, related_name="groups")

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint("school", "year", "name", name="group_once_per_year")]

    def __str__(self) -> str:
        return self.name


NAMES = ("given_name", "name_prefix", "family_name")
ROSTER = Holding("to know who sits in which group, and to find them", Retention.PUPIL_FILE, Record.PUPIL)


class Pupil(OfSchool):
    """A child of the school. `sort_name` orders alike on every database: folded, without prefix."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("person", "given_name", "name_prefix", "family_name", "sort_name", "words", "sounds", "admin_key", "birth_date"),
            *("merged_into", "merged_at"),
        ),
        ROSTER,
    ) | {"home_municipality": Holding("to look for help where the pupil lives", Retention.PUPIL_FILE, Record.PUPIL)}

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="as_pupil")
    given_name = models.CharField(max_length=60)
    name_prefix = models.CharField(max_length=20, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    sort_name = models.CharField(max_length=160)
    words = FromNames(made=name_words, parts=NAMES)
    sounds = FromNames(made=name_sounds, parts=NAMES)
    admin_key = models.CharField(max_length=60)  # the pupil's key in the school's own administration and files
    home_municipality = models.CharField(max_length=60, blank=True)  # when it is not that of the school
    birth_date = models.DateField(null=True, blank=True)  # at 16 the rights of the file pass to the pupil (core/ages.py)
    # Entered twice: from this moment nobody sees this row any more, and its number means the other one.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    merged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("sort_name", "id")
        indexes: ClassVar = [models.Index(fields=["school", "sort_name", "id", "words", "sounds", "merged_at"], name="pupil_found")]
        constraints: ClassVar = [
            models.UniqueConstraint("school", "admin_key", name="pupil_once_per_school"),
            models.UniqueConstraint("school", "person", name="pupil_is_one_person_per_school"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.given_name, self.name_prefix, self.family_name) if part)


class Guardian(OfSchool):
    """A parent or carer."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="as_guardian")
    given_name = models.CharField(max_length=60)
    name_prefix = models.CharField(max_length=20, blank=True)
    family_name = models.CharField(max_length=80)
    words = FromNames(made=name_words, parts=NAMES)
    sounds = FromNames(made=name_sounds, parts=NAMES)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["school", "words", "id", "sounds"], name="guardian_found")]
        constraints: ClassVar = [models.UniqueConstraint("school", "person", name="guardian_is_one_person_per_school")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.given_name, self.name_prefix, self.family_name) if part)


class Guardianship(OfSchool, Dated):
    """Who cares for whom, and whether with parental authority: per child."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("guardian", "pupil", "has_authority", "court_note", "from_at", "until_at"),
        Holding("to know who may see and decide for the child", Retention.PUPIL_FILE, Record.GUARDIANSHIP),
    )

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="guardianships")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="guardianships")
    has_authority = models.BooleanField()
    court_note = models.CharField(max_length=300, blank=True)  # what a judge decided about contact

    class Meta:
        constraints: ClassVar = [until_after_from("guardianship_until_after_from")]


class GuardianAccess(OfSchool, Dated):
    """A pupil of 16 or older lets this guardian go on reading."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("guardianship", "from_at", "until_at"),
        Holding("to know whom a pupil of 16 lets read along", Retention.PUPIL_FILE, Record.GUARDIAN_ACCESS),
    )

    guardianship = models.ForeignKey(Guardianship, on_delete=models.CASCADE, related_name="accesses")

    class Meta:
        constraints: ClassVar = [until_after_from("guardian_access_until_after_from")]


class Contact(OfSchool):
    """Where a guardian is reached, and in which language. One guardian never learns it of the other, nor that it is kept secret."""

    class Language(models.TextChoices):
        """In which a talk goes best: asked to be understood, and used for nothing else."""

        DUTCH = "nl", _("Nederlands")
        ARABIC = "ar", _("Arabisch")
        BERBER = "ber", _("Berbers")
        BULGARIAN = "bg", _("Bulgaars")
        CHINESE = "zh", _("Chinees")
        GERMAN = "de", _("Duits")
        ENGLISH = "en", _("Engels")
        FARSI = "fa", _("Farsi of Dari")
        FRENCH = "fr", _("Frans")
        UKRAINIAN = "uk", _("Oekraïens")
        PAPIAMENTO = "pap", _("Papiaments")
        POLISH = "pl", _("Pools")
        PORTUGUESE = "pt", _("Portugees")
        ROMANIAN = "ro", _("Roemeens")
        RUSSIAN = "ru", _("Russisch")
        SOMALI = "so", _("Somalisch")
        SPANISH = "es", _("Spaans")
        TIGRINYA = "ti", _("Tigrinya")
        TURKISH = "tr", _("Turks")
        VIETNAMESE = "vi", _("Vietnamees")
        DUTCH_SIGN = "dse", _("Nederlandse Gebarentaal")
        OTHER = "mis", _("een andere taal")

    guardian = models.OneToOneField(Guardian, on_delete=models.CASCADE, related_name="contact")
    language = models.CharField(max_length=3, choices=Language.choices, blank=True)  # in which a talk goes best; empty: not asked
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    is_secret = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)


class Membership(OfSchool, Dated):
    """A person at a school in a role: the actor of everything that is done."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=values(Role))

    class Meta:
        constraints: ClassVar = [until_after_from("membership_until_after_from")]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class Assignment(OfSchool, Dated):
    """A member of staff teaches a group: also for a duo partner or a substitute, each with own dates."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="assignments")
    replaces = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="assignments")

    class Meta:
        constraints: ClassVar = [until_after_from("assignment_until_after_from")]


class Enrolment(OfSchool, Dated):
    """A pupil sits in a group, in a year level of its own (combination groups)."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "group", "year_level", "from_at", "until_at"),
        Holding("to know who sat in which group, and when", Retention.ENROLMENT, Record.ENROLMENT),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="enrolments")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="enrolments")
    year_level = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [until_after_from("enrolment_until_after_from")]

"""People who log in. What someone may do follows from memberships, never from the account."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class People(BaseUserManager["Person"]):
    """Django asks a user model for a manager that finds people by their user name."""


class Person(AbstractBaseUser):
    """Somebody with an account: staff, pupil or guardian."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(max_length=60, unique=True)
    given_name = models.CharField(max_length=60)
    name_prefix = models.CharField(max_length=20, blank=True)
    family_name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["given_name", "family_name"]
    objects = People()

    def __str__(self) -> str:
        return full_name(self)


class PaperCode(models.Model):
    """A code on paper with which one person makes a way of logging in, once. Only a keyed hash is kept.

    It belongs to the person, not to a school: whoever types it in has not said yet which school it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="paper_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Look(models.Model):
    """How a person wants to see Kring, on whatever device they come in: in the words of the cookie (web/preferences.py)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="look")
    chosen = models.CharField(max_length=200, blank=True)


def full_name(person: Person) -> str:
    """Given name, prefix and family name, as people say it."""
    return " ".join(part for part in (person.given_name, person.name_prefix, person.family_name) if part)

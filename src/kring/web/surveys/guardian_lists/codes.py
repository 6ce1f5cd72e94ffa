"""The code of a letter: made once, told to who prints it, and from then on known by keyed hashes alone."""

import hmac
from secrets import choice

from django.conf import settings

from kring.core.list_letters import front_of
from kring.core.paper_codes import new_code


def made() -> str:
    """A new code, as it reads on paper."""
    return new_code(choice)


def front_hash(code: str) -> str:
    """Of the part that finds the letter."""
    return _hash("front", front_of(code))


def code_hash(code: str) -> str:
    """Of the whole code."""
    return _hash("code", code)


def _hash(part: str, text: str) -> str:
    return hmac.digest(f"list letter {part} {settings.SECRET_KEY}".encode(), text.encode(), "sha256").hex()

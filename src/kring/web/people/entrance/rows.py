"""A code is used up, and a person has a way in: both or neither."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from kring.web.accounts.models import PaperCode
from kring.web.people.rows import forget_ways_in, open_codes, set_way_in, use_code
from kring.web.signing_in.rows import end_sessions
from kring.web.trace import record_sign_in


def come_in(code: PaperCode, username: str, password: str, *, request: HttpRequest, at: datetime) -> bool:
    """False when somebody else was a moment earlier, with the code or with the name; then nothing has changed.

    What this person had before goes: factors, ties to other services, sessions.
    """
    try:
        with transaction.atomic():
            if not use_code(code, at=at):
                return False
            open_codes(code.person).update(withdrawn_at=at)  # two letters that were made at the same moment
            forget_ways_in(code.person)
            set_way_in(code.person, username, password)
            end_sessions(code.person)
    except IntegrityError:
        return False
    record_sign_in(code.person, "invitation.used", request=request)
    return True

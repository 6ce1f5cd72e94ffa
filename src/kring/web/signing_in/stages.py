"""What stands between a password and being in."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponse


class SecondFactor(AuthenticateStage):  # type: ignore[misc]
    """The second factor of who has one, unless the service that says who it is proved that it asked for two."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        shown = get_authentication_records(self.request, self.login.user)
        if any(record["method"] == "socialaccount" and record.get("second_factor") for record in shown):
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer

"""The one Django app, and what it checks before it starts."""

from django.apps import AppConfig


class KringConfig(AppConfig):
    """Label `kring`: one app of many features; import contracts keep the boundaries."""

    name = "kring.web"
    label = "kring"
    verbose_name = "Kring"

    def ready(self) -> None:
        from kring.web import checks

        checks.register_all()

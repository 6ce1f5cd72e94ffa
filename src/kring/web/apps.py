"""The one Django app, and what it checks before it starts."""

from django.apps import AppConfig


class KringConfig(AppConfig):
    """Label `kring`: one app of many features; import contracts keep the boundaries."""

    name = "kring.web"
    label = "kring"
    verbose_name = "Kring"

    def ready(self) -> None:
        from kring.web import checks
        from kring.web.sociograms.collecting.intake import freeze
        from kring.web.sociograms.forgetting.intake import forget_objector
        from kring.web.surveys.closing import also_at_closing
        from kring.web.surveys.family.withdrawing import also_when_objecting

        checks.register_all()
        also_at_closing(freeze)
        also_when_objecting(forget_objector)

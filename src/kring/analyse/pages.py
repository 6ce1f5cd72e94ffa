"""Django's template engine and translation without anything else of Django: no database, no settings file."""

from pathlib import Path

import django
from django.conf import settings

SOURCE = Path(__file__).resolve().parents[1]


def ready_templates() -> None:
    """Make the templates of the documents usable; where Django runs already (in the tests) it is left as it is."""
    if settings.configured:
        return
    settings.configure(
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [SOURCE / "documents" / "templates"]}],
        INSTALLED_APPS=[],
        LANGUAGE_CODE="nl",
        LOCALE_PATHS=[SOURCE / "web" / "locale"],
        USE_I18N=True,
        USE_TZ=True,
        TIME_ZONE="Europe/Amsterdam",
    )
    django.setup()

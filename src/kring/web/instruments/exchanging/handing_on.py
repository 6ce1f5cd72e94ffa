"""What goes along with a list that is handed on."""

from kring.library import Entry, Translation, translation
from kring.web.instruments.queries import OWN

OTHER_LANGUAGES = ("en",)


def translations_of(entry: Entry) -> list[Translation]:
    """The translations of a list of the library; a school's own list has none."""
    one = entry.instrument
    if one.key.startswith(OWN):
        return []
    found = (translation(one.key, one.version, language) for language in OTHER_LANGUAGES)
    return [each for each in found if each is not None]

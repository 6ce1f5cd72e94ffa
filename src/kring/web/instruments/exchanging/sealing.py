"""What was read waits on the page itself, sealed, until somebody keeps it: nothing is kept before that, and nobody else can change it."""

from datetime import timedelta

from django.core import signing

from kring.core.sketches import Sketch
from kring.file_problems import FilesRefused, Problems, said
from kring.library.sketch_file import read_sketch, written_sketch
from kring.web.schools.models import Membership

LASTS = timedelta(days=1)
MOST_CHARACTERS = 150_000


def sealed(actor: Membership, sketch: Sketch) -> str:
    """The draft as a text for in a form. Raises FilesRefused for one that is longer than a file of a list can be."""
    text = written_sketch(sketch)
    if len(text) > MOST_CHARACTERS:
        problems = Problems()
        message = said("Deze lijst is langer dan een lijst in Kring kan zijn.")
        problems.add(sketch.title, None, None, message, said("Splits de lijst in tweeën."))
        problems.refuse(FilesRefused)
    return signing.dumps(text, salt=_salt(actor), compress=True)


def opened(actor: Membership, text: str) -> Sketch | None:
    """The draft that this person was shown; None when it is not that, or too long ago."""
    try:
        return read_sketch(signing.loads(text, salt=_salt(actor), max_age=LASTS))
    except signing.BadSignature:
        return None


def _salt(actor: Membership) -> str:
    return f"list brought in by {actor.pk}"

"""One Dutch sentence for every rule of the core that can be broken. The page comes back with it, status 409 and the form."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kring.core.errors import BrokenRule

SENTENCES: Mapping[str, object] = {}


def sentence(broken: BrokenRule) -> str:
    """The sentence of this refusal with its facts filled in."""
    return str(SENTENCES[type(broken).__name__]) % vars(broken)


__all__ = ["SENTENCES", "_", "sentence"]

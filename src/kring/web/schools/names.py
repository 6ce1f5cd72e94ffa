"""Names as they are ordered and shown."""

from kring.core.finding import folded

APART = str.maketrans({"-": " ", "'": " "})


def sort_name(given_name: str, family_name: str = "") -> str:
    """Family name and given name, folded and without prefix, so that every database orders alike.

    >>> sort_name("Ömer", "Kılıç")
    'kilic omer'
    """
    return folded(f"{family_name} {given_name}".strip().translate(APART))

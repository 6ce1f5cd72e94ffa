"""Names as they are ordered and shown."""

import unicodedata

UNFOLDABLE = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "-": " ", "'": " "})  # NFKD leaves these as they are


def sort_name(given_name: str, family_name: str = "") -> str:
    """Family name and given name, folded and without prefix, so that every database orders alike.

    >>> sort_name("Ömer", "Kılıç")
    'kilic omer'
    """
    plain = unicodedata.normalize("NFKD", f"{family_name} {given_name}".strip().casefold().translate(UNFOLDABLE))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))

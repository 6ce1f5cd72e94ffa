"""Files that an entry refers to, beside the file it stands in: secrets, keys, metadata. A secret never stands in the entry itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kring.lined_yaml import Fields

MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Beside:
    """The folder of the file, and the entry to complain about."""

    folder: Path
    fields: Fields

    def text(self, field: str) -> str:
        """What stands in the file that this field names."""
        named = self.fields.text(field)
        try:
            path = self.folder / named
            text = path.read_text("utf-8").strip() if path.stat().st_size <= MOST_BYTES else ""
        except (OSError, UnicodeDecodeError, ValueError):
            text = ""
        if not text and named != "?":
            self.fields.wrong(field, f"Het bestand “{named}” is er niet, is leeg of is niet te lezen.", "Kijk naar het pad en de rechten.")
        return text

    def document(self, field: str) -> Mapping[str, Any] | None:
        """A JSON document, or None when the entry names none."""
        if field not in self.fields:
            self.fields.optional(field)
            return None
        try:
            document = json.loads(self.text(field) or "{}")
        except ValueError:
            document = None
        if not isinstance(document, dict):
            self.fields.wrong(field, "Dit bestand is geen leesbaar JSON-document.", "Haal het document opnieuw op bij de aanbieder.")
            return {}
        return document

    def metadata(self, field: str, entity: str) -> Mapping[str, Any]:
        """The SAML metadata of this entity, which must hold a certificate and an address to log in."""
        from lxml import etree  # type: ignore[import-untyped]
        from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser  # type: ignore[import-untyped]
        from onelogin.saml2.xmlparser import DTDForbidden, EntitiesForbidden, NotSupportedError  # type: ignore[import-untyped]

        text = self.text(field)
        if not _is_plain(entity):
            self.fields.wrong("entity_id", "Dit is geen webadres of naam.", "Neem het over uit de metadata.")
            return {}
        if not text:
            return {}
        try:
            read: dict[str, Any] = OneLogin_Saml2_IdPMetadataParser.parse(text, entity_id=entity)
        except (
            etree.LxmlError,
            DTDForbidden,
            EntitiesForbidden,
            NotSupportedError,
            ValueError,
            AttributeError,
        ):  # the last: an empty certificate
            self.fields.wrong(field, "Dit bestand is geen leesbare SAML-metadata.", "Haal de metadata opnieuw op bij de aanbieder.")
            return {}
        found = read.get("idp", {})
        if not (found.get("x509cert") or found.get("x509certMulti")) or not found.get("singleSignOnService"):
            self.fields.wrong(field, f"In dit bestand staat niet hoe men bij “{entity}” inlogt.", "Kijk of entity_id klopt.")
            return {}
        return {"idp": found}


def _is_plain(entity: str) -> bool:
    """The parser puts the entity in an XPath between quotes."""
    return "'" not in entity and '"' not in entity

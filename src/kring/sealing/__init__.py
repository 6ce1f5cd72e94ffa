"""What is written about people, unreadable without the key of the installation, which stands in no database and no back-up.

Each value is closed by AES-256-GCM and bound to the place where it stands: the table, the column, the row and the school. Who moves it to
the file of another child gets nothing. The keys of schools, and of the compartments within one, follow from that one key by HKDF, so that
there is nothing beside it to keep or to lose (docs/decisions/0026).
"""

from kring.sealing.cipher import Compartment, Place, Unreadable, WhyUnreadable, key_id_of, opened, seal
from kring.sealing.key_file import Key, Keys, KeysRefused, fresh_key, read_keys, written

__all__ = [
    "Compartment",
    "Key",
    "Keys",
    "KeysRefused",
    "Place",
    "Unreadable",
    "WhyUnreadable",
    "fresh_key",
    "key_id_of",
    "opened",
    "read_keys",
    "seal",
    "written",
]

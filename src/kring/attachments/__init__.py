"""Files that people bring with what they write: bytes in, bytes out, or the rule that they break. No database, no web."""

from kring.attachments.packed import look_at_docx, look_at_pdf
from kring.attachments.pictures import drawn_anew
from kring.attachments.portraits import portrait
from kring.core.attachments import Kind

__all__ = ["looked_at", "portrait"]


def looked_at(data: bytes, kind: Kind) -> bytes:
    """The bytes to keep: a picture drawn anew, a PDF or Word document as it is. Raises the rules of `core/attachments.py`."""
    if kind.is_picture:
        return drawn_anew(data, kind)
    (look_at_pdf if kind is Kind.PDF else look_at_docx)(data)
    return data

"""A picture that somebody brings is drawn anew: what comes out holds what one sees, and nothing of place, camera or another file."""

import struct
import zlib
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps

from kring.core.attachments import MOST_PIXELS, AttachmentDamaged, Kind, PictureTooLarge, refuse_pixels

FORMATS = {Kind.PNG: "PNG", Kind.JPEG: "JPEG"}
PLAIN = {"1": "L", "L": "L", "RGB": "RGB", "RGBA": "RGBA", "LA": "RGBA", "P": "RGBA", "PA": "RGBA", "CMYK": "RGB", "YCbCr": "RGB"}
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error, zlib.error)
"""Whatever the decoders raise at a picture that is not whole."""
AT_A_TIME = Lock()  # a picture of the largest size takes some 200 MB while it is drawn


def drawn_anew(data: bytes, kind: Kind) -> bytes:
    """The same picture, upright, as fresh points. Raises PictureTooLarge before anything is unpacked, and AttachmentDamaged."""
    with AT_A_TIME:
        try:
            with Image.open(BytesIO(data), formats=[FORMATS[kind]]) as picture:
                refuse_pixels(*picture.size)
                return _written(ImageOps.exif_transpose(picture), kind)
        except BOMBS:
            raise PictureTooLarge(most=MOST_PIXELS // 1_000_000) from None
        except DAMAGE:
            raise AttachmentDamaged from None


def _written(picture: Image.Image, kind: Kind) -> bytes:
    mode = "RGB" if kind is Kind.JPEG and picture.mode != "L" else PLAIN.get(picture.mode, "RGB")
    fresh = Image.new(mode, picture.size)
    fresh.paste(picture.convert(mode))
    made = BytesIO()
    fresh.save(made, FORMATS[kind], **({"quality": 88} if kind is Kind.JPEG else {}))
    return made.getvalue()

"""A photo of a pupil: drawn anew as a small square, so that nothing of the file itself is kept, not its place, day or camera."""

from io import BytesIO

from PIL import Image, ImageOps

from kring.attachments.pictures import AT_A_TIME, BOMBS, DAMAGE
from kring.core.attachments import PictureTooLarge, refuse_pixels
from kring.core.photos import MOST_KEPT, SIDE, NoPhoto, PhotoTooLarge, refuse_bytes

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITIES = (80, 65, 50, 35, 20, 10)
HEAD = (0.5, 0.35)  # of a photo upright the head stands above the middle


def portrait(data: bytes, file: str) -> bytes:
    """A JPEG of at most MOST_KEPT bytes. Raises NoPhoto, and PhotoTooLarge before anything is unpacked; both name the file."""
    refuse_bytes(file, len(data))
    with AT_A_TIME:
        try:
            with Image.open(BytesIO(data), formats=FORMATS) as picture:
                refuse_pixels(*picture.size)
                picture.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is unpacked no larger than is needed
                return _small(ImageOps.exif_transpose(picture))
        except (*BOMBS, PictureTooLarge):
            raise PhotoTooLarge(file=file) from None
        except DAMAGE:
            raise NoPhoto(file=file) from None


def _small(picture: Image.Image) -> bytes:
    """Cut to a square round where a face stands, on white where one could look through."""
    seen = picture.convert("RGBA")
    fresh = Image.new("RGB", seen.size, "white")
    fresh.paste(seen, mask=seen.getchannel("A"))
    square = ImageOps.fit(fresh, (SIDE, SIDE), Image.Resampling.LANCZOS, centering=HEAD)
    written = (_written(square, quality) for quality in QUALITIES)
    return next(data for data in written if len(data) <= MOST_KEPT)


def _written(square: Image.Image, quality: int) -> bytes:
    made = BytesIO()
    square.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()

"""A drawn face for most pupils of 6A; a few have none, so that a page with and without can be seen."""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from uuid import UUID

import numpy as np
from PIL import Image, ImageDraw

from kring.core.photos import SIDE
from kring.web.demo.invented import chance
from kring.web.photos.models import Photo
from kring.web.schools.models import Membership, Pupil, School, live

GROUP, TEACHER = "6A", "anna"
SKIN = ("#f6d7bf", "#e8b894", "#c98d63", "#9a6240", "#6f4429")
HAIR = ("#2b1d16", "#5a3822", "#8a5a2b", "#d7a94f", "#b4532a", "#3b3b3b")
BEHIND = ("#cfe5e2", "#f7e3b5", "#dcd8ef", "#f3d3cb", "#d5e6c6", "#cfe0f2")
WITHOUT = 5  # one in so many


def draw_faces(school: School, members: Mapping[str, Membership], *, key: Callable[..., UUID], now: datetime) -> None:
    """Beside the names of Anna's class."""
    if TEACHER not in members:
        return
    here = Pupil.objects.filter(live(now, "enrolments__"), school=school, enrolments__group__name=GROUP)
    added = {"school": school, "added_by": members[TEACHER], "added_at": now}
    with_photo = [one for place, one in enumerate(here) if place % WITHOUT]
    Photo.objects.bulk_create(
        Photo(id=key("photo", school.name, one.admin_key), pupil=one, picture=_face(one.admin_key), **added) for one in with_photo
    )


def _face(seed: str) -> bytes:
    """A head, hair, two eyes and a mouth."""
    draw = chance("face", seed)
    skin, hair, behind = (str(draw.choice(np.array(some))) for some in (SKIN, HAIR, BEHIND))
    picture = Image.new("RGB", (SIDE, SIDE), behind)
    pen, middle = ImageDraw.Draw(picture), SIDE // 2
    long = int(draw.integers(0, 2)) * 40
    pen.ellipse((middle - 62, 22, middle + 62, 130 + long), fill=hair)
    pen.rounded_rectangle((middle - 70, 160, middle + 70, 240), radius=46, fill=hair if long else "#50606a")
    pen.ellipse((middle - 48, 44, middle + 48, 158), fill=skin)
    pen.pieslice((middle - 52, 34, middle + 52, 112), 180, 360, fill=hair)
    for side in (-1, 1):
        pen.ellipse((middle + side * 20 - 5, 92, middle + side * 20 + 5, 104), fill="#1f2b33")
    pen.arc((middle - 22, 104, middle + 22, 134), 20, 160, fill="#1f2b33", width=4)
    made = BytesIO()
    picture.save(made, "JPEG", quality=80)
    return made.getvalue()

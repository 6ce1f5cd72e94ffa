"""What was worked out of pupils of both groups and of another school, each with a text of its own."""

from django.db.models import Model

from kring.web.models import PupilAttention
from tests.access.people import SECRET, Town

LINE = {"channel": "internalising", "source": "own-list", "sign": "red", "value": None, "points": 2}
LINE |= {"on": "2026-01-12", "until": "2026-07-12"}


def looked_at(town: Town) -> dict[str, Model]:
    return {
        f"attention_{name}": PupilAttention.objects.create(
            school=town.pupils[name].school,
            pupil=town.pupils[name],
            inward_points=2,
            inward_level=1,
            outward_points=0,
            outward_level=0,
            lines=[LINE | {"about": f"Gebied{SECRET} {name}"}],
            table="1",
            worked_out_at=town.now,
        )
        for name in ("noor", "lot", "fien")
    }

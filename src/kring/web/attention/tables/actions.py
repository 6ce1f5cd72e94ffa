"""Put another table of points in use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Record, Verb
from kring.core.attention.school_tables import refuse_line, refuse_unready, school_table
from kring.web.action import action
from kring.web.attention.models import AttentionTable
from kring.web.attention.tables.queries import line_now, rounds_running, table_now
from kring.web.schools.models import Membership, School


@dataclass(frozen=True, slots=True)
class NewTable:
    """What the school wants to differ from the table of Kring, and its line; `seen`: the consequences were shown."""

    changes: Mapping[str, int | str]
    class_line: int
    seen: bool


@action("attention_table.set", needs=Verb.WRITE, of=Record.ATTENTION_TABLE)
def set_table(actor: Membership, school: School, new: NewTable, *, at: datetime) -> AttentionTable:
    """From now on, as a new version; the old one stays to be read. Raises what core.attention.school_tables refuses."""
    now = table_now(actor, at=at)
    changed = (now.changes if now else {}) != dict(new.changes) or line_now(now) != new.class_line
    refuse_line(new.class_line)
    version = str(AttentionTable.objects.filter(school=school).count() + 2)  # 1 is that of Kring itself
    refuse_unready(school_table(new.changes, version=version), changed=changed, seen=new.seen, rounds_running=rounds_running(actor))
    AttentionTable.objects.filter(school=school, until_at=None).update(until_at=at)
    made = {"changes": dict(new.changes), "class_line": new.class_line, "made_by": actor, "from_at": at}
    return AttentionTable.objects.create(school=school, version=version, **made)

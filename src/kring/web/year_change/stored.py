"""A plan as it lies in the database, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kring.core.year_change import NewGroup, Plan, Reason, Way


def stored(plan: Plan) -> dict[str, Any]:
    """As JSON: ids and codes, no names of pupils."""
    return {
        "groups": [{"key": one.key, "name": one.name, "levels": [*one.levels], "teachers": [*one.teachers]} for one in plan.groups],
        "ways": [{"from": group, "level": level, "to": to} for (group, level), to in plan.ways.items()],
        "pupils": {pupil: _stored_way(way) for pupil, way in plan.pupils.items()},
    }


def _stored_way(way: Way) -> dict[str, Any]:
    found: dict[str, Any] = {"to": way.to, "level": way.level}
    if way.on:
        found["on"] = way.on.isoformat()
    if way.reason:
        found["reason"] = way.reason.value
    return found


def plan_of(data: Mapping[str, Any]) -> Plan:
    """The plan as values."""
    groups = (NewGroup(one["key"], one["name"], tuple(one["levels"]), tuple(one["teachers"])) for one in data.get("groups", ()))
    ways = {(one["from"], one["level"]): one["to"] for one in data.get("ways", ())}
    return Plan(tuple(groups), ways, {pupil: _way(one) for pupil, one in data.get("pupils", {}).items()})


def _way(data: Mapping[str, Any]) -> Way:
    day, reason = data.get("on"), data.get("reason")
    return Way(data["to"], data["level"], date.fromisoformat(day) if day else None, Reason(reason) if reason else None)

"""Kinds of arrangements and of what a school is good at, in the words of the school."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.arrangements import Cluster, GrantKind, Status

KINDS: Mapping[GrantKind, Promise] = {
    GrantKind.PARTNERSHIP: _("van het samenwerkingsverband"),
    GrantKind.CITY: _("van de gemeente of de regio"),
    GrantKind.ABOVE_SCHOOL: _("van het bestuur, bovenschools"),
    GrantKind.FACILITY: _("bijzondere voorziening"),
    GrantKind.LOCAL: _("volgens een plaatselijke tabel voor ondersteuning"),
    GrantKind.OTHER: _("anders"),
}
CLUSTERS: Mapping[Cluster, Promise] = {
    Cluster.TRAUMA: _("traumasensitief lesgeven"),
    Cluster.INTERNALISING: _("stil, bang of somber gedrag"),
    Cluster.EXTERNALISING: _("druk of boos gedrag"),
    Cluster.AUTISM: _("autisme"),
    Cluster.GIFTED: _("begaafdheid"),
    Cluster.LANGUAGE: _("taal en nieuwkomers"),
    Cluster.ATTENDANCE: _("weer naar school gaan"),
    Cluster.QUIET_ROOM: _("prikkelarme ruimte"),
    Cluster.OTHER: _("anders"),
}
STATUSES: Mapping[Status, Promise] = {
    Status.RUNNING: _("loopt"),
    Status.COMING: _("begint nog"),
    Status.EXPIRED: _("afgelopen"),
}

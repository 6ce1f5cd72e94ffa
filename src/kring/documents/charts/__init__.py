"""Pictures of results as SVG, drawn on the server: the same in the page, in a file and in the PDF."""

from kring.documents.charts.canvas import Chart
from kring.documents.charts.distribution import distribution
from kring.documents.charts.profile import ProfileLine, ProfilePoint, profile
from kring.documents.charts.sociogram import sociogram_target, sociogram_web

__all__ = ["Chart", "ProfileLine", "ProfilePoint", "distribution", "profile", "sociogram_target", "sociogram_web"]

"""One report of a class: its PDF, its page, and the sociogram of thirty as SVG."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path

from kring.analyse.folder import read_folder
from kring.analyse.pages import ready_templates
from kring.analyse.reporting import measurement_errors, reported
from kring.commands import ROOT
from kring.commands.bench import Measured, timed_runs
from kring.commands.peers import python_peer
from kring.core.sociometry import Edge, Participation, Sociogram, nominations_from, sociogram, target_layout, web_layout
from kring.documents.charts.sociogram import Shown, sociogram_target, sociogram_web
from kring.documents.pages import group_html
from kring.documents.paper import group_pdf, pupil_pdf
from kring.documents.reports import GroupReport, PupilReport

CLASS = ROOT / "examples" / "klas"
OF_PDF, OF_GROUP_PDF, OF_PAGE, OF_SVG, OF_NUMBERS = 50.0, 100.0, 50.0, 20.0, 100.0  # a group report has ten pages
PUPILS, CHOICES = 30, 4


def measure() -> Iterator[Measured]:
    ready_templates()
    report = class_report(CLASS)
    what = f"{rows(CLASS / 'pupils.csv')} pupils, 2 rounds of list and sociogram"
    groups = (renamed(report, number) for number in count())
    pupils = (of_one_pupil(one) for one in (renamed(report, number) for number in count(1000)))
    yield Measured("report of a pupil as PDF, never made before", timed_runs(lambda: pupil_pdf(next(pupils))), OF_PDF, what)
    yield Measured("report of a group as PDF, never made before", timed_runs(lambda: group_pdf(next(groups))), OF_GROUP_PDF, what)
    yield Measured("report of a group as page", timed_runs(lambda: group_html(report)), OF_PAGE, what)
    yield from sociogram_of_thirty()


def class_report(folder: Path) -> GroupReport:
    read = read_folder(folder, instrument=None, mapping=None)
    (group,) = read.groups
    return reported(group, read.instrument, measurement_errors(read), called="Groep 6A", on=date(2026, 6, 1)).report


def renamed(report: GroupReport, number: int) -> GroupReport:
    """The same class with other names: Typst remembers what it set before, and no two schools ask for the same."""
    return replace(report, names={pupil: f"{name} {number}" for pupil, name in report.names.items()})


def of_one_pupil(report: GroupReport) -> PupilReport:
    pupil = next(iter(report.names))
    return PupilReport(
        pupil=pupil,
        group=report.group,
        made_on=report.made_on,
        names=report.names,
        measurements=report.measurements,
        sociograms=report.sociograms,
    )


def rows(path: Path) -> int:
    with path.open() as file:
        return sum(1 for _ in csv.DictReader(file))


def sociogram_of_thirty() -> Iterator[Measured]:
    pupils = tuple(f"p{number:02d}" for number in range(PUPILS))
    edges = [Edge(one, pupils[(i + step * step) % PUPILS]) for i, one in enumerate(pupils) for step in range(1, CHOICES + 1)]
    nominations = nominations_from(pupils, edges, dict.fromkeys(pupils, Participation.DONE))
    found, names = sociogram(nominations), {one: f"Leerling {one}" for one in pupils}
    target, web = target_layout(found), web_layout(found)
    who = f"{PUPILS} pupils, {CHOICES} choices each"
    yield Measured("sociogram of a class: all its numbers", timed_runs(lambda: sociogram(nominations)), OF_NUMBERS, who)
    yield Measured(
        "sociogram of a class: layout of target and web", timed_runs(lambda: (target_layout(found), web_layout(found))), OF_NUMBERS, who
    )
    yield Measured("sociogram of a class: target as SVG", timed_runs(lambda: sociogram_target(found, target, names).svg), OF_SVG, who)
    sure = Shown(sure=True)
    yield Measured(
        "sociogram of a class: web as SVG, with its groups", timed_runs(lambda: sociogram_web(found, web, names, sure).svg), OF_SVG, who
    )
    both = timed_runs(lambda: sociogram_web(found, web_layout(found), names, sure).svg)
    drawn = python_peer("matplotlib", timed_runs(lambda: by_networkx(found, names), times=3))
    yield Measured(
        "sociogram of a class: where they stand, and the web as SVG", both, OF_NUMBERS, f"{who}; networkx with matplotlib", (drawn,)
    )


def by_networkx(found: Sociogram, names: Mapping[str, str]) -> bytes:
    """The same drawing as its peers make it: straight lines, names in the dots, and nothing that keeps them apart."""
    import networkx as nx
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    graph = nx.from_numpy_array(found.nominations.positive.astype(int), create_using=nx.DiGraph)
    figure, svg = Figure(figsize=(7.2, 7.0)), BytesIO()
    axes = FigureCanvasSVG(figure).figure.subplots()
    nx.draw_networkx(graph, nx.kamada_kawai_layout(graph), ax=axes, labels=dict(enumerate(names.values())))
    figure.savefig(svg, format="svg")
    return svg.getvalue()

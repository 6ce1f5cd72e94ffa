"""What every picture shares: a frame with title and description, a scale from numbers to places, and soft bands behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kring.core.bands import Band
from kring.core.instruments import Cuts
from kring.documents import palette
from kring.documents.elements import SVG_NAMESPACE, Element, Markup, Medium, element
from kring.documents.lettering import line_of, width_of
from kring.documents.marks import SOFT, STRONG
from kring.documents.words import band_word


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished picture with the words that stand for it where it cannot be seen."""

    title: str
    description: str
    kind: str
    frame: Element
    size: tuple[float, float] = (1.0, 1.0)

    @property
    def svg(self) -> Markup:
        """For a page: colours follow the page's custom properties."""
        return self.frame.markup(Medium.PAGE)

    @property
    def paper(self) -> Markup:
        """For print and PDF: plain colours."""
        return self.frame.markup(Medium.PAPER)

    @property
    def alternative(self) -> str:
        return f"{self.title}. {self.description}"

    def __str__(self) -> str:
        return self.svg

    def __html__(self) -> str:
        return self.svg


def chart(
    title: str, description: str, parts: Iterable[Element | None], *, width: float, height: float, kind: str, role: str = "img"
) -> Chart:
    frame = element(
        "svg",
        element("title", title),
        element("desc", description),
        *parts,
        xmlns=SVG_NAMESPACE,
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role=role,
        aria_label=title,
        class_=f"chart__picture chart__picture--{kind}",
        font_family=palette.FONT,
    )
    return Chart(title, description, kind, frame, (width, height))


@dataclass(frozen=True, slots=True)
class Axis:
    """Places the answers of a scale from left to right, always with the favourable side on the right."""

    low: float
    high: float
    direction: int
    left: float
    right: float

    def at(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * (share if self.direction > 0 else 1 - share)

    def areas(self, cuts: Cuts) -> Iterator[tuple[Band, float, float]]:
        """Each band with its left and right edge."""
        edges = (self.left, self.at(cuts.red), self.at(cuts.green), self.right)
        yield from zip((Band.RED, Band.ORANGE, Band.GREEN), edges, edges[1:])


def track(axis: Axis, cuts: Cuts | None, *, top: float, height: float) -> Iterator[Element]:
    """The soft areas behind the dots, or one plain bar where no limits are chosen."""
    if cuts is None:
        yield element("rect", x=axis.left, y=top, width=axis.right - axis.left, height=height, rx=4, fill=palette.RING)
        return
    for band, start, end in axis.areas(cuts):
        yield element("rect", x=start, y=top, width=max(0.0, end - start - 1.5), height=height, rx=4, fill=SOFT[band])


def area_names(axis: Axis, cuts: Cuts | None, *, base: float, size: float = 10.5) -> Iterator[Element]:
    """The name of each area in its middle, where it fits."""
    for band, start, end in axis.areas(cuts) if cuts else ():
        if width_of(band_word(band), size) + 4 <= end - start:
            yield line_of(band_word(band), (start + end) / 2, base, size, paint=STRONG[band], anchor="middle")

"""The picture of a timeline as SVG: bands for phases, flags for anchors, points for events, one axis below all lanes.

Colours are classes, so that one drawing serves both schemes and paper. Points are links to their rows, in the order of time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from afterword.derive.timing.course import Course, Lane, Told, point_id, row_id
from afterword.derive.timing.figures import format_duration
from afterword.derive.timing.phases import Phase
from afterword.derive.timing.time_scale import Stretch
from afterword.render.picture.timeline_axis import axis_of, span_words
from afterword.render.picture.timeline_points import (
    POINT,
    Flag,
    Point,
    flags,
    label_width,
    margin_for,
    points_of,
)
from afterword.render.picture.timeline_times import clock, shown_time
from afterword.render.text.escaping import escaped
from afterword.render.text.wrap import clusters, columns, plain

WIDTH = 660
SIDE = 22
"""Half a time with seconds, which stands in the middle under the first point."""
_LEVEL = 14
_BAND = 20
_TITLE = 18
_MOST_POINTS = 150
_FEW_POINTS = 60
_LONG_NAME, _SHORT_NAME = 90, 40
_CAPITAL, _LETTER = 7.2, 6.0
"""Widths of a bold capital and of a letter in the sizes used, a little too wide rather than too narrow."""


_MOST_MARKS = 200
"""Characters beyond those shown that may be no characters at all, and are taken out."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing, and by number of the row the id of the point that shows it."""

    svg: str
    points: Mapping[int, str]


class _Label(NamedTuple):
    """What stands at the flag of an event, and its width."""

    marks: str
    start: str
    width: float


def draw_course(course: Course, label: str) -> Picture:
    """Draw a course; `label` tells the whole in a sentence."""
    drawing = _Drawing.of(course)
    several = len(course.lanes) > 1
    for lane, points in zip(course.lanes, drawing.points(), strict=True):
        drawing.lane(lane, points, named=several)
    return drawing.finish(label)


@dataclass(slots=True)
class _Drawing:
    """A drawing as it grows downwards, lane by lane; `links` are kept with their times, since lanes are mixed when read in order."""

    course: Course
    inner: float
    with_day: bool
    labels: Mapping[int, _Label]
    y: int = 4
    name_length: int = _LONG_NAME
    under: list[str] = field(default_factory=list)
    links: list[tuple[float, int, str]] = field(default_factory=list)
    bands: list[tuple[int, float, float]] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, course: Course) -> _Drawing:
        flagged = [told for lane in course.lanes for told in lane.told if told.anchors]
        places = [course.scale.place(told.at.timestamp()) for told in flagged]
        labels = {told.number: _label(told) for told in flagged}
        widths = [labels[told.number].width for told in flagged]
        margin = margin_for(places, widths, WIDTH - SIDE, SIDE)
        return cls(course, WIDTH - SIDE - margin, course.has_several_days, labels)

    def x(self, moment: float) -> float:
        """Give the place of a moment."""
        return SIDE + self.course.scale.place(moment) * self.inner

    def points(self) -> list[tuple[Point, ...]]:
        """Give the points of each lane, fewer of them where they would be too many for a page."""
        rows, space = 3, 1.0
        while True:
            lanes = []
            for lane in self.course.lanes:
                plain_events = [told for told in lane.told if not told.anchors]
                places = [self.x(told.at.timestamp()) for told in plain_events]
                lanes.append(points_of(plain_events, places, rows, space))
            count = sum(map(len, lanes))
            if count <= _MOST_POINTS:
                self.name_length = _LONG_NAME if count <= _FEW_POINTS else _SHORT_NAME
                return lanes
            rows, space = 1, space * (2 if rows == 1 else 1)

    def lane(self, lane: Lane, points: Sequence[Point], *, named: bool) -> None:
        """Draw a lane below what is there."""
        flagged = [told for told in lane.told if told.anchors]
        raised = flags(
            [self.x(told.at.timestamp()) for told in flagged],
            [self.labels[told.number].width for told in flagged],
        )
        if named:
            self.y += _TITLE
            others = "all and other incidents" if self.course.left_out.incidents else "all incidents"
            name = _short(lane.incident or others, 60)
            self.under.append(
                f'<text class="aw-course__lane" x="{SIDE}" y="{self.y - 6}">{escaped(name)}</text>'
            )
        self.y += _LEVEL * (max((flag.level for flag in raised), default=-1) + 1)
        band = self.y + 4
        if flagged:
            self.under.append(f'<path class="aw-course__base" d="M{SIDE} {band}H{SIDE + self.inner:.1f}"/>')
        if lane.phases.phases:
            self.under.extend(self._band(phase, band) for phase in lane.phases.phases)
            bottom = band + _BAND
        else:
            bottom = band + (8 if flagged else 0)
        for told, flag in zip(flagged, raised, strict=True):
            self._flag(told, flag, band)
        for point in points:
            self._point(point, bottom + 10 + point.row * POINT)
        rows = max((point.row for point in points), default=-1) + 1
        self.y = bottom + 6 + round(rows * POINT)

    def finish(self, label: str) -> Picture:
        """Draw the axis below all lanes and give the whole."""
        scale = self.course.scale
        line = self.y + (17 if scale.gaps else 3)
        axis = axis_of(self.course, self.x, WIDTH - 2, 4, line)
        stretches = " ".join(
            f"{each.start:.0f} {self.x(each.start):.1f} {each.end:.0f} {self.x(each.end):.1f} {each.shortened:d}"
            for each in scale.stretches
        )
        height = line + axis.height
        self.links.sort(key=lambda link: link[:2])
        pieces = (
            f'<svg class="aw-course__svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="group" aria-label="{escaped(label)}" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
            f' data-scale="{stretches}" data-line="{line}" data-step="{axis.step}">',
            *(self._gap(gap, line) for gap in scale.gaps),
            f'<g class="aw-course__axis">{axis.svg}</g>',
            f'<path class="aw-course__line" d="M{SIDE} {line}H{SIDE + self.inner:.1f}"/>',
            *self.under,
            *(self._break(gap, line) for gap in scale.gaps),
            *(svg for _, _, svg in self.links),
            "</svg>",
        )
        return Picture("".join(pieces), self.ids)

    def _band(self, phase: Phase, y: int) -> str:
        left, right = self.x(phase.start.timestamp()), self.x(phase.end.timestamp())
        width = max(right - left, 1.0)
        self.bands.append((y, left, right))
        cuts = [middle for gap in self.course.scale.gaps if left < (middle := self._middle(gap)) < right]
        room, at = max(
            (later - earlier, (earlier + later) / 2)
            for earlier, later in zip([left, *cuts], [*cuts, left + width], strict=True)
        )
        shown = f"{'about ' if phase.about else ''}{format_duration(phase.duration)}"
        words = next(
            (each for each in (f"{phase.name} {shown}", shown) if len(each) * _LETTER + 10 <= room), ""
        )
        text = f'<text x="{at:.1f}" y="{y + 14}">{words}</text>' if words else ""
        about = " aw-course__band--about" if phase.about else ""
        return (
            f'<g class="aw-course__band aw-course__band--{phase.name}{about}">'
            f'<rect x="{left:.1f}" y="{y}" width="{width:.1f}" height="{_BAND}"/>{text}</g>'
        )

    def _flag(self, told: Told, flag: Flag, band: int) -> None:
        top = band - 4 - flag.level * _LEVEL
        name = told.anchors[0].lower()
        dash = " aw-course--about" if told.event.approximate else ""
        label = self.labels[told.number]
        dot = _diamond(flag.x, band) if told.is_decision else f'<circle cx="{flag.x:.1f}" cy="{band}" r="4"/>'
        words = (
            f'<path d="M{flag.x:.1f} {band}V{top - 10}"/>{self._range(told, flag.x, band)}{dot}'
            f'<text x="{flag.x + 3:.1f}" y="{top}">{escaped(label.marks)} <tspan>{escaped(label.start)}</tspan></text>'
        )
        self._link([told], f"aw-course__anchor aw-course__anchor--{name}{dash}", words)

    def _point(self, point: Point, y: float) -> None:
        told = point.told
        if len(told) > 1:
            count = str(len(told))
            width = label_width(len(told))
            shape = (
                f'<rect x="{point.x - width / 2:.1f}" y="{y - 7:.1f}" width="{width:.0f}" height="14" rx="7"/>'
                f'<text x="{point.x:.1f}" y="{y + 3.5:.1f}">{count}</text>'
            )
            self._link(told, "aw-course__several", shape)
            return
        only = told[0]
        dash = " aw-course--about" if only.event.approximate else ""
        if only.is_decision:
            self._link(
                told, f"aw-course__decision{dash}", self._range(only, point.x, y) + _diamond(point.x, y)
            )
        else:
            shape = f'{self._range(only, point.x, y)}<circle cx="{point.x:.1f}" cy="{y:.1f}" r="3.5"/>'
            self._link(told, f"aw-course__event{dash}", shape)

    def _range(self, told: Told, x: float, y: float) -> str:
        if told.event.until is None:
            return ""
        end = self.x(told.event.until.timestamp())
        dash = ' class="aw-course--about"' if told.event.until_approximate else ""
        return f'<path{dash} d="M{x:.1f} {y:.1f}H{end:.1f}m0-3v6"/>'

    def _link(self, told: Sequence[Told], kind: str, shape: str) -> None:
        first = told[0]
        point = point_id(first.number)
        self.ids.update((each.number, point) for each in told)
        # Material's instant navigation stops at an SVG link that has a plain `href`; render/picture/svg.py says more.
        svg = f'<a id="{point}" class="{kind}" xlink:href="#{row_id(first.number)}"><title>{escaped(self._name(told))}</title>{shape}</a>'
        self.links.append((first.at.timestamp(), first.number, svg))

    def _name(self, told: Sequence[Told]) -> str:
        first = told[0]
        if len(told) == 1:
            event = first.event
            marks = " ".join(f"{mark.name} {mark.incident or ''}".strip() for mark in event.marks)
            about = "~" if event.approximate or event.until_approximate else ""
            words = f"{self._day(first)}{about}{shown_time(event)} {marks}".strip()
            return f"{words} {_short(event.text.text, self.name_length)}"
        decided = sum(each.is_decision for each in told)
        decisions = (
            f", {decided} of them decisions" if decided > 1 else ", one of them a decision" if decided else ""
        )
        last = told[-1]
        return f"{len(told)} events from {self._day(first)}{_clock(first)} to {self._day(last)}{_clock(last)}{decisions}"

    def _day(self, told: Told) -> str:
        moment = told.event.local_at or told.at
        return f"{moment.date()} " if self.with_day else ""

    def _middle(self, gap: Stretch) -> float:
        return SIDE + (gap.left + gap.right) / 2 * self.inner

    def _gap(self, gap: Stretch, line: int) -> str:
        left, right = self.x(gap.start), self.x(gap.end)
        return (
            f'<g class="aw-course__gap"><rect x="{left:.1f}" y="4" width="{right - left:.1f}" height="{line - 4}"/>'
            f'<text x="{(left + right) / 2:.1f}" y="{line - 6}">{span_words(gap.end - gap.start)}</text></g>'
        )

    def _break(self, gap: Stretch, line: int) -> str:
        """Cut the axis, and the bands that cross a shortened gap."""
        middle = self._middle(gap)
        cuts = [(line - 4, line + 4)]
        cuts += [(y - 2, y + _BAND + 2) for y, left, right in self.bands if left < middle < right]
        filled = "".join(
            f"M{middle - 5:.1f} {low}L{middle:.1f} {high}h5L{middle:.1f} {low}z" for high, low in cuts
        )
        slashes = "".join(
            f"M{middle - 5:.1f} {low}L{middle:.1f} {high}m5 0L{middle:.1f} {low}" for high, low in cuts
        )
        return f'<path class="aw-course__cut" d="{filled}"/><path class="aw-course__break" d="{slashes}"/>'


def _label(told: Told) -> _Label:
    marks = " ".join((*told.anchors, _short(told.incident, 20))).strip()
    start = f"{'~' if told.event.approximate else ''}{_clock(told)}"
    return _Label(marks, start, columns(marks) * _CAPITAL + columns(start) * _LETTER + 12)


def _clock(told: Told) -> str:
    return told.event.clock_written or clock(told.event.local_at or told.at)


def _diamond(x: float, y: float) -> str:
    return f'<path class="aw-course__diamond" d="M{x:.1f} {y - 5:.1f}l5 5-5 5-5-5z"/>'


def _short(text: str, most: int) -> str:
    text = text if text.isprintable() else plain(text[: most + _MOST_MARKS])
    if len(text) <= most:
        return text
    if text.isascii():
        return text[: most - 1].rstrip() + "…"
    kept = ""
    for cluster in clusters(text):
        if len(kept) + len(cluster) >= most:
            break
        kept += cluster
    return kept.rstrip() + "…"

"""The picture of a timeline with all that is said beside it: the phases in words, what its signs mean, what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from afterword.check.wording import counted
from afterword.derive.timing.calendar import format_day
from afterword.derive.timing.course import Course, course_of
from afterword.derive.timing.figures import format_duration
from afterword.derive.timing.wall_clock import shown_at
from afterword.model.record import Postmortem
from afterword.model.timeline import Timeline
from afterword.model.value import plain_value
from afterword.render.picture.timeline_axis import shown_moment, span_words
from afterword.render.picture.timeline_svg import draw_course
from afterword.render.picture.timeline_times import clock


@plain_value()
class PhaseLine:
    """A phase in words."""

    name: str
    duration: str


@plain_value()
class LaneLine:
    """The phases of one incident; `incident` is empty for the only one."""

    incident: str
    phases: tuple[PhaseLine, ...]


@plain_value()
class TimelinePicture:
    """The drawing; `points` are the ids of the points by number of the row, `signs` the kinds of points that occur, `notes` sentences."""

    svg: Markup
    points: Mapping[int, str]
    lanes: tuple[LaneLine, ...]
    signs: tuple[tuple[str, str], ...]
    zone: str
    zone_is_read: bool
    notes: tuple[str, ...]


_SIGNS = (
    ("decision", "decision"),
    ("event", "event"),
    ("several", "several events"),
)


def timeline_picture(record: Postmortem, timeline: Timeline) -> TimelinePicture | None:
    """Make the picture of a timeline, None where too few of its events have a time."""
    course = course_of(record, timeline)
    if course is None:
        return None
    lanes = tuple(
        LaneLine(
            lane.incident or "",
            tuple(
                PhaseLine(each.name, format_duration(each.duration, about=each.about))
                for each in lane.phases.phases
            ),
        )
        for lane in course.lanes
        if lane.phases.phases
    )
    drawn = draw_course(course, _story(course, lanes))
    signs = tuple((name, words) for name, words in _SIGNS if f'class="aw-course__{name}' in drawn.svg)
    # Written from numbers and escaped words.
    svg = Markup(drawn.svg)  # noqa: S704
    return TimelinePicture(
        svg, drawn.points, lanes, signs, course.zone_name, course.zone_is_read, tuple(_notes(course))
    )


def _story(course: Course, lanes: Iterable[LaneLine]) -> str:
    """Tell the whole in one sentence: when, the phases, how many events."""
    start, end = (shown_moment(shown_at(at, course.clocks)) for at in (course.scale.start, course.scale.end))
    later = f"{format_day(end)} " if course.has_several_days else ""
    when = f"{format_day(start)} {clock(start)} to {later}{clock(end)} {course.zone_name}".strip()
    told = [
        f"{f'{lane.incident}: ' if lane.incident else ''}{', '.join(f'{each.name} {each.duration}' for each in lane.phases)}"
        for lane in lanes
    ]
    events = counted(sum(len(lane.told) for lane in course.lanes), "event")
    return "; ".join([f"timeline from {when}", *told, events])


def _notes(course: Course) -> Iterable[str]:
    gaps = [span_words(gap.end - gap.start) for gap in course.scale.gaps]
    if gaps:
        yield f"to scale, but for {_listed(gaps)} without a new event, shortened"
    else:
        yield "to scale"
    left = course.left_out
    missing = [
        f"{counted(count, 'event')} {why}"
        for count, why in (
            (left.unwritten, "still to be written"),
            (left.unreadable, "without a time that is read"),
            (left.backwards, "running backwards"),
            (left.other_zone, "in another zone, which cannot be compared with this one"),
        )
        if count
    ]
    if missing:
        yield f"not in the picture: {_listed(missing)}"
    if left.incidents:
        yield f"{counted(left.incidents, 'more incident')} without a lane of its own"
    for lane in course.lanes:
        for first, second in lane.phases.backwards:
            of = f" of {lane.incident}" if lane.incident else ""
            yield f"no phase from {first} to {second}{of}, which comes before it"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

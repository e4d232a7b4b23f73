"""An archive's health in words: what is well, what is not, and what nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from afterword.check.wording import counted
from afterword.derive.health.health import ArchiveHealth
from afterword.derive.health.health_figure import TOO_YOUNG, Basis, HealthFigure, Share
from afterword.derive.promises.completion import why_no_share
from afterword.render.words.share_words import PERCENT, share_words


class Verdict(StrEnum):
    """How a figure goes."""

    WELL = "well"
    SHORT = "short"
    NO_TARGET = "no-target"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure with its share over the recent quarters and the ones before, and what to say of it.

    `words` are a clause, `target` what it should be, empty where there is no target.
    """

    figure: HealthFigure
    recent: Share
    before: Share
    verdict: Verdict
    words: str
    target: str


BASES: Mapping[Basis, str] = {
    Basis.CLOSE: "by the quarter in which the incident was closed",
    Basis.INCIDENT: "by the quarter of the incident",
    Basis.PUBLICATION: "by the quarter of publication",
}
SHORT_BASES: Mapping[Basis, str] = {
    Basis.CLOSE: "by close",
    Basis.INCIDENT: "by incident",
    Basis.PUBLICATION: "by publication",
}
WHY_NOTHING: Mapping[str, str] = {
    "in-time": "no post-mortem had a deadline that is past",
    "first-drafts": "no first draft was due",
    "allspaw-test": "no finished record had to pass it",
    "positives": "no finished record had to name any",
    "cancelled": "nothing was promised",
    "recurred": "no incident is old enough",
}


def judged(health: ArchiveHealth) -> tuple[Judged, ...]:
    """Say of each figure how it went in the recent quarters.

    What has no target is well where all of them are so. Recurrence is well where there is none, not where there is more than in the quarters before, and else for the reader to judge.
    """
    return tuple(_judged(figure, health) for figure in health.figures)


def in_short(absent: str) -> str:
    """Give why nothing is known without the way out, which is said once on the page."""
    return absent.partition(": ")[0]


def left_out(figure: HealthFigure, share: Share) -> tuple[str, ...]:
    """Write what a share leaves out: `2 not due yet`, `1 without a close`; beside a share of actions it is `3 records too young`, with all their actions."""
    of_actions = figure.basis is Basis.PUBLICATION
    return tuple(
        f"{counted(number, 'record') if of_actions else f'{number:,}'} {why}"
        for why, number in sorted(share.left_out.items())
    )


def untold(figure: HealthFigure, share: Share) -> str:
    """Write how many of the counted do not say: they count as not so, since silence must not better a share."""
    if not share.untold:
        return ""
    what = {"allspaw-test": "do not say", "positives": "name none"}.get(figure.id, "without a day")
    if figure.days:
        what = "finished without a day"
    elif share.untold == 1:
        what = {"do not say": "does not say", "name none": "names none"}[what]
    return f"{share.untold:,} {what}"


def target_words(figure: HealthFigure) -> str:
    """Write a target, `70 %` or `below 10 %`."""
    if figure.target is None:
        return ""
    return f"{'below ' if figure.fewer else ''}{figure.target:g}{PERCENT}"


def _judged(figure: HealthFigure, health: ArchiveHealth) -> Judged:
    recent, before = figure.over(health.recent), figure.over(health.before)
    target = target_words(figure)
    if recent.percent is None:
        nothing = WHY_NOTHING.get(figure.id) or why_no_share(recent.left_out.get(TOO_YOUNG, 0))
        why = in_short(figure.absent) or nothing
        return Judged(figure, recent, before, Verdict.UNKNOWN, f"{_name(figure)} ({why})", target)
    words = _WORDS.get(figure.id, _done)(figure, recent, before)
    return Judged(figure, recent, before, _verdict(figure, recent, before), words, target)


def _verdict(figure: HealthFigure, recent: Share, before: Share) -> Verdict:
    well = figure.met(recent)
    if well is None:
        well = not recent.kept if figure.fewer else recent.kept == recent.counted
    if well or figure.target is not None or not figure.fewer:
        return Verdict.WELL if well else Verdict.SHORT
    rising = before.percent is not None and (recent.percent or 0) > before.percent
    return Verdict.SHORT if rising else Verdict.NO_TARGET


def _name(figure: HealthFigure) -> str:
    return {"in-time": "publication in time", "first-drafts": "first drafts", "recurred": "recurrence"}.get(
        figure.id,
        figure.label[:1].lower() + figure.label[1:] if figure.id != "allspaw-test" else "the Allspaw test",
    )


def _of(share: Share, noun: str, all_are: str, some_are: str) -> str:
    """Say how many are so, or where not all are, how many are not."""
    if share.kept == share.counted:
        every = "the only" if share.counted == 1 else f"all {share.counted:,}"
        return f"{every} {noun if share.counted == 1 else noun + 's'} {all_are}"
    return f"{share.counted - share.kept:,} of {counted(share.counted, noun)} {some_are}"


def _done(figure: HealthFigure, share: Share, before: Share) -> str:
    return f"{share_words(share.percent, figure.target)} of actions done within {figure.days} days (target {target_words(figure)})"


def _recurred(figure: HealthFigure, share: Share, before: Share) -> str:
    said = f"{share.kept:,} of {counted(share.counted, 'incident')} recurred within {figure.days} days"
    if before.percent is None or share.percent is None:
        return said
    change = share.percent - before.percent
    how = "as much as" if not change else "up from" if change > 0 else "down from"
    return (
        f"{said} ({share_words(share.percent)}, {how} {share_words(before.percent)} in the quarters before)"
    )


_WORDS: Mapping[str, Callable[[HealthFigure, Share, Share], str]] = {
    "in-time": lambda figure, share, before: _of(share, "post-mortem", "published in time", "late"),
    "first-drafts": lambda figure, share, before: _of(share, "first draft", "in time", "late"),
    "allspaw-test": lambda figure, share, before: _of(
        share, "record", "passed the Allspaw test", "without a passed Allspaw test"
    ),
    "positives": lambda figure, share, before: _of(
        share, "record", f"with {figure.label[:1].lower()}{figure.label[1:]}", "with too few positives"
    ),
    "cancelled": lambda figure, share, before: (
        f"{share_words(share.percent, figure.target)} of actions cancelled (target {target_words(figure)})"
    ),
    "recurred": _recurred,
}

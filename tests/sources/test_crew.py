"""Processes that share work."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from afterword.sources.crew import Crew, spare_cores
from afterword.sources.crew_errors import PROCESSES, EndedError


def counting() -> Callable[[int], tuple[int, int, int]]:
    """Make a handler that remembers how often it was asked."""
    asked = 0

    def handle(number: int) -> tuple[int, int, int]:
        nonlocal asked
        asked += 1
        if number < 0:
            raise ValueError(f"{number} is below nothing")
        if number > 1000:
            os._exit(3)
        return number * number, asked, os.getpid()

    return handle


@pytest.mark.parametrize("count", [1, 3])
def test_each_member_answers_its_share_in_order(count: int) -> None:
    """It remembers what it was asked before, and lives in a process of its own where there are several."""
    shares = [range(number, 30, count) for number in range(count)]
    with Crew(count, counting) as crew:
        answers = list(crew.answers(shares))
        again = list(crew.answers([[1], *[[]] * (count - 1)]))
    for number, share in enumerate(shares):
        mine = [answer for owner, answer in answers if owner == number]
        assert [square for square, _, _ in mine] == [each * each for each in share]
        assert [asked for _, asked, _ in mine] == [*range(1, len(share) + 1)]
    assert len({pid for _, (_, _, pid) in answers}) == count
    assert again[0][1][1] == len(shares[0]) + 1


@pytest.mark.parametrize("count", [1, 3])
def test_results_come_in_the_order_of_their_names(count: int) -> None:
    """Whatever member is first, and whichever share a result is in."""
    shares = [range(number * 10, number * 10 + 10) for number in range(count)]
    names = [each for each in range(count * 10) if each % 7][::-1]
    with Crew(count, counting) as crew:
        found = crew.results(
            shares, (each * each for each in names), lambda answer: {answer[0]: str(answer[0])}
        )
        assert list(found) == [str(each * each) for each in names]


def test_shares_may_be_longer_than_anybody_waits_for() -> None:
    """Answers that nobody takes yet hold the members up."""
    taken = 0

    def share() -> object:
        nonlocal taken
        for number in range(500):
            taken += 1
            yield number

    with Crew(2, counting) as crew:
        answers = crew.answers([share(), []])  # type: ignore[list-item]
        next(answers)
        assert taken < 50
        assert sum(1 for _ in answers) == 499


def test_a_member_that_fails_or_ends_is_told_of() -> None:
    """Its error comes as it was raised; nobody waits for it."""
    with Crew(2, counting) as crew, pytest.raises(ValueError, match=r"^-1 is below nothing$"):
        list(crew.answers([[-1], [1, 2]]))
    with Crew(2, counting) as crew, pytest.raises(EndedError, match=f"want of memory: `{PROCESSES}=1`"):
        list(crew.answers([[1001], [1]]))


def test_how_many_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment says it, else the cores that there are; what is no number of processes is told, also where one does all."""
    monkeypatch.setenv(PROCESSES, " 7 ")
    assert spare_cores() in (7, 1)
    monkeypatch.setenv(PROCESSES, "")
    assert spare_cores() >= 1
    for wrong in ("many", "0", "-1", "1.5", "10000", "²"):
        monkeypatch.setenv(PROCESSES, wrong)
        with pytest.raises(
            ValueError, match=f"^'{wrong}' is no number of processes, expected a whole number"
        ):
            spare_cores()

"""How far two words are from each other."""

from __future__ import annotations


def one_edit(first: str, second: str) -> bool:
    """Tell whether one insertion, deletion, replacement or swap of neighbours makes one word of the other; equal words are none apart."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    one, two = first[start:], second[start:]
    if len(one) == len(two):
        return one[1:] == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])
    return one[1:] == two or one == two[1:]

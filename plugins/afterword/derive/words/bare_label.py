"""Labels of causes as they are compared (docs/format.md, section 5)."""

from __future__ import annotations

from afterword.model.words import BECAUSE, BECAUSE_OF

_OPENINGS = tuple(word.casefold() for word in BECAUSE)
_OF = tuple(f" {word.casefold()} " for word in BECAUSE_OF)


def bare_label(label: str) -> str:
    """Give a label as it is compared: case, a leading `Because` and a final stop make no difference."""
    text = " ".join(label.casefold().split())
    for opening in _OPENINGS if text.startswith(_OPENINGS) else ():
        rest = text.removeprefix(opening)
        if rest != text and (not opening.isalpha() or not (rest[:1].isalnum() or rest.startswith(_OF))):
            text = rest.lstrip(" ,:")
            break
    return text.rstrip(" .")

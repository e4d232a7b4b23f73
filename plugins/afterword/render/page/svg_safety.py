"""Foreign SVG made harmless: parsed, reduced to an allow-list of elements and attributes, and written anew."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"
MAX_DEPTH = 200
"""Elements inside one another; writing a tree takes the interpreter's stack."""

_ELEMENT_NAMES = (
    "svg g defs symbol title desc path rect circle ellipse line polyline polygon text tspan textPath marker pattern clipPath mask "
    "linearGradient radialGradient stop use switch filter feBlend feColorMatrix feComponentTransfer feComposite feFlood feFuncA "
    "feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset feTile feDropShadow"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTE_NAMES = (
    "id class x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d points width height viewBox preserveAspectRatio transform version "
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset opacity color display visibility overflow paint-order vector-effect shape-rendering "
    "font-family font-size font-style font-weight font-variant letter-spacing word-spacing text-anchor text-decoration "
    "text-rendering dominant-baseline alignment-baseline baseline-shift writing-mode rotate textLength lengthAdjust startOffset "
    "offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits "
    "patternTransform clipPathUnits clip-path clip-rule mask maskUnits maskContentUnits marker-start marker-mid marker-end "
    "markerWidth markerHeight markerUnits refX refY orient filter filterUnits primitiveUnits in in2 result stdDeviation mode "
    "operator type values k1 k2 k3 k4 tableValues slope intercept amplitude exponent flood-color flood-opacity radius "
    "role aria-label aria-labelledby aria-hidden focusable"
)
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_STYLES = frozenset(
    name for name in _ATTRIBUTES if "-" in name or name in {"fill", "stroke", "opacity", "color"}
)
_LOCAL = re.compile(r"#[\w.-]+")
_LOCAL_URL = re.compile(r"url\(\s*(['\"]?)#[\w.-]+\1\s*\)")
_SUSPECT = re.compile(r"url|[\\@<]|javascript|expression|data:|//", re.IGNORECASE)


def safe_svg(content: bytes) -> bytes | None:
    """Give the drawing without scripts, events, foreign content and anything that is loaded from elsewhere; None where it is no SVG.

    A document type is refused: it could declare entities that grow without bound.
    """
    if re.search(rb"<!(?:DOCTYPE|ENTITY)[^>]*\[|<!ENTITY", content, re.IGNORECASE) or b"\0" in content:
        return None
    try:
        root = ET.fromstring(content)  # noqa: S314 - no entities, see above
    except (ET.ParseError, ValueError, LookupError):
        return None
    if root.tag not in (f"{{{_SVG}}}svg", "svg"):
        return None
    made = _copied(root)
    made.set("xmlns", _SVG)
    written: str = ET.tostring(made, encoding="unicode")
    return written.encode()


def _copied(root: ET.Element) -> ET.Element:
    """Copy what is allowed, parents first; the names lose their namespace, which the root states once."""
    top = ET.Element("svg", _attributes(root))
    waiting = [(root, top, 1)]
    while waiting:
        source, target, depth = waiting.pop()
        target.text = source.text
        for child in source:
            name = child.tag.removeprefix(f"{{{_SVG}}}") if isinstance(child.tag, str) else ""
            name = "g" if name == "a" else name
            if name not in _ELEMENTS or depth >= MAX_DEPTH:
                continue
            copy = ET.SubElement(target, name, _attributes(child))
            copy.tail = child.tail
            waiting.append((child, copy, depth + 1))
    return top


def _attributes(element: ET.Element) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in element.attrib.items():
        if name in (_XLINK, "href"):
            if _LOCAL.fullmatch(value.strip()):
                kept["href"] = value.strip()
        elif name == "style":
            kept |= _style(value)
        elif name in _ATTRIBUTES and _is_harmless(value):
            kept[name] = value
        elif name == f"{_XML}space" and value in ("preserve", "default"):
            kept["xml:space"] = value
    return kept


def _style(style: str) -> dict[str, str]:
    """Turn the declarations of a style into attributes: they mean the same, and need no parser of style sheets."""
    kept: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in _STYLES and _is_harmless(value):
            kept[name.strip()] = value.strip()
    return kept


def _is_harmless(value: str) -> bool:
    return not _SUSPECT.search(_LOCAL_URL.sub("", value))

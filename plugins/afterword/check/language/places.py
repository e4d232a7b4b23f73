"""Where a text stands: lists of people that are no narrative, labels that open a part, prompts of a template."""

from __future__ import annotations

import re

from afterword.parse.markdown.lexicon import Lexicon, normalise

_ROLES = (
    "approver assignee attendee author commander contact contributor coordinator dri editor facilitator handle ic invitee lead moderator name owner "
    "participant person reporter responder reviewer scribe signatory signature stakeholder"
)
_OF = (
    "incident",
    "meeting",
    "review",
    "action",
    "post-mortem",
    "postmortem",
    "report",
    "technical",
    "tech",
    "communications",
    "comms",
    "ops",
    "operations",
)
_PLAIN = (
    "approved by|assigned to|attending|authored by|drafted by|engineers involved|escalation contacts|incident manager|incident managers|incident team|"
    "involved|involved parties|involved people|involved teams|parties involved|led by|on call|on-call|on-call engineer|on-call engineers|oncall|owned by|"
    "people|people involved|persons involved|point of contact|points of contact|prepared by|present|reported by|response team|responsible|reviewed by|role|roles|"
    "sign off|sign-off|sign-offs|signatories|signed off by|signoff|team members|who|who was involved|written by|email|e-mail"
)


def _people() -> frozenset[str]:
    names = {form for role in _ROLES.split() for form in (role, f"{role}s", f"{role}(s)")}
    return frozenset(names | {f"{of} {name}" for of in _OF for name in names} | set(_PLAIN.split("|")))


PEOPLE = _people()
"""Headings, labels and heads of columns below which names of people are expected, as `normalise` leaves them."""

_LABEL = re.compile(r"\s*([^\W\d_][^:.!?\n]{0,38}?)\s*(?::|\s[-–—])(?:\s|$)")
_OWNER = re.compile(
    r"[\s(\[*_–—,;-]*\b(?:owner|assignee|assigned to|dri|owned by|author|reviewer|approver|attendees|contact|point of contact)s?(?:\(s\))?\s*(?::|=|\s[-–—]\s)",
    re.IGNORECASE,
)
_OWNER_HINT = re.compile("wner|wned by|ssign|DRI|uthor|eviewer|pprover|ttendee|ontact")
"""A part of each word of `_OWNER`, whatever the case of its first letter."""

_PROMPT = re.compile(
    r"(?:(?:some |the )?things?(?: that)? |what |where |how |which (?:parts|things) )(?:(?:we|i|it|they|this|else) )?(?:could|should|would|might|went|did|do|can|worked|was|were)\b"
    r"(?:(?! if ).){0,60}(?:better|wrong|well|differently|poorly|improved|lucky|happened|done|prevent\w*)\b",
    re.IGNORECASE,
)

_BEGINNINGS = frozenset({"so", "th", "wh", "ho"})
"""The first two letters of all that `_PROMPT` matches."""


def is_people_list(name: str) -> bool:
    """Tell whether a heading, label or head of a column opens a list of people."""
    return normalise(name) in PEOPLE


_TRANSCRIPT = re.compile(
    r"\b(?:(?:chat|slack|irc|discord|teams|zulip|hangouts?) (?:logs?|history|thread|excerpts?|transcripts?)|transcripts?)[)\s]*$",
    re.IGNORECASE,
)


def is_transcript(name: str) -> bool:
    """Tell whether a heading opens what people said at that time, word for word, as a quote is: `#cranes chat log`."""
    return _TRANSCRIPT.search(name) is not None


def label_of(text: str) -> str:
    """Give the few words before a colon at the start of a text, empty where it begins otherwise."""
    if ":" not in text and "-" not in text and text.isascii():
        return ""
    found = _LABEL.match(text)
    return found[1].strip(" *_") if found else ""


def owner_label(text: str) -> int:
    """Give where a label like `Owner:` begins, behind which a name is expected; -1 where there is none."""
    is_label = ":" in text or "=" in text or " - " in text or not text.isascii()
    if not is_label or _OWNER_HINT.search(text) is None:
        return -1
    found = _OWNER.search(text)
    return found.start() if found else -1


def is_prompt(text: str) -> bool:
    """Tell whether a text is what a template asks, like `What could have gone better`."""
    if text[:1].isspace():
        text = text.lstrip()
    return text[:2].lower() in _BEGINNINGS and _PROMPT.match(text) is not None


_FURTHER = {
    "went well": "went-well",
    "what did we do well": "went-well",
    "what we did well": "went-well",
    "things that went well": "went-well",
    "positives": "went-well",
    "good": "went-well",
    "the good": "went-well",
    "successes": "went-well",
    "strengths": "went-well",
    "where did we get lucky": "lucky",
    "where were we lucky": "lucky",
    "luck": "lucky",
    "lucky": "lucky",
    "we got lucky": "lucky",
    "went wrong": "went-wrong",
    "things that went wrong": "went-wrong",
    "next steps": "actions",
    "action points": "actions",
    "review actions": "actions",
    "actions following review": "actions",
    "process": "actions",
    "process improvements": "actions",
    "technical improvements": "actions",
    "documentation improvements": "actions",
    "improvements": "actions",
    "future work": "actions",
    "follow-up actions": "actions",
    "follow up actions": "actions",
    "followup actions": "actions",
    "remediation": "actions",
    "remediations": "actions",
    "remediation items": "actions",
    "preventive measures": "actions",
    "preventative measures": "actions",
    "corrective measures": "actions",
    "prevention": "actions",
    "recommendations": "actions",
    "todo": "actions",
    "to do": "actions",
    "contributing conditions": "factors",
    "causes": "causes",
    "cause": "causes",
    "the cause": "causes",
    "5 whys": "causes",
    "five whys": "causes",
    "questions": "open-questions",
}
"""Names that documents outside of an archive give its sections, beside the format's own aliases."""


def key_of(name: str, lexicon: Lexicon) -> str:
    """Give the section that a heading or label names, empty where it names none."""
    return lexicon.section(name) or _FURTHER.get(normalise(name), "")

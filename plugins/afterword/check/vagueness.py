"""Whether the wording of an action says what can be observed when it is done.

A small grammar: what an action begins with (a wish, an appeal to people, a search), and whether anything observable follows: a number, a
period, a result, or a second clause with a concrete verb. What it does not recognise is taken to be checkable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 600
"""Characters of an action that are read; a longer one says something."""

_PRACTICES = (
    "monitoring|alerting|alerts?|alarms?|observability|logging|logs|metrics|dashboards?|tests?|testing|test coverage|coverage|documentation|docs|"
    "runbooks?|communications?|comms|process(?:es)?|procedures?|checks|validation|safeguards?|guardrails?|reviews?|tooling|visibility|governance|"
    "error handling|resilien(?:ce|cy)|reliability|stability|robustness|quality|security|performance|training|onboarding|awareness|planning|"
    "coordination|collaboration|practices|hygiene|automation|backups?|scalability"
)
_QUALITIES = (
    "awareness|visibility|reliability|resilien(?:ce|cy)|robustness|stability|quality|noise|toil|risks?|coverage|communication|confidence|"
    "knowledge|understanding|complexity|errors|mistakes|likelihood|chances?|impact|observability|transparency|collaboration|response times?|"
    "latency|downtime|performance|security|availability|scalability|time to (?:detect|respond|recover|mitigate|repair|resolve)|consistency|mtt[a-z]|tech(?:nical)? debt"
)
_ADJECTIVES = (
    "robust|resilient|reliable|stable|visible|consistent|careful|aware|proactive|eas(?:y|ier)|better|clear(?:er)?|maintainable|scalable|secure|"
    "faster|safer?|simpler|obvious|transparent|mature|rigorous|disciplined|efficient|performant|sustainable"
)
_PEOPLE = (
    "(?:the |our |all |new |other |more |every )*(?:team(?:s| members?)?|engineers?|developers?|devs|staff|people|everyone|everybody|users?|operators?|"
    "product owners|owners|on-?call(?:ers)?|responders?|colleagues|members|admins?|customers|employees|sres?|managers?|juniors?|us|ourselves|we)"
)
_PUT = (
    "add(?:ing)?|set(?:ting)? ?up|implement(?:ing)?|creat(?:e|ing)|build(?:ing)?|introduc(?:e|ing)|provid(?:e|ing)|writ(?:e|ing)|put|ensur(?:e|ing)|"
    "do|get|establish|develop|defin(?:e|ing)|adopt|have|updat(?:e|ing)|extend|make sure (?:of|we have|there (?:is|are))"
)
_MORE = (
    "better|more|improved|proper|good|adequate|sufficient|appropriate|stronger|stricter|clearer|closer|some"
)


def _form(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_WISH = _form(
    r"(?:improv(?:e|ing|ements?)|enhanc(?:e|ing|ements?)|optimi[sz](?:e|ing|ations?)|strengthen(?:ing)?|streamlin(?:e|ing)|boost|bolster|beef up|refin(?:e|ing)|speed(?:ing)? up|work(?:ing)? (?:on|towards?))\b",
    r"(?:better|more(?! than| carefully| closely| thoroughly| diligently)|improved|clearer|stricter|closer|tighter|greater|stronger) \w",
    rf"(?:increas|rais|reduc|lower|decreas|minimi[sz]|maximi[sz]|bring down|cut)(?:e|ing)? (?:[\w-]+ ){{0,3}}?(?:{_QUALITIES})\b",
    rf"(?:mak(?:e|ing)|keep(?:ing)?|get) (?:[\w'-]+ ){{1,6}}?(?:(?:more|less) )?(?:{_ADJECTIVES})\b",
    rf"(?:{_PUT}) (?:(?:a|an|the|much|even) )?(?:{_MORE}) (?:[\w-]+ ){{0,3}}?(?:{_PRACTICES}|ways?)\b",
    rf"(?:{_PUT}|tun(?:e|ing)) (?:the |our )?(?:proactive |comprehensive |robust )?(?:{_PRACTICES})(?:(?: and | or |, | ?/ ?| & )(?:{_PRACTICES}))*$",
    rf"(?:ensur|guarante|maintain|assur)(?:e|ing)? (?:[\w-]+ ){{0,3}}?(?:{_QUALITIES})(?: (?:and|of|in|for|across|during|between) .*)?$",
    r"(?:ensur(?:e|ing)|mak(?:e|ing) sure) .*\b(?:properly|adequately|sufficiently|appropriately)(?: \w+)?$",
    r"(?:(?:address|tackle) (?:the |our )?tech(?:nical)? debt|(?:document|share|captur|communicat)(?:e|ing)? (?:the |our )?(?:lessons|learnings))\b",
    r"(?:prevent|avoid)(?:ing)? (?:this|similar|such|future|another|a repeat|recurrence|(?:the )?same)\b",
    r"(?:fix|resolv|address|solv)(?:e|ing)? (?:(?:the|this|that|these|any|all|underlying) )*(?:root causes?|issues?|problems?|bugs?|outages?|incidents?)(?: (?:that|which) (?:caused|led to|triggered)\b.*| (?:of|behind) (?:the|this) (?:incident|outage|failure)s?)?$",
)
_CARE = _form(
    r"(?:be|stay|remain|become) (?:\w+ )?(?:careful|cautious|vigilant|mindful|aware|attentive|diligent|proactive|thorough|conscious|alert)\b",
    r"(?:pay(?:ing)? (?:\w+ )?attention|tak(?:e|ing) (?:more |extra |better |greater )?care\b|keep(?:ing)? (?:a closer?|an) eye|watch out|remember to|do(?:n't| not) forget|double[- ]check)",
    r"(?:think|ask ourselves) (?:twice|carefully|before|about)\b",
    r"(?:exercise|use) (?:more |extra )?caution\b",
    r"(?:follow(?:ing)?|adher(?:e|ing) to|respect(?:ing)?) (?:the |our )?(?:existing |established )?(?:best practices?|process(?:es)?|procedures?|guidelines?|polic(?:y|ies)|rules)$",
    rf"(?:mak(?:e|ing) sure|be sure|ensur(?:e|ing)) (?:that )?(?:{_PEOPLE}) (?:\w+ )?(?:check|verif|know|follow|remember|understand|read|review|pay|familiar)",
    rf"(?:mak(?:e|ing) sure|ensur(?:e|ing)) (?:that )?(?:{_PEOPLE}) (?:is|are) (?:\w+ )?(?:aware|informed|familiar|trained|careful|conscious)",
    r"communicat(?:e|ing) (?:better|more|clear(?:ly|er)|early|earlier)",
    r"(?:keep |continue to )?monitor(?:ing)? (?:the )?(?:situation|issue|problem|system|service)$",
)
_TRAINING = _form(
    rf"(?:re-?train|train|educat|teach|coach|sensiti[sz])(?:e|ing)? (?:{_PEOPLE})\b",
    r"(?:remind|upskill|re-?familiari[sz]e)(?:ing)? \w",
    rf"(?:(?:{_PUT}|giv(?:e|ing)|offer|organi[sz]e|hold|schedule|conduct|run|receive) )?(?:(?:a|an|some|more|better|additional|further|regular|refresher|team|staff|engineer|security|incident|on-?call|response) )*(?:training|education|refresher|knowledge[- ]sharing)(?: (?:sessions?|courses?|workshops?))?(?: (?:for|on|of|in|about|to|with)\b.*)?$",
)
_SEARCH = _form(
    r"(?:investigat(?:e|ing|ion (?:of|into|if|whether))|explor(?:e|ing)|consider(?:ing)?|evaluat(?:e|ing)|assess(?:ing)?|discuss(?:ing|ion)?|research(?:ing)?|analy[sz](?:e|ing)|examin(?:e|ing)|brainstorm(?:ing)?|follow(?:ing)? up|revisit(?:ing)?|re-?think(?:ing)?|diagnos(?:e|ing)|understand(?:ing)?|spik(?:e|ing)|study(?:ing)?)\b",
    r"look(?:ing)? (?:further |deeper |more )?(?:into|at|for (?:ways?|options|possibilit))",
    r"(?:think(?:ing)?|talk(?:ing)?) about\b",
    r"(?:schedule|hold|have|arrange|start) (?:a|an|the) (?:\w+ )?(?:discussion|talk|chat|conversation|debate)\b",
    r"how (?:we|would|can|could|do|does|should)\b",
    r"(?:dig(?:ging)? (?:deeper )?into|reflect(?:ing)? (?:on|if|whether))\b",
    r"(?:review|check|see|determine|identify|clarify|establish|work out|figure out|find out|verify|reflect)(?:ing)? (?:if|whether|how(?! many| much| often)|why|what|options|possib\w+|potential|opportunities)\b",
    r"(?:figur(?:e|ing)|find(?:ing)?) (?:out\b|(?:a|some|the|an? \w+) (?:\w+ )?(?:ways?|path|solutions?)\b|ways\b)",
    r"(?:find|determine|identify) (?:a|the|possible|potential|some)? ?(?:clear |better )?(?:ways?|paths?|root causes?|reasons?)\b",
    rf"review(?:ing)? (?:(?:our|the|all|existing|current) )*(?:{_PRACTICES})$",
    r"(?:can|could|should|how|what|why|is|are|do|does) .*\?$",
)
_CAREFULLY = _form(
    r"\b(?:more|very|extra) (?:carefully|closely|thoroughly|diligently|cautiously|attentively)\b"
)
_MORE_SO = _form(
    r"\bmore (?:gracefully|reliably|robustly|consistently|often|frequently|regularly|proactively)\b",
    r"(?:\bnot|n't|\bnever) (?:happens?|occurs?|recurs?)(?: again)?$",
)
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of not being checkable: by what the action begins with, or by words anywhere before a purpose; `hint` says what could be written in its place."""

    name: str
    begins: re.Pattern[str]
    hint: str
    holds: re.Pattern[str] = _NEVER


KINDS = (
    Kind(
        "care",
        _CARE,
        "attention runs out: name the check, the limit or the default that holds without it, such as `refuse an empty path`",
        _CAREFULLY,
    ),
    Kind(
        "training",
        _TRAINING,
        "name what is there afterwards: a section of the runbook, a rehearsal with who takes part, or a change that makes the knowledge needless",
    ),
    Kind(
        "search",
        _SEARCH,
        "name the result: a test that reproduces it, a decision and who reads it; what is only an idea is a `candidate`",
    ),
    Kind(
        "wish",
        _WISH,
        "name what anyone can look up: `alert on queue depth above 5,000`, `p99 of checkout below 300 ms`, or a `Done when`",
        _MORE_SO,
    ),
)

_HELD = ("more ", "very ", "extra ", "n't ", "not ", "never ")
_LEAD = re.compile(
    rf"(?:(?:ask|tell|urge|encourage|expect) {_PEOPLE} to\s+)?"
    r"(?:(?:the |our |all )?(?:admins|engineers|developers|everyone|everybody|staff|people|operators|teams?|responders|on-?call) (?:should|must|needs? to|will|has to|have to)\s+)?"
    r"(?:(?:we|i|to|please|let'?s|should|needs?|must|will|shall|also|continue|continued|start|try|the team|team|teams|have to|want to|plan to|further)\s+)*"
)
_LABEL = re.compile(r"\s*[\[(]?#?[\w-]*\d[\])]?:?\s+")
_PARENTHESIS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ADDRESS = re.compile(r"<?https?://[^\s>]+>?|#\d+")
_STOPS = re.compile(r"[.;:!](?=\s|$)|(?<=\?)\s+|\s+[-–—]+\s+|\n")
_NUMBER = re.compile(
    r"(?<![\w#/.\-])(?!(?:40[0134]|429|50[234])s?\b)\d(?:[\d.,]*\d)?(?:\s?(?:%|ms|[smhdx]|[kmgt]i?b?))?(?![\w\-]|\.\w)|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twice|half|zero)\b"
    r"|\b(?:every|each|per|once a|within (?:a|an|the)) (?:\w+ )?(?:second|minute|hour|day|night|week|month|quarter|year|release|deploy\w*|change|incident)\b"
    r"|\b(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly|annual\w*)\b"
)
_NAME_BEFORE = re.compile(
    r"\b(?:ticket|issue|pr|case|version|incident|sev|tier|level|layer|phase|priority|python|postgres\w*)\s$"
)
_CONCRETE = (
    "add|alert|allow|apply (?:a|an|the)|archive|automate|block|build|bump|change|close|configure|convert|create|decide|define|delete|deploy|disable|document|draft|drop|enable|end|enforce|extend|fail|fix|hold|"
    "implement|include|install|limit|list|log|merge|migrate|mock up|move|notify|page|patch|pin|present|propose|publish|put|refuse|reject|release|remove|rename|replace|reproduce|report|require|"
    "restart|restore|retry|revert|rotate|send|set|share|show|split|stop|store|switch|test|turn|update|upgrade|verify|write"
)
_SECOND = re.compile(rf"(?:\band|\bthen|,|&)\s+(?:also\s+|then\s+|if needed\s+)?(?:{_CONCRETE})\b(?!ing)")
_OPENS_CONCRETE = re.compile(rf"(?:{_CONCRETE})\b")
_RESULT = re.compile(
    r"\b(?:decision|proposal|report|write-?up|findings|recommendations?|design doc\w*|rfc|adr|prototype|proof of concept|post-?mortem|benchmark)\b"
)
_MEANS = re.compile(
    r"\b(?:so that|such that|by \w+ing|until|unless|instead of|rather than|to (?:include|cover|contain|say|list|show|name|state|alert|page|use|match|compare|"
    r"report|check|reject|refuse|fail|require|validate|return|retry|log))\b"
)
_FOR_MEANS = frozenset({"wish", "care"})


@lru_cache(maxsize=1 << 10)
def vagueness(text: str, *, code: bool) -> Kind | None:
    """Give the way in which an action's text is not checkable, None where it is; `code` says that something in it is set as code.

    A number, a period or a result makes any action checkable, and so does a second clause with a concrete verb.
    """
    if len(text) > LONGEST:
        return None
    plain = text.lower().replace("’", "'")
    start = _LABEL.match(plain)
    opening = plain[start.end() :] if start else plain
    stop = _STOPS.search(opening)
    first, rest = (opening[: stop.start()], opening[stop.end() :]) if stop else (opening, "")
    first = " ".join(_PARENTHESIS.sub(" ", _ADDRESS.sub(" ", first)).split())
    first = _LEAD.sub("", first, count=1).strip(" ,*_")
    kind = _kind(first)
    if kind is None or _has_number(_ADDRESS.sub(" ", plain)) or _SECOND.search(first):
        return None
    if any(_OPENS_CONCRETE.match(clause.strip()) for clause in _STOPS.split(rest) if clause):
        return None
    if kind.name in _FOR_MEANS and (code or _MEANS.search(first)):
        return None
    return None if kind.name == "search" and _RESULT.search(plain) else kind


def _kind(clause: str) -> Kind | None:
    found = next((each for each in KINDS if each.begins.match(clause)), None)
    if found is None and any(word in clause for word in _HELD):
        before_purpose = clause.partition(" to ")[0]
        found = next((each for each in KINDS if each.holds.search(before_purpose)), None)
    return found


def _has_number(text: str) -> bool:
    return any(not _NAME_BEFORE.search(text[: number.start()]) for number in _NUMBER.finditer(text))

"""Personal data in a text: addresses and numbers of people, accounts and cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from afterword.check.leaks.accounts import is_card, is_iban
from afterword.check.leaks.secrets import LONGEST_LINE, Leak
from afterword.check.names.lexicon import is_given, is_word

_MAIL = re.compile(
    r"(?<![\w.+%/:@-])([A-Za-z0-9][\w.+%-]{0,63})@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24})(?![\w@:/-])"
)
# Those that are no words of the language list; words are, see below.
_ROLES = frozenset(
    {
        "admin", "bot", "ci", "cron", "daemon", "dev", "devops", "do-not-reply", "donotreply", "faq", "git", "hello", "helpdesk",
        "hostmaster", "hr", "info", "it", "mailer", "me", "noc", "noreply", "oncall", "on-call", "ops", "pager", "postmaster", "root",
        "smtp", "spam", "sre", "sysadmin", "team", "test", "user", "username", "webmaster", "www", "you",
    }
)  # fmt: skip
_LISTS = frozenset(
    {
        "alert", "alerts", "announce", "billing", "contact", "incident", "incidents", "list", "lists", "mailer", "no", "notifications",
        "office", "operations", "platform", "reply", "reports", "sales", "security", "service", "staff", "status", "support", "system",
        "users",
    }
)  # fmt: skip
_ROLE_PARTS = re.compile(r"[._+-]")
_NOBODY = re.compile(
    r"(?i)(?:^|\.)(?:example|test|invalid|localhost|local|internal|lan|corp|svc|cluster|arpa|host|domain)$"
    r"|(?:^|\.)(?:example|domain|yourdomain|company|yourcompany|acme)\.(?:com|org|net|edu|io)$|(?:^|\.)noreply\.|gserviceaccount\.com$"
)
# What ends so is a file or a version behind an @, no address.
_FILES = frozenset(
    {
        "png", "jpg", "jpeg", "gif", "svg", "md", "py", "js", "ts", "json", "yaml", "yml", "txt", "css", "html", "go", "rs", "sh",
        "service", "timer", "socket", "mount", "target", "scope", "slice",
    }
)  # fmt: skip

_PHONE = re.compile(r"(?<![\w.+-])\+\(?[1-9]")
_US = re.compile(r"(?<![\w.+()-])(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.])[2-9]\d\d[-.]\d{4}(?![\w-]|\.\d)")
# Kept free for stories.
_FICTION = re.compile(r"555\D?01\d\d$|\+44\D?7700\D?900|\+44\D?20\D?7946\D?0")
_PHONE_WORD = re.compile(r"(?i)\b(?:tel|phone|call(?:ed|er)?|mobile|cell|fax|sms|whatsapp|dial)")

# Without a look behind, which would be taken at every character of a text.
_LIKE_PHONE = re.compile(r"[2-9]\d\d(?:[-.]|\) ?)[2-9]\d\d[-.]\d{4}")
_LIKE_IBAN = re.compile(r"[A-Z]{2}\d\d[ A-Z0-9]{11}")
_LIKE_CARD = re.compile(r"\d{4}[ -]?\d{4}")

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
_CARD = re.compile(
    r"(?<![\w.-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3[47]\d\d([ -])\d{6}\2\d{5}|\d{14,16})(?![\w-]|\.\d)"
)
_CARD_WORD = re.compile(r"(?i)card|visa|amex|maestro|\bpan\b|payment")


def find_personal_data(text: str, lines: Sequence[str]) -> Iterator[Leak]:
    """Yield personal data in a text, whose lines are `lines`."""
    if "@" in text:
        yield from _mails(lines)
    if ("+" in text and _PHONE.search(text)) or _LIKE_PHONE.search(text):
        yield from _phones(lines)
    if _LIKE_IBAN.search(text):
        for number, _, found in _matches(_IBAN, lines):
            if is_iban(found[0]):
                yield _leak(number, found.start(), found.end(), "an account number (IBAN)")
    if _LIKE_CARD.search(text) and _CARD.search(text):
        for number, line, found in _matches(_CARD, lines):
            grouped = bool(found[1] or found[2])
            if is_card(found[0]) and (grouped or _CARD_WORD.search(line)):
                yield _leak(number, found.start(), found.end(), "the number of a payment card")


def _matches(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[tuple[int, str, re.Match[str]]]:
    for number, line in enumerate(lines):
        for found in pattern.finditer(line, 0, LONGEST_LINE):
            yield number, line, found


def _mails(lines: Sequence[str]) -> Iterator[Leak]:
    for number, line in enumerate(lines):
        if "@" not in line:
            continue
        for found in _MAIL.finditer(line, 0, LONGEST_LINE):
            if not _is_nobodys(found[1].lower(), found[2].lower()):
                yield _leak(number, found.start(), found.end(), "the e-mail address of a person")


def _is_nobodys(name: str, domain: str) -> bool:
    parts = [part.rstrip("0123456789") for part in _ROLE_PARTS.split(name)]
    return (
        not _ROLES.isdisjoint((name, *parts))
        or (len(parts) == 1 and is_word(name) and not is_given(name))
        # Lists and machines have names of several parts; a person's has a given name or an initial and a family name among them.
        or ("-" in name and not any(map(is_given, parts)))
        or any(part in _LISTS for part in parts)
        or _NOBODY.search(domain) is not None
        or domain.rpartition(".")[2] in _FILES
        or not any(each.isalpha() for each in name)
    )


def _phones(lines: Sequence[str]) -> Iterator[Leak]:
    import phonenumbers

    for number, line in enumerate(lines):
        cut = line[:LONGEST_LINE]
        if "+" in cut and _PHONE.search(cut):
            for match in phonenumbers.PhoneNumberMatcher(cut, None):
                if not _FICTION.search(match.raw_string):
                    yield _leak(number, match.start, match.end, "a phone number")
        if _PHONE_WORD.search(cut):
            for found in _US.finditer(cut):
                if not _FICTION.search(found[0]):
                    yield _leak(number, found.start(), found.end(), "a phone number")


def _leak(number: int, start: int, end: int, what: str) -> Leak:
    return Leak(number, start, end, what)

"""`settings`: a line of `afterword.yml` that cannot be read or means nothing; found while reading, and here where rules are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from afterword.check.context import ArchiveContext, RuleOptions
from afterword.check.rule import Rule
from afterword.check.wording import listed, shown
from afterword.model.finding import Finding, Nature
from afterword.model.settings import RuleSetting
from afterword.parse.source.guesses import nearest

_FITS: Mapping[str, Callable[[object], bool]] = {
    "a whole number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "a list of words": lambda value: isinstance(value, list) and all(isinstance(word, str) for word in value),
}


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report rules and options under `rules` that do not exist, and options that are not set to what they hold, a number or a list of words."""
    path = context.settings.path or ""
    for name, setting in context.settings.rules.items():
        options = context.rule_options.get(name)
        if options is not None:
            yield from _options(name, setting, options, path)
            continue
        close = nearest(name.lower().replace("_", "-"), context.rule_options)
        guess = f" (did you mean '{close}'?)" if close else ""
        hint = None if close else "`afterword rule` lists all rules"
        yield Finding(
            "settings", f"'{shown(name)}' is no rule{guess}", setting.span, Nature.UNREADABLE, hint, path
        )


def _options(name: str, setting: RuleSetting, known: RuleOptions, path: str) -> Iterator[Finding]:
    for option, value in setting.options.items():
        place = setting.option_spans.get(option, setting.span)
        if option not in known:
            close = nearest(option, ("level", *known))
            guess = f" (did you mean '{close}'?)" if close else f", expected {listed(('level', *known))}"
            message = f"'{shown(option)}' is no option of {name}{guess}"
        elif not _FITS[known[option]](value):
            message = f"option '{option}' of {name} is not {known[option]}"
        else:
            continue
        yield Finding("settings", message, place, Nature.UNREADABLE, path=path)


RULE = Rule(
    id="settings",
    summary="a line of `afterword.yml` that cannot be read or means nothing",
    why="""\
The default holds instead, so all records are judged by a rule that somebody believed to have changed.""",
    bad="""\
severities:
  - sev0
completion_targets:
  30: most
rules:
  sumary-length: off""",
    better="""\
completion_targets:
  30: 70
rules:
  summary-length: off""",
    language="yaml",
    check_archive=check,
)

"""What secrets look like: plugins of detect-secrets, each behind words that stand in every text it could find something in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Protocol


class Plugin(Protocol):
    """What is used of a plugin: it gives the secrets in a string. Their verification, which asks the network, is not called."""

    denylist: Iterable[re.Pattern[str]]

    def analyze_string(self, string: str) -> Iterator[str]:
        """Yield the secrets in a line, of some kinds only the group that they begin with."""


@dataclass(frozen=True, slots=True)
class Detector:
    """A kind of secret: `words` of which one stands on the line, in small letters where `folded`, and the class that looks at the line.

    `plugin` is `module.Class` below `detect_secrets.plugins`, or a pattern of our own, whose first group is the secret. Where the words are frequent, `form` is something that is
    on the line as well: the library takes a third of a second to import. `beside` stands anywhere in the text, where the form says too little. `shows` tells that the secret
    begins with its word, which is no secret itself.
    """

    kind: str
    words: tuple[str, ...]
    plugin: str | re.Pattern[str]
    shows: bool = False
    folded: bool = False
    beside: str = ""
    form: re.Pattern[str] | None = None

    def may_find(self, line: str) -> bool:
        """Tell whether a line is worth a look."""
        within = line.lower() if self.folded else line
        return any(word in within for word in self.words) and (
            self.form is None or self.form.search(line) is not None
        )


_GITHUB = ("ghp_", "gho_", "ghu_", "ghs_", "ghr_")
_GITLAB = (
    "glpat-", "gldt-", "glft-", "glsoat-", "glrt-", "GR1348941", "glcbt-", "glimt-", "glptt-", "glagent-", "gloas-",
)  # fmt: skip
_SLACK = ("xoxa-", "xoxb-", "xoxp-", "xoxo-", "xoxs-", "xoxr-")

DETECTORS: tuple[Detector, ...] = (
    Detector("an AWS access key", ("AKIA", "ASIA", "ABIA", "ACCA"), "aws.AWSKeyDetector", shows=True),
    Detector("an AWS secret key", ("aws",), "aws.AWSKeyDetector", folded=True, form=re.compile(r"['\"][0-9a-zA-Z/+]{40}['\"]")),
    Detector("an Azure storage key", ("AccountKey=",), "azure_storage_key.AzureStorageKeyDetector"),
    Detector("an Artifactory credential", ("AKC", "AP"), "artifactory.ArtifactoryDetector", beside="artifactory", form=re.compile(r"\bA(?:KC|P[0-9A-F])[a-zA-Z0-9]{8}")),
    Detector("a password in an address", ("://",), "basic_auth.BasicAuthDetector", form=re.compile(r"://[^\s/@]*:[^\s/@]+@")),
    Detector("a Cloudant credential", ("cloudant",), "cloudant.CloudantDetector", folded=True, form=re.compile(r"[0-9a-z]{24}")),
    Detector("a Discord token", ("M", "N", "O"), "discord.DiscordBotTokenDetector", beside="discord", form=re.compile(r"\.[\w-]{6}\.[\w-]{27}")),
    Detector("a GitHub token", _GITHUB, "github_token.GitHubTokenDetector", shows=True),
    Detector("a GitHub token", ("github_pat_",), re.compile(r"\b(github_pat_[0-9A-Za-z_]{60,})"), shows=True),
    Detector("a GitLab token", _GITLAB, "gitlab_token.GitLabTokenDetector", shows=True),
    Detector("a Google API key", ("AIza",), re.compile(r"\b(AIza[0-9A-Za-z_-]{35})(?![0-9A-Za-z_-])"), shows=True),
    Detector("an IBM Cloud key", ("ibm",), "ibm_cloud_iam.IbmCloudIamDetector", folded=True, form=re.compile(r"[\w-]{44}")),
    Detector("a JSON web token", ("eyJ",), "jwt.JwtTokenDetector", shows=True),
    Detector("a Mailchimp key", ("-us",), "mailchimp.MailchimpDetector", form=re.compile(r"[0-9a-z]{32}-us\d")),
    Detector("an npm token", (":_authToken",), "npm.NpmDetector"),
    Detector("an OpenAI key", ("T3BlbkFJ",), "openai.OpenAIDetector"),
    Detector("an API key", ("sk-ant-", "sk-proj-"), re.compile(r"\b(sk-(?:ant|proj)-[0-9A-Za-z_-]{32,})"), shows=True),
    Detector("a PyPI token", ("pypi-AgE",), "pypi_token.PypiTokenDetector", shows=True),
    Detector("a SendGrid key", ("SG.",), "sendgrid.SendGridDetector", shows=True),
    Detector("a Slack token", _SLACK, "slack.SlackDetector", shows=True),
    Detector("a Slack webhook", ("hooks.slack.com/services/",), "slack.SlackDetector"),
    Detector("a Slack app token", ("xapp-",), re.compile(r"\b(xapp-\d-[0-9A-Z]+-\d+-[0-9a-f]{32,})"), shows=True),
    Detector("a SoftLayer credential", ("softlayer",), "softlayer.SoftlayerDetector", folded=True, form=re.compile(r"[0-9a-z]{64}")),
    Detector("a Square secret", ("sq0csp-",), "square_oauth.SquareOAuthDetector", shows=True),
    Detector("a Stripe key", ("sk_live_", "rk_live_"), "stripe.StripeDetector", shows=True),
    Detector("a Telegram token", (":AA",), "telegram_token.TelegramBotTokenDetector", form=re.compile(r"\d{8}:AA[\w-]{33}(?![\w-])")),
    Detector("a Twilio key", ("AC", "SK"), "twilio.TwilioKeyDetector", beside="twilio", form=re.compile(r"\b(?:AC|SK)[0-9a-z]{32}\b")),
    Detector(
        "an authorization header",
        ("authorization",),
        re.compile(r"(?i)authorization[\"']?\s*[:=]\s*[\"']?(?:bearer|basic|token)\s+([\w.~+/=-]{16,})"),
        folded=True,
    ),
)  # fmt: skip
"""Those of the library that need a word on the line have one; its detectors of randomness are left out: logs are full of ids."""


LONGEST_GROUP = 6
"""Characters of what a plugin gives that may be the kind of a token instead of the token, such as `ghp`."""


@lru_cache(maxsize=64)
def plugin(name: str) -> Plugin:
    """Give a plugin of the library, imported when a text first asks for it."""
    module, _, its_class = name.rpartition(".")
    made: Plugin = getattr(import_module(f"detect_secrets.plugins.{module}"), its_class)()
    return made


def secrets_in(detector: Detector, line: str) -> Iterator[str]:
    """Yield what a detector takes for a secret in a line."""
    if not isinstance(detector.plugin, str):
        yield from (found[1] for found in detector.plugin.finditer(line))
        return
    its_class = plugin(detector.plugin)
    for secret in its_class.analyze_string(line):
        if len(secret) > LONGEST_GROUP:
            yield secret
        else:
            whole = (found[0] for pattern in its_class.denylist for found in pattern.finditer(line))
            yield from (each for each in whole if each.startswith(secret))

"""What lasts from one build of a served site to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from afterword.mkdocs_plugin.findings_log import FindingsLog
from afterword.mkdocs_plugin.quick import Built
from afterword.mkdocs_plugin.renewing import SearchRenewal


@dataclass(slots=True)
class Served:
    """What a site that is served to an author keeps: the `findings` that the log has named, what renews its `search` beside the server, and what the last build has left for the server."""

    findings: FindingsLog = field(default_factory=FindingsLog)
    search: SearchRenewal = field(default_factory=SearchRenewal)
    built: Built = field(default_factory=Built)

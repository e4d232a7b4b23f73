"""`unread-record`: an ordinary page with the sections of a post-mortem; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unread-record",
    summary="a page below the archive that has the sections of a post-mortem, and is read as an ordinary page",
    why="""\
A post-mortem that came from elsewhere is published as it stands, and that is all: it is on no list, its actions are owed by nobody, the search of the archive
does not know it, and nothing else is said about it. A page that only tells how to write one has rarely three of these headings.""",
    bad="postmortems/2024/Database outage.md",
    better="postmortems/2024/2024-03-05-database-outage.md",
    language="text",
)

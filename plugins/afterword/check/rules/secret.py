"""`secret`: a password, key or token in the text of a record; found where `--secrets` asks for it."""

from afterword.check.rule import Rule, WordsOption

ALLOW = WordsOption("allow", "values that are no secrets, such as a key that was made for documentation")
HINT = "revoke it first: it is in the history of the repository from the first commit on; then write what it was instead, such as `<the deploy token>`"

RULE = Rule(
    id="secret",
    summary="a password, key or token in the text, its front matter, code or comments",
    why="""\
Log lines and commands are pasted in a hurry, and what opens a system stands in them. Everyone who may read the archive can use it, now and in every copy of the repository later, and
nobody looks there when keys are changed. It is looked for where `--secrets` is given, as the hook and the pipelines do: by the form that vendors give to their keys, by addresses
with a password in them, by private keys, and by words such as `password =` before a value. What is masked, a template, or a vendor's own example is none. A message never repeats what was found.""",
    bad="""\
    14:02 DEBUG env: DB_PASSWORD=Xk39vQpl7w DB_HOST=orders-db""",
    better="""\
    14:02 DEBUG env: DB_PASSWORD=<password> DB_HOST=orders-db""",
    options=(ALLOW,),
    sources=("[detect-secrets](https://github.com/Yelp/detect-secrets)",),
)

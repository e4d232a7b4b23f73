"""`personal-data`: an address or number of a person in the text of a record; found where `--secrets` asks for it."""

from afterword.check.rule import Rule, WordsOption

ALLOW = WordsOption(
    "allow",
    "addresses and numbers that may stand in records, or domains all of whose addresses may, such as `shop.example`",
)
HINT = "say what it was instead, such as `<a customer's address>` or an id that means nothing outside"

RULE = Rule(
    id="personal-data",
    summary="an e-mail address of a person, a phone number, an account or card number",
    why="""\
Whoever complained, or happened to stand in a log, did not ask to be kept in an archive that everyone reads and that is never deleted; in many countries keeping it there is against the law,
and a leak of its own to be reported. It is looked for where `--secrets` is given, in the whole text. Addresses of roles (`support@`, `noreply@`) and of example domains, numbers kept
free for stories, and the card and account numbers of documentation are left alone; so are IP addresses, which are mostly those of machines.""",
    bad="""\
    14:02:11 ERROR charge failed customer=dana.wrenfield@mailbox.acme-post.co""",
    better="""\
    14:02:11 ERROR charge failed customer=<a customer>""",
    options=(ALLOW,),
)

"""`afterword rule`: what is reported, and why."""

from __future__ import annotations

import click

from afterword.check.reference import rule_page, rules_reference
from afterword.check.table import RULES
from afterword.check.wording import did_you_mean
from afterword.cli.console import Failure


@click.command(
    epilog="""\b
Examples:
  afterword rule                    all rules, a line each
  afterword rule missing-field      what it reports, why, an example
  afterword rule --reference        all of them as one Markdown page"""
)
@click.argument("rule_id", metavar="[ID]", required=False)
@click.option("--reference", is_flag=True, help="Write the documentation of all rules as Markdown.")
def rule(rule_id: str | None, reference: bool) -> None:
    """List the rules, or explain the rule with this ID."""
    if reference:
        click.echo(rules_reference(), nl=False)
    elif rule_id is None:
        width = max(len(each.id) for each in RULES)
        for each in RULES:
            click.echo(f"{each.id:<{width}}  {each.summary}")
    else:
        click.echo(_page(rule_id), nl=False)


def _page(rule_id: str) -> str:
    wanted = rule_id.strip("[]").lower()
    for each in RULES:
        if each.id == wanted:
            return rule_page(each)
    guess = did_you_mean(wanted, (each.id for each in RULES))
    raise Failure(f"no rule '{rule_id}'{guess or ', `afterword rule` lists all rules'}")

"""Two hundred services of one invented company, and how often each has an incident: a few of them often, most hardly ever, as in life."""

from __future__ import annotations

import random
from itertools import accumulate

MANY = 200

NAMED = {
    "tide-tables": "harbour", "berth-planner": "harbour", "pilot-roster": "harbour", "crane-control": "quay",
    "container-ledger": "quay", "weighbridge": "quay", "customs-gateway": "papers", "manifest-store": "papers",
    "invoice-run": "papers", "gate-cameras": "gates", "driver-app": "gates", "slot-booking": "gates",
    "reefer-monitor": "cold", "sensor-intake": "cold", "alarm-relay": "cold", "yard-map": "map",
    "route-finder": "map", "ledger-database": "platform", "message-belt": "platform", "sign-on": "platform",
}  # fmt: skip
"""The busy ones, with their teams."""

SUBJECTS = {
    "barrier": "gates", "lane": "gates", "badge": "gates", "lorry": "gates", "berth": "harbour", "dredger": "harbour", "tug": "harbour", "vessel": "harbour", "crane": "quay",
    "spreader": "quay", "stack": "quay", "lashing": "quay", "declaration": "papers", "permit": "papers", "seal": "papers", "waybill": "papers", "plug": "cold", "cooling": "cold",
    "temperature": "cold", "depot": "map", "bridge": "map", "beacon": "map", "queue": "platform", "session": "platform", "backup": "platform", "feature": "platform",
    "tariff": "billing", "demurrage": "billing", "rebate": "billing", "payment": "billing", "train": "rail", "wagon": "rail", "siding": "rail", "shunting": "rail",
    "ferry": "passengers", "cabin": "passengers", "boarding": "passengers", "luggage": "passengers", "hazmat": "safety", "drill": "safety", "inspection": "safety", "rescue": "safety",
    "shift": "crews", "payroll": "crews", "training": "crews", "locker": "crews", "invoice": "partners", "broker": "partners", "haulier": "partners", "carrier": "partners",
    "status": "web", "portal": "web", "letter": "web", "consent": "web", "metric": "observing", "trace": "observing", "log": "observing", "probe": "observing",
    "forecast": "insight", "report": "insight", "traffic": "insight", "emission": "insight", "weather": "nautical", "current": "nautical", "chart": "nautical", "radar": "nautical",
}  # fmt: skip
"""What further services are about, with the team of it."""

ROLES = (
    "api", "archive", "auditor", "board", "calendar", "catalogue", "console", "desk", "dispatcher", "events", "export", "feed", "importer", "index", "kiosk", "ledger", "mailer", "matcher",
    "planner", "pricing", "proxy", "quotes", "register", "router", "rules", "scanner", "scheduler", "signals", "store", "sync", "tracker", "worker",
)  # fmt: skip

LEVEL = 4
"""How flat the top is: the n-th service has an incident as often as 1 / (LEVEL + n), so that the first has one mention in twenty and the last one in eight hundred."""


def _drawn() -> dict[str, str]:
    """Name services until they are as many as the company has; the same ones every time."""
    dice = random.Random("services")  # noqa: S311 - invented names, not a secret
    services = dict(NAMED)
    while len(services) < MANY:
        subject = dice.choice([*SUBJECTS])
        services[f"{subject}-{dice.choice(ROLES)}"] = SUBJECTS[subject]
    return services


SERVICES = _drawn()
"""Ids with their teams, the busiest first."""

_IDS = tuple(SERVICES)
_SHARES = tuple(accumulate(1 / (LEVEL + rank) for rank in range(1, MANY + 1)))


def draw_services(dice: random.Random, count: int) -> list[str]:
    """Draw so many different services, each as often as it has incidents."""
    drawn: list[str] = []
    while len(drawn) < count:
        (service,) = dice.choices(_IDS, cum_weights=_SHARES)
        if service not in drawn:
            drawn.append(service)
    return drawn

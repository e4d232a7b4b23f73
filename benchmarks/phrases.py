"""What the invented records speak of: services, parts and sentences, all made up."""

from __future__ import annotations

SERVICES = {
    "tide-tables": "harbour", "berth-planner": "harbour", "pilot-roster": "harbour", "crane-control": "quay",
    "container-ledger": "quay", "weighbridge": "quay", "customs-gateway": "papers", "manifest-store": "papers",
    "invoice-run": "papers", "gate-cameras": "gates", "driver-app": "gates", "slot-booking": "gates",
    "reefer-monitor": "cold", "sensor-intake": "cold", "alarm-relay": "cold", "yard-map": "map",
    "route-finder": "map", "ledger-database": "platform", "message-belt": "platform", "sign-on": "platform",
}  # fmt: skip
CLASSES = ("capacity", "config-change", "dependency", "certificate", "deployment", "clock", "retry-storm", "data-shape", "network", "quota")  # fmt: skip
PEOPLE = ("Aldous Fennimore", "Brisa Calloway", "Corin Applegarth", "Delphine Stroud", "Evander Millrace", "Fenella Quist", "Garrick Thistlewood", "Hester Longreach")  # fmt: skip
SEGMENTS = ("hauliers", "shipping lines", "customs brokers", "crane crews")
CATEGORIES = ("prevent", "detect", "mitigate", "respond", "process")
SOURCES = ("chat", "pager", "dashboard", "deploy log", "job log", "audit trail")
SYMPTOMS = ("answers slowly", "rejects bookings", "shows stale berths", "loses readings", "stops printing passes", "refuses sign-ins", "doubles invoices", "drops messages")  # fmt: skip
STATES = ("full", "stale", "saturated", "read-only", "unreachable", "half empty", "out of step")
PARTS = (
    "the intake queue", "the `berth_lock` table", "the session cache", "the quay-side proxy", "the nightly export", "the **standby** replica",
    "the tariff loader", "the camera uplink", "the token signer", "the `slots.reserve` call", "the schema migration", "the retry budget",
    "the certificate bundle", "the feature switch", "the write-ahead log", "the worker pool", "the name resolver", "the rate limiter",
    "the [gate runbook](https://runbooks.example/gate)", "the message schema", "the on-call rota", "the load generator",
)  # fmt: skip
SENTENCES = (
    "Within {number} minutes {part} was {state}, and {other} followed.",
    "About {number} % of requests through {part} ended in a timeout.",
    "Nothing pointed at {part}: its own health check looks at {other} only.",
    "Restarting {part} helped for {number} minutes, until {other} was {state} again.",
    "The change to {part} had passed review and every test that there is for {other}.",
    "Since {part} keeps no history, the first {number} minutes are known from {other} alone.",
    "Traffic was moved away from {part}; {other} caught up after {number} minutes.",
    "A dashboard showed {part} as healthy while {other} was {state}.",
    "{number} bookings waited in {part} and were entered by hand from {other}.",
    "The limit of {part} had been set for a load of {number} calls a second, before {other} was added.",
    "An alert on {part} fired, and the page named {other} as its likely source.",
    "The rollback of {part} took {number} minutes, because {other} had to be drained first.",
    "Both {part} and {other} were {state} when the second crew joined.",
)  # fmt: skip
WENT_WELL = (
    "The alert on {part} fired within two minutes.", "The rehearsed way back for {part} worked as written.",
    "Staff at the gates switched to paper without being asked.", "Every message held in {part} was delivered later.",
    "One person kept the timeline from the first minute on.", "The vendor of {part} answered within ten minutes.",
)  # fmt: skip
WENT_WRONG = (
    "Two alerts on {part} had been muted for a move that was long over.", "The runbook for {part} described its predecessor.",
    "No figure told customers' errors and crawlers' errors apart.", "The standby of {part} was smaller than what it stands in for.",
    "Test and production differ in {part}.", "A page about {part} went to the crew that had handed it over in spring.",
)  # fmt: skip
HARM = (
    "Lorries waited up to an hour at the north gate.", "Bookings made through {part} had to be confirmed by telephone.",
    "Readings of cold containers are missing for the time.", "Invoices went out a day late.", "No data was lost from {part}.",
)  # fmt: skip
FACTORS = (
    "A full disk stops {part} instead of slowing it", "Retries against {part} have no upper bound", "The timeout of {part} is longer than that of its callers",
    "A restart of {part} empties all caches at once", "The rollout reached every instance of {part} together", "Nothing watches the age of data in {part}",
    "The settings of {part} are checked only when it starts", "The load test leaves out {part}", "Ownership of {part} changed without its alerts",
    "The standby of {part} had not been tried for a year", "The error of {part} reads like one of the network", "The documentation of {part} stops at version two",
)  # fmt: skip
ACTIONS = (
    "Alert on {part} above {number} % for five minutes, paging its own crew", "Give {part} a limit of {number} retries; a test with a slow peer proves it",
    "Roll out changes to {part} to {number} % of instances first", "Rehearse the failover of {part} every {number} weeks and record the time it took",
    "Let {part} refuse settings that it cannot read, before they are live", "Add a load test of {number} calls a second through {part} to the release",
    "Write the way back for {part} into the runbook, tried out by two people",
)  # fmt: skip

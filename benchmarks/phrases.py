"""What the invented records speak of: parts, people and sentences, all made up.

The words are many on purpose: of ten thousand records no two should read alike, or a search among them measures nothing.
"""

from __future__ import annotations

CLASSES = ("capacity", "config-change", "dependency", "certificate", "deployment", "clock", "retry-storm", "data-shape", "network", "quota")  # fmt: skip
PEOPLE = ("Aldous Fennimore", "Brisa Calloway", "Corin Applegarth", "Delphine Stroud", "Evander Millrace", "Fenella Quist", "Garrick Thistlewood", "Hester Longreach")  # fmt: skip
SEGMENTS = ("hauliers", "shipping lines", "customs brokers", "crane crews")
CATEGORIES = ("prevent", "detect", "mitigate", "respond", "process")
SOURCES = ("chat", "pager", "dashboard", "deploy log", "job log", "audit trail")
SYMPTOMS = (
    "answers slowly", "rejects bookings", "shows stale berths", "loses readings", "stops printing passes", "refuses sign-ins", "doubles invoices", "drops messages",
    "returns empty lists", "times out for hauliers", "hands out wrong slots", "restarts every few minutes", "writes half a manifest", "forgets its settings",
    "sends alarms twice", "cannot be reached from the quay", "skips the nightly totals", "mixes up two vessels", "keeps lorries at the barrier", "prints blank labels",
    "runs behind by an hour", "rounds weights wrongly", "locks out night crews", "serves an old map", "misses the high water", "accepts expired permits",
    "charges demurrage twice", "hides open berths", "ends in a redirect loop", "shows prices in the wrong currency", "swallows uploads", "assigns one crane to two ships",
    "is down for the ferry peak", "leaks container numbers into logs", "delivers telegrams out of order", "cannot parse customs codes", "freezes on large manifests", "reports negative temperatures",
)  # fmt: skip
CIRCUMSTANCES = (
    "while {part} is changed", "after {part} is upgraded", "when {part} runs full", "because {part} is rebuilt", "during a failover of {part}", "after a restore of {part}",
    "as {part} moves to another zone", "when {part} loses its lease", "while {part} is drained", "after {part} is renamed", "once {part} reaches its quota", "when {part} falls behind",
    "after a password for {part} is replaced", "while {part} is being measured", "when {part} is scaled down", "after an index of {part} is dropped", "as {part} gets a second tenant",
    "when a neighbour overloads {part}", "after {part} got a value meant for another", "while two releases of {part} overlap", "when clocks of {part} drift apart", "after {part} is switched back on",
)  # fmt: skip
STATES = (
    "full", "stale", "saturated", "read-only", "unreachable", "half empty", "out of step", "throttled", "fenced off", "flapping", "cold", "overcommitted", "corrupt", "unbalanced", "wedged",
)  # fmt: skip
QUALIFIERS = (
    "intake", "quay-side", "nightly", "**standby**", "tariff", "camera", "regional", "shadow", "outer", "legacy", "manifest", "gangway", "bonded", "tidal", "pilotage", "hinterland",
    "reefer", "ballast", "mooring", "dredging", "lock-keeper", "bunkering", "stevedore", "tally", "seal", "hazmat", "freight", "railhead", "lighthouse", "buoy", "customs", "barge",
)  # fmt: skip
COMPONENTS = (
    "queue", "session cache", "proxy", "export", "replica", "loader", "uplink", "token signer", "schema migration", "retry budget", "certificate bundle", "feature switch",
    "write-ahead log", "worker pool", "name resolver", "rate limiter", "message schema", "load generator", "partition map", "garbage collector", "leader election", "heartbeat",
    "bloom filter", "checkpoint", "cron entry", "dead-letter topic", "secret store", "sidecar", "connection pool", "search index", "firewall rule", "volume", "batch job",
    "webhook", "thread pool", "config map", "health probe", "archive bucket", "circuit breaker", "image registry", "clock source", "audit table", "packet filter", "lookup table",
)  # fmt: skip
CODE = (
    "the `berth_lock` table", "the `slots.reserve` call", "the `--drain-first` switch", "the `tide.window_seconds` setting", "the `quayd` process", "the `V0412__seal_numbers.sql` script",
    "the `Reefer.poll()` loop", "the `X-Berth-Epoch` header", "the `/v2/manifests` route", "the `HAUL_MAX_AGE` variable", "the `tally.proto` contract", "the `mooring-sync` timer",
)  # fmt: skip
PARTS = (
    *(f"the {qualifier} {component}" for qualifier in QUALIFIERS for component in COMPONENTS),
    *CODE * 12,
    *("the [gate runbook](https://runbooks.example/gate)", "the on-call rota") * 12,
)
ERRORS = (
    "ERROR {code}: lease {number} expired after {short} s, epoch {hex}", "panic: {code} index {number} out of range with length {short}", "{code}: connection refused by 10.{short}.7.{low}:{port}",
    "FATAL: remaining slots of {code} are reserved ({number} in use)", "java.lang.IllegalStateException: {code} closed at offset {number}", "HTTP 503 upstream {code} reset before headers ({hex})",
    "x509: {code} is not valid for host {hex}.quay.example", "OOMKilled {code}-{hex} (limit {short}Mi)", "deadlock detected: {code} waits for ShareLock on transaction {number}",
    "could not resolve {code}.svc.quay.example: NXDOMAIN ({short} tries)", "checksum mismatch in {code} segment {number}: {hex}", "E{number} {code} refused: schema version {short} is newer than {low}",
    "no space left on device: /var/lib/{code}/{number}.seg", "TypeError: {code} of undefined (manifest.js:{number}:{low})", "permission denied for relation {code} (role tally_{short})", "read timeout after {number} ms from {code}/{hex}",
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
    "A heap dump of {part} held {number} copies of the same object, each owned by {other}.",
    "Support counted {number} calls from hauliers before anybody looked at {part}.",
    "The vendor confirmed a known defect in {part} and offered a build without it.",
    "Packets between {part} and {other} were lost in one direction only.",
    "A feature meant for {number} customers was switched on for all of them by {part}.",
    "Compaction of {part} competed with {other} for the same disk.",
    "The query planner chose another index for {part}, {number} times as slow.",
    "After the daylight saving change {part} ran an hour early and met {other} at work.",
    "A copy of the credentials of {part} had been pasted into the settings of {other}.",
    "The container of {part} was evicted from its node and found no room elsewhere.",
    "Messages with an empty field made {part} give up, and {other} sent them again and again.",
    "Operators disabled {part} by hand and kept a paper list for {number} minutes.",
    "The new release of {part} spoke a dialect that {other} did not yet understand.",
    "A migration rewrote {number} million rows of {part} in a single transaction.",
    "The canary of {part} saw no traffic, so nothing stopped the rollout to {other}.",
    "Backups of {part} were intact, and restoring one was rehearsed for {other} alone.",
    "A firewall change in the terminal cut {part} off from {other}.",
    "The certificate of {part} had {number} days left, yet its intermediate had none.",
    "Somebody noticed by chance that {part} answered from last week's data.",
    "Autoscaling added {number} instances of {part}, and each opened its own connections to {other}.",
    "The on-call engineer of {other} was asked to hold all changes until {part} was understood.",
    "Logs of {part} were sampled at {number} %, and the failing requests were not among them.",
    "A loop between {part} and {other} multiplied every event by {number}.",
    "The default of {part} had changed in a minor version without a line in its notes.",
    "Switching {part} to its twin brought half of the traffic back.",
    "An emergency fix skipped the queue of reviews and was reviewed the day after by the crew of {other}.",
    "The memory of {part} grew by {number} MB an hour, and nothing watches it.",
    "Two schedulers each believed to be the leader of {part}.",
    "A partner's scanner asked {part} for every container ever shipped.",
    "The ticket about {part} had been open for {number} weeks.",
    "Rate limits of the mapping provider applied to {part} and {other} together.",
    "The test data for {part} hold no vessel with two names.",
    "Salt water in a cabinet took the switch in front of {part} down.",
    "The DNS entry of {part} was cached for {number} minutes by every client.",
    "Encryption of {part} was turned on, and its throughput halved.",
)  # fmt: skip
WENT_WELL = (
    "The alert on {part} fired within two minutes.", "The rehearsed way back for {part} worked as written.",
    "Staff at the gates switched to paper without being asked.", "Every message held in {part} was delivered later.",
    "One person kept the timeline from the first minute on.", "The vendor of {part} answered within ten minutes.",
    "Customers were told on the status page before they asked.", "A feature switch took {part} out of the path in seconds.", "The backup of {part} could be read at the first try.",
    "Quay crews and engineers shared one channel from the start.", "Rate limits kept the trouble of {part} away from payment.", "The query log of {part} showed the slow statement at once.",
)  # fmt: skip
WENT_WRONG = (
    "Two alerts on {part} had been muted for a move that was long over.", "The runbook for {part} described its predecessor.",
    "No figure told customers' errors and crawlers' errors apart.", "The standby of {part} was smaller than what it stands in for.",
    "Test and production differ in {part}.", "A page about {part} went to the crew that had handed it over in spring.",
    "Rights to restart {part} lay with one crew that was at sea.", "The dashboard of {part} shows averages, which hid the slow tail.", "Nobody could tell which release of {part} was live.",
    "The status page itself depends on {part}.", "A dry run of {part} prints the same lines as a real one.", "The first fix for {part} was tried in production only.",
)  # fmt: skip
HARM = (
    "Lorries waited up to an hour at the north gate.", "Bookings made through {part} had to be confirmed by telephone.",
    "Readings of cold containers are missing for the time.", "Invoices went out a day late.", "No data was lost from {part}.",
    "A ferry left with eleven trailers fewer than planned.", "Two brokers filed their declarations by fax.", "Night crews could not see their shifts.", "One tug was ordered twice.",
    "Prices were quoted without the fuel surcharge.", "Drivers without a pass were sent to the south gate.", "Reports to the harbour office were sent again by hand.",
)  # fmt: skip
FACTORS = (
    "A full disk stops {part} instead of slowing it", "Retries against {part} have no upper bound", "The timeout of {part} is longer than that of its callers",
    "A restart of {part} empties all caches at once", "The rollout reached every instance of {part} together", "Nothing watches the age of data in {part}",
    "The settings of {part} are checked only when it starts", "The load test leaves out {part}", "Ownership of {part} changed without its alerts",
    "The standby of {part} had not been tried for a year", "The error of {part} reads like one of the network", "The documentation of {part} stops at version two",
    "The schema of {part} allows what its readers cannot parse", "One credential opens every tenant of {part}", "The quota of {part} counts deleted objects", "A single node holds the lock of {part}",
    "Certificates of {part} are renewed by a script on a laptop", "The health probe of {part} succeeds before its data are loaded", "Deleting from {part} cannot be undone", "The scheduler of {part} has no notion of holidays",
    "Metrics of {part} are dropped when it is busy", "Two copies of the settings of {part} are edited apart", "An id of {part} is reused after a reset", "The mirror of {part} is updated by hand",
)  # fmt: skip
ACTIONS = (
    "Alert on {part} above {number} % for five minutes, paging its own crew", "Give {part} a limit of {number} retries; a test with a slow peer proves it",
    "Roll out changes to {part} to {number} % of instances first", "Rehearse the failover of {part} every {number} weeks and record the time it took",
    "Let {part} refuse settings that it cannot read, before they are live", "Add a load test of {number} calls a second through {part} to the release",
    "Write the way back for {part} into the runbook, tried out by two people", "Show the age of the newest entry of {part} on its dashboard, red from {number} minutes on",
    "Renew the certificate of {part} by the platform's job and alert {number} days before it ends", "Cap the memory of {part} at {number} % of its node", "Split the pool of {part} so that batches get {number} connections at most",
    "Keep deleted rows of {part} for {number} days", "Name the release of {part} in every log line", "Reject manifests with more than {number} thousand lines at {part}", "Replay {number} minutes of recorded traffic against {part} before each release",
)  # fmt: skip

"""Verbs by what they say about people and outcomes, and their forms."""

from __future__ import annotations

from afterword.check.language.words import word_set

IRREGULAR = {
    "begun": "begin",
    "began": "begin",
    "broken": "break",
    "broke": "break",
    "brought": "bring",
    "built": "build",
    "bought": "buy",
    "caught": "catch",
    "chosen": "choose",
    "chose": "choose",
    "come": "come",
    "came": "come",
    "cut": "cut",
    "done": "do",
    "did": "do",
    "drawn": "draw",
    "driven": "drive",
    "fallen": "fall",
    "fell": "fall",
    "felt": "feel",
    "found": "find",
    "forgotten": "forget",
    "forgot": "forget",
    "forgone": "forgo",
    "frozen": "freeze",
    "given": "give",
    "gave": "give",
    "gone": "go",
    "went": "go",
    "gotten": "get",
    "got": "get",
    "grown": "grow",
    "had": "have",
    "heard": "hear",
    "held": "hold",
    "hit": "hit",
    "kept": "keep",
    "known": "know",
    "knew": "know",
    "led": "lead",
    "lead": "lead",
    "left": "leave",
    "let": "let",
    "lost": "lose",
    "made": "make",
    "meant": "mean",
    "met": "meet",
    "mistaken": "mistake",
    "mistook": "mistake",
    "misread": "misread",
    "misspelt": "misspell",
    "misunderstood": "misunderstand",
    "overridden": "override",
    "overrode": "override",
    "overwritten": "overwrite",
    "overwrote": "overwrite",
    "paid": "pay",
    "put": "put",
    "read": "read",
    "rebuilt": "rebuild",
    "run": "run",
    "ran": "run",
    "rerun": "rerun",
    "said": "say",
    "seen": "see",
    "saw": "see",
    "sent": "send",
    "set": "set",
    "reset": "reset",
    "shown": "show",
    "shut": "shut",
    "spent": "spend",
    "split": "split",
    "spoken": "speak",
    "sped": "speed",
    "stood": "stand",
    "started": "start",
    "stopped": "stop",
    "taken": "take",
    "took": "take",
    "taught": "teach",
    "thought": "think",
    "threw": "throw",
    "thrown": "throw",
    "told": "tell",
    "undone": "undo",
    "understood": "understand",
    "used": "use",
    "withdrawn": "withdraw",
    "won": "win",
    "wrote": "write",
    "written": "write",
    "drew": "draw",
    "spun": "spin",
    "stuck": "stick",
    "took-down": "take",
    "been": "be",
    "become": "become",
    "became": "become",
    "overlooked": "overlook",
    "lent": "lend",
    "slept": "sleep",
    "drunk": "drink",
    "hidden": "hide",
    "hid": "hide",
    "bound": "bind",
    "fed": "feed",
    "fled": "flee",
    "hung": "hang",
    "ridden": "ride",
    "risen": "rise",
    "rose": "rise",
    "sunk": "sink",
    "sold": "sell",
    "swept": "sweep",
    "torn": "tear",
    "woken": "wake",
    "wound": "wind",
    "dug": "dig",
    "dealt": "deal",
    "arisen": "arise",
    "foreseen": "foresee",
    "overseen": "oversee",
    "undergone": "undergo",
    "withheld": "withhold",
    "rung": "ring",
    "stolen": "steal",
    "sought": "seek",
    "struck": "strike",
    "shaken": "shake",
    "worn": "wear",
    "redone": "redo",
    "rewritten": "rewrite",
    "rewrote": "rewrite",
    "woke": "wake",
    "stole": "steal",
    "sat": "sit",
}
"""Past forms and participles that do not end in `ed`, with the verb."""

_DOUBLED = word_set("p t r n g b m")


def is_participle(word: str) -> bool:
    """Tell whether a word may be a past form or participle."""
    return word in IRREGULAR or (word.endswith("ed") and len(word) > 3 and word not in _NO_VERBS)


_NO_VERBS = word_set("need indeed speed exceed proceed feed seed embed bed red shed hundred")


def is_told(word: str) -> bool:
    """Tell whether a word may be the past form of an irregular verb, and is not most often a noun."""
    return word in ("set", "put") or IRREGULAR.get(word, word) != word


def past(verb: str) -> str:
    """Give the participle of a verb: `verify` is `verified`, `take` is `taken`."""
    if verb in _PARTICIPLES:
        return _PARTICIPLES[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    short = len(verb) <= 4 and verb[-1:] in _DOUBLED and verb[-2:-1] in "aeiou" and verb[-3:-2] not in "aeiou"
    return f"{verb}{verb[-1]}ed" if short else f"{verb}ed"


_PARTICIPLES = {
    base: form
    for form, base in IRREGULAR.items()
    if form
    not in {
        "began",
        "broke",
        "chose",
        "came",
        "fell",
        "gave",
        "went",
        "got",
        "knew",
        "ran",
        "saw",
        "took",
        "wrote",
        "forgot",
        "overrode",
        "overwrote",
        "mistook",
        "threw",
        "drew",
        "became",
        "hid",
        "rose",
        "did",
        "lead",
        "rewrote",
        "woke",
        "stole",
        "took-down",
    }
}
_PARTICIPLES |= {
    "commit": "committed",
    "rollback": "rolled back",
    "admit": "admitted",
    "submit": "submitted",
    "refer": "referred",
    "prefer": "preferred",
    "format": "formatted",
    "occur": "occurred",
    "limit": "limited",
    "debug": "debugged",
}

HUMAN_ACTS = word_set(
    """
    acknowledged acted added archived bought built budgeted hardened hired secured staffed opened allocated attempted carried executed run restored rebuilt scaled backed coordinated deferred addressed agreed aligned analysed analyzed announced anticipated approved asked assessed assigned audited automated avoided backported blocked-off
    briefed bumped cancelled canceled caught challenged changed checked chosen clarified cleaned coded communicated confirmed configured considered consulted coordinated
    corrected covered created cut decided declared defined delayed delegated deleted deployed deprecated designed detected developed disabled discovered discussed documented done
    double-checked drilled enabled engaged enforced escalated established evaluated examined exercised expected explained factored finished fixed flagged followed foreseen forced given handled
    held identified implemented improved included informed insisted inspected instrumented introduced investigated involved isolated kept known launched left looked made managed mentioned
    merged migrated mitigated monitored moved noted noticed notified ordered organised organized overseen owned paid patched paused performed picked pinned planned postponed prepared
    prevented prioritised prioritized procured proposed protected provided provisioned published pulled pushed put questioned raised read recognised recognized recorded reduced
    re-evaluated rehearsed released removed renamed renewed replaced reported requested researched resolved restricted retired reverted reviewed revisited revoked rewritten rolled rotated rushed
    said scanned scheduled scoped scrutinised scrutinized seen separated set shared shipped shut sized skipped solved specified spent split spoken spotted staged started stated stopped
    stored studied taken taught tested thought tightened told tracked trained treated triaged triggered tried trusted tuned turned understood undertaken undone updated upgraded used validated vetted verified
    versioned warned watched written convened countersigned decommissioned emailed e-mailed frozen labelled labeled phoned piloted purchased rung signed simulated trialled
    """
)
"""Participles of what people do, or leave, before and during an incident."""

SYSTEM_ACTS = word_set(
    """
    alerted applied balanced cached called cleared closed collected compressed computed counted dequeued delivered displayed dropped emitted encrypted evicted expired failed filtered fired
    forwarded hashed ignored indexed invoked killed logged notified paged parsed persisted processed propagated queued reaped received recycled redirected refused replicated
    restarted retried returned routed saved scaled scheduled sent served skipped synced synchronised synchronized terminated throttled translated truncated uploaded
    """
)
"""Participles of what systems do; beside `HUMAN_ACTS`, these state the right behaviour, judging nobody."""

GOOD = word_set(
    """
    alerted averted avoided blocked caught contained decreased detected discovered eased enabled exposed flagged found helped highlighted identified improved lessened limited
    mitigated minimised minimized noticed notified prevented protected reduced revealed saved shortened shielded shown signalled simplified softened spared sped spotted stopped surfaced uncovered
    warned accelerated allowed lowered revealed told given triggered-an-alert
    """
)
"""Participles of what would have been better."""

UNDONE = word_set(
    "happened occurred failed broken gone led resulted caused been arisen started spread escalated crashed affected impacted run taken needed had propagated lost deleted"
)
"""Participles of what, in the imagined past, would not have been."""

BETTER = word_set(
    "better faster quicker easier smoother sooner earlier quickly shorter smaller lower less fewer useful helpful nice nicer good great ideal beneficial valuable safer simpler wise wiser possible preferable sufficient enough limited contained"
)
"""Words behind `would have been` that wish for another past."""

WORSE = word_set("worse worst lost catastrophic disastrous longer larger bigger")
"""Words of an outcome that was escaped: no blame is in it."""

FAILING = word_set(
    "forgot overlooked neglected misread misunderstood misinterpreted misjudged miscalculated mistook mistyped mishandled misconfigured mis-configured mis-typed misclicked mis-clicked "
    "fat-fingered botched bungled rubber-stamped overestimated over-estimated underestimated under-estimated miscommunicated mis-communicated misapplied misdiagnosed misspelled misspelt misnamed misplaced misremembered miscounted mistaken fumbled goofed"
)
"""Past forms that say of a person that they failed."""

THINKING = word_set(
    "trusted relied assumed believed thought concluded considered expected presumed supposed guessed interpreted understood decided judged diagnosed identified attributed read remembered took set configured "
    "entered typed deleted removed applied used ran executed selected chose copied pasted pointed targeted deployed merged pushed committed specified labelled labeled marked dismissed closed reported stated told "
    "assessed evaluated gauged rated predicted anticipated inferred deduced reasoned perceived prioritised prioritized triaged scoped sized labelled approved rejected-as ruled attributed blamed classified calculated estimated determined disabled enabled changed updated edited modified restored added"
)
"""Past forms that, done `wrongly` by a person, are told as their failing."""

LUCK = word_set(
    "worked fixed found discovered solved resolved noticed caught spotted learned learnt recovered restored mitigated repaired stumbled uncovered saved prevented helped"
)
"""What is well done, even by accident."""

ACCIDENTS = word_set(
    "deletion deletions delete destroy destruction execution removal overwrite overwriting override change changes commit push deploy deployment release shutdown merge publication publishing "
    "exposure disclosure termination revert rollback activation deactivation disabling enabling click press trigger misconfiguration upload sharing commitment leak truncation drop reboot restart purge cancellation revocation edit modification update"
)
"""Acts of people that an `accidental` is said of."""

"""Small words of English by what they do in a sentence, and nouns by whom they mean."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Read words that are written with blanks between them."""
    return frozenset(words.split())


BE = word_set("be is are am was were been being get gets got gotten 's 're 'm")
PAST_BE = word_set("was were been being got gotten")
HAVE = word_set("have has had having 've")
DO = word_set("do does did")
MODALS = word_set("should could would might may must can will shall ought 'd 'll")
AUXILIARIES = BE | HAVE | DO | MODALS | word_set("not n't never")

ADVERBS = word_set(
    "also then just never not n't still even only already always often again simply now later first once ever yet therefore instead both all each perhaps maybe soon "
    "almost rather quite too either together directly somehow sometimes ourselves themselves himself herself myself itself else though however thus hence "
    "double cross triple sooner earlier longer at-first in-part well back"
)
"""Words that may stand between a subject and its verb, beside those that end in `ly`."""

NO_ADVERBS = word_set(
    "only family supply reply apply assembly anomaly rely early daily weekly monthly fly july italy multiply ally poly"
)

PREPOSITIONS = word_set(
    "of in on at by for to from with without within into onto over under about against between among across through during via per towards toward upon behind inside "
    "outside around near despite like than regarding concerning including except throughout"
)
CONJUNCTIONS = word_set(
    "because when while if unless although though since as after before until whereas whenever once that so but where why how whether what"
)
COORDINATORS = word_set("and or but then nor so & +")
DETERMINERS = word_set(
    "the a an this that these those our their his her its my your no any some each every another one two three four both all several many most few neither either whichever"
)
QUANTITIES = word_set(
    "one two three four five some any none several many most all few both each half part member members neither either nobody anyone someone somebody number couple majority rest"
)
HARD_STOPS = word_set('. ; : ! ? ( ) [ ] { } " “ ” — – … | > < -> -')

QUOTES = word_set("\" “ ” ' ‘")
OWN_PRONOUNS = word_set(
    "we i he she who someone somebody nobody everyone everybody anyone anybody no-one noone whoever us"
)
THING_PRONOUNS = word_set("it this there nothing everything something what these those anything itself")

OWN = word_set(
    "engineer engineers developer developers dev devs operator operators admin admins administrator administrators sysadmin sysadmins sre sres on-call oncall on-caller "
    "responder responders maintainer maintainers contributor contributors committer committers reviewer reviewers author authors team teams staff employee employees "
    "colleague colleagues coworker coworkers co-worker co-workers technician technicians contractor contractors personnel person persons people human humans dba dbas analyst analysts "
    "intern interns architect architects tester testers qa squad squads crew management leadership individual individuals volunteer volunteers programmer programmers "
    "deployer deployers implementer implementers assignee owner owners devops ops operations guy guys folks teammate teammates supervisor supervisors approver approvers "
    "ic commander manager-on-duty dispatcher specialist specialists consultant consultants newcomer newcomers expert experts junior juniors senior seniors "
    "designer designers electrician electricians subcontractor subcontractors freelancer freelancers cto cio ciso "
    "strategist strategists scientist scientists trainee trainees apprentice apprentices rookie rookies newbie newbies new-hire new-hires"
)
"""Nouns for people and groups of people who build and run what failed."""

DOERS = OWN | word_set("we i he she")
"""These, and the pronouns of people who act."""

OUTSIDE = word_set(
    "user users customer customers student students visitor visitors attacker attackers reporter reporters merchant merchants subscriber subscribers "
    "researcher researchers instructor instructors participant participants third-party vendor vendors partner partners caller callers adversary you actor actors "
    "patient patients nurse nurses clinician clinicians physician physicians pharmacist pharmacists lecturer lecturers teacher teachers pupil pupils players passenger passengers "
    "shopper shoppers supplier suppliers"
)
"""Nouns for people who use it, or attack it: what they might have seen or done is impact."""

ONLY_BEHIND = {
    "member": word_set("team staff crew squad support cp platform engineering ops committee group"),
    "members": word_set("team staff crew squad support cp platform engineering ops committee group"),
    "lead": word_set(
        "tech team incident platform technical engineering project database product squad ops operations communications comms lead"
    ),
    "leads": word_set("tech team incident platform technical engineering project database product squad"),
    "manager": word_set(
        "incident product engineering project release duty shift account team delivery line service change"
    ),
    "managers": word_set(
        "incident product engineering project release duty shift account team delivery line service change"
    ),
    "call": word_set("on"),
    "group": word_set("working platform operations infrastructure support"),
    "desk": word_set("service help front night operations support"),
    "agent": word_set("support helpdesk desk first-line"),
    "agents": word_set("support helpdesk desk first-line"),
    "department": word_set("it"),
    "helpdesk": word_set("the our a"),
    "support": word_set("customer technical first-line second-line it l1 l2"),
    "officer": word_set("duty security"),
    "hand": word_set("farm"),
    "shift": word_set("night day late early morning evening weekend on-call previous next"),
    "engineering": word_set("platform site reliability"),
    "hire": word_set("new recent latest newest junior"),
    "hires": word_set("new recent latest newest junior"),
    "joiner": word_set("new recent"),
    "joiners": word_set("new recent"),
}
"""Nouns that mean people only behind certain words: a `package manager` is none."""

NOT_BEHIND = {
    "operator": word_set(
        "kubernetes k8s prometheus cluster network logical comparison ternary equality boolean mobile telecom postgres kafka strimzi cert-manager ingress vault flink"
    ),
    "operators": word_set(
        "kubernetes k8s prometheus cluster network logical comparison boolean mobile telecom"
    ),
    "owner": word_set("resource process repository file object code package"),
    "author": word_set("git commit"),
    "team": word_set("microsoft"),
    "operations": word_set("read write database file disk delete update io i/o crud bulk cluster git batch"),
    "ops": word_set("read write database file disk delete update io i/o crud bulk"),
    "expert": word_set("the"),
}
"""Words behind which these nouns mean no people."""

"""What stands beside names: words that only people do or have, and words that show a machine, a product or a place."""

from __future__ import annotations

from afterword.check.language.words import word_set


def _forms(verbs: frozenset[str], *, going: bool = False) -> frozenset[str]:
    """Give the third person and the past of regular verbs, with the -ing form where wanted."""
    found: set[str] = set()
    for verb in verbs:
        stem = verb.removesuffix("e")
        if verb.endswith("y") and verb[-2] not in "aeo":
            found |= {f"{verb[:-1]}ies", f"{verb[:-1]}ied"}
        else:
            found |= {f"{verb}{'es' if verb.endswith(('s', 'sh', 'ch', 'x')) else 's'}", f"{stem}ed"}
        if going:
            found.add(f"{stem}ing")
    return frozenset(found)


PERSONAL = _forms(
    word_set(
        """acknowledge agree ask believe brainstorm debug decide discuss dm explain hop inform investigate join jump
            mention message notice phone pinpoint ponder propose realise realize recall recommend remember remind
            suggest suspect talk text troubleshoot try type volunteer wait want warn wonder work worry"""
    ),
    going=True,
) | word_set(
    """brings brought came comes digs digging dug drives drove feels felt finds found forgets forgot gets gives gave
        goes went got hears heard knows knew leaves left pings pinged pinging points pointed says said saying sees saw
        spots spotted spotting takes took tells told telling thinks thought thinking understands understood wakes woke
        ssh'd ssh'ed writes wrote writing volunteers asks reaches reached signs signed logs logged hands handed drops
        dropped calls calling"""
)
"""What people do, and machines seldom; enough for a name that is also a word."""

_AS_MACHINES = word_set(
    "acknowledge agree believe decide inform join message propose recall recommend try text type want warn work wait"
)
ONLY_PEOPLE = (
    PERSONAL
    - _forms(_AS_MACHINES, going=True)
    - word_set(
        """brings brought came comes drives drove finds found forgets forgot gets gives gave goes went got hears heard
        knows knew leaves left pings pinged pinging points pointed says said saying sees saw takes took tells told
        telling thinks thought writes wrote writing reaches reached signs signed logs logged hands handed drops dropped
        calls calling"""
    )
) | word_set("volunteered messaged")
"""What neither machines nor companies are said to do; enough for a word that no list knows."""

TECHNICAL = _forms(
    word_set(
        """apply approve assess assign attempt complete cordon deliver explore increase observe provide resize share ship spin spot change check clear close commit compare confirm continue create declare delete deploy
        disable edit enable escalate evaluate execute fix flush force identify increase install kill manage merge
        monitor notify open page patch perform pick post prepare promote publish pull push reboot rebuild redeploy
        reduce release remove rename repair replace report request resolve respond restart restore resume retry revert
        review roll rotate scale silence start stop switch terminate test trigger update upgrade verify alert land submit bump file"""
    )
) | word_set(
    "begins began keeps kept runs ran sends sent sets shuts builds built makes made puts plans planned does did"
)
"""What people and machines do: with it a name is a name, a word that is also a product is not."""

HANDS_ON = word_set(
    "merged approved reverted reviewed attempted compared checked merges approves reverts reviews checks compares"
)
"""What people do with a change or a log, where neither a tool nor a company is likely."""

LIKE_NOUNS = word_set(
    """calls changes checks comes commits drops finds fixes hands jumps leaves logs looks merges messages notes notices
    pages pings points posts pushes releases reports requests restarts reviews rolls runs scales sees sets signs starts
    stops switches tests texts tries types updates upgrades wakes works patches plans builds keeps talks attempts alerts lands files bumps"""
)
"""Verbs whose third person is a plural noun: they count where an object follows."""

DETERMINERS = word_set(
    "the a an our their your its my his her this these those each every any some no another whose"
)
OBJECTS = DETERMINERS | word_set(
    "to for that whether if into through at in on with out up back about and it them us him over"
)

AUXILIARY = word_set(
    "is are was were has had have got gets been be being will would could can cannot couldn't didn't did does doesn't"
)
OF_PEOPLE = word_set(
    """paged asked told pinged woken on-call oncall away informed asleep appointed invited convinced unsure sure travelling
    traveling talking wondering debugging investigating"""
)
"""What stands behind `is`, `was` of a person."""

OF_THINGS = word_set(
    """deployed redeployed upgraded downgraded restarted rebooted installed configured migrated scaled drained down up slow
    unreachable unresponsive unhealthy healthy degraded running deprecated released built hosted enabled disabled
    patched replicated overloaded saturated full throttled provisioned decommissioned stuck rolled running listening"""
)
"""What stands behind `is`, `was` of a machine or a service."""

TOOLS_OF_PEOPLE = word_set(
    """pr prs pull laptop phone branch suggestion comment idea shift review advice hypothesis opinion absence desk
    screen terminal message handover guess question"""
)
"""What someone has: `Petra's laptop`."""

HONORIFICS = word_set("Mr Mrs Ms Mx Dr Prof Herr Frau")
"""What stands before a surname, as it is written there."""

BEFORE_PEOPLE = word_set(
    """cc dm dms messaged messaging texted texts phoned phoning woke wakes mr mrs ms prof colleague colleagues engineer
    engineers developer developers intern sre dba contractor kudos props sysadmin teammate technician"""
)
"""What stands before a person alone."""

TITLES = (
    BEFORE_PEOPLE
    | word_set("manager consultant analyst director responder commander scribe")
    | word_set(
        "lead leads owner head officer oncall on-call chief principal senior support operator engineering coordinator moderator reviewer author vp cto ceo coo cio tech team"
    )
)
"""What a person is called by in front of the name."""

BEFORE_NAMES = BEFORE_PEOPLE | word_set(
    """by from thank page paging asking tell telling calls calling contacts contact notified notifies informs credit helped
    invited emailed emails reminds reminded"""
)
ADDRESSES = word_set(
    "ping pings pinged pinging message messages dr manager consultant analyst director responder commander scribe ask asked asks tells told paged pages thanks contacted informed"
)
"""What is done to a person, and now and then to a company."""
TO_PEOPLE = word_set(
    """escalated escalates escalating handed hands handover hand-over handoff hand-off assigned reassigned delegated spoke speak
    speaks spoken talk talked talks talking according thanks kudos reached listened given reports reported out credit known
    up explained mentioned delegates message"""
)
"""What stands before `to` or `with` and a person."""
PASSED_TO = word_set(
    "failed fail failover moved move migrated switched switch connected connect connects pointed deployed replicated "
    "upgraded rolled routed pushed"
)
"""What stands before `to` and a machine."""
OF_VERSIONS = word_set(
    "upgrade upgrades deployment deployments restart restarts release version versions rollback instance instances "
    "migration redeploy outage build copy copies replica replicas nodes pods cluster hosts half rest all part parts"
)
"""What stands before `of` and a machine."""

DONE_BY = word_set(
    """acknowledged approved authored committed debugged discovered done investigated led merged mentioned noticed
    owned pointed proposed raised reviewed seen spotted suggested taken written handled recommended acked review"""
)
"""What stands before `by` and a person, where a machine is unlikely."""

BEFORE_THINGS = word_set(
    """in on via using into onto inside within through across under near at against behind around between
    use uses used adopt adopted run runs running install installed installing upgrade upgraded upgrading deploy
    deployed deploying configure configured migrate migrated migrating reboot rebooted provision provisioned
    scale scaled drain drained cordoned patched enable enabled enabling disable disabled disabling monitor monitored
    cluster clusters server servers host hosts node nodes machine machines service services tool tools product
    customer customers tenant tenants client release releases queue queues city region database databases app application
    project projects codename codenamed named saint storm hurricane typhoon cyclone operation vendor provider company
    brand model vm environment team squad topic channel bucket package library plugin module repository repo version
    rolled rolling redeployed redeploy restarting bumped bump downgraded downgrade rebuilt evicted killed move moved moving rename
    renamed retire retired split decommission decommissioned pin pinned scaling rebooting hosted
    town country state office site school schools university data-centre datacenter datacentre lake mount river port"""
)
"""What stands before machines, products and places."""

NOUNS = word_set(
    """account accounts agent agents alarm alarms alert alerts algorithm algorithms api apis app application apps backend
    backends backup backups bill bot bots box boxes bucket buckets build builds cable cables cache certificate chart charts
    check checks ci cli client clients cloud cluster clusters cms code codebase config configs configuration connector
    container containers controller controllers cron crud daemon dashboard dashboards data database databases datacenter
    db deployment deployments distribution driver drivers email endpoint endpoints engine entries environment error errors event events exporter
    exporters failure failures farm feature file files filter filters firmware format framework frontend functions
    gateway gateways group groups host hosts hosting image images index infrastructure ingress instance instances
    integration integrations issue job jobs kernel key keys language law layer library limit limits lock locks log
    logs machine machines manifest manifests manager master metrics method methods migration migrations model models
    module modules monitor monitors namespace namespaces network networks node nodes office operator operators package
    packages page pages parser period periods pipeline pipelines plan platform plugin plugins pod pods pool pools
    principle problem process processes product profile project protocol provider proxy query queries queue queues region
    registry release releases replica replicas repo repos repository resource resources rule rules run runner runners runtime scale schedule
    scheduler schema script scripts sdk secret secrets server servers service services setting settings setup shard
    shards site software stack storage store stores stream suite support switch syntax system systems table tables task tasks team
    teams template templates tenant test tests theorem tier tls token tokens tool tools topic topics traffic ui update
    updates upgrade url user users validator variable vault version versions view vm vms volume webhook webhooks
    window wizard worker workers workflow workflows workload workloads zone zones diagram distributed clock graph
    conjecture correction effect fallacy inequality paradox razor notation number transform series process tree bus
    offices shop shops sites branch branches warehouse warehouses depot depots campus terminal terminals plant station stations
    outage outages downtime timeout timeouts overload latency degradation unavailability
    hospital school university datacentre datacentres data-centre datacenters centre hub regions
    ward wards wing wings hall halls tower towers building buildings clinic clinics hangar hangars studio studios"""
)
"""Behind a name without `'s` they make it the name of a thing; behind one with `'s`, of a law or a method, where they are of one."""

LAWS = word_set(
    """law laws theorem algorithm test model principle razor method paradox conjecture inequality rule cheese diagram
    formula notation effect fallacy transform process triangle number sieve constant lemma distribution"""
)

OF_COMPANIES = word_set(
    """foundation guard labs inc ltd llc gmbh capital bank university institute holdings group partners ventures association society
    hospital airport museum award street avenue prize stadium center centre lab team council agency committee
    commission consortium alliance payments finance financial dairy research media airlines railways games protocol
    attack county celebration conference summit memorial vulnerability exploit tech technologies software"""
)
"""What makes a company or an institution of a name before it."""

PARTICLES = word_set("de van von der den da di dos del la le el bin ibn al ter ten af du do zu")

NO_NAMES = word_set(
    """monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri january february march july
    september october november december feb mar jul sep sept oct nov dec christmas easter halloween thanksgiving
    africa america asia europe european american british german french english indian chinese japanese spanish italian
    yahoo bing baidu yandex amazon google microsoft facebook slack github gitlab bitbucket oracle adobe ibm heroku salesforce openai stripe
    twilio opsgenie pagerduty statuspage hetzner digitalocean fastly akamai cloudflare datadog dynatrace azure gitter
    kubernetes docker terraform prometheus grafana elasticsearch kafka redis postgres mysql mongo mongodb nginx apache linux ubuntu
    debian windows macos android ios python java javascript typescript node golang rust kotlin traefik istio envoy
    helm argo flux fluentd loki jaeger zipkin thanos cortex consul nomad ansible puppet chef salt rabbit rabbitmq celery
    flink spark hadoop hive presto trino airflow dagster gunicorn uwsgi memcached varnish haproxy karpenter kubelet velero
    jenkins teamcity circleci bamboo spinnaker renovate dependabot selenium cypress playwright puppeteer jest mocha byzantine
    safari firefox chrome outlook exchange sharepoint confluence jira trello asana linear notion zoom teams discord telegram
    swiss internet bluetooth ethernet unicode markdown latin greek boolean cartesian euclidean gaussian bayesian poisson"""
)
"""Words that no list of brands knows as one word and that are nobody's name here."""

PRODUCTS = word_set(
    """ada alexa apollo argo artemis athena aurora bento bloom calico cassandra cassini clair claude copernicus cortana
    delta dash ember galileo gemini gerrit harbor hazelcast helios hermes hugo iris julia juno jupiter kepler lambda
    luna lynx mars maven mercury midas mimir neo nexus nova ollama orion otto pandora panda perl phoenix pip puppet
    raven ruby safari samba scala sentry siri sol sonar spring swift talos thor titan travis vala vega vitess zeus zuul
    venus vesta juniper nat jest stan sybil odin loki freya ursa vela ceph rook nagios zabbix rocky alma art ray dart
    ping nil job agent median tilde eta age edit line lot else ever among done said made per par forum floor ion atom
    valid atlas chase elsa genesis harmony jade jail jet karma rita sierra trinity
    dev prod sus dai ip max min mina raft ram rom lan wan arm ali lan hana dora mac catalina monterey ventura sonoma robin"""
)
"""Given names that are as well known as tools, machines or words of computing."""

PLACES = word_set(
    """texas arizona utah maine kansas canada brisbane africa alexandria america asia athens atlanta austin berlin boston brooklyn cairo cali california carolina china
    cleveland columbia cuba dakota dallas denver dublin england florida france frankfurt geneva genoa georgia germany
    goa holland houston india indiana iowa ireland israel italy jamaica japan jersey jordan kenya kiev kyiv lagos lincoln london
    madrid malta marseille melbourne memphis milan montana montreal nairobi nevada ohio oregon oslo oxford paris perth persia
    petra phoenix praia quebec rome salem salvador seville siena singapore spain surrey sweden sydney tokyo toledo tulsa
    venice victoria vienna virginia washington wellington zurich delhi mumbai
    amsterdam rotterdam antwerp brussels lisbon porto barcelona warsaw prague budapest bucharest copenhagen helsinki stockholm
    gothenburg munich hamburg cologne istanbul ankara dubai doha bangalore bengaluru chennai hyderabad pune kolkata karachi lahore
    dhaka jakarta manila bangkok hanoi seoul osaka kyoto beijing shanghai shenzhen johannesburg accra kampala casablanca tunis
    bogota caracas monterrey guadalajara toronto ottawa vancouver calgary chicago detroit minneapolis seattle portland sacramento
    albuquerque baltimore philadelphia pittsburgh manchester birmingham leeds glasgow edinburgh cardiff belfast bristol
    netherlands belgium portugal poland denmark finland norway turkey egypt nigeria brazil mexico argentina chile peru"""
)

OF_PLACES = word_set(
    "san santa puerto costa rio sao cape isle bad los las new north south east west saint st lake port fort mount project hurricane storm typhoon"
)
"""What makes one thing of itself and a name behind it."""

DATES = word_set("jan april may june august jul summer autumn")

CITED = word_set(
    """allspaw cook dekker hollnagel leveson woods rasmussen perrow weick reason deming ishikawa ohno toyoda conway goodhart
    amdahl brooks postel lamport turing knuth dijkstra bayes pareto murphy hyrum shewhart heinrich klein kahneman lunney
    lueder wachter edmondson senge meadows popper occam hanlon erlang markov nygard"""
)
"""Authors and namesakes whom post-mortems cite; they took part in none."""

NOT_A_HANDLE = word_set(
    """here channel everyone all team teams group oncall on-call support ops sre devops dev devs admin admins security infra
    infrastructure platform engineering engineers backend frontend data core staff help noreply root bot latest next
    stable beta alpha canary main master head daily hourly weekly monthly yearly annually midnight reboot media import
    property staticmethod classmethod override deprecated param params return returns throws see since todo author
    test before after each mixin include extend charset keyframes supports layer apply tailwind someone user username
    name handle org owner owners maintainers reviewers responders incident commander product design qa leads management"""
)
GROUP_PARTS = word_set(
    """team teams oncall on-call call group groups squad guild crew chapter support ops sre devops dev devs admin admins
    infra platform eng engineering engineers backend frontend security bot ci squad tribe maintainers owners reviewers
    committers responders leads users all core staff channel service services data developers"""
)
SCOPES = word_set(
    "angular babel types vue nestjs aws-sdk sentry storybook testing-library mui emotion tanstack opentelemetry jupyter jupyterlab google-cloud azure rollup vitejs eslint prisma"
)
OF_ANNOTATIONS = word_set(
    "annotation annotations decorator decorators attribute directive rule package packages scope namespace tag group team alias mention syntax role block query"
)
ANNOTATING = word_set(
    """autowired nullable bean async deprecated inject json xml api entity dto jpa http sql id url uri getter setter args
    arg postconstruct rollback crud config param params init spy pojo kt jvm suppress lombok deprecated mixin readonly ignored
    cacheable enum async retryable restcontroller"""
)
"""Words of annotations that the list of common words does not have."""

"""What people do in the events of an incident, for words that no list knows as names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from afterword.check.language.words import word_set
from afterword.check.names import contexts

_TIMES = (
    "utc|gmt|pt|pst|pdt|et|est|edt|ct|cst|cdt|cet|cest|bst|ist|jst|am|pm|approx|approximately|about|around|ca|"
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|january|february|march|april|june|july|"
    "august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|st|nd|rd|th|z|t|h"
)
_OPENS = re.compile(
    rf"(?:\A|(?P<time>\d(?:[:hT.]?\d\d){{1,2}}(?:\.\d+)?|\d ?[ap]m\b))(?:[\W\d_]|(?<![^\W\d_])(?:{_TIMES})(?![^\W\d_]))*\Z",
    re.IGNORECASE,
)
_OF_TIMES = frozenset(_TIMES.split("|"))
_NO_LETTERS = " 0123456789:.,;-–—()[]|*_~+'\""
_TIMED = re.compile(r"\d\s*[:.hT]?\s*\d\d|\d\s*(?:am|pm)\b", re.IGNORECASE)

TELLING = contexts.ONLY_PEOPLE | word_set(
    """agree agrees agreed announces announced apologises apologised apologizes apologized asks asked believes believed
    brings brought claims claimed concurs concurred decides decided digs forwards guesses guessed informs informed intervenes
    lands landed messages messaged notes noted notices noticed pings pinged points pointed prototypes prototyped remarks
    remarked replies replied says said skims skimmed speaks spoke tells told thinks thought weighs witnessed wakes woke
    weighed volunteers volunteered wants wanted wonders arrives arrived starts started begins begin began start joins joined
    has had is was gets takes took goes went pages paged asks dm'd experiments posts posted contacts contacted signaled
    signalled"""
)
"""One of these stands in a record where its people are told."""

_FIRMLY = contexts.ONLY_PEOPLE | word_set(
    """agrees agreed announces announced apologises apologised apologizes apologized asks asked believes believed concurs
    concurred decides decided intervenes messages messaged notes noted notices noticed prototypes prototyped remarks
    remarked says said skims skimmed speaks spoke thinks thought volunteers volunteered witnessed wakes woke wonders
    pinged replies replied"""
) - word_set("escalates")
"""What a person does where an event begins with it."""
_ANYWHERE = word_set(
    """asks agrees agreed announced apologises apologised apologizes apologized brainstormed concurs concurred hopped
    investigates investigated messaged noticed notices phoned pondered prototypes prototyped remarked skimmed skims
    spoke suggests suggested suspects suspected volunteered witnessed wondered wonders worried realised realized"""
)
"""What hardly any program is said to do in the middle of a sentence."""
_WITH_MORE = {
    "weighs": word_set("in"),
    "weighed": word_set("in"),
    "brings": word_set("up"),
    "brought": word_set("up this that it"),
    "points": word_set("out"),
    "pointed": word_set("out"),
    "lands": word_set("a the patch patches fix change changes revert"),
    "landed": word_set("a the patch patches fix change changes revert"),
    "arrives": word_set("on back at home"),
    "arrived": word_set("on back at home"),
    "starts": word_set("investigating digging looking debugging wondering"),
    "started": word_set("investigating digging looking debugging wondering"),
    "begins": word_set("investigating digging looking debugging drafting wondering"),
    "began": word_set("investigating digging looking debugging drafting wondering"),
    "begin": word_set("investigating digging looking debugging drafting wondering"),
    "start": word_set("investigating digging looking debugging drafting wondering"),
    "is": word_set(
        "happy ill sick away asleep unsure investigating debugging looking puzzled travelling confident"
    ),
    "was": word_set(
        "happy ill sick away asleep unsure investigating debugging looking puzzled travelling confident paged"
    ),
    "informed": word_set("of us them"),
    "informs": word_set("the us them team"),
    "goes": word_set("home asleep bed lunch dinner"),
    "went": word_set("home asleep bed lunch dinner"),
    "heads": word_set("home bed lunch dinner"),
    "figures": word_set("out"),
    "figured": word_set("out"),
    "takes": word_set("command lead notes"),
    "took": word_set("command lead notes"),
    "raises": word_set("concern concerns question questions"),
    "raised": word_set("concern concerns question questions"),
    "communicates": word_set("customers users team teams"),
    "communicated": word_set("customers users team teams"),
    "acknowledges": word_set("page alert alarm incident pager"),
    "acknowledged": word_set("page alert alarm incident pager"),
    "acks": word_set("page alert alarm incident pager"),
    "acked": word_set("page alert alarm incident pager"),
    "comments": word_set("that"),
    "commented": word_set("that on"),
    "gives": word_set("instructions advice"),
    "gave": word_set("instructions advice"),
    "signaled": word_set("us"),
    "signalled": word_set("us"),
    "opened": word_set("pr mr"),
    "has": word_set("idea suspicion hunch patch"),
    "had": word_set("idea suspicion hunch"),
    "gets": word_set("anxious worried nervous"),
    "got": word_set("anxious worried nervous"),
}
"""Verbs that are a person's with one of these words among the next three."""
_COMPANY = word_set(
    "call huddle channel incident bridge meeting zoom slack irc hangout conversation discussion warroom"
)

TO_PERSON = word_set("dm dms messaged messages thanks kudos paged cc poked pokes texted phoned begged")
"""What stands before somebody whom it is done to."""
ASKING = word_set("asks asked told tells pings pinged")
ASKED = word_set("to about whether if")
ASKERS = word_set("we i he she they")
"""`we asked jdoe to`: programs ask one another for data, people ask people to do something."""
ADVERBS = word_set("also then first finally later immediately quickly just now again eventually successfully")
TO_OR_WITH: dict[str, frozenset[str]] = {
    "escalated": word_set(""),
    "delegated": word_set(""),
    "paired": word_set(""),
    "talked": word_set(""),
    "talking": word_set(""),
    "spoke": word_set(""),
    "chatted": word_set(""),
    "huddled": word_set(""),
    "thanks": word_set("for who"),
    "kudos": word_set("for who"),
    "props": word_set("for who"),
}
"""What stands before `to` or `with` and a person, with the words one of which has to stand behind."""
DONE_BY_PEOPLE = word_set(
    "declared triaged acknowledged suggested noticed spotted proposed debugged investigated acked authored mentioned recommended reviewed approved raised found"
)
DONE_BY_COMPANIES = word_set("triaged acknowledged reviewed approved raised found")
"""Of these, what is done by those who audit, mediate and sell, too."""
TOGETHER = word_set(
    """agree decide discuss investigate hop jump meet realize realise notice think believe suspect debug
    agreed decided discussed investigated realized realised noticed thought believed suspected debugged"""
)
"""What two people do."""
TOGETHER_WITH_MORE = {
    "begin": word_set("investigating digging looking debugging drafting"),
    "start": word_set("investigating digging looking debugging drafting"),
    "confirm": word_set("the that"),
    "submit": word_set("a the"),
    "join": word_set("call huddle channel bridge meeting"),
}
DEEDS = word_set(
    """pr mr incident channel rollback hotfix alarm ticket postmortem post-mortem patch statuspage status customers colleagues everyone
    thread slack zoom case message hypothesis theory laptop"""
)
"""What people make or speak to where an event begins with them; a few tools do, too, so that it is not enough alone."""
CHATS = word_set("slack irc discord zulip teams telegram gitter twitter")
ACCOUNT = re.compile(
    r"(?:\b(?:github|gitlab|discord|slack|twitter|reddit|npm|pypi|forum|mastodon|telegram)(?:'s)? (?:user|account|member|login|user ?name|handle)s?(?: account)?,? "
    r"|\b(?:a|another|new|now-deleted|malicious) user(?: called| named|,)? |\buser (?:in question,|account) )[*_]*$",
    re.IGNORECASE,
)
"""Words behind which the login of a person stands."""
NEAR_PEOPLE = word_set("with from by near behind using")
_CHANGES = word_set(
    """starts started alerts adds added attempts bumps bumped changes changed closes closed completes completed confirms confirmed
    contacts contacted cuts cut deletes deleted deploys deployed determined determines detects detected disabled disables
    discovered discovers fixed fixes filed files finds found gives gave identified identifies kicks kicked lands landed
    merged merges modified modifies opens opened pages paged pings pinged posted posts pushed pushes re-opens reopened reopens removed
    removes reported reports requested requests restarted restarts reverted reverts reviewed reviews rolled rolls ran runs
    sees saw sends sent splits stopped stops submits submitted terminated terminates tries tried turned turns updated updates
    upgraded upgrades writes wrote approves approved checks checked creates created applies applied enables enabled patches patched disables sets set
    receives received scaled scales investigates mentions mentioned gets got takes took tells told says said suggests suggested"""
)
OF_ENGINEERS = word_set(
    """lands landed cuts cut files filed reviewed reviews re-opens reopened reopens bumps bumped determined determines
    approves approved contacts contacted investigates mentions mentioned says said tells told suggests suggested submits submitted"""
)
"""Of these, what programs seldom do."""
OF_PROGRAMS = word_set(
    """closes closed completes completed deletes deleted detects detected disables disabled enables enabled fails failed opens
    opened removes removed reports reported requests requested restarts restarted runs ran sends sent stops stopped
    starts started terminates terminated updates updated creates created applies applied scales scaled sets set receives received adds
    added changes changed gets got takes took alerts pages paged upgrades upgraded"""
)
"""And what they do all the time."""
VERBS = TELLING | _CHANGES | contexts.TECHNICAL | contexts.PERSONAL
AFTER = VERBS | ADVERBS | _WITH_MORE.keys() | word_set("manually and & for")
BEFORE = TO_PERSON | ASKING | word_set("to with by user account user,")
"""What stands next to a word where anything is told of it; cheap to look for."""
FROM_PEOPLE = word_set("dm suggestion help advice review handover")
"""What comes `from` a person."""
_NO_OBJECTS = word_set(
    "due after at by on because when while since until again automatically successfully and or but from as during itself in via before"
)

JARGON = word_set(
    """ids dyno dynos mainnet testnet userid username login logins async autoscaler autoscaling config configs cron cronjob daemonset dev devops env failover hostname infra init kernel
    metadata metrics middleware namespace oom param params plugin pod pods postmortem repo repos rollback rollout runbook
    runtime schema sharding stdout syslog timeout timeouts todo uptime url urls vpc webhook workload ingress
    egress mutex goroutine cgroup inode nameserver resolver dataset queryset serializer tokenizer parser lexer compiler
    linter scheduler provisioner worker staging prod backend frontend upstream downstream localhost sudo
    vacuum autovacuum checkpoint wal replica replicaset statefulset sidecar istiod coredns containerd dockerd systemd
    etcd kubelet kubectl kubeadm kops nginx httpd haproxy pgbouncer patroni keepalived sidekiq puma unicorn gunicorn
    uwsgi resque celery supervisor monit zookeeper cassandra zoo bazel gradle maven webpack esbuild npm yarn pnpm pip
    conda cargo rustc gcc clang llvm cmake tox pytest mypy eslint jvm beam erlang elixir glibc musl libc openssl curl
    wget rsync cloudfront cloudwatch route53 lambda dynamo aurora redshift bigquery pubsub spanner firestore cloudsql
    gke eks aks ecs fargate vmss autopilot karpenter calico cilium flannel weave metallb longhorn rook minio ceph gluster
    osd osds vault consul nomad packer vagrant ansible saltstack cfengine chef icinga nagios zabbix sensu statsd telegraf influx
    influxdb logstash filebeat fluentbit promtail alertmanager pushgateway cadvisor opsgenie pagerduty pingdom healthchecks
    sentry rollbar honeycomb newrelic papertrail graylog splunk uptimerobot statuspage slackbot dependabot mergify bors
    homu rabbit activemq nats kinesis sqs sns ses cloudflared traefik caddy envoy varnish squid memcache memcached mcrouter
    twemproxy redis valkey mysqld mongod mongos postgres postgresql mariadb percona vitess proxysql cockroach tidb clickhouse
    solr lucene opensearch elastic kibana grafana prometheus thanos cortex mimir tempo loki jaeger zipkin googlebot crawler bot
    argo argocd fluxcd tekton jenkins hudson gitlab github gitea gerrit phabricator buildbot buildkite circleci travis drone
    certbot acme letsencrypt sssd ntpd chronyd sshd inetd xinetd udev dbus dnsmasq unbound powerdns named bgp ospf iptables
    nftables ipvs conntrack netfilter qemu kvm xen vmware vsphere esxi proxmox libvirt lxc lxd podman crio runc gvisor
    firecracker webserver appserver userspace zfs btrfs lvm ext4 xfs nfs nfsd samba smbd cifs iscsi multipath drbd pacemaker
    corosync heartbeat hadoop hdfs yarn hive spark flink kafka zookeeper airflow dagster prefect luigi sql orm ssl tls tcp
    udp http https api apis auth oauth saml ldap sso iam mfa admin admins mods"""
)
"""Words of the trade that the list of common words does not have."""


def is_of_person(verb: str, rest: Sequence[str], *, begins: bool) -> bool:
    """Tell whether a verb and the words behind it are what only people do; programs are said to think and to know, too, but not where an event begins."""
    if begins and verb in _FIRMLY:
        return verb not in contexts.LIKE_NOUNS or bool(rest)
    if verb in _ANYWHERE:
        return True
    if verb in _WITH_MORE and not _WITH_MORE[verb].isdisjoint(rest[:3]):
        return begins or verb not in ("lands", "landed", "start", "begin")
    return verb in ("joins", "joined", "join") and not _COMPANY.isdisjoint(rest[:4])


def may_be_of_person(verb: str, behind: str, following: str) -> bool:
    """Tell whether a verb is one of what people do with an object, `behind` being the text after it."""
    if verb not in _CHANGES:
        return False
    return bool(behind) and following not in _NO_OBJECTS and not behind.startswith((".", ",", ";", ")"))


def opening(head: str, *, whole: bool) -> re.Match[str] | None:
    """Match where an item or event begins at the end of `head`, the `whole` text before it or its last part: nothing but times and separators stand there."""
    # The last word tells mostly, and at once: nothing begins behind one that is no part of a time.
    last = head.rstrip(_NO_LETTERS).rpartition(" ")[2]
    if last.isalpha() and last.lower() not in _OF_TIMES:
        return None
    return _OPENS.search(head) if whole or _TIMED.search(head) else None


def is_timed(head: str) -> bool:
    """Tell whether a time of day stands in a text."""
    return _TIMED.search(head) is not None


def opens_event(head: str) -> bool:
    """Tell whether an event begins behind a time at the end of `head`."""
    return is_timed(head) and _OPENS.search(head) is not None

"""The word lists behind `vocabulary`, `specificity` and `structure`; an own compilation."""

from __future__ import annotations

from interview_coach.speech.word_classes import word_set

# Words nearly every interview answer holds, whatever the question.
GENERIC_WORDS = word_set(
    "team project work job company people person time day week month year thing way lot kind part "
    "problem issue situation question answer example experience role manager boss good great best "
    "better new old big small large important different able help helped need needed want wanted "
    "use used make made get got go went take took give gave come came put set try tried start "
    "started begin end ended keep kept let say said tell told ask asked talk talked know knew "
    "think thought feel felt see saw look looked find found call called show showed like really "
    "actually going gone always learn learned learning change changed happen happened point place "
    "sure right well able allow mean end first second last next goal result outcome success "
    "successful improve better challenge challenging difficult hard easy approach solution solve "
    "solved idea plan understand understood believe everyone everything something someone "
    "together process step important importance skill skills communicate communication lead "
    "leader leadership opportunity career strong whole long short high low few group member "
    "members others working become became bring brought turn turned matter care full open real "
    "possible quickly clear clearly especially essentially certain several various many one two "
    "three describe explain mention name state discuss demonstrate demonstrates show shows give "
    "gives include includes identify identifies specific own quite best ever position interview "
    "candidate topic case moment half number life world every main key hand fact today later "
    "order follow followed handle handled deal dealt responsible responsibility "
    "teamwork passion passionate dedication dedicated synergy "
    "attitude positive negative professional environment successful excited exciting interesting "
    "interested valuable value values essential crucial strive hardworking effort efforts "
    "collaborate collaboration collaborative relationship relationships growth mindset journey "
    "rewarding knowledge confident confidence proud happy glad nice amazing fantastic wonderful "
    "absolutely definitely truly general generally overall aspect aspects factor factors modern "
    "nowadays society area areas true kinds perfect ready enjoy enjoyed love loved hardest worker "
    "detail details thank thanks please hope hopefully simply pretty bit learner character trait "
    "honest motivation achieve achieved growing grateful world everyday different"
)

# Words of many answers, but not of all.
COMMON_WORDS = word_set(
    "customer client user data system service software code product business meeting feedback "
    "test testing report deadline colleague coworker teammate engineer developer release design "
    "feature requirement decision decide decided email schedule priority stakeholder budget cost "
    "risk quality performance support training review task support launch deliver delivered "
    "delivery department director office sales market marketing research develop development "
    "application app website server database tool technology technical information document "
    "documentation agree agreed share shared wrote write read create created build built run ran "
    "fix fixed check checked reduce reduced increase increased save saved manage managed "
    "management organise organize organised measure measured impact improve improved improvement "
    "progress focus focused direct motivated responsibility money hour hours minute minutes "
    "percent early late delay delayed finish finished complete completed join joined hire hired "
    "quarter sprint ship shipped own owned offer grow growth spend spent"
)

# Each row: words that answers use for one thing. They count for each other, a little less than
# the word itself.
CONCEPT_GROUPS = (
    (
        "conflict disagree disagreed disagreement argue argued argument dispute clash "
        "clashed tension "
        "friction quarrel"
    ),
    "compromise agreement consensus settle settled reconcile",
    "listen listened hear heard empathy empathize perspective viewpoint",
    "lead led leading head headed run ran drive drove spearhead spearheaded oversee oversaw",
    "build built make made create created develop developed implement implemented construct",
    "fix fixed repair repaired resolve resolved mend mended patch patched correct corrected",
    (
        "reduce reduced cut lower lowered decrease decreased shrink shrank drop dropped fall fell "
        "halve halved trim trimmed"
    ),
    (
        "increase increased raise raised grow grew boost boosted improve improved rise rose climb "
        "climbed gain gained double doubled"
    ),
    "customer client user buyer shopper subscriber",
    "colleague teammate coworker peer",
    "manager boss supervisor director",
    "deadline timeline schedule timeframe late overdue delayed",
    "outage incident downtime failure crash crashed breakage down",
    "bug defect error fault",
    "rollback revert reverted undo",
    "deploy deployed deployment release released ship shipped rollout launch launched",
    "test tested testing verify verified validate validated check checked",
    "measure measured metric benchmark track tracked monitor monitored",
    "learn learned lesson takeaway",
    "mistake error wrong blunder oversight fault",
    "admit admitted own owned acknowledge acknowledged confess accountable",
    "apologise apologize apologised apology sorry",
    "feedback criticism critique comment review",
    "prioritise prioritize priority rank ranked triage urgent urgency",
    "delegate delegated assign assigned handed",
    "negotiate negotiated bargain haggle",
    "persuade persuaded convince convinced influence influenced",
    "explain explained clarify clarified describe",
    "document documented documentation runbook wiki playbook",
    "meet met meeting sync standup call",
    "mentor mentored coach coached train trained training teach taught",
    "hire hired recruit recruited onboard onboarded",
    "plan planned planning roadmap strategy",
    "risk danger hazard exposure",
    "budget cost costs expense spend money",
    "revenue sales income profit",
    "fast faster quick quicker speed latency slow slower",
    "cache cached caching memoize",
    "database db postgres postgresql mysql sql",
    "index indexed indexes indices",
    "shard sharded sharding partition partitioned partitioning",
    "replicate replica replicas replication standby follower",
    "queue queued queues broker kafka rabbitmq message",
    "scale scaled scaling scalability throughput",
    "lock locked locking mutex semaphore",
    "concurrent concurrency parallel thread threads threading",
    "security secure authentication authorization",
    "consistency consistent consistency",
    "available availability uptime redundancy redundant failover",
    "retry retried retries idempotent idempotency",
    "alert alerts alerting alarm monitoring monitor",
    "cause caused underlying diagnose diagnosed investigate investigated debug debugged",
    "postmortem retrospective retro review",
    "data evidence figures numbers statistics analytics",
    "decide decided decision choose chose choice",
    "ambiguity ambiguous unclear uncertain uncertainty vague",
    "stakeholder stakeholders sponsor executive executives leadership",
    "motivate motivated morale encourage encouraged",
    "calm composed composure patient patience",
    "pressure stress stressful overload overloaded",
    "strength strong excel",
    "weakness weak struggle struggled improve",
    "salary pay compensation",
    "leave leaving left quit resign resigned",
    "honest transparent open honesty transparency",
    "trust trusted credibility confidence rapport",
    "volunteer volunteered initiative proactive proactively",
    "automate automated automation script scripted",
    "refactor refactored rewrite rewrote restructure",
    "interface api endpoint contract",
    "tradeoff tradeoffs compromise downside drawback",
    "memory ram heap",
    "merge merged combine combined join joined",
    "sort sorted order ordered rank",
    "delay delayed late slip slipped postpone postponed behind",
    "finish finished complete completed deliver delivered done",
    "help helped support supported assist assisted",
    "culture values mission",
    "store stored stores storage persist persisted saved",
    "guarantee guarantees guaranteed acknowledge acknowledged acknowledges duplicate duplicates",
    "render rendered renders rendering parse parsed draw drawn display displayed",
    "resolve resolver resolution lookup",
    "change changed changes switch switched move moved transition migrate migrated",
    "fail failed failure mistake wrong missed",
)

SPELLINGS = dict(
    pair.split(":")
    for pair in word_set(
        "grey:gray programme:program programmes:programs centre:center centres:centers "
        "theatre:theater metre:meter litre:liter catalogue:catalog dialogue:dialog "
        "analogue:analog licence:license defence:defense offence:offense practise:practice "
        "practised:practiced practising:practicing travelled:traveled travelling:traveling "
        "cancelled:canceled cancelling:canceling labelled:labeled labelling:labeling "
        "modelled:modeled modelling:modeling fulfil:fulfill skilful:skillful enrol:enroll "
        "enrolment:enrollment judgement:judgment acknowledgement:acknowledgment learnt:learn "
        "whilst:while amongst:among towards:toward ageing:aging cheque:check mould:mold "
        "plough:plow tyre:tire cosy:cozy sceptical:skeptical manoeuvre:maneuver "
        "pediatric:pediatric paediatric:pediatric organisation:organization "
        "prioritise:prioritize realise:realize realised:realized realising:realizing "
        "signalled:signaled signalling:signaling levelled:leveled counsellor:counselor "
        "jewellery:jewelry instalment:installment ok:okay behaviour:behavior used:use using:use"
    )
)

TOOLS = word_set(
    "python java javascript typescript golang rust ruby php scala kotlin swift react angular vue "
    "django flask fastapi rails spring node nodejs postgres postgresql mysql sqlite mongodb redis "
    "kafka rabbitmq elasticsearch cassandra dynamodb snowflake bigquery spark hadoop airflow dbt "
    "docker kubernetes terraform ansible jenkins github gitlab git aws azure gcp lambda s3 ec2 "
    "linux nginx grafana prometheus datadog splunk sentry pagerduty jira confluence trello asana "
    "slack zoom excel powerpoint tableau looker powerbi salesforce hubspot zendesk intercom sap "
    "oracle netsuite quickbooks figma photoshop sketch photoshop wordpress shopify stripe paypal "
    "twilio segment mixpanel amplitude google facebook instagram linkedin pandas numpy pytorch "
    "tensorflow sklearn xgboost jupyter sql nosql graphql grpc rest http https tcp dns cdn oauth "
    "jwt saml html css webpack junit pytest selenium cypress playwright postman swagger wireshark "
    "autocad solidworks matlab arduino scrum kanban agile gantt okr kpi nps crm erp etl api cron "
    "bash powershell vim notion miro sharepoint outlook servicenow workday bloomberg "
    "sas spss stata "
    "btree bloom raft paxos zookeeper consul etcd memcached varnish haproxy envoy istio helm "
    "hashmap trie heap mutex semaphore lru ttl sla slo lean sigma kaizen iso gdpr hipaa pci sox "
    "websocket websockets json yaml protobuf avro parquet utf8 tls ssl vpn iam rbac"
)

TIME_WORDS = word_set(
    "january february march april june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday yesterday spring summer autumn winter "
    "christmas quarter midnight noon weekend overnight sprint fortnight semester"
)

CONCRETE_VERBS = (
    "analyse analyze architect audit automate benchmark budget build calculate cancel chair code "
    "compare compile configure consolidate containerise containerize coordinate cut debug deploy "
    "design diagnose document draft edit email escalate estimate export facilitate fix forecast "
    "hire implement import index inspect install instrument integrate interview investigate "
    "isolate launch log map measure mentor merge migrate model monitor negotiate onboard optimise "
    "optimize organise organize outsource package paint partition patch phone pilot present price "
    "prioritise prioritize profile program prototype publish query rebuild recalculate recruit "
    "redesign reduce refactor refund rehearse release renegotiate reorganise reorganize repair "
    "replace replicate reroute reschedule resolve restart restore restructure retrain retry "
    "revert rewrite roll rollback sample scale schedule script sell ship shard simplify sketch "
    "split staff streamline survey teach test time trace track train transfer translate triage "
    "troubleshoot tune upgrade validate verify weld wire write"
)

"""Questions with key points and the sentences test answers are joined from. All made up."""

from __future__ import annotations

from tests.support.more_answer_topics import MORE_TOPICS
from tests.support.topic import Topic, question

# Sentences any answer could hold.
PADDING = (
    "It was a very good experience for me.",
    "I always try to do my best in every situation.",
    "Communication is very important in any team.",
    "I believe that hard work is the key to success.",
    "We all learn something new every day.",
    "That is something that I really care about.",
    "Working with other people is always a great opportunity.",
    "In general I think that it is important to have a positive attitude.",
    "At the end of the day it is all about the people.",
    "I am a person who likes challenges and new things.",
    "There are many different ways to look at things like that.",
    "Everyone should try to be better than they were before.",
)

TOPICS: tuple[Topic, ...] = (
    Topic(
        question(
            "behavioral",
            "Tell me about a time you had a conflict with a coworker.",
            (
                "Names the conflict and why it mattered: disagreed|argued about|different view|"
                "clashed|dispute"
            ),
            (
                "Listened to the other side: listened|asked her why|asked him why|understand their "
                "concern|heard them out"
            ),
            "Proposed a way forward: suggested|proposed|compromise|we agreed",
            "Gives the outcome: on time|shipped|relationship|work together",
            "Reflects on what was learned: learned|since then|now I always",
        ),
        (
            (
                "Two years ago I worked on the billing service with a designer who sat in another "
                "office."
            ),
            (
                "We disagreed about whether the invoice page should ship before the tax rules were "
                "final."
            ),
            (
                "The launch was planned for the third of May and the sales people were waiting for "
                "it."
            ),
            "I was responsible for the backend, so I had to get us to one plan.",
        ),
        (
            (
                "I asked her why the order of the fields mattered so much and I listened for half "
                "an hour."
            ),
            "I drew both versions on a whiteboard and we counted the clicks in each one.",
            (
                "Then I proposed a compromise where the short form shipped first and the tax "
                "fields "
                "followed two weeks later."
            ),
            "I wrote the plan down in one page and sent it to both managers.",
            "When the test users tried the page, I invited her to watch the sessions with me.",
        ),
        (
            "As a result the page shipped on time and support tickets dropped by 30 percent.",
            "In the end we went on to work together on three more releases.",
            "Since then I ask for the reason behind a request before I answer it.",
        ),
    ),
    Topic(
        question(
            "behavioral",
            "Tell me about a time a production system failed and you led the recovery.",
            (
                "Says what failed and how large it was: declined|orders were lost|customers could "
                "not|errors a minute"
            ),
            "Contained the damage first: rolled back|disabled|switched traffic|failover",
            "Found the cause: root cause|logs|compared|certificate|query plan",
            "Kept people informed: status page|updated every|told the support team",
            "Prevented it from happening again: alert|postmortem|runbook|checklist",
        ),
        (
            "Last November our checkout service stopped answering on a Friday evening.",
            "Nine hundred payments a minute were declined and customers could not pay.",
            "I was the engineer on call, so it was my job to bring it back.",
        ),
        (
            "First I rolled back the last release and disabled the new discount job.",
            (
                "Then I compared the logs with the week before and saw that a certificate had "
                "expired."
            ),
            (
                "I called the vendor and asked for a new certificate while a colleague updated the "
                "status page every ten minutes."
            ),
            "I wrote a script that retried the failed payments in small batches.",
            "I told the support team what to say to merchants.",
        ),
        (
            "As a result we recovered 98 percent of the payments within two hours.",
            "We lost about sixty orders out of forty thousand.",
            (
                "Since then an alert fires 30 days before a certificate ends and the runbook has a "
                "checklist."
            ),
        ),
    ),
    Topic(
        question(
            "leadership",
            "Describe how you helped a struggling member of your team improve.",
            (
                "Noticed and named the problem early: missed deadlines|code reviews took|fell "
                "behind|quality dropped"
            ),
            "Had a private and honest talk: one on one|in private|asked what was|sat down with",
            "Agreed a concrete plan: weekly goals|pairing|mentor|smaller tasks",
            "Followed up regularly: every week|checked in|each Friday|feedback",
            "Shows the change: promoted|on his own|on her own|cut in half",
        ),
        (
            "In my last role I led six analysts, and one of them fell behind in the spring.",
            (
                "She had missed deadlines on three dashboards in a row and her queries were "
                "full of "
                "bugs."
            ),
            "As the lead I had to decide whether to move her or to coach her.",
        ),
        (
            "I sat down with her in private and asked what was going on.",
            (
                "It turned out nobody had ever taught her window functions, so I set up pairing "
                "twice a week."
            ),
            "We agreed on weekly goals with smaller tasks and I reviewed each one the same day.",
            "I checked in each Friday for twenty minutes and gave feedback on one thing only.",
            "I also asked the senior analyst to be her mentor for two months.",
        ),
        (
            (
                "After ten weeks her review time was cut in half and she delivered the churn "
                "report "
                "on her own."
            ),
            "The next year she was promoted to senior analyst.",
            "In the end two other leads copied the plan.",
        ),
    ),
    Topic(
        question(
            "situational",
            "What would you do if two managers gave you urgent work for the same day?",
            "Clarifies both requests: ask both|what happens if|clarify|deadline is real",
            "Compares impact: impact|cost of delay|revenue|affects customers",
            "Brings the managers together: both managers|same room|shared message|joint call",
            "Proposes an order and a fallback: propose|first half|hand over|split the work",
            "Reports back: update|by noon|let them know|at the end of the day",
        ),
        (
            (
                "If my manager in finance and my manager in operations both needed a forecast on "
                "Tuesday, the first risk is that I promise both."
            ),
            "I would need to find out which deadline is real before I start.",
        ),
        (
            "I would ask both of them what happens if the work arrives one day later.",
            (
                "Then I would write down the cost of delay for each, for example a late "
                "invoice run "
                "of 200,000 dollars against a slide deck."
            ),
            "I would send one shared message with both managers on it and propose an order.",
            "I would offer to split the work and hand over the data pull to a colleague.",
            "If they cannot agree, I would ask for a joint call of ten minutes.",
        ),
        (
            "That way nobody is surprised and the larger loss is avoided.",
            ("By noon I would let them know how far I am, so that they can still change the plan."),
            "When I did this last year, both forecasts went out within 24 hours.",
        ),
    ),
    Topic(
        question(
            "hr",
            "Why do you want to leave your current company?",
            "Gives a forward-looking reason: larger scale|grow into|next step|more ownership",
            "Speaks well of the current employer: grateful|taught me|good team|respect",
            (
                "Links the reason to this role: your platform|this position offers|your clinic|"
                "your "
                "product"
            ),
            "Backs it with an example: for example|last year|rebuilt|launched",
        ),
        (
            (
                "I want to leave because I am ready for the next step, which is running a larger "
                "warehouse."
            ),
            "My company taught me a lot and I am grateful to the people there.",
        ),
        (
            (
                "For example, last year I rebuilt the picking route and cut walking time by 18 "
                "percent."
            ),
            (
                "The site has forty people and it will not grow, so there is no larger shift to "
                "lead."
            ),
            (
                "Your product moves ten times as many parcels, and this position offers night "
                "shift "
                "ownership."
            ),
            "I have respect for my director, who knows that I am looking.",
        ),
        (
            "That is why I applied here and not at a smaller site.",
            (
                "I would like to grow into a regional role within three years because I enjoy "
                "planning networks."
            ),
        ),
    ),
    Topic(
        question(
            "technical",
            "How would you find out why a database query has become slow?",
            "Looks at the query plan: explain analyze|execution plan|query plan|sequential scan",
            "Checks indexes and statistics: index|statistics|cardinality|vacuum",
            "Checks locks and load: lock|contention|connections|io wait",
            "Measures before and after: baseline|percentile|slow query log|p95",
            "Names trade-offs of the fix: slower writes|disk space|denormalise|stale",
        ),
        (
            (
                "First I take a baseline from the slow query log, so that I know the p95 before I "
                "touch anything."
            ),
            "I ask what changed, because a release or a jump in data often explains it.",
        ),
        (
            "Then I run explain analyze and look for a sequential scan on a large table.",
            (
                "If the planner estimates ten rows and gets a million, the statistics are "
                "stale and "
                "I run analyze."
            ),
            "If an index is missing, I add a composite index on the filter and sort columns.",
            (
                "I also check pg_stat_activity for lock contention and for connections that "
                "wait on "
                "disk."
            ),
            "I compare the plan on a replica with the same parameters.",
        ),
        (
            (
                "The trade-off of another index is slower writes and more disk space, so I would "
                "rather drop an unused one."
            ),
            (
                "Instead of denormalising I try a covering index first, but for a report a "
                "materialised view is simpler although it is stale."
            ),
            "After the change I measure the p95 again for a day.",
        ),
    ),
    *MORE_TOPICS,
)

"""Answers written and graded by hand, best first for each question. All made up."""

from __future__ import annotations

from typing import Any

CONFLICT: dict[str, Any] = {
    "type": "behavioral",
    "text": "Tell me about a time you disagreed with your manager. What happened?",
    "key_points": [
        {"text": "Says what the disagreement was about", "phrases": ["wanted to", ("thought we "
         "should"), "different opinion", "argued for", "pushed for"]},
        {"text": "Raised it directly and respectfully", "phrases": ["one on one", ("asked for a "
         "meeting"), "in private", "told him", "told her", "respectfully"]},
        {"text": "Brought evidence", "phrases": ["data", "numbers", "interviewed", "benchmark",
         "cost of", "prototype"]},
        {"text": "Commits to the decision", "phrases": ["committed", "supported the decision",
         "agreed to", "went with", "compromise"]},
        {"text": "Tells the result and the lesson", "phrases": ["as a result", "learned",
         "in the end", "looking back"]},
    ],
}  # fmt: skip
PRIORITIES: dict[str, Any] = {
    "type": "situational",
    "text": "You have three urgent tasks and time for only one of them today. What do you do?",
    "key_points": [
        {"text": "Asks about impact and deadlines", "phrases": ["impact", "deadline", ("who is "
         "waiting"), "what breaks", "consequences"]},
        {"text": "Chooses by a stated rule", "phrases": ["highest impact", "cost of delay",
         "revenue", "safety first", "rank"]},
        {"text": "Tells the people who must wait", "phrases": ["let them know", "call the",
         "message the", "new date", "expectations"]},
        {"text": "Looks for help or a smaller version", "phrases": ["delegate", "ask a colleague",
         "smaller version", "hand over", "partial"]},
    ],
}  # fmt: skip
CACHE: dict[str, Any] = {
    "type": "technical",
    "text": "What is a cache and when would you not use one?",
    "key_points": [
        {"text": "Fast copy of data that is expensive to get", "phrases": ["in memory", "copy of",
         "expensive", "latency"]},
        {"text": "Invalidation and stale data", "phrases": ["stale", "invalidate", "ttl",
         "expire"]},
        {"text": "Hit rate decides the gain", "phrases": ["hit rate", "hit ratio", "miss",
         "access pattern"]},
        {"text": "Names a case against it", "phrases": ["strong consistency", "rarely read",
         "write heavy", "changes on every request", "balance"]},
    ],
}  # fmt: skip

# (question, answers from the best to the worst)
GRADED: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    (
        CONFLICT,
        (
            (
                "In March last year my manager wanted to move our booking site to a new payment "
                "provider two weeks before the summer season. I was responsible for the "
                "checkout, and "
                "I thought we should wait until September. I asked for a meeting one on one and I "
                "brought data: 14 percent of our payments used vouchers, which the new "
                "provider did "
                "not support. I also built a prototype over a weekend and measured that "
                "refunds took "
                "nine seconds longer. He still wanted the lower fee, so I suggested a "
                "compromise, and "
                "we went with moving only card payments in May. I supported the decision and "
                "wrote the "
                "migration plan. As a result we saved 3,200 euros a month from June and lost no "
                "voucher booking. I learned to bring numbers before opinions."
            ),
            (
                "My manager wanted to change the payment provider before the summer and I had a "
                "different opinion. I told him that vouchers would not work. I showed him some "
                "data "
                "about the vouchers and we talked about it for a while. In the end we agreed "
                "to move "
                "only a part of it, and it worked well."
            ),
            (
                "I usually get along with my managers. Sometimes there are disagreements but I "
                "always "
                "try to listen and to be professional. I think it is important to respect other "
                "people and to communicate well. At the end of the day we are one team and "
                "everybody "
                "wants the same thing."
            ),
        ),
    ),
    (
        PRIORITIES,
        (
            (
                "First I would ask for each task who is waiting and what breaks if it slips to "
                "tomorrow. I would rank them by cost of delay, so a payroll run for 300 people "
                "comes "
                "before a slide deck. Then I would message the two other owners before ten in the "
                "morning with a new date, so that expectations are clear. I would also look for a "
                "smaller version: perhaps a colleague can export the raw figures while I check the "
                "payroll. When I was at a clinic in 2022 I did exactly this with three "
                "reports, and as "
                "a result the insurance claim went out on time and the other two followed within a "
                "day."
            ),
            (
                "I would look at the deadline and the impact of each task and do the most "
                "important "
                "one. Then I would let them know that the other ones have to wait, and maybe ask a "
                "colleague to help me with one of them."
            ),
            (
                "I would stay calm and work hard. I am good at multitasking and I never give "
                "up. In my "
                "experience everything gets done in the end if you are motivated."
            ),
        ),
    ),
    (
        CACHE,
        (
            (
                "A cache keeps a copy of data in memory that is expensive to fetch, for "
                "example the "
                "result of a 300 millisecond SQL query in Redis. The gain depends on the hit rate: "
                "with a ratio of 95 percent the average latency falls to about 20 "
                "milliseconds, but "
                "with random keys nearly every read is a miss. The trade-off is stale data, so "
                "I set "
                "a TTL or invalidate the key when the row is written. I would not use one for an "
                "account balance that needs strong consistency, and not for a table that is write "
                "heavy and rarely read, because then you pay for memory and get complexity instead."
            ),
            (
                "A cache is a fast copy of data so you do not have to get it from the database "
                "every "
                "time. You have to be careful with stale data, so it should expire after some "
                "time. I "
                "would not use it if the data changes all the time."
            ),
            (
                "A cache makes things faster. You should use it when the system is slow. It is "
                "a very "
                "useful technology and most companies have one."
            ),
        ),
    ),
)

# A fair spoken answer with what speech brings: fillers, a repeat, a hedge.
SPOKEN = (
    "So um last year I was I was working in a hotel and we had a a problem with the bookings, you "
    "know, two systems showed different rooms. I was in charge of the front desk, so I had to, "
    "like, fix it before the weekend. I called the software company and I checked every booking "
    "by hand with my colleague, about 140 of them. Then we wrote a list of the wrong ones and I "
    "called each guest. I think in the end only two guests had to move to another hotel, and the "
    "manager thanked us."
)

# Good answers to questions whose key points are plain texts that name a move.
PLAIN: tuple[tuple[dict[str, Any], str], ...] = (
    (
        {
            "type": "behavioral",
            "text": "Tell me about a time you missed a deadline.",
            "key_points": [
                "explains why the deadline was missed",
                "takes responsibility",
                "communicated early with stakeholders",
                "what was done to recover",
                "lesson learned",
            ],
        },
        (
            "Last spring I was building a reporting dashboard for our finance team and I promised "
            "it by the end of April. I underestimated how messy the source data was, and a week "
            "before the date I realised I would not make it. I told the finance lead that same day "
            "and took responsibility for the bad estimate. We agreed on a smaller version with the "
            "three most important charts. I worked with a data engineer to clean the two largest "
            "tables and delivered the rest ten days late. Since then I always do a one day data "
            "audit before I commit to a date, and my last five projects were on time."
        ),
    ),
    (
        {
            "type": "technical",
            "text": "What happens when you type a URL into a browser?",
            "key_points": [
                "DNS resolution",
                "TCP connection and TLS handshake",
                "HTTP request and response",
                "server processing",
                "rendering the page",
            ],
        },
        (
            "First the browser checks its cache and asks a resolver to turn the domain name into "
            "an IP address through DNS. Then it opens a TCP connection with a three way handshake, "
            "and for https it negotiates TLS keys. After that it sends an HTTP GET request with "
            "headers and cookies. A load balancer forwards it to a server, which runs the "
            "application code, maybe queries a database, and returns a response with HTML. Finally "
            "the browser parses the HTML, builds the DOM, fetches CSS and scripts, and renders the "
            "page on the screen."
        ),
    ),
    (
        {
            "type": "hr",
            "text": "Why do you want to work here?",
            "key_points": [
                "knows something specific about the company",
                "connects own skills to the role",
                "motivation beyond salary",
            ],
        },
        (
            "I want to work here because your hospital group is the only one in the region that "
            "runs its own radiology software. For example I read your paper on shortening scan "
            "times by 20 percent. In my last role I built the scheduling screen for an imaging "
            "center, so I know how nurses use it at six in the morning. What drives me is seeing a "
            "patient wait less, and that matters to me more than the title."
        ),
    ),
)

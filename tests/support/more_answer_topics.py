"""The second half of the questions for test answers. All made up."""

from __future__ import annotations

from tests.support.topic import Topic, question

MORE_TOPICS: tuple[Topic, ...] = (
    Topic(
        question(
            "system_design",
            "Design a service that shortens links.",
            "Estimates the load: requests a second|reads to writes|million links|storage",
            "Generates short keys: base62|counter|hash|collision",
            "Chooses a store: key value|dynamodb|postgres|partition",
            "Caches hot links: cache|redis|cdn|ttl",
            "Handles abuse and expiry: rate limit|expire|malware|abuse",
            "Names trade-offs: trade-off|consistency|redirect 301|302",
        ),
        (
            (
                "I would start with numbers: one hundred million links a year and a ratio of reads "
                "to writes of one hundred to one."
            ),
            (
                "That gives about three hundred requests a second on average and ten times that at "
                "peak."
            ),
        ),
        (
            (
                "For the keys I take a counter in ranges and write it in base62, because a hash "
                "needs a collision check."
            ),
            "I store key and target in DynamoDB, with the key as the partition.",
            "Hot links sit in Redis with a TTL of one day, and a CDN answers the rest.",
            "A rate limit per account and a malware check on the target keep abuse down.",
            "Links expire after two years unless they were opened.",
        ),
        (
            (
                "The trade-off is a 302 against a 301: the 302 costs a request but lets me count "
                "clicks."
            ),
            "If we need strong consistency, the cache has to be written first, which is slower.",
            (
                "Instead of one region I would begin with two, however the counter ranges must not "
                "overlap."
            ),
        ),
    ),
    Topic(
        question(
            "behavioral",
            "Give an example of a mistake you made and how you handled it.",
            "Owns the mistake: my fault|i forgot|i had not|i sent the wrong",
            "Told people quickly: told my supervisor|called the family|owned up|informed",
            "Repaired the damage: corrected|replaced|refunded|apologised",
            "Changed the way of working: double check|second pair of eyes|new form|barcode",
        ),
        (
            "Three years ago I worked as a pharmacist in a small hospital.",
            (
                "On a Monday morning I sent the wrong strength of a blood thinner to the second "
                "floor."
            ),
            "It was my fault, because I had not read the label twice.",
        ),
        (
            "I called the ward within five minutes and told my supervisor.",
            "I replaced the tablets myself and apologised to the nurse and to the patient.",
            "Then I went through all forty trays of that morning and corrected one more label.",
            "I wrote an incident report and asked for a barcode scanner at the counter.",
        ),
        (
            "As a result no patient took the wrong dose.",
            (
                "Since then a second pair of eyes checks each tray and errors fell from six a "
                "month "
                "to one."
            ),
        ),
    ),
    Topic(
        question(
            "behavioral",
            "Tell me about a time you persuaded people without authority over them.",
            "Names who had to be won over: drivers|union|sceptical|nobody reported to me",
            "Found out what they cared about: rode along|interviewed|their worry|overtime",
            "Used evidence: pilot|trial|measured|figures",
            "Shows adoption: adopted|all depots|volunteered|rolled out",
        ),
        (
            (
                "In 2021 our bakery chain wanted tablets in the delivery vans, but the drivers "
                "were "
                "sceptical."
            ),
            ("Nobody reported to me, and I was asked to win over forty of them before the summer."),
        ),
        (
            "I rode along for four mornings and learned that their worry was unpaid overtime.",
            "I set up a pilot with three volunteers and measured the length of their routes.",
            "I showed the figures at the depot: twenty minutes less on each round.",
            "I changed the screen so that a stop took one tap with gloves on.",
        ),
        (
            "In the end all depots adopted the tablets within six weeks.",
            "As a result returns of bread fell by 12 percent and fuel by 4,000 litres a month.",
        ),
    ),
    Topic(
        question(
            "technical",
            "Explain how you would test a function that parses dates.",
            "Covers ordinary formats: iso|day first|format|locale",
            "Covers edges: leap year|february|end of month|midnight",
            "Covers wrong input: invalid|empty string|garbage|raises",
            "Considers time zones: time zone|daylight saving|utc|offset",
            "Uses property tests: property|round trip|hypothesis|random dates",
        ),
        (
            "First I would list the formats it must read, such as ISO and day first.",
            "I would ask which locale is expected, because 03/04 is ambiguous.",
        ),
        (
            "Then I write table tests for each format with the expected value beside it.",
            (
                "Edge cases come next: the 29th of February in a leap year and in 1900, the end of "
                "month, and midnight."
            ),
            (
                "Invalid input such as an empty string or month 13 must raise a ValueError and "
                "never return today."
            ),
            (
                "For time zones I test UTC, an offset of minus 5, and the hour that daylight "
                "saving "
                "skips."
            ),
            (
                "I add a property test with Hypothesis: formatting random dates and parsing them "
                "again is a round trip."
            ),
        ),
        (
            (
                "The trade-off is speed: property tests are slower, so I would limit them to 200 "
                "examples."
            ),
            "Instead of mocking the clock I pass the date in, but that changes the interface.",
        ),
    ),
)

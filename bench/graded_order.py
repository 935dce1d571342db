"""The order of all graded answers that may be looked at, by words alone and with a text model.

    python -m bench.graded_order [--every 4]

The scorecard ranks twelve questions kept aside. This tells whether a change of scoring is one for
the better on the others: on those that rules were made with (`development`, `blind_development`)
and on 2560 sets of answers to 320 more questions (`training`), which the words of `scoring.wording`
were fitted on: there the order is better than on questions nobody has seen. Of those the first
brief asked for very different people and for weak answers that are no strong ones with words left
out; the second for weak answers with numbers and reasons, and strong ones in casual speech; the
third and the fifth for ordinary people with neighbouring tiers close; the fourth for all sorts of
ways to be strong or weak; the last three, which are one, for what is weaker in a good answer than
in the best to be another thing each time. `--every` takes one set in so many.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.figures import table
from bench.scorecard_ranking import (
    BLIND,
    HALVES,
    Graded,
    graded,
    graded_set,
    overall,
    ranked,
    trained,
)
from bench.wording import training_rows
from interview_coach.questions.bank import load_bank
from interview_coach.scoring import Meaning

BRIEFS = ("1", "2", "3", "4", "5", "6", "7", "8")


def training(brief: str) -> list[Graded]:
    """The sets of one brief, in the order of their files."""
    bank = {entry.id: entry for entry in load_bank()}
    return [graded_set(row, bank) for row in training_rows(f"*-{brief}.yaml")]


def orders(sets: Sequence[Graded], meaning: Meaning | None) -> tuple[float, dict[int, float]]:
    """The share of pairs in the right order and the mean overall score of each tier."""
    return ranked(list(sets), lambda question, text: overall(question, text, meaning))


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.graded_order", description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    every = parser.parse_args(arguments).every
    sets = {name: graded(name) for name in (HALVES[0], BLIND[HALVES[0]])}
    sets |= {f"training, brief {brief}": training(brief) for brief in BRIEFS}
    model = trained()
    rows = []
    for name, each in sets.items():
        for how, meaning in (("words", None), ("text model", model)):
            if how == "words" or meaning is not None:
                share, means = orders(each[::every], meaning)
                told = ", ".join(f"{mean:g}" for mean in means.values())
                rows.append([name, how, len(each[::every]), f"{share:.3f}", told])
    print(table(["sets", "by", "count", "in order", "means from the worst tier"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

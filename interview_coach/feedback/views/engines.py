"""What is said of the engines: who is asked now and how long that takes, who gave nothing, and what
was used instead."""

from __future__ import annotations

from collections.abc import Sequence

from interview_coach.ai.router import LOCAL
from interview_coach.ai.words import FAILURES, name_of
from interview_coach.feedback.engine_tasks import ADVICE, JUDGE
from interview_coach.feedback.schemas import Authors, PassedEngine
from interview_coach.feedback.waiting import Writer

_MEANWHILE = "What stands here holds meanwhile, and this page fills in by itself."
_NOBODY_ELSE = (
    "No language engine can be asked right now: each has failed several times just now or has no "
    "budget left. What stands here is complete without them."
)
_EARLIER = (
    "Some of the words below were written before their answer was scored again by newer rules. "
    "They stand until they are asked for again."
)
_MEASURE = "the local measure alone"


def working_words(writer: Writer | None) -> tuple[str, str]:
    """What is being done, and how long it may take. writer: None while nobody writes yet."""
    if writer is None:
        return (
            "More advice follows",
            f"Another answer is still being analysed. {_MEANWHILE}",
        )
    if writer.engine == LOCAL:
        return "The local engine writes", _NOBODY_ELSE
    usual = "An answer usually takes under a minute"
    if writer.low is not None and writer.high is not None:
        usual = f"Lately that took {_span(writer.low, writer.high)}"
    before = f"{_failed(writer.passed)}. " if writer.passed else ""
    told = f"{before}{usual}, and is given up after {writer.most:.0f} seconds. {_MEANWHILE}"
    return _working_title(writer), told


def _working_title(writer: Writer) -> str:
    if not writer.task:
        return f"{name_of(writer.engine, first=True)} will be asked next"
    doing = "judging the content" if writer.task == JUDGE else "writing more advice"
    now = " now" if writer.passed else ""
    return f"{name_of(writer.engine, first=True)} is {doing}{now}"


def _span(low: float, high: float) -> str:
    least, most = max(1, round(low)), max(1, round(high))
    if least == most:
        return "about a second" if least == 1 else f"about {least} seconds"
    return f"{least} to {most} seconds"


def problem_words(told: Authors) -> tuple[str, str]:
    """What was used instead of engines that gave nothing, and why they did not; empty when none
    failed and an engine's words are on the scores that stand."""
    judging = [item for item in told.passed if item.task == JUDGE]
    writing = [item for item in told.passed if item.task == ADVICE]
    if judging and writing and _kinds(judging) == _kinds(writing):
        text = f"{_failed(writing)}. {_words_of(told, writing)} {_judged_by(told, judging)}"
    else:
        found = [f"{_could_not(judging)}. {_judged_by(told, judging)}"] if judging else []
        if writing:
            failed = _could_not_write(writing) if judging else _failed(writing)
            found.append(f"{failed}. {_words_of(told, writing)}")
        text = " ".join(found)
    if told.earlier_scores:
        text = f"{text} {_EARLIER}".strip()
    return _title(told, judged=not judging, written=not writing), text


def _title(told: Authors, *, judged: bool, written: bool) -> str:
    """judged, written: whether nobody failed at it."""
    if not written:
        names = [name_of(name) for name in told.engines] or [name_of(LOCAL)]
        if len(names) > 1:
            return "Partly written by another engine"
        alone = not judged and told.judges == [LOCAL] == told.engines
        return f"{'Scored and written' if alone else 'Written'} by {names[0]} instead"
    if not judged:
        if len(told.judges) > 1:
            return "Partly judged by another engine"
        by = told.judges[0] if told.judges else LOCAL
        return f"Scored by {_MEASURE}" if by == LOCAL else f"Judged by {name_of(by)} instead"
    return "Written on earlier scores" if told.earlier_scores else ""


def _kinds(passed: Sequence[PassedEngine]) -> set[tuple[str, str]]:
    return {(item.engine, item.kind) for item in passed}


def _failed(passed: Sequence[PassedEngine]) -> str:
    """Each engine with what it did, as one sentence without its stop."""
    told = "; ".join(f"{name_of(item.engine)} {FAILURES[item.kind]}" for item in passed)
    return f"{told[:1].upper()}{told[1:]}"


def _could_not(passed: Sequence[PassedEngine], what: str = "judge the content") -> str:
    first, *others = passed
    told = [f"{name_of(first.engine, first=True)} could not {what}: it {FAILURES[first.kind]}"]
    told += [f"nor could {name_of(item.engine)}: it {FAILURES[item.kind]}" for item in others]
    return "; ".join(told)


def _could_not_write(passed: Sequence[PassedEngine]) -> str:
    return _could_not(passed, "write the feedback")


def _words_of(told: Authors, passed: Sequence[PassedEngine]) -> str:
    names = " and ".join(name_of(name) for name in told.engines) or name_of(LOCAL)
    before = ", written before" if _did_before(told.engines, passed) else ""
    return f"The words below are those of {names}{before}."


def _judged_by(told: Authors, passed: Sequence[PassedEngine]) -> str:
    judges = [name_of(name) for name in told.judges if name != LOCAL]
    if not judges:
        return f"The scores are {_MEASURE}."
    before = " before" if _did_before(told.judges, passed) else ""
    rest = f"; other answers keep {_MEASURE}" if LOCAL in told.judges else ""
    return f"The content was judged by {' and '.join(judges)}{before}{rest}."


def _did_before(names: Sequence[str], passed: Sequence[PassedEngine]) -> bool:
    """Whether the one engine that did it all has failed this time: it did it the time before.
    Of several nobody knows."""
    return len(names) == 1 and names[0] in {item.engine for item in passed}

"""Which words of an answer in another language are fillers: the pack's lists, and their place.

A word of the pack's list ("also", "bueno") is a filler only where commas, sentence edges, own
pauses or another filler set it apart on both sides.
"""

from __future__ import annotations

from interview_coach.speech.filler_context import FillerContext
from interview_coach.speech.languages.packs import Pack, phrase_at


def pack_filler_runs(context: FillerContext, pack: Pack) -> list[tuple[int, int]]:
    """The fillers as (first, last) places of tokens, in order.

    context: its `sounds` must be those of the pack (`pack.is_hesitation`).
    """
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(context.tokens):
        after_filler = bool(runs) and runs[-1][1] == index - 1
        length = _length(context, index, pack, after_filler=after_filler)
        if length:
            runs.append((index, index + length - 1))
        index += max(1, length)
    return runs


def _length(context: FillerContext, index: int, pack: Pack, *, after_filler: bool) -> int:
    norms = [token.norm for token in context.tokens[index : index + pack.longest_phrase]]
    if context.sounds[index] or norms[0] in pack.always:
        return 1
    always = phrase_at(norms, 0, pack.phrases_always)
    if always:
        return always
    for length in (phrase_at(norms, 0, pack.phrases_set_apart), int(norms[0] in pack.set_apart)):
        if length and _set_apart(context, index, index + length - 1, after_filler=after_filler):
            return length
    return 0


def _set_apart(context: FillerContext, first: int, last: int, *, after_filler: bool) -> bool:
    if context.by_sound(first, last):
        return True
    return (after_filler or context.apart_before(first)) and context.apart_after(last)

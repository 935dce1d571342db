"""What a rule on fillers may look at: the neighbours of a word, and what sets it apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from interview_coach.speech.text import Token
from interview_coach.speech.types import Word

OWN_PAUSE_SECONDS = 0.2


class FillerContext:
    """What a rule may look at: normalised neighbours (hesitations skipped) and separation."""

    def __init__(
        self,
        tokens: Sequence[Token],
        words: Sequence[Word] | None,
        is_hesitation: Callable[[str], bool],
    ) -> None:
        self.tokens = tokens
        self.words = words
        self.sounds = [is_hesitation(token.norm) for token in tokens]

    def near(self, index: int, step: int) -> str:
        """The next word in a direction, hesitation sounds left out; empty at the edge."""
        index += step
        while 0 <= index < len(self.tokens) and self.sounds[index]:
            index += step
        return self.tokens[index].norm if 0 <= index < len(self.tokens) else ""

    def by_sound(self, first: int, last: int) -> bool:
        """True when a hesitation sound stands directly beside."""
        return (first > 0 and self.sounds[first - 1]) or (
            last + 1 < len(self.tokens) and self.sounds[last + 1]
        )

    def apart(self, first: int, last: int) -> bool:
        """True when commas, sentence edges, own pauses or hesitation sounds stand on both
        sides."""
        return self.apart_before(first) and self.apart_after(last)

    def apart_before(self, first: int) -> bool:
        """The same for the side before."""
        token = self.tokens[first]
        marked = token.comma_before or token.starts_sentence
        return marked or self._pause(first - 1) or self._sound(first - 1)

    def apart_after(self, last: int) -> bool:
        """The same for the side after."""
        token = self.tokens[last]
        marked = token.comma_after or token.ends_sentence
        return marked or self._pause(last) or self._sound(last + 1)

    def _sound(self, index: int) -> bool:
        # A hesitation sound sets apart as the silence does that it stands in.
        return 0 <= index < len(self.sounds) and self.sounds[index]

    def _pause(self, index: int) -> bool:
        if self.words is None or not 0 <= index < len(self.tokens) - 1:
            return False
        left, right = self.tokens[index].word, self.tokens[index + 1].word
        if left is None or right is None or left == right:
            return False
        return self.words[right].start - self.words[left].end >= OWN_PAUSE_SECONDS

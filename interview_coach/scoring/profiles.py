"""Speech profiles: which pace and pauses are taken as easy, by what a candidate has chosen.

The standard curves are those of first-language conversation. Who speaks a second language, stutters
or simply takes time is understood as well at a lower pace and with longer pauses, so `patient`
moves the curves of pace, pauses and hesitation and nothing else: fillers, repeats, words and
content are scored as ever. At no measure does it give less than the standard. The knots are an own
choice; what accents deserve was not measured. A profile is chosen, never guessed from a voice.
"""

from __future__ import annotations

from dataclasses import dataclass

from interview_coach.scoring.curves import Curve, curve

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Profile:
    """The curves that a profile moves.

    rate: words a minute. silence: its share of the time. long_pauses, inside_pauses: per 100
    words. hesitation: pauses and fillers before key words per 100 words.
    """

    name: str
    rate: Curve
    silence: Curve
    long_pauses: Curve
    inside_pauses: Curve
    hesitation: Curve


RATE = curve((50, 0), (80, 35), (100, 65), (115, 85), (130, 100))
SILENCE = curve((0.20, 100), (0.30, 85), (0.40, 60), (0.55, 25), (0.70, 0))
LONG_PAUSES = curve((0, 100), (1, 88), (3, 55), (6, 15), (9, 0))
INSIDE_PAUSES = curve((2, 100), (5, 75), (10, 35), (16, 0))
HESITATION = curve((0.2, 100), (0.5, 85), (1, 60), (2, 25), (3, 0))

PATIENT_RATE = curve((35, 0), (55, 35), (70, 65), (85, 85), (100, 100))
PATIENT_SILENCE = curve((0.30, 100), (0.40, 85), (0.50, 60), (0.65, 25), (0.80, 0))
PATIENT_LONG_PAUSES = curve((1, 100), (3, 88), (6, 55), (10, 15), (14, 0))
PATIENT_INSIDE_PAUSES = curve((4, 100), (8, 75), (15, 35), (24, 0))
PATIENT_HESITATION = curve((0.5, 100), (1, 85), (2, 60), (4, 25), (6, 0))

PROFILES = {
    STANDARD: Profile(STANDARD, RATE, SILENCE, LONG_PAUSES, INSIDE_PAUSES, HESITATION),
    "patient": Profile(
        "patient",
        PATIENT_RATE,
        PATIENT_SILENCE,
        PATIENT_LONG_PAUSES,
        PATIENT_INSIDE_PAUSES,
        PATIENT_HESITATION,
    ),
}


def profile_named(name: str) -> Profile:
    """The profile of this name; the standard one for a name there is none of."""
    return PROFILES.get(name, PROFILES[STANDARD])

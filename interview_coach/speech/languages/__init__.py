"""Language packs: what fluency needs to know of a language other than English.

English is complete and lives in the code itself. A pack is a data file beside this one; to add a
language, add its file, its rule in `syllables.py` and its name to `CODES`.
"""

from interview_coach.speech.languages.fillers import pack_filler_runs
from interview_coach.speech.languages.packs import CODES, ENGLISH, Pack, pack_of, phrase_at
from interview_coach.speech.languages.syllables import count_pack_syllables

__all__ = [
    "CODES",
    "ENGLISH",
    "Pack",
    "count_pack_syllables",
    "pack_filler_runs",
    "pack_of",
    "phrase_at",
]

"""Speech: sound to words, pauses, fillers, pace and pitch. Pure: no database, no network."""

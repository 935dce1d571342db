"""Ground floor: database, errors, ids, clock, pages, hashing, logs. Imports none of ours."""

"""Questions made for one candidate from a role, a job ad and a resume."""

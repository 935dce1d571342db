"""`python -m interview_coach`: the commands behind ./coach."""

import sys

from interview_coach.cli import main

sys.exit(main(sys.argv[1:]))

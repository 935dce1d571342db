"""Follow-up questions: what an answer lacks, how it is asked for, what came of asking."""

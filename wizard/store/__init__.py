"""What is on disk: answers, set-ups, the journal of open tests, names of remembered tokens, the log. No secrets."""

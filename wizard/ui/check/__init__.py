"""The Check screen: saved set-ups, opened files and whole accounts, judged in one table."""

"""Step 7: what works and what to watch."""

"""Step 3: who answers first."""

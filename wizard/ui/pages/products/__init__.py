"""Step 1: which bot and which live chat they use, by name."""

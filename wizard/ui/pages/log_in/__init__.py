"""Step 1: the token and its Page."""

"""Step 0: is it for you, and what shall happen."""

"""Welcome: is it for you, and what shall happen."""

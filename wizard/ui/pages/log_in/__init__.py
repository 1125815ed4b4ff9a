"""Log in: the token and its Page."""

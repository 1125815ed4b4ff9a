"""Your bot and chat: which bot and which live chat they use, by name."""

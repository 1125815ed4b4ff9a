"""Web hooks on their way: from the world's outbox to the callbacks of bots."""

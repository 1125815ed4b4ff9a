"""Your apps: which app is the bot, and which takes over."""

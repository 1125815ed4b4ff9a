"""Step 2: which app is the bot, and which takes over."""

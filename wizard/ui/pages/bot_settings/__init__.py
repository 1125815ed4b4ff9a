"""Step 5: the App ID is saved in the bot."""

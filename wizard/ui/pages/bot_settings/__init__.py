"""Bot settings: the App ID is saved in the bot."""

"""App ID: the App ID and where it goes."""

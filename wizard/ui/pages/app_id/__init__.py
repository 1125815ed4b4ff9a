"""Step 4: the App ID and where it goes."""

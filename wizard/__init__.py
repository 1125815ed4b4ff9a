"""Messenger Handover Wizard: a bot that answers first, a live chat that takes over, and the way back."""

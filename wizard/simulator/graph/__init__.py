"""The Graph API of the practice world."""

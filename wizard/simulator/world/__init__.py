"""The state of the practice world: Pages, apps, conversations, the owner, faults and scenarios."""

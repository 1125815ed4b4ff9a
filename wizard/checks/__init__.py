"""The checks: each a small function from what was seen to a verdict with evidence. Pure and read-only."""

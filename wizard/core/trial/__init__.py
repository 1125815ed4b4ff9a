"""The test handover: part A (Facebook allows it), part B (the bot does it), bringing back, and recovery."""

"""Step 6: the test of a handover."""

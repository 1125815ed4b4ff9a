"""The fault table: every call of a run × every kind of fault, and what the program made of it."""

"""From pasted text to the errors in it, and what each means."""

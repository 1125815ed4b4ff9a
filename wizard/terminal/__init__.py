"""The same route without a window: a printer and prompts in place of pages."""

"""Newer instructions, error texts and presets that a person imports from files."""

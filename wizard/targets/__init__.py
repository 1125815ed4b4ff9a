"""Where the App ID goes: each target plans first, then applies, reads back and can undo."""

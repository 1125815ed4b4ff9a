"""Parts that pages are built of. Each follows palette, text size, language and writing direction by itself."""

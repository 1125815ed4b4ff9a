"""What somebody tried who wanted a token out, a conversation stranded or a file harmed, so that it goes on failing."""

"""Every page and state of the window, in every language, theme, text size and window size, looked at by machines."""

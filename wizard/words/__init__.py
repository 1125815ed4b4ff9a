"""Every sentence the user reads, in the window, the terminal and the report. Pure."""

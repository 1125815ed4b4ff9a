"""The window: sidebar, header, footer, stack of pages, help, and what lives as long as the program."""

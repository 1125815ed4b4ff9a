"""What can be done, once, for the window and the terminal alike: without Qt and without a terminal."""

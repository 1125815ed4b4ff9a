"""Where the frozen programs begin: the one with a window of its own and the one for the terminal."""

from wizard.cli import main

main()

"""Where both frozen programs begin: the one with a window of its own and the one for the terminal."""

import sys

from wizard.cli import main

sys.exit(main())

"""`python -m wizard` is the same program as the installed `handover-wizard`."""

from wizard.cli import main

if __name__ == "__main__":
    main()

"""Tests that take minutes: collected by `make soak` alone."""

import os

collect_ignore_glob = [] if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else ["test_*.py"]

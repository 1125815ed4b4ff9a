"""Long use: all of it in `make soak`; `make test` has a sample, and leaves out what takes minutes."""

from tests.soak.amount import IS_SOAK

collect_ignore = [] if IS_SOAK else ["test_many_pages.py"]

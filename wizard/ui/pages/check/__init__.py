"""The screen that checks set-ups, beside the route."""

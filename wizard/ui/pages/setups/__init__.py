"""The set-ups of earlier, beside the route."""

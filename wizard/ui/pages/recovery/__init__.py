"""The screen that brings a conversation back, beside the route."""

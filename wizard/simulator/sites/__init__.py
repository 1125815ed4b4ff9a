"""The pretend sites, as plain HTML forms: POST, then a redirect that says what came of it."""

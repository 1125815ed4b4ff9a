"""Facebook's Graph API: calls, reply models, batch, error classification. It speaks through `wizard.web`."""

"""The window: shell, job runner, widgets and pages. The only part, with `wizard.app`, that knows PySide6."""

"""What takes long the first time, done before a person waits for it. For a thread, or for the self-test."""


def import_for_log_in() -> None:
    """Import what the two pages after the first would wait for. Raises ImportError."""
    import segno

    from wizard.actions import browser_log_in, products, token_sources
    from wizard.core.resource import load_toml
    from wizard.targets import presets
    from wizard.words import errors, fields, guides

    load_toml("ui_paths.toml")
    del segno, browser_log_in, products, token_sources, presets, errors, fields, guides


def import_slow_modules() -> None:
    """Import what a later page, the first call to Facebook or the first look at a bot's settings would wait for. Raises
    ImportError."""
    from wizard.actions import account, check, explain, find_conversation, restore, save_app_id, saved_setup
    from wizard.checks import run
    from wizard.core.resource import load_toml
    from wizard.core.trial import restore_later
    from wizard.graph import token_reading
    from wizard.report import render
    from wizard.targets import choose
    from wizard.words import customer, moments, summary, targets, trial, verdicts

    load_toml("help.toml")
    moments.clock_time(0.0)  # the names of months
    del account, check, explain, find_conversation, restore, save_app_id, saved_setup
    del run, restore_later, token_reading, render, choose, customer, summary, targets, trial, verdicts


def find_keyring() -> None:
    """Find the system's store of secrets."""
    from wizard.vault import look_for_store

    look_for_store()

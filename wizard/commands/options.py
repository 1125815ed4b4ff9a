"""The options with which a command is told where the token comes from, and where the App ID goes."""

import os
from collections.abc import Callable
from typing import Any

import click

from wizard.commands.spoken import option
from wizard.i18n.language import _, mark
from wizard.words import fields


def token_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for add in (
        option(
            "--own-app",
            metavar="ID",
            default="",
            help=mark("Log in with Facebook through a Meta app of your own that is in development mode: its App ID."),
        ),
        option("--with-code", is_flag=True, help=mark("Log in with a code that is typed on another page.")),
        option(
            "--log-in",
            metavar="[NAME]",
            is_flag=False,
            flag_value="",
            help=mark("Log in with Facebook in the browser; see “log-in list”."),
        ),
        option("--proof-env", metavar="NAME", default="", help=mark("Variable that holds the appsecret_proof.")),
        option("--no-token", is_flag=True, help=mark("Go on without a token: by hand and by eye.")),
        option("--remembered", is_flag=True, help=mark("Use the token remembered on this computer.")),
        option("--token-stdin", is_flag=True, help=mark("Read the token from standard input.")),
        option("--token-env", metavar="NAME", default="", help=mark("Variable that holds the token.")),
    ):
        command = add(command)
    return command


def other_token_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return option(
        "--other-token-env",
        metavar="NAME",
        default="",
        help=mark("Variable that holds a token of the other app."),
    )(command)


_VARIABLES = {"token_env": "--token-env", "proof_env": "--proof-env", "other_token_env": "--other-token-env"}
TOKEN_NAMES = ("token_env", "token_stdin", "remembered", "no_token", "proof_env", "log_in", "with_code", "own_app")


def token_given_by(given: dict[str, Any]) -> Any:
    from wizard.actions.token_sources import ProofShapeError, environment_proof
    from wizard.terminal.options import TokenOptions

    chosen = [name for name in TOKEN_NAMES[:4] if given[name]]
    if given["with_code"] and given["log_in"] is None:
        given["log_in"] = ""
    if len(chosen) + (given["log_in"] is not None) + bool(given["own_app"]) > 1:
        raise click.UsageError(_("Say only once where the token comes from."))
    if given["proof_env"] and (given["no_token"] or given["log_in"] is not None or given["own_app"]):
        raise click.UsageError(_("A proof belongs to one token, which you name: leave --proof-env out."))
    for name, asked in _VARIABLES.items():
        if given.get(name) and given[name] not in os.environ:
            raise click.UsageError(_("There is no variable of the name given with {option}.").format(option=asked))
    if given["own_app"]:
        from wizard.actions.own_app import NoAppId, log_in_file

        try:
            log_in_file(given["own_app"])
        except NoAppId as error:
            raise click.UsageError(fields.app_id_problem_text(error.problem)) from error
    try:
        environment_proof(given["proof_env"])
    except ProofShapeError as error:
        raise click.UsageError(fields.proof_problem_text()) from error
    return TokenOptions(
        given["token_env"],
        given["token_stdin"],
        given["remembered"],
        given["no_token"],
        given["proof_env"],
        given["log_in"],
        given["with_code"],
        given["own_app"],
    )


TARGET_NAMES = ("target", "file", "key", "url", "method", "template", "header", "settings_key_env", "trust_address")


def target_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Where the App ID goes; the names of the targets themselves are each command's own."""
    for add in (
        option("--trust-address", is_flag=True, help=mark("The address may lie in a private network.")),
        option(
            "--settings-key-env",
            metavar="NAME",
            default="",
            help=mark("Variable that holds the key of the settings API."),
        ),
        option("--header", metavar="NAME", default="", help=mark("Header of that key, if not Authorization.")),
        option(
            "--template",
            metavar="JSON",
            default="",
            help=mark("What is sent, with “{app_id}” in quotes, if not the value alone."),
        ),
        option(
            "--method",
            type=click.Choice(["PUT", "PATCH", "POST"]),
            default=None,
            help=mark("How the settings are sent."),
        ),
        option("--url", metavar="URL", default="", help=mark("Address of a settings API.")),
        option(
            "--key",
            metavar="KEY",
            multiple=True,
            help=mark(
                "Key in the file, with dots between names (of a settings API a JSON Pointer); as often as --file."
            ),
        ),
        option("--file", metavar="PATH", multiple=True, help=mark("File of a file target; once for each, in order.")),
    ):
        command = add(command)
    return command


def target_options_given_by(given: dict[str, Any], names: tuple[str, ...]) -> Any:
    from wizard.terminal.target_options import TargetOptions

    key_env = given["settings_key_env"]
    if key_env and key_env not in os.environ:
        told = _("There is no variable of the name given with {option}.")
        raise click.UsageError(told.format(option="--settings-key-env"))
    return TargetOptions(
        names,
        given["file"],
        given["key"],
        given["url"],
        given["method"] or "",
        given["template"],
        given["header"],
        key_env,
        given["trust_address"],
    )

"""What the program says about itself, in the window and in the terminal."""

import sys
from collections.abc import Iterator
from pathlib import Path

from wizard.core.bundle import LIST, is_packed
from wizard.core.licences import COPYRIGHT
from wizard.core.resource import load_toml
from wizard.i18n.language import _, current

QT_SOURCE = "https://download.qt.io/official_releases/"
_SIGN = "codesign --force --deep --sign - “/Applications/Messenger Handover Wizard.app”"


def what_it_is(version: str) -> list[str]:
    """Sentences: the version, what the program does, what it does not do, its licence, and who has read the words."""
    return [
        _("Version {version}").format(version=version),
        _(
            "Connects a chatbot and a live chat on one Facebook Page: the bot answers first, hands a conversation to a "
            "person, and gets it back."
        ),
        _(
            "There is no telemetry: the program reports to nobody what you do. It speaks to Facebook, and to the place "
            "where you want the App ID written."
        ),
        _("It is not made by Meta, and not connected with Facebook."),
        _("It is free software under the MIT License: you may use, change and share it. {copyright}").format(
            copyright=COPYRIGHT
        ),
        *_translation(),
    ]


def _translation() -> Iterator[str]:
    for one in load_toml("languages.toml")["language"]:
        if one["code"] == current() and not one["native"]:
            yield _("These words were translated from English. Nobody whose own language this is has read them yet.")


def how_to_replace_qt(folder: Path) -> list[str]:
    """What the LGPL wants everybody to know who gets the libraries. folder: where they are."""
    said = [
        _(
            "The windows are drawn by Qt and PySide6, free libraries under the GNU Lesser General Public License, "
            "version 3. You may change them and use your own: they are files of their own in “{folder}”."
        ).format(folder=folder),
        _("Put libraries of the same version and system in place of those."),
    ]
    if is_packed():
        listed = folder.parent / LIST
        said.append(
            _("Take their lines out of “{path}”: by it the program sees whether its files are whole.").format(
                path=listed
            )
        )
    if sys.platform == "darwin":  # a changed program is not started there until it is signed again
        said.append(_("Sign the program again: {command}").format(command=_SIGN))
    said.append(_("Then start the program again."))
    return [*said, _("Their source is at {address}").format(address=QT_SOURCE)]


def licences_title() -> str:
    return _("Licences of the program and its parts")


def trouble(reason: str) -> str:
    """The notices cannot be read. reason: what the system says."""
    return _("The licences could not be read: {reason}").format(reason=reason)

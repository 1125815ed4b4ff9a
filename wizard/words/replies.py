"""What an answer or an event of Facebook tells that is no error."""

from wizard.core.explain.error_rules import Advice
from wizard.core.explain.replies import Reply, advice_on_replies
from wizard.core.known_apps import is_meta_ai, name_of_fixed
from wizard.core.resource import load_toml
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.i18n.texts import translate
from wizard.words.moments import clock_time


def said_of(reply: Reply) -> tuple[Advice, str, str]:
    """Return the entry, and its title and action in the current language, filled in."""
    advice = advice_on_replies()[reply.id]
    filled = {
        **{role: app_name(app_id) for role, app_id in reply.apps.items()},
        **{name: _listed(words) for name, words in reply.lists.items()},
        **({"names": _roles(reply)} if reply.roles else {}),
        **(_of_glossary(reply.lists["word"][0]) if "word" in reply.lists else {}),
    }
    title, action = (translate(text, advice.translations).format(**filled) for text in (advice.title, advice.action))
    if reply.at is not None:
        title = f"{title} {_('That was on {time}.').format(time=clock_time(reply.at))}"
    return advice, title, action


def app_name(app_id: str) -> str:
    """Return the name of an app whose ID is fixed, with the ID; of another one what is known: its ID."""
    if is_meta_ai(app_id):
        return _("{name} ({id}), most likely Meta’s own AI").format(name=name_of_fixed(app_id), id=app_id)
    if name := name_of_fixed(app_id):
        return _("{name} ({id})").format(name=name, id=app_id)
    return _("the app {id}").format(id=app_id) if app_id else _("another app")


def _of_glossary(word: str) -> dict[str, str]:
    entry = next(entry for entry in load_toml("help.toml")["glossary"] if entry["title"] == word)
    return {"word": translate(entry["title"]), "meaning": translate(entry["text"])}


def _listed(words: tuple[str, ...]) -> str:
    return listed(words) or _("an app")


def _roles(reply: Reply) -> str:
    first, over = _("{app} answers first."), _("{app} takes over.")
    said = ((first if role == "primary" else over).format(app=app_name(app_id)) for app_id, role in reply.roles)
    return " ".join(one[0].upper() + one[1:] for one in said)

"""The addresses a run talks to: Facebook's in life, a practice world's on this machine."""

from typing import NamedTuple


class World(NamedTuple):
    """Addresses without a trailing slash. Links in catalogues are stored as "{facebook}/settings".

    label: shown beside the Page's name; "" in life. control: where the simulated owner listens; "" in life. log_in: the
    text of a log-in file that comes with the world; "" in life, where vendors hand them out.
    """

    graph: str = "https://graph.facebook.com"
    facebook: str = "https://www.facebook.com"
    business: str = "https://business.facebook.com"
    developers: str = "https://developers.facebook.com"
    platform: str = ""
    platform_api: str = ""
    livechat: str = ""
    m_me: str = "https://m.me"
    label: str = ""
    control: str = ""
    log_in: str = ""

    def link(self, template: str) -> str:
        """Fill a catalogue link. template: e.g. "{facebook}/settings?tab=advanced_messaging"; returns "" where this
        world has no such site (a link to a bot platform of life in practice, or the other way round)."""
        sites = {
            "facebook": self.facebook,
            "business": self.business,
            "developers": self.developers,
            "platform": self.platform,
            "platform_api": self.platform_api,
            "livechat": self.livechat,
            "m_me": self.m_me,
        }
        for name, address in sites.items():
            mark = "{" + name + "}"
            if mark in template:
                return template.replace(mark, address) if address else ""
        return template

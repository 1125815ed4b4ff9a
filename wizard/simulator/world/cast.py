"""Who and what is in every practice world, the same in each scenario: Page, apps, people, tokens."""

from dataclasses import dataclass, field, replace

from wizard.simulator.world import ids
from wizard.simulator.world.state import INSTAGRAM_INBOX, META_AI, PAGE_INBOX, SimulatedApp, Token, new_token

PAGE_ID = "107836259148302"
PAGE_NAME = "Lumen Coffee"
OWNER_ID = "10229481736205517"  # the person behind the user token
SYSTEM_USER_ID = "122098765432104871"
TESTER = "7194026385510274"
CUSTOMER_PSID = "24718830659142036"
INSTAGRAM_ID = "17841405822304914"  # the account
INSTAGRAM_TESTER = ("1784512093365571", "robin.tester")  # IGSID and user name
PEOPLE = {"tester": (TESTER, "Robin Tester"), "customer": (CUSTOMER_PSID, "Maria Keller")}

APP_IDS = {
    "primary": "914602738451926",
    "secondary": "538127490663815",
    "page_inbox": PAGE_INBOX,
    "third": "726940185327419",
    "instagram_inbox": INSTAGRAM_INBOX,
    "meta_ai": META_AI[0],
    "meta_ai_newer": META_AI[1],
}
_APPS = {
    "primary": ("Flow bot", "Business"),
    "secondary": ("Support Desk", "Business"),
    "page_inbox": ("Page Inbox", "Business"),
    "third": ("Order Robot", "Business"),
    "instagram_inbox": ("Instagram inbox", "Business"),
    "meta_ai": ("BMX Gen AI Chatbot", "Business"),
    "meta_ai_newer": ("Business AI", "Business"),
}
_HIDDEN = {"meta_ai_newer"}  # what Facebook says of this app is not known: here it is shown to nobody


def extra_page(number: int) -> tuple[str, str]:
    """Return ID and name of one of the many other Pages the owner may have. number: from 1."""
    return str(118_400_000_000_000 + number * 7_310_087), f"Lumen Coffee {number:02d}"


def extra_person(number: int) -> tuple[str, str]:
    """Return PSID and name of one of the many people who wrote to the Page. number: from 1."""
    return str(25_100_000_000_000_000 + number * 7_310_087), f"Guest {number:02d}"


@dataclass(slots=True)
class Cast:
    """What stays the same over a change of scenario. tokens: by the names of the start object, without `paste`."""

    secrets_of_apps: dict[str, str] = field(default_factory=dict, repr=False)
    texts: dict[str, str] = field(default_factory=dict, repr=False)
    client_tokens: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if self.texts:
            return  # they were kept
        self.secrets_of_apps = {role: ids.digits("secret", 16) for role in APP_IDS}
        self.client_tokens = {app_id: ids.digits("secret", 16) for app_id in APP_IDS.values()}
        names = ("page", "secondary_page", "third_app_page", "user", "system_user", "expired")
        self.texts = {name: new_token() for name in names}
        self.texts["app"] = f"{APP_IDS['primary']}|{self.secrets_of_apps['primary']}"

    def apps(self) -> dict[str, SimulatedApp]:
        """Return fresh apps by ID."""
        return {
            APP_IDS[role]: SimulatedApp(
                APP_IDS[role], name, category, self.secrets_of_apps[role], visible=role not in _HIDDEN
            )
            for role, (name, category) in _APPS.items()
        }

    def app_tokens(self) -> list[Token]:
        """Return the token of each app itself."""
        return [
            Token(f"{app_id}|{self.secrets_of_apps[role]}", app_id, "APP", scopes=())
            for role, app_id in APP_IDS.items()
        ]

    def tokens(self, now: float) -> dict[str, Token]:
        """Return fresh tokens by name, as they are when no scenario says otherwise."""
        issued = int(now) - 5 * 86_400
        page = Token(self.texts["page"], APP_IDS["primary"], "PAGE", PAGE_ID, OWNER_ID, issued_at=issued)
        user = replace(page, text=self.texts["user"], kind="USER", page_id=None, expires_at=int(now) + 55 * 86_400)
        return {
            "page": page,
            "secondary_page": replace(page, text=self.texts["secondary_page"], app_id=APP_IDS["secondary"]),
            "third_app_page": replace(page, text=self.texts["third_app_page"], app_id=APP_IDS["third"]),
            "user": user,
            "system_user": replace(
                user, text=self.texts["system_user"], kind="SYSTEM_USER", user_id=SYSTEM_USER_ID, expires_at=0
            ),
            "expired": replace(page, text=self.texts["expired"], expires_at=int(now) - 3 * 86_400),
            "app": Token(self.texts["app"], APP_IDS["primary"], "APP", issued_at=issued),
        }

"""Which recorded bodies are asked of the practice world, and how; and why the others are not."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """How a body is asked for. call: method and path; {psid}, {page} and so on are names of the world. before: calls
    that are made first, then hours pass. error: name of the documented error that the call is made to fail with.
    inner: where in the answer the body stands. callback: whether the bot has one."""

    call: str
    token: str | None = "page"
    params: dict[str, Any] = field(default_factory=dict)
    scenario: str = "happy-routing"
    tables: dict[str, Any] = field(default_factory=dict)
    before: tuple["Asked", ...] = ()
    error: str = ""
    inner: tuple[str | int, ...] = ()
    hours: int = 0
    callback: bool = False


def asked(call: str, token: str | None = "page", **more: Any) -> Asked:
    known = {name: more.pop(name) for name in Asked.__dataclass_fields__ if name in more}
    return Asked(call, token, params=more, **known)


TESTER = {"id": "{psid}"}
ON_INSTAGRAM = {"id": "{igsid}"}
HELLO = {"text": "Hello"}
RELEASE = asked("POST me/release_thread_control", recipient=TESTER)
PASS = asked("POST me/pass_thread_control", recipient=TESTER, target_app_id="{secondary}")
PHOTO = {"attachment": {"type": "image", "payload": {"url": "https://example.org/a.png"}}}


def failing(name: str, call: str = "GET me") -> Asked:
    return asked(call, error=name)


ASKED: dict[str, Asked] = {
    # Who is who
    "acc-one-zh": asked("GET me/accounts", "user"),
    "acc-item-tasks": asked("GET me/accounts", "user", fields="category,name,access_token,id,tasks", inner=("data", 0)),
    "acc-empty": asked("GET me/accounts", "user", after="{last_page}"),
    "acc-page-token-msg": asked("GET me/accounts"),
    "me-meta-page-v23": asked("GET me", metadata="1"),
    "me-meta-user": asked("GET me", "user", metadata="1", inner=("metadata",)),
    "me-features": asked("GET me", fields="messaging_feature_status"),
    "app-fields": asked("GET app", fields="id,name"),
    "app-by-id": asked("GET {secondary}", fields="name,link,category"),
    "me-no-token": asked("GET me", None),
    "me-no-token-http200": asked("GET me", None),
    "me-cannot-parse": asked("GET me", "nonsense"),
    "me-nonexisting-field": asked("GET me", "user", fields="fdsfds"),
    "dbg-user-granular": asked("GET debug_token", "user", input_token="{user_token}"),
    "dbg-unwrapped": asked("GET debug_token", "user", input_token="{user_token}", inner=("data",)),
    "dbg-app-token": asked("GET debug_token", "app", input_token="{app_token}"),
    "dbg-page": asked("GET debug_token", "user", input_token="{page_token}"),
    "dbg-system-user": asked("GET debug_token", "user", input_token="{system_user_token}"),
    "dbg-not-allowed": asked("GET debug_token", "secondary_page", input_token="{page_token}"),
    "dbg-min-invalid": asked("GET debug_token", "app", input_token="nonsense"),
    "perm-declined": asked("GET me/permissions", "user"),
    "perm-one": asked("GET me/permissions", "user", inner=("data", 0)),
    "device-code": asked("POST device/login", "{client_token}", scope="public_profile"),
    # Several calls in one
    "bat-ok": asked("POST ", batch=[{"method": "GET", "relative_url": "me"}] * 2),
    "bat-first-error": asked(
        "POST ", batch=[{"method": "GET", "relative_url": "2"}, {"method": "GET", "relative_url": "me"}]
    ),
    "bat-null-last": asked(
        "POST ",
        batch=[
            {"method": "GET", "relative_url": "me"},
            {"method": "GET", "relative_url": "{result=none:$.id}"},
        ],
    ),
    "bat-null-ok": asked(
        "POST ",
        include_headers=False,
        batch=[
            {"method": "GET", "name": "first", "relative_url": "me?fields=id"},
            {"method": "GET", "relative_url": "{result=first:$.id}?fields=id"},
        ],
    ),
    "bat-over-50": asked("POST ", batch=[{"method": "GET", "relative_url": "me"}] * 51),
    "bat-2500-twice": asked("POST ", None, batch=[{"method": "GET", "relative_url": "me"}] * 2),
    # Control of conversations
    "pass-ok": PASS,
    "take-ok": asked("POST me/take_thread_control", recipient=TESTER, before=(RELEASE,)),
    "request-ok-no-effect": asked("POST me/request_thread_control", recipient=TESTER, scenario="request-lies"),
    "take-27": asked("POST me/take_thread_control", recipient=TESTER, scenario="no-default-app"),
    "release-100": asked("POST me/release_thread_control", "secondary_page", recipient=TESTER),
    "pass-100-not-owner": asked(
        "POST me/pass_thread_control", "secondary_page", recipient=TESTER, target_app_id="{primary}"
    ),
    "owner-string": asked("GET me/thread_owner", recipient="{psid}", scenario="happy-legacy"),
    "owner-node-sdk": asked("GET me/thread_owner", recipient="{psid}", scenario="happy-legacy"),
    "owner-doc-cr": asked("GET me/thread_owner", recipient="{psid}", tables={"graph": {"app_id_as": "number"}}),
    "owner-idle": asked("GET me/thread_owner", recipient="{psid}", before=(RELEASE,)),
    "owner-429-bare": asked("GET me/thread_owner", recipient="{psid}", error="app_limit"),
    "sec-two": asked("GET me/secondary_receivers", fields="id,name", scenario="happy-legacy"),
    "extend-ok": asked("POST {page}/extend_thread_control", recipient=TESTER),
    # Messages
    "send-ok-v20": asked("POST {page}/messages", recipient=TESTER, message=HELLO),
    "send-ok-old": asked("POST me/messages", recipient=TESTER, message=HELLO),
    "send-ok-no-mid": asked("POST me/messages", recipient=TESTER, sender_action="typing_on"),
    "attach-ok": asked("POST {page}/message_attachments", message=PHOTO),
    "own-2018300": asked("POST me/messages", "secondary_page", recipient=TESTER, message=HELLO),
    "win-2018278": asked("POST me/messages", recipient=TESTER, message=HELLO, hours=200),
    "win-2018065": failing("outside_window_for_news", "POST me/messages"),
    "own-ig-2534037": asked(
        *("POST me/messages", "page"),
        recipient=ON_INSTAGRAM,
        message=HELLO,
        scenario="instagram-too",
        before=(asked("POST me/pass_thread_control", recipient=ON_INSTAGRAM, target_app_id="{secondary}"),),
    ),
    "win-2534022": asked(
        "POST me/messages", recipient=ON_INSTAGRAM, message=HELLO, scenario="instagram-too", hours=200
    ),
    "una-551": failing("person_unavailable", "POST me/messages"),
    "rcp-100-none": asked("POST me/messages", recipient={"id": "7000000000000001"}, message=HELLO),
    "rcp-valid-id": asked("POST me/messages", recipient={"id": "nobody"}, message=HELLO),
    "rcp-user-id": asked("GET me/messages"),
    "perm-230": asked("POST me/messages", recipient=TESTER, message=HELLO, scenario="missing-permission"),
    "perm-1404170": failing("permission_not_approved", "POST me/messages"),
    "lim-613": failing("rate_limit", "POST me/messages"),
    "att-2018047": failing("upload_failed", "POST me/messages"),
    # Conversations
    "conv-full": asked(
        "GET {conversation}",
        fields="can_reply,former_participants,id,is_subscribed,link,message_count,participants,scoped_thread_key,"
        "snippet,senders,unread_count,updated_time",
    ),
    "conv-default": asked("GET {conversation}"),
    "conv-mid": asked(
        "GET {conversation}", fields="senders,message_count,updated_time,messages{message,from,created_time}"
    ),
    "conv-fields": asked(
        "GET {page}/conversations",
        fields="id,can_reply,is_subscribed,link,message_count,updated_time,snippet",
        inner=("data", 0),
    ),
    "conv-not-exist": asked("GET my_conversation_ID"),
    "conv-reduce": failing("too_much_data", "GET me/conversations"),
    # Subscriptions
    "sub-post-ok": asked("POST {page}/subscribed_apps", subscribed_fields="leadgen"),
    "sub-perm-metadata": asked("GET me/subscribed_apps", "third_app_page", scenario="conformance"),
    "sub-get-fields-only": asked("GET {page}/subscribed_apps", fields="subscribed_fields"),
    "sub-get-doc": asked("GET {page}/subscribed_apps"),
    "sub-get-after": asked("GET {page}/subscribed_apps"),
    "sub-get-22": asked("GET {page}/subscribed_apps"),
    "sub-del-ok": asked("DELETE me/subscribed_apps"),
    "sub-190-http200": failing("token_invalid", "POST me/subscribed_apps"),
    "sub-200-messages": asked(
        "POST {page}/subscribed_apps", subscribed_fields="messages", scenario="missing-permission"
    ),
    "sub-210": asked("GET {page}/subscribed_apps", "user"),
    "sub-100-required": asked("POST me/subscribed_apps"),
    "appsub-objects": asked("GET {primary}/subscriptions", "app", callback=True),
    # Errors of any call
    "e-190-463": asked("GET me", "expired"),
    "e-190-463-pdt": asked("GET me", "expired"),
    "e-190-458-doc": asked("GET me", "system_user", scenario="conformance"),
    "e-190-467": failing("logged_out"),
    "e-190-460": failing("password_changed", "POST me/messages"),
    "e-190-464": failing("account_unconfirmed"),
    "e-190-invalid": failing("token_invalid", "POST me/messages"),
    "e-2500-path": asked("GET me/bogus"),
    "e-368": failing("blocked_for_misuse"),
    "e-1-99": failing("may_need_access"),
    "e-1-99-ok200": failing("unknown"),
    "e-2-500": failing("unexpected"),
    "e-2-prefix": failing("service_down"),
    "e-4": failing("app_limit"),
    "e-17": failing("user_limit"),
    "e-32": failing("page_limit", "POST me/messages"),
    "e-80001": failing("pages_limit"),
    "e-200": failing("not_authorised", "POST me/messages"),
    "e-200-auth": failing("not_authorised"),
    "e-200-nocode": failing("permission_missing"),
    "e-proof": asked("GET me", appsecret_proof="0" * 64),
}

AGE = "an old form: Graph versions from before the oldest that still answers"
ELSEWHERE = "of a part of the Graph API that is not played: posts, ads, uploads, Threads, WhatsApp, Instagram's log-in"
WORDS = "an author's own words for an error that is produced in the words that were recorded"
CUT = "cut or rewritten by whoever kept it: no whole body to compare with"
UNKNOWN = "when Facebook answers so is not known"
NOT_JSON = "no body of the Graph API, but of a proxy or an old page"
EXCHANGE = "the exchange of tokens is not played: an app's secret belongs on a server"
REASONS: dict[str, str] = {
    **dict.fromkeys(("acc-perms-offset", "acc-no-token-perms", "me-meta-page-v2", "me-user-full", "app-node-old"), AGE),
    **dict.fromkeys(("app-node-spring", "me-urlencoded", "e-result-old", "e-true", "appsub-strings", "sub-283"), AGE),
    **dict.fromkeys(
        ("conv-2012", "conv-list-v2", "conv-messages", "bat-whole-error", "exchange-old", "dbg-bottender", "perm-all"),
        AGE,
    ),
    **dict.fromkeys(("e-299-nocode", "e-3-nocode", "e-expired-nocode", "e-password-nocode", "e-12"), AGE),
    **dict.fromkeys(("e-10-review", "e-506", "e-803", "e-type-exception", "e-80004", "me-803", "e-100-33"), ELSEWHERE),
    **dict.fromkeys(("e-100-33-th", "e-2500-ig", "e-error-data-string", "e-error-data-object", "e-1487634"), ELSEWHERE),
    **dict.fromkeys(("win-ig-type", "perm-230-403", "sub-210-403"), ELSEWHERE),
    **dict.fromkeys(("bat-null-first", "bat-legacy-500", "att-36000-200", "page-webhooks-subscribed"), ELSEWHERE),
    **dict.fromkeys(("me-app-proof-or-app-token", "me-missing-perm-100", "acc-item-no-token"), ELSEWHERE),
    **dict.fromkeys(("e-2", "own-short", "own-subcode-only", "win-2018278-403", "una-200", "una-2018108"), WORDS),
    **dict.fromkeys(("dev-2018028", "rcp-2018001", "tmp-1200-nosub", "e-190-decrypt", "e-190-2069032"), WORDS),
    **dict.fromkeys(("e-100-gme", "e-190-492", "acc-page-token"), WORDS),
    **dict.fromkeys(("bat-broken-json", "bat-doc-null", "e-4-403", "exchange-cannot-call", "e-html-facebook"), CUT),
    **dict.fromkeys(("e-odd-190-1", "e-odd-190-2", "e-odd-190-3", "e-odd-190-4", "e-doc-1234567"), CUT),
    **dict.fromkeys(("sub-post-false", "sub-del-partial", "me-unsupported-post", "sub-get-two"), UNKNOWN),
    **dict.fromkeys(("e-html-400", "e-empty-500", "e-not-found-text"), NOT_JSON),
    **dict.fromkeys(("exchange-ok", "oauth-191"), EXCHANGE),
    "e-1-https": "the world is on this machine, where Facebook's rule about https has no sense",
    "e-100-node": "an empty part of a path is passed over",
    "acc-p1": "the summary of a list is not played",
    "acc-p2": "lists are read forwards only",
    "acc-no-paging": "Facebook's own lists of Pages have paging; this one is an author's",
    "dbg-granular-targets": "a permission for some Pages only is played, but not told here",
    "dbg-invalid-467": "the words for a log-out differ from source to source",
    "device-pending": "the words for people (error_user_title, error_user_msg) are not played",
}

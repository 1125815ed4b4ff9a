"""What the table of played calls says is so: each call and each parameter of it is tried."""

import ast
import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from facebook_business.adobjects import page as sdk_page
from facebook_business.adobjects import unifiedthread as sdk_thread
from msgspec import UNSET

from tests.simulator.callbacks import VERIFY_TOKEN, bot_callback
from tests.simulator.world import HttpReply, PracticeWorld, request
from wizard.simulator.graph import calls_log_in, graph
from wizard.simulator.graph.played import Parameter, PlayedCall, openapi, played_calls, table
from wizard.simulator.world.assumed import ASSUMED

ROWS = {row.call: row for row in played_calls()}
ANSWERED = [row for row in ROWS.values() if row.played in ("yes", "part")]
NOT_ANSWERED = [row for row in ROWS.values() if row.played in ("refused", "no")]
EDGES = {path.rpartition("/")[2] for path in (row.path for row in ROWS.values())}

# Where a call needs another beginning than happy-routing, in which the bot has control of the tester's conversation.
SCENARIOS = {
    "POST /{page-id}/request_thread_control": "no-default-app",
    "GET /{page-id}/secondary_receivers": "happy-legacy",
    "GET /{page-id}/business_ai": "meta-ai-first",
}
TOKENS = {"page": "page", "user": "user", "any": "page", "page or user": "page", "app": "app", "app or user": "user"}


class Walk:
    """Makes one call of the table in a world where it succeeds."""

    def __init__(self, practice: PracticeWorld, row: PlayedCall, callback: str) -> None:
        self.practice, self.row, self.callback = practice, row, callback
        self.names = {
            "page-id": practice.page_id,
            "psid": practice.tester,
            "app-id": practice.app("primary"),
            "live-chat-id": practice.app("secondary"),
            "page-token": practice.token("page"),
        }

    def again(self) -> None:
        """Begin anew, with what must have happened before."""
        self.practice.scenario(SCENARIOS.get(self.row.call, "happy-routing"))
        if "take_thread_control" in self.row.call:
            assert self.practice.control_of("release").status == 200
        if self.row.call == "DELETE /{app-id}/subscriptions":
            self.practice.connect("primary", self.callback, VERIFY_TOKEN)
        if "conversation-id" in self.row.path:
            self.names["conversation-id"] = self.practice.thread()["conversation"]
        if "persona-id" in self.row.path:
            made = self.practice.graph(
                "POST", "me/personas", name="Sam", profile_picture_url="https://example.org/a.png"
            )
            self.names["persona-id"] = made.json()["id"]

    def call(self, params: dict[str, Any]) -> HttpReply:
        self.again()
        if params.get("code", "") is None:
            params = {**params, "code": self._code()}
        method, path = self.row.method, self._filled(self.row.path).strip("/")
        token = self._client_token() if self.row.token == "client" else TOKENS[self.row.token]
        filled = {name: self._filled(value) for name, value in params.items()}
        if method == "POST":
            return self.practice.graph("POST", path, token, **filled)
        in_query = {name: each if isinstance(each, str) else json.dumps(each) for name, each in filled.items()}
        return self.practice.graph(method, path, token, **in_query)

    def _filled(self, value: Any) -> Any:
        return json.loads(re.sub(r"\{([a-z-]+)\}", lambda found: self.names.get(found[1], found[0]), json.dumps(value)))

    def _client_token(self) -> str:
        (text,) = re.findall(r'client_token = "(\w+)"', self.practice.start["log_in"])
        return f"{self.practice.app('primary')}|{text}"

    def _code(self) -> str:
        return str(
            self.practice.graph("POST", "device/login", self._client_token(), scope="public_profile").json()["code"]
        )


def names_of(rows: list[PlayedCall]) -> list[str]:
    return [row.call for row in rows]


@pytest.fixture
def callback(practice: PracticeWorld) -> Iterator[str]:
    with bot_callback() as bot:
        yield bot.url
    for role in ("primary", "secondary"):
        practice.disconnect(role)


def complete(row: PlayedCall, callback: str) -> dict[str, Any]:
    """What makes the call one that succeeds, beside what is tried."""
    params = {name: each.example for name, each in row.parameters.items() if each.is_ == "required"}
    if row.call.endswith("}/messages") and row.method == "POST":
        params["message"] = {"text": "Hello"}
    if row.call == "POST /{page-id}/pass_thread_control":
        params["target_app_id"] = "{live-chat-id}"  # left out it is the default app, which has control already
    if row.call == "POST /{page-id}/messenger_profile":
        params["get_started"] = {"payload": "START"}
    if row.call == "POST /{app-id}/subscriptions":
        params |= {"callback_url": callback, "verify_token": VERIFY_TOKEN}
    if row.call == "POST /device/login_status":
        params["code"] = None
    return params


def is_answered(walk: Walk, reply: HttpReply) -> bool:
    """A code that nobody has typed is waited for: that is the answer."""
    return reply.status == 200 or (walk.row.call == "POST /device/login_status" and reply.error == (31, 1349174))


@pytest.mark.parametrize("row", ANSWERED, ids=names_of(ANSWERED))
def test_a_call_that_is_played_is_answered_in_the_shape_that_is_told(
    practice: PracticeWorld, callback: str, row: PlayedCall
) -> None:
    walk = Walk(practice, row, callback)
    reply = walk.call(complete(row, callback))
    assert is_answered(walk, reply), reply.text
    if reply.status != 200:
        return
    schema = openapi("http://127.0.0.1")["components"]["schemas"][row.answer]
    jsonschema.validate(reply.json(), schema)
    if schema["type"] == "object":
        assert set(reply.json()) & set(schema["properties"]), "nothing of what is told"


PARAMETERS = [(row, name, each) for row in ANSWERED for name, each in row.parameters.items()]


@pytest.mark.parametrize(
    ("row", "name", "parameter"), PARAMETERS, ids=[f"{row.call} {name}" for row, name, _ in PARAMETERS]
)
def test_each_parameter_is_taken_ignored_or_refused_as_told(
    practice: PracticeWorld, callback: str, row: PlayedCall, name: str, parameter: Parameter
) -> None:
    walk = Walk(practice, row, callback)
    base = complete(row, callback)
    others = {key: value for key, value in base.items() if key not in ("message", "get_started")}
    beside = others if parameter.alone else base
    without = {key: value for key, value in beside.items() if key != name}
    has_example, has_wrong = parameter.example is not UNSET, parameter.wrong is not UNSET
    assert has_example or has_wrong or row.call.startswith("POST /device")
    if parameter.is_ == "refused":
        assert walk.call({**beside, name: parameter.example}).status == 400
        return
    if parameter.is_ == "required":
        assert walk.call({**without, **({"code": ""} if name == "code" else {})}).status == 400
    if has_example:
        reply = walk.call({**beside, name: parameter.example})
        assert is_answered(walk, reply), reply.text
        if parameter.is_ == "ignored":
            plain = walk.call(beside)
            assert shape(reply.json()) == shape(plain.json())
    if has_wrong:
        reply = walk.call({**beside, name: parameter.wrong})
        assert reply.status == 400, reply.text
        assert reply.error[0] in (100, 2200), reply.text


def shape(value: Any) -> Any:
    """Members and types, whatever the values are."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else type(value).__name__


@pytest.mark.parametrize("row", NOT_ANSWERED, ids=names_of(NOT_ANSWERED))
def test_what_is_not_played_is_refused_with_the_code_that_is_told(practice: PracticeWorld, row: PlayedCall) -> None:
    path = row.path.strip("/").replace("{page-id}", practice.page_id)
    reply = practice.graph(row.method, path, "page", option="x")
    assert (reply.status, reply.error) == (400, (row.code, row.subcode)), reply.text
    assert practice.graph(row.method, path, "user", option="x").status == 400
    assert row.why


def test_every_route_that_answers_is_in_the_table() -> None:
    told = {(row.method, row.path.rpartition("/")[2]) for row in ANSWERED}
    routes = set(graph._PAGE_CALLS) | {("GET", name) for name in graph._SINGLE}
    routes |= {("POST", path[-1]) for path in calls_log_in.BY_PATH}
    assert routes - {("GET", "messages")} <= told  # of a Page, where it is refused
    elsewhere = {("GET", "me"), ("POST", ""), ("DELETE", "{persona-id}"), ("GET", "messages")}
    elsewhere |= {("GET", f"{{{kind}}}") for kind in ("psid", "app-id", "page-id", "conversation-id", "persona-id")}
    assert told - routes == elsewhere - routes


def test_a_call_that_is_not_in_the_table_does_not_exist(practice: PracticeWorld) -> None:
    for edge in ("photos", "posts", "roles", "blocked", "custom_labels", "nlp_configs"):
        assert edge not in EDGES
        for method in ("GET", "POST", "DELETE"):
            assert practice.graph(method, f"me/{edge}").error == (2500, None)


# Meta's own tables of parameters, read from its SDK: edge and method -> names with types.

_TYPES = {"string": "string", "Object": "object", "unsigned int": "integer", "bool": "boolean"}


def sdk_parameters(module: Any) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for function in ast.walk(ast.parse(inspect.getsource(module))):
        if not isinstance(function, ast.FunctionDef):
            continue
        types: dict[str, str] = {}
        named = {
            node.arg: node.value.value
            for node in ast.walk(function)
            if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "param_types":
                types = ast.literal_eval(node.value)
        if {"method", "endpoint"} <= set(named):
            found[str(named["method"]), str(named["endpoint"]).strip("/")] = types
    return found


OF_MESSENGER = re.compile(r"messag|messenger|conversation|thread(?!s_accounts)|persona|subscribed_apps|welcome")
SDK = {key: params for key, params in sdk_parameters(sdk_page).items() if OF_MESSENGER.search(key[1])}
SDK_THREAD = sdk_parameters(sdk_thread)


def kind_of(sdk_type: str) -> str:
    if sdk_type.startswith("list<"):
        return "array"
    return _TYPES.get(sdk_type, "string" if sdk_type.endswith("_enum") else sdk_type)


@pytest.mark.parametrize("key", sorted(SDK), ids=" ".join)
def test_each_parameter_of_metas_own_table_is_told(key: tuple[str, str]) -> None:
    row = ROWS["{} /{{page-id}}/{}".format(*key)]
    if row.played == "no":
        return
    for name, sdk_type in SDK[key].items():
        assert name in row.parameters, f"{row.call}: {name} ({sdk_type})"
        told, meant = row.parameters[name].type, kind_of(sdk_type)
        # A person's conversation is named by an object everywhere, and a tag by a name, whatever the table calls it.
        assert told == meant or (name, meant) == ("tag", "object"), f"{row.call}: {name} is {sdk_type}"


def test_the_tables_of_metas_sdk_were_really_read() -> None:
    calls = {"pass_thread_control", "take_thread_control", "request_thread_control", "release_thread_control"}
    calls |= {"extend_thread_control", "messages", "subscribed_apps"}
    assert {("POST", call) for call in calls} | {("GET", "conversations"), ("GET", "thread_owner")} <= set(SDK)
    assert len(SDK["POST", "messages"]) >= 12
    assert set(SDK_THREAD["GET", "messages"]) <= set(ROWS["GET /{conversation-id}/messages"].parameters)


# The documents


def test_the_table_for_people_has_a_row_for_each_call_and_adds_up() -> None:
    text = table()
    assert len(re.findall(r"^\| `", text, re.MULTILINE)) == len(ROWS)
    (counts,) = re.findall(r"^played: \d.*$", text, re.MULTILINE)
    assert sum(int(count) for count in re.findall(r": (\d+)", counts)) == len(ROWS)
    assert all(sentence in text for sentence in ASSUMED.values())
    assert all(row.why for row in ROWS.values() if row.played != "yes")


def test_the_description_is_one_that_programs_can_follow(practice: PracticeWorld) -> None:
    told = request("GET", f"{practice.control_url}/openapi.json").json()
    assert told == openapi(practice.graph_url)
    assert told["openapi"] == "3.1.0"
    operations = [each for path in told["paths"].values() for each in path.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    assert sum(len(each["x-played"]) for each in operations) == len(ANSWERED)
    for schema in told["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for reference in re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(told)):
        assert reference in told["components"]["schemas"]
    for path, methods in told["paths"].items():
        for each in methods.values():
            named = [parameter["name"] for parameter in each["parameters"] if parameter["in"] == "path"]
            assert named == re.findall(r"\{(\w+)\}", path)


def test_a_refusal_has_the_shape_that_is_told(practice: PracticeWorld) -> None:
    reply = practice.graph("GET", "1234567890")
    jsonschema.validate(reply.json(), openapi("http://127.0.0.1")["components"]["schemas"]["Error"])

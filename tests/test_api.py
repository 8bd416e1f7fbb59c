"""The HTTP service, asked as a certification body asks it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from recognition.evaluate import evaluate
from recognition.explain import decision
from recognition.problems import Refused
from recognition.profile.validate import examine
from recognition.server.app import create_app
from recognition.server.settings import Settings
from recognition.standard import documents
from recognition.standard.library import Library

PERSON = json.loads((Path(__file__).parents[1] / "examples/person.json").read_text("utf-8"))
ASKED = {"profile": PERSON, "standards": ["ipea"], "hosts": ["AU"], "as_of": "2026-11-24"}


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


@pytest.fixture(scope="module")
def client(library: Library) -> TestClient:
    return TestClient(create_app(library, Settings()), raise_server_exceptions=False)


def post(client: TestClient, body: Any, kind: str = "application/json") -> Any:
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post("/v1/evaluations", content=content, headers={"Content-Type": kind})


def problem(answer: Any, status: int) -> list[tuple[str, str]]:
    """The pointers and codes of a problem document of a status."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return [(error["pointer"], error["code"]) for error in told["errors"]]


# --- evaluations


def test_a_profile_is_decided_as_the_library_decides_it(
    client: TestClient, library: Library
) -> None:
    """The service answers what `evaluate` answers."""
    answer = post(client, ASKED)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = json.loads(json.dumps(evaluate(library, PERSON, ["ipea"], ["AU"], "2026-11-24")))
    assert answer.json() == told
    Draft202012Validator(decision.json_schema()).validate(answer.json())


def test_nulls_and_left_out_keys_ask_for_everything(client: TestClient) -> None:
    """What is null is not asked, as if it were left out."""
    short = {"profile": {"id": "x"}, "as_of": "2026-11-24"}
    nulls = post(client, {**short, "standards": None, "hosts": None})
    assert nulls.json() == post(client, short).json()
    assert len({told["standard"] for told in nulls.json()["decisions"]}) > 1


def test_a_byte_order_mark_does_no_harm(client: TestClient) -> None:
    """A body that begins with a byte order mark is read all the same."""
    body = b"\xef\xbb\xbf" + json.dumps(ASKED).encode()
    assert post(client, body).json() == post(client, ASKED).json()


def test_a_very_large_whole_number_is_decided(client: TestClient) -> None:
    """A number beyond 64 bits is an amount like others where the reading takes it."""
    body = {
        "profile": {"id": "x", "cpd": [{"year": 2024, "hours": 2**70}]},
        "standards": ["dublin-accord"],
    }
    assert post(client, b"\xef\xbb\xbf" + json.dumps(body).encode()).status_code == 200


def test_everything_wrong_is_told_at_once(client: TestClient) -> None:
    """Problems of the envelope, the question, the day and the profile come in one answer."""
    body = {
        "profile": {
            "id": "x",
            "cpd": [{"year": 2024, "hours": -1}],
            "shoe": 1,
            "degrees": [{"level": "bachelr", "awarded_on": "2019-02-30"}],
        },
        "standards": ["nope", 7],
        "hosts": ["QQ"],
        "as_of": "2026-13",
        "lang": "en",
    }
    assert set(problem(post(client, body), 422)) == {
        ("/lang", "unknown-field"),
        ("/standards/0", "no-such-standard"),
        ("/standards/1", "wrong-type"),
        ("/hosts/0", "no-such-code"),
        ("/as_of", "not-a-date"),
        ("/profile/cpd/0/hours", "negative"),
        ("/profile/degrees/0/level", "no-such-code"),
        ("/profile/degrees/0/awarded_on", "not-a-date"),
        ("/profile/shoe", "unknown-field"),
    }


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("[]", ("", "wrong-type")),
        ("{}", ("/profile", "missing")),
        ('{"profile": null}', ("/profile", "missing")),
        ('{"profile": 3}', ("/profile", "wrong-type")),
        ('{"profile": {}}', ("/profile/id", "missing")),
        ('{"profile": {"id": "x"}, "standards": "ipea"}', ("/standards", "wrong-type")),
        ('{"profile": {"id": "x"}, "hosts": {"AU": 1}}', ("/hosts", "wrong-type")),
        ('{"profile": {"id": "x"}, "hosts": [null]}', ("/hosts/0", "wrong-type")),
        ('{"profile": {"id": "x"}, "as_of": 2026}', ("/as_of", "wrong-type")),
        ('{"profile": {"id": "x"}, "as_of": ""}', ("/as_of", "wrong-type")),
        ('{"profile": {"id": "x"}, "as_of": "2026"}', ("/as_of", "not-a-date")),
        ('{"profile": {"id": "x"}, "standards": ["ipea@1"]}', ("/standards/0", "no-such-version")),
        ('{"profile": {"id": "x"}, "profile": {"id": "y"}}', ("/profile", "duplicate-key")),
        ('{"profile": {"id": "x", "id": "y"}}', ("/profile/id", "duplicate-key")),
        ('{"profile": {"id": "x", "i\\u0064": "y"}}', ("/profile/id", "duplicate-key")),
        ('{"as_of": null, "profile": {"id": "x"}, "as_of": null}', ("/as_of", "duplicate-key")),
        (
            '{"profile": {"id": "x", "cpd": [{"hours": NaN}]}}',
            ("/profile/cpd/0/hours", "not-finite"),
        ),
        ('{"profile": {"id": "x\\ud800"}}', ("/profile/id", "not-text")),
        ('{"profile": {"id": "x"}, "": 1}', ("/", "unknown-field")),
    ],
)
def test_a_wrong_request_is_refused_with_its_place(
    client: TestClient, body: str, told: tuple[str, str]
) -> None:
    """One thing wrong is told with its pointer and code."""
    assert problem(post(client, body), 422) == [told]


@pytest.mark.parametrize(
    "body", [b'{"id":"x"\n', b"", b"{", b'{"profile": }', b"\xff\xfe", b"[" * 100_000]
)
def test_a_body_that_is_no_json_is_refused(client: TestClient, body: bytes) -> None:
    """What is not JSON is a bad request."""
    assert problem(post(client, body), 400) == [("", "not-json")]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_kind_of_body_is_refused(client: TestClient, kind: str) -> None:
    """Only JSON is taken."""
    assert problem(post(client, ASKED, kind), 415) == []


def test_the_kind_may_name_its_letters(client: TestClient) -> None:
    """A charset beside the kind does no harm."""
    assert post(client, ASKED, "Application/JSON; charset=utf-8").status_code == 200


def test_a_body_that_is_too_large_is_refused(library: Library) -> None:
    """A body over the setting is refused, whether or not it tells its length."""
    client = TestClient(create_app(library, Settings(body_limit=100)))
    assert problem(post(client, ASKED), 413) == []
    parts = client.post(
        "/v1/evaluations",
        content=iter([b"x" * 60, b"x" * 60]),
        headers={"Content-Type": "application/json"},
    )
    assert problem(parts, 413) == []


def test_a_failure_repeats_nothing_of_what_was_sent(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the service is told without the profile."""

    def failing(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError(PERSON["id"])

    monkeypatch.setattr("recognition.server.api.explained", failing)
    answer = post(client, ASKED)
    assert problem(answer, 500) == []
    assert PERSON["id"] not in answer.text


@pytest.mark.parametrize(("level", "times"), [("bachelor", 0), ("bachelr", 1), ("BACHELOR", 1)])
def test_a_profile_is_examined_once_at_most(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, level: str, times: int
) -> None:
    """A plain profile is not examined, any other only once, refused or not."""
    calls = []

    def counted(*given: Any) -> Any:
        calls.append(given)
        return examine(*given)

    monkeypatch.setattr("recognition.admit.examine", counted)
    post(client, {**ASKED, "profile": {"id": "x", "degrees": [{"level": level}]}})
    assert len(calls) == times


def test_a_standard_that_was_not_known_yet_is_refused(client: TestClient) -> None:
    """What had not been published on the day that is asked for is told as wrong."""
    answer = post(client, {**ASKED, "known_on": "1990-01-01"})
    assert problem(answer, 422) == [("/standards/0", "no-such-standard")]


# --- addresses


def test_an_unknown_address_is_told_as_a_problem(client: TestClient) -> None:
    """Nothing there, and no such method, are problem documents."""
    assert problem(client.get("/v2"), 404) == []
    answer = client.get("/v1/evaluations")
    assert problem(answer, 405) == []
    assert answer.headers["allow"] == "POST"


def test_the_standards_are_listed(client: TestClient, library: Library) -> None:
    """Each standard is listed with its title, effect, versions and hosts."""
    listed = client.get("/v1/standards").json()["standards"]
    assert [told["id"] for told in listed] == list(library.standards)
    ipea = next(told for told in listed if told["id"] == "ipea")
    assert ipea["effect"] == "register-entry"
    assert (ipea["reach"]["is"], ipea["host_is"]) == ("criteria", "register")
    assert "2013" in ipea["versions"]
    assert "AU" in ipea["hosts"]


def test_a_standard_and_its_versions_can_be_read(client: TestClient, library: Library) -> None:
    """A standard comes with its agreement, a version as it was written."""
    told = client.get("/v1/standards/ipea").json()
    assert told["agreement"] == library.standards["ipea"].agreement.document
    editions = library.standards["ipea"].editions
    assert [held["version"] for held in told["versions"]] == [one.version for one in editions]
    written = json.loads((library.root / "standards/ipea/2013.json").read_text("utf-8"))
    assert client.get("/v1/standards/ipea/2013").json() == written


@pytest.mark.parametrize(
    "path", ["standards/nope", "standards/ipea/1066", "standards/nope/1", "schemas/x"]
)
def test_what_is_not_in_the_library_is_not_found(client: TestClient, path: str) -> None:
    """An unknown standard, version or schema is named in the answer."""
    answer = client.get(f"/v1/{path}")
    assert problem(answer, 404) == []
    assert "`" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    ["standards", "standards/ipea", "standards/ipea/2013", "schemas/profile", "schemas/rule"],
)
def test_what_is_unchanged_is_not_sent_again(client: TestClient, path: str) -> None:
    """A strong tag, sent back, is answered with 304 and no body."""
    first = client.get(f"/v1/{path}")
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for held in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = client.get(f"/v1/{path}", headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(f"/v1/{path}", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("name", ["profile", *documents.NAMES, "decision"])
def test_the_schemas_are_schemas(client: TestClient, name: str) -> None:
    """Each published schema is a JSON Schema of 2020-12."""
    answer = client.get(f"/v1/schemas/{name}")
    assert answer.headers["content-type"] == "application/schema+json"
    Draft202012Validator.check_schema(answer.json())


def test_the_service_tells_that_it_runs(client: TestClient) -> None:
    """The health check answers."""
    assert client.get("/healthz").json() == {"status": "ok"}


# --- the description


def test_the_description_holds_examples_that_work(client: TestClient) -> None:
    """The example of the request, sent, gives the example of the answer."""
    told = client.get("/openapi.json").json()
    operation = told["paths"]["/v1/evaluations"]["post"]
    asked = operation["requestBody"]["content"]["application/json"]["example"]
    answer = operation["responses"]["200"]["content"]["application/json"]["example"]
    assert post(client, asked).json() == answer
    assert answer["decisions"][0]["verdict"] == "eligible"


def test_the_description_tells_the_problems(client: TestClient) -> None:
    """Each status that an operation may answer is described as a problem document."""
    told = client.get("/openapi.json").json()
    responses = told["paths"]["/v1/evaluations"]["post"]["responses"]
    assert sorted(responses) == ["200", "400", "413", "415", "422"]
    wrong = responses["422"]["content"]["application/problem+json"]["example"]
    level = wrong["errors"][0]
    profile = {"id": "x", "degrees": [{"level": "bachelr"}]}
    assert post(client, {"profile": profile}).json()["errors"] == [level]


def test_the_described_parts_are_there(client: TestClient) -> None:
    """Every reference in the description leads to a part of it."""
    text = client.get("/openapi.json").text
    held = json.loads(text)["components"]["schemas"]
    assert {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]} == set(held)


def test_answers_keep_to_themselves(client: TestClient) -> None:
    """Every answer carries the headers that keep pages apart."""
    for answer in (client.get("/v1/standards"), client.get("/nope"), client.get("/en/")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "default-src 'self'" in answer.headers["content-security-policy"]


# --- settings


def test_the_limit_is_read_from_the_environment() -> None:
    """The most bytes of a request can be set, and default otherwise."""
    assert Settings.read({"RECOGNITION_BODY_LIMIT": "5"}).body_limit == 5
    assert Settings.read({}) == Settings()


@pytest.mark.parametrize("written", ["many", "-1", "1.5"])
def test_a_limit_that_is_no_number_is_refused(written: str) -> None:
    """A setting that cannot be is refused when the service starts."""
    with pytest.raises(Refused, match="RECOGNITION_BODY_LIMIT"):
        Settings.read({"RECOGNITION_BODY_LIMIT": written})


def test_what_is_to_be_assumed_comes_with_the_request(client: TestClient) -> None:
    """As an object or a list; the answer says what rests on it, and names what is wrong."""
    asked = {**ASKED, "assume": {"experience.until": ".."}}
    [told] = post(client, asked).json()["decisions"]
    assert [one["pointer"] for one in told["assumed"]] == ["/experience/1/until"]
    assert told["confidence"] == "assumed"
    assert told["would_settle"] == ["/experience/1/until"]
    assert post(client, {**ASKED, "assume": ["experience.until=.."]}).json()["decisions"] == [told]
    assert problem(post(client, {**ASKED, "assume": {"experience.ftee": 1}}), 422) == [
        ("/assume/experience.ftee", "unknown-field")
    ]
    assert problem(post(client, {**ASKED, "assume": 7}), 422) == [("/assume", "wrong-type")]

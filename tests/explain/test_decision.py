"""An answer has types: what is published of it, and what is written, follow from them."""

from __future__ import annotations

import json

import msgspec
import pytest
from jsonschema import Draft202012Validator

from recognition.evaluate import answer, evaluate
from recognition.explain import decision
from recognition.explain.decision import Answer, Decision, Finding
from recognition.standard.library import Library


def told(books: Library) -> Answer:
    return answer(books, {"id": "x"}, as_of="2017-01-01")


def test_the_schema_is_a_schema() -> None:
    """It is one of draft 2020-12, with the name under which it is published."""
    schema = decision.json_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "https://recognition.example/schemas/decision"
    assert schema["title"] == "Decisions on one profile"
    assert schema["properties"]["decisions"]["items"] == {"$ref": "#/$defs/Decision"}
    found = schema["$defs"]["Finding"]["properties"]
    assert set(found["status"]["enum"]) == {"met", "unmet", "unknown", "not-applicable"}
    assert set(found["confidence"]["enum"]) == {"confirmed", "reported", "unverified"}
    made = schema["$defs"]["Decision"]["properties"]
    sure = [sorted(one["enum"]) for one in made["confidence"]["anyOf"]]
    assert sorted(sure) == [["assumed"], ["confirmed", "reported", "unverified"]]
    assert set(made["verdict"]["enum"]) == {"eligible", "ineligible", "undetermined"}
    assert set(made["reach"]["enum"]) == {"recognised", "criteria", "may-apply", "unpublished"}
    told = {"Decision", "Finding", "Measure", "Cited", "Body", "AppliedIn", "Assumed", "Warned"}
    assert set(schema["$defs"]) == told


def test_what_is_written_keeps_to_the_schema(books: Library) -> None:
    """Every decision of the small library does."""
    written = evaluate(books, {"id": "x"}, as_of="2017-01-01")
    Draft202012Validator(decision.json_schema()).validate(written)
    assert {one["verdict"] for one in written["decisions"]} == {"undetermined", "ineligible"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("text", [None, "", 7])
def test_a_text_that_one_language_lacks_is_refused(books: Library, lang: str, text: object) -> None:
    """Words are in both languages, and say something."""
    written = evaluate(books, {"id": "x"}, as_of="2020-01-01")
    written["notice"] = {**written["notice"], lang: text}
    assert not Draft202012Validator(decision.json_schema()).is_valid(written)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("texts", [None, [7], "text"])
def test_what_would_settle_is_a_list_of_texts(books: Library, lang: str, texts: object) -> None:
    """Anything else is refused, in either language."""
    written = evaluate(books, {"id": "x"}, as_of="2020-01-01")
    one = written["decisions"][0]
    one["would_settle_text"] = {**one["would_settle_text"], lang: texts}
    assert not Draft202012Validator(decision.json_schema()).is_valid(written)


def test_a_text_has_no_third_language(books: Library) -> None:
    """English and Chinese, and no other."""
    written = evaluate(books, {"id": "x"}, as_of="2020-01-01")
    written["notice"] = {**written["notice"], "fr": "texte"}
    assert not Draft202012Validator(decision.json_schema()).is_valid(written)


def test_no_key_is_left_out_and_their_order_is_that_of_the_types(books: Library) -> None:
    """Keys are the fields, all of them, in their order."""
    written = evaluate(books, {"id": "x"}, as_of="2020-01-01")
    one = written["decisions"][0]
    assert list(written) == list(Answer.__struct_fields__)
    assert list(one) == list(Decision.__struct_fields__)
    assert list(one["findings"][0]) == list(Finding.__struct_fields__)
    schema = decision.json_schema()
    assert schema["$defs"]["Finding"]["required"] == list(Finding.__struct_fields__)


def test_what_is_written_is_plain_json_and_is_read_back_as_it_was(books: Library) -> None:
    """It survives JSON, and its types read it."""
    known = told(books)
    written = decision.written(known)
    assert json.loads(json.dumps(written)) == written
    assert msgspec.convert(written, Answer) == known


def test_what_would_settle_a_decision_goes_with_its_words(books: Library) -> None:
    """Each pointer has its text in both languages."""
    one = next(one for one in told(books).decisions if one.verdict == "undetermined")
    pairs = list(one.settling)
    assert [fact.pointer for fact in pairs] == list(one.would_settle) != []
    for lang in ("en", "zh"):
        assert [fact.text[lang] for fact in pairs] == list(one.would_settle_text[lang])


def test_a_body_has_a_name_in_each_language() -> None:
    """Its name is that of the language asked for."""
    body = decision.Body("EA", "Engineers Australia", "澳大利亚工程师协会")
    assert (body.named("en"), body.named("zh")) == ("Engineers Australia", "澳大利亚工程师协会")


def test_components_refer_to_one_another_as_they_are_told() -> None:
    """The description of the API has them under names of its own."""
    made = decision.components("#/components/schemas/{name}")
    assert made["Answer"]["properties"]["decisions"]["items"] == {
        "$ref": "#/components/schemas/Decision"
    }

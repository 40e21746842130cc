"""What this software relies on of the providers' protocols: the same tests on the double, and on the real services where
their keys are in the environment (ANTHROPIC_API_KEY, OPENAI_API_KEY), and on a whisper.cpp server at WHISPER_CPP_URL, as `make
contract` runs them. They cost some cents."""

import json
import os
import time
import uuid
import wave

import pytest
import requests

import speech
from engines import VOICES, Double

SCHEMA = {
    "type": "object", "additionalProperties": False, "required": ["why", "level"],
    "properties": {"why": {"type": "string"}, "level": {"type": "string", "enum": ["weak", "strong"]}},
}
WORDS = "The quick brown fox jumps over the lazy dog."
LONG = "The committee considered several alternatives, and eventually everybody understood which consequences each alternative had."


@pytest.fixture(scope="module")
def local():
    server = Double()
    yield server
    server.close()


@pytest.fixture(params=["double", "real"])
def anthropic(request, local):
    """Calls Anthropic's API; to ask the Messages API, unless told otherwise."""
    if request.param == "real" and "ANTHROPIC_API_KEY" not in os.environ:
        pytest.skip("ANTHROPIC_API_KEY is not set: only the double is tried")
    url, key = (local.url, local.anthropic_key) if request.param == "double" else ("https://api.anthropic.com", os.environ["ANTHROPIC_API_KEY"])

    def call(body, path="/v1/messages", method="POST", **headers):
        headers = {"x-api-key": key, "anthropic-version": "2023-06-01", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return requests.request(
            method, url + path, json=body, headers={name: value for name, value in headers.items() if value}, timeout=120)
    call.patience = 20 if request.param == "double" else 3600
    return call


@pytest.fixture(params=["double", "real"])
def transcriptions(request, local):
    if request.param == "real" and "OPENAI_API_KEY" not in os.environ:
        pytest.skip("OPENAI_API_KEY is not set: only the double is tried")
    url, key = (local.url, local.openai_key) if request.param == "double" else ("https://api.openai.com", os.environ["OPENAI_API_KEY"])
    local.control("transcripts", text=WORDS)

    def post(path, name="speech.ogg", **fields):
        with open(path, "rb") as file:
            return requests.post(
                f"{url}/v1/audio/transcriptions", headers={"Authorization": f"Bearer {key}"}, timeout=120, files={"file": (name, file)},
                data=[(field.replace("granularities", "granularities[]"), each) for field, value in fields.items()
                      for each in (value if isinstance(value, list) else [value])])
    return post


@pytest.fixture(params=["double", "real"])
def chat(request, local):
    if request.param == "real" and "OPENAI_API_KEY" not in os.environ:
        pytest.skip("OPENAI_API_KEY is not set: only the double is tried")
    url, key = (local.url, local.openai_key) if request.param == "double" else ("https://api.openai.com", os.environ["OPENAI_API_KEY"])

    def post(body, key=key):
        return requests.post(f"{url}/v1/chat/completions", json=body, headers={"Authorization": f"Bearer {key}"}, timeout=120)
    return post


@pytest.fixture(params=["double", "real"])
def whisper_cpp(request, local):
    if request.param == "real" and "WHISPER_CPP_URL" not in os.environ:
        pytest.skip("WHISPER_CPP_URL is not set: only the double is tried")
    url = local.url if request.param == "double" else os.environ["WHISPER_CPP_URL"]
    local.control("transcripts", text=LONG)

    def post(path, **fields):
        with open(path, "rb") as file:
            return requests.post(f"{url}/inference", files={"file": ("speech.wav", file)}, data=fields, timeout=600)
    return post


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contract")
    spoken = speech.speak(WORDS, "rms", folder / "speech.wav")
    speech.run("ffmpeg", "-nostdin", "-loglevel", "error", "-i", spoken, "-ac", "1", "-ar", "16000", "-c:a", "libopus", "-b:a", "24k", folder / "speech.ogg")
    return folder / "speech.ogg"


@pytest.fixture(scope="module")
def long_sound(sound):
    """Longer than what is taken without a strategy to cut it."""
    path = sound.with_name("long.ogg")
    speech.run("ffmpeg", "-nostdin", "-loglevel", "error", "-i", sound, "-af", "apad=whole_dur=31", "-c:a", "libopus", "-b:a", "24k", path)
    return path


def ask(**changes):
    """A request as this software makes it, with changes; None takes a member out."""
    body = {
        "model": "claude-haiku-5-5", "max_tokens": 1000,
        "system": [{"type": "text", "text": "Be exact.", "cache_control": {"type": "ephemeral"}}],
        "tools": [{"name": "read_material", "description": "Gives the material.",
                   "input_schema": {"type": "object", "properties": {}, "additionalProperties": False}}],
        "tool_choice": {"type": "none"},
        "messages": [
            {"role": "user", "content": "Read the material first."},
            {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "read_material", "input": {}}]},
            {"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": "toolu_1", "content": json.dumps({"source": "a test", "material": {"text": "We met."}})},
                {"type": "text", "text": "Say whether the text is a strong answer."}]}],
        "output_config": {"format": {"type": "json_schema", "schema": SCHEMA}}, **changes}
    return {name: value for name, value in body.items() if value is not None}


def test_an_answer_fits_the_schema_and_says_what_it_cost(anthropic):
    answer = anthropic(ask())
    assert answer.status_code == 200, answer.text
    assert answer.headers["request-id"]
    message = answer.json()
    assert message["stop_reason"] == "end_turn" and message["model"].startswith("claude-haiku-5-5")
    found = json.loads("".join(each["text"] for each in message["content"] if each["type"] == "text"))
    assert set(found) == {"why", "level"} and found["level"].lower() in ("weak", "strong")
    for name in ("input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"):
        assert isinstance(message["usage"][name], int)


def test_an_answer_without_room_says_so(anthropic):
    assert anthropic(ask(max_tokens=1)).json()["stop_reason"] == "max_tokens"


@pytest.mark.parametrize("changes, status, kind", [
    ({"temperature": 0.2}, 400, "invalid_request_error"),
    ({"thinking": {"type": "disabled"}}, 400, "invalid_request_error"),
    ({"thinking": {"type": "enabled", "budget_tokens": 1024}}, 400, "invalid_request_error"),
    ({"tool_choice": {"type": "tool", "name": "read_material"}}, 400, "invalid_request_error"),
    ({"max_tokens": None}, 400, "invalid_request_error"),
    ({"unheard_of": 1}, 400, "invalid_request_error"),
    ({"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "{"}]}, 400, "invalid_request_error"),
    ({"output_config": {"format": {"type": "json_schema", "schema": {"type": "object", "properties": {}}}}}, 400, "invalid_request_error"),
    ({"output_config": {"format": {"type": "json_schema", "schema": {
        **SCHEMA, "properties": {**SCHEMA["properties"], "why": {"type": "string", "maxLength": 5}}}}}}, 400, "invalid_request_error"),
    ({"model": "claude-3-5-sonnet-20241022"}, 404, "not_found_error"),
], ids=lambda value: "-".join(value) if isinstance(value, dict) else None)
def test_what_is_refused(anthropic, changes, status, kind):
    answer = anthropic(ask(**{"model": "claude-sonnet-5-5", **changes}))
    assert (answer.status_code, answer.json()["type"], answer.json()["error"]["type"]) == (status, "error", kind), answer.text
    assert answer.json()["request_id"] == answer.headers["request-id"]


@pytest.mark.parametrize("headers, status", [({"x_api_key": None}, 401), ({"x_api_key": "sk-ant-wrong"}, 401), ({"anthropic_version": None}, 400)])
def test_headers_that_there_must_be(anthropic, headers, status):
    assert anthropic(ask(), **headers).status_code == status


# ---- Answers in parts -----------------------------------------------------------------------

def streamed(text):
    """The data of server-sent events."""
    return [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]


def test_a_message_comes_in_parts(anthropic):
    answer = anthropic(ask(stream=True))
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/event-stream")
    events = [json.loads(each) for each in streamed(answer.text)]
    kinds = [each["type"] for each in events if each["type"] != "ping"]
    assert kinds[0] == "message_start" and kinds[-2:] == ["message_delta", "message_stop"]
    deltas = [each["delta"] for each in events if each["type"] == "content_block_delta"]
    assert set(json.loads("".join(each["text"] for each in deltas if each["type"] == "text_delta"))) == {"why", "level"}
    assert events[[each["type"] for each in events].index("message_delta")]["delta"]["stop_reason"] == "end_turn"


def test_a_stream_may_fail_after_200(local):
    headers = {"x-api-key": local.anthropic_key, "anthropic-version": "2023-06-01", "Authorization": f"Bearer {local.openai_key}"}
    for path, body in (("/v1/messages", ask(stream=True)), ("/v1/chat/completions", talk(stream=True))):
        local.fault("broken-stream", 1, path=path)
        answer = requests.post(local.url + path, json=body, headers=headers, timeout=20)
        last = json.loads(streamed(answer.text)[-1])
        assert answer.status_code == 200 and last["error"]["type"] in ("overloaded_error", "server_error")


# ---- Chat ------------------------------------------------------------------------------------

def talk(**changes):
    """A request as this software makes it of a chat, with changes; None takes a member out."""
    material = json.dumps({"source": "a test", "material": {"text": "We met."}})
    body = {
        "model": "gpt-5-mini", "max_completion_tokens": 4000,
        "messages": [
            {"role": "system", "content": "Be exact."},
            {"role": "user", "content": f"The material:\n{material}\n\nThe task:\nSay whether the text is a strong answer."}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "a-test", "strict": True, "schema": SCHEMA}}, **changes}
    return {name: value for name, value in body.items() if value is not None}


def test_a_chat_fits_the_schema_and_says_what_it_cost(chat):
    answer = chat(talk())
    assert answer.status_code == 200, answer.text
    found = answer.json()
    [choice] = found["choices"]
    assert choice["finish_reason"] == "stop" and choice["message"].get("refusal") is None and found["model"].startswith("gpt-5-mini")
    assert set(json.loads(choice["message"]["content"])) == {"why", "level"}
    assert found["usage"]["prompt_tokens"] > 0 and found["usage"]["completion_tokens"] > 0
    assert isinstance(found["usage"]["prompt_tokens_details"]["cached_tokens"], int)


def test_any_object_is_asked_for_by_the_word(chat):
    instructions, task = talk()["messages"]
    refused = chat(talk(messages=[instructions, {"role": "user", "content": "Answer."}], response_format={"type": "json_object"}))
    assert (refused.status_code, refused.json()["error"]["type"]) == (400, "invalid_request_error"), refused.text
    told = {"role": "system", "content": f"Answer with one JSON object and nothing else. It must fit this JSON Schema:\n{json.dumps(SCHEMA)}"}
    answer = chat(talk(messages=[told, task], response_format={"type": "json_object"}))
    assert set(json.loads(answer.json()["choices"][0]["message"]["content"])) == {"why", "level"}, answer.text


@pytest.mark.parametrize("changes, status, code", [
    ({"max_completion_tokens": None, "max_tokens": 4000}, 400, "unsupported_parameter"),
    ({"stream_options": {"include_usage": True}}, 400, None),
    ({"response_format": {"type": "json_schema", "json_schema": {"name": "a-test", "strict": True, "schema": {**SCHEMA, "required": ["why"]}}}}, 400, None),
    ({"model": "no-such-model"}, 404, "model_not_found"),
], ids=["old-limit", "options-without-stream", "optional-property", "model"])
def test_what_a_chat_refuses(chat, changes, status, code):
    answer = chat(talk(**changes))
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["type"] == "invalid_request_error"
    if code:
        assert answer.json()["error"]["code"] == code


def test_a_chat_needs_its_key(chat):
    answer = chat(talk(), key="sk-wrong")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_api_key")


def test_a_chat_comes_in_parts(chat):
    answer = chat(talk(stream=True, stream_options={"include_usage": True}))
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/event-stream")
    *events, end = streamed(answer.text)
    chunks = [json.loads(each) for each in events]
    assert end == "[DONE]" and {each["object"] for each in chunks} == {"chat.completion.chunk"}
    choices = [choice for each in chunks for choice in each["choices"]]
    assert set(json.loads("".join(each["delta"].get("content") or "" for each in choices))) == {"why", "level"}
    assert choices[-1]["finish_reason"] == "stop" and chunks[-1]["choices"] == [] and chunks[-1]["usage"]["completion_tokens"] > 0


# ---- Batches -------------------------------------------------------------------------------

BATCHES = "/v1/messages/batches"


def batch(anthropic, *requests):
    answer = anthropic({"requests": [{"custom_id": name, "params": params} for name, params in requests]}, BATCHES)
    assert answer.status_code == 200, answer.text
    created = answer.json()
    assert created["type"] == "message_batch" and created["processing_status"] == "in_progress"
    assert created["results_url"] is created["ended_at"] is None
    assert created["request_counts"]["processing"] == len(requests)
    return created


def until_ended(anthropic, identifier):
    deadline = time.monotonic() + anthropic.patience
    while (found := anthropic(None, f"{BATCHES}/{identifier}", "GET").json())["processing_status"] != "ended":
        assert found["processing_status"] in ("in_progress", "canceling") and time.monotonic() < deadline
        time.sleep(min(5, anthropic.patience / 100))
    return found


def results(anthropic, identifier):
    answer = anthropic(None, f"{BATCHES}/{identifier}/results", "GET")
    assert answer.status_code == 200, answer.text
    return {each["custom_id"]: each["result"] for each in map(json.loads, answer.text.splitlines())}


def test_a_batch_is_answered_by_name(anthropic):
    name = f"{uuid.uuid4()}_1"
    created = batch(anthropic, (name, ask()), ("wrong", ask(temperature=0.2, model="claude-sonnet-5-5")))
    counts = until_ended(anthropic, created["id"])["request_counts"]
    assert counts == {"processing": 0, "succeeded": 1, "errored": 1, "canceled": 0, "expired": 0}
    found = results(anthropic, created["id"])
    message = found[name]["message"]
    assert found[name]["type"] == "succeeded" and message["stop_reason"] == "end_turn" and message["usage"]["output_tokens"] > 0
    assert set(json.loads("".join(each["text"] for each in message["content"] if each["type"] == "text"))) == {"why", "level"}
    # What a request has wrong is found only then, and is its own result.
    assert (found["wrong"]["type"], found["wrong"]["error"]["error"]["type"]) == ("errored", "invalid_request_error")


def test_a_cancelled_batch_has_results_too(anthropic):
    created = batch(anthropic, ("one", ask()), ("two", ask()))
    answer = anthropic(None, f"{BATCHES}/{created['id']}/cancel")
    assert answer.status_code == 200 and answer.json()["cancel_initiated_at"]
    until_ended(anthropic, created["id"])
    assert {each["type"] for each in results(anthropic, created["id"]).values()} <= {"canceled", "succeeded"}


@pytest.mark.parametrize("body", [
    {}, {"requests": []}, {"requests": [{"custom_id": "a b", "params": {}}]}, {"requests": [{"custom_id": "a" * 65, "params": {}}]},
    {"requests": [{"custom_id": "a"}]}], ids=["nothing", "none", "name-with-a-space", "long-name", "no-params"])
def test_what_is_no_batch(anthropic, body):
    answer = anthropic(body, BATCHES)
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "invalid_request_error"), answer.text


def test_names_of_a_batch_differ(anthropic):
    answer = anthropic({"requests": [{"custom_id": "same", "params": ask()}] * 2}, BATCHES)
    assert answer.status_code == 400, answer.text


def test_a_batch_that_nobody_sent(anthropic):
    assert anthropic(None, f"{BATCHES}/msgbatch_00000000000000000000000000", "GET").status_code == 404


# ---- Transcriptions ------------------------------------------------------------------------

def test_words_have_times(transcriptions, sound):
    answer = transcriptions(sound, model="whisper-1", response_format="verbose_json", timestamp_granularities=["word", "segment"])
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert abs(float(found["duration"]) - speech.seconds(sound)) < 0.5 and found["language"] == "english"
    assert [each["word"].lower().strip(" .") for each in found["words"]] == WORDS.lower().strip(".").split()
    assert all(0 <= each["start"] <= each["end"] <= speech.seconds(sound) + 0.5 for each in found["words"])
    for segment in found["segments"]:
        assert {"start", "end", "text", "avg_logprob", "compression_ratio", "no_speech_prob"} <= set(segment)


def test_later_models_give_text_alone(transcriptions, sound):
    assert "fox" in transcriptions(sound, model="gpt-transcribe", response_format="json").json()["text"]
    assert transcriptions(sound, model="gpt-transcribe", response_format="verbose_json").status_code == 400


def test_voices_have_labels(transcriptions, sound):
    answer = transcriptions(sound, model=VOICES, response_format="diarized_json", chunking_strategy="auto")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert "fox" in found["text"] and found["segments"]
    for segment in found["segments"]:
        assert segment["type"] == "transcript.text.segment" and segment["speaker"] and {"id", "text"} <= set(segment)
        assert 0 <= segment["start"] <= segment["end"] <= speech.seconds(sound) + 0.5


@pytest.mark.parametrize("fields", [
    {"model": "whisper-1", "response_format": "diarized_json"},
    {"model": VOICES, "response_format": "verbose_json", "chunking_strategy": "auto"},
    {"model": VOICES, "response_format": "diarized_json", "chunking_strategy": "auto", "prompt": "Um, uh."},
    {"model": VOICES, "response_format": "diarized_json", "chunking_strategy": "auto", "timestamp_granularities": ["word"]},
    {"model": VOICES, "response_format": "diarized_json"},
], ids=["another-model", "another-format", "prompt", "granularities", "no-strategy"])
def test_how_voices_are_not_asked_for(transcriptions, long_sound, fields):
    answer = transcriptions(long_sound, **fields)
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "invalid_request_error"), answer.text


@pytest.mark.parametrize("name, fields, status", [
    ("speech.doc", {"model": "whisper-1"}, 400), ("speech.ogg", {"model": "no-such-model"}, 404),
    ("speech.ogg", {"model": "whisper-1", "response_format": "poem"}, 400),
])
def test_what_is_no_transcription(transcriptions, sound, name, fields, status):
    answer = transcriptions(sound, name, **fields)
    assert answer.status_code == status, answer.text
    assert set(answer.json()["error"]) >= {"message", "type", "param", "code"}


# ---- whisper.cpp -----------------------------------------------------------------------------

def test_words_of_whisper_cpp_are_tokens(whisper_cpp, tmp_path):
    spoken = speech.speak(LONG, "rms", tmp_path / "speech.wav")
    speech.run("ffmpeg", "-nostdin", "-loglevel", "error", "-i", spoken, "-ac", "1", "-ar", "16000", tmp_path / "sent.wav")
    fields = {"response_format": "verbose_json", "temperature": "0", "language": "auto", "split_on_word": "true"}
    found = whisper_cpp(tmp_path / "sent.wav", **fields).json()
    assert found["language"] == "english"
    tokens = [each["word"] for segment in found["segments"] for each in segment["words"]]
    # They bring their spaces; so do segments, each of which is a line of the text.
    assert "".join(tokens) == "".join(segment["text"] for segment in found["segments"]) == found["text"].replace("\n", "")
    assert len(tokens) > len(found["text"].split()) and "," in tokens
    assert len(found["segments"]) > 1 and all(segment["text"].startswith(" ") for segment in found["segments"])
    for segment in found["segments"]:
        assert all({"start", "end", "probability"} <= set(word) for word in segment["words"]) and {"start", "end"} <= set(segment)


# ---- Sizes -------------------------------------------------------------------------------------

def test_more_than_25_mb_is_too_much(transcriptions, tmp_path):
    file = tmp_path / "long.wav"
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 2, 16000, 0, "NONE", ""))
        sound.writeframes(bytes(26 << 20))
    assert transcriptions(file, "long.wav", model="whisper-1").status_code == 413

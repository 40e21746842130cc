"""Anthropic's Messages API: https://platform.claude.com/docs/en/api/messages and …/errors."""

import json
import uuid
from types import SimpleNamespace

import ai_responders
import ai_schema

KEY = "sk-ant-the-key-of-the-tests"
MODELS = {"claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5", "claude-sonnet-4-6"}
MEMBERS = {"model", "max_tokens", "system", "messages", "output_config", "tools", "tool_choice", "metadata", "thinking",
           "temperature", "top_p", "top_k", "stop_sequences", "stream", "service_tier"}
MOST_BYTES = 32 << 20
#: Fewer are not cached.
LEAST_CACHED_TOKENS = 1024

cached = set()


def read(path, headers, body):
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    return SimpleNamespace(headers=headers, size=len(body), content=content, shown={"body": content})


def error(status, kind, message, headers=None):
    identifier = f"req_{uuid.uuid4().hex}"
    return status, {"type": "error", "error": {"type": kind, "message": message}, "request_id": identifier}, {
        "request-id": identifier, **(headers or {})}


def invalid(message):
    return error(400, "invalid_request_error", message)


def answer(request, fault, _):
    content = request.content
    refusal = refused(request, content)
    if refusal:
        return refusal
    schema = content.get("output_config", {}).get("format", {}).get("schema")
    asked = conversation(content, schema or {})
    value = ai_responders.respond(asked)
    kind = fault["kind"]
    reason, text = "end_turn", json.dumps(value)
    if kind == "refusal":
        reason, text = "refusal", "I can't help with that."
    elif kind == "context-exceeded":
        reason, text = "model_context_window_exceeded", text[:10]
    elif kind == "truncated" or tokens(text) > content["max_tokens"]:
        reason, text = "max_tokens", text[:len(text) // 2]
    elif kind == "pause":
        reason, text = "pause_turn", ""
    elif kind == "prose" or kind == "heeds-no-format" and not is_told(content):
        text = "Certainly! I looked at it."
    elif kind == "fenced":
        text = f"Here it is:\n```json\n{text}\n```"
    elif kind == "wrong-schema":
        text = json.dumps(ai_schema.broken(value))
    elif kind == "odd-case":
        text = json.dumps(ai_schema.odd_case(value, schema or {}))
    blocks = [{"type": "thinking", "thinking": "", "signature": "c2lnbmF0dXJl"}]
    blocks += [{"type": "text", "text": text}] if text else []
    identifier = f"req_{uuid.uuid4().hex}"
    return 200, {
        "id": f"msg_{uuid.uuid4().hex}", "type": "message", "role": "assistant", "model": content["model"],
        "content": blocks, "stop_reason": reason, "stop_sequence": None, "usage": usage(content, text),
    }, {"request-id": identifier, "anthropic-ratelimit-requests-limit": "4000", "anthropic-ratelimit-requests-remaining": "3999"}


def refused_headers(headers):
    key = headers.get("x-api-key") or (headers.get("Authorization") or "").removeprefix("Bearer ")
    if key != KEY:
        return error(401, "authentication_error", "invalid x-api-key" if key else "x-api-key header is required")
    if not headers.get("anthropic-version"):
        return invalid("anthropic-version: header is required")
    return None


def refused(request, content):
    if refusal := refused_headers(request.headers):
        return refusal
    if request.size > MOST_BYTES:
        return error(413, "request_too_large", "Request exceeds the maximum size")
    if not isinstance(content, dict):
        return invalid("The request body is not valid JSON")
    for name in ("model", "max_tokens", "messages"):
        if name not in content:
            return invalid(f"{name}: Field required")
    if unknown := set(content) - MEMBERS:
        return invalid(f"{sorted(unknown)[0]}: Extra inputs are not permitted")
    if content["model"] not in MODELS:
        return error(404, "not_found_error", f"model: {content['model']}")
    return parameters(content) or messages(content) or output_format(content)


def parameters(content):
    """What the newest models no longer take."""
    if not 1 <= content["max_tokens"] <= 128_000:
        return invalid("max_tokens: must be between 1 and 128000")
    for name, default in (("temperature", 1), ("top_p", None), ("top_k", None)):
        if name in content and content[name] != default:
            return invalid(f"{name}: may only be set to its default for this model")
    if content.get("thinking", {}).get("type") in ("enabled", "disabled"):
        return invalid("thinking.type: Input should be 'adaptive' or 'between_tools'")
    if content.get("tool_choice", {}).get("type") in ("any", "tool"):
        return invalid("tool_choice.type: forcing tool use is not supported for this model")
    return None


def messages(content):
    turns = content["messages"]
    if not turns or turns[0]["role"] != "user":
        return invalid("messages: first message must use the \"user\" role")
    if turns[-1]["role"] != "user" and not pauses(turns[-1]):
        return invalid("This model does not support assistant message prefill. The conversation must end with a user message.")
    tools = {each["name"] for each in content.get("tools", [])}
    open_calls = set()
    for turn in turns:
        blocks = turn["content"] if isinstance(turn["content"], list) else [{"type": "text", "text": turn["content"]}]
        if any(each["type"] == "text" and not each["text"] for each in blocks):
            return invalid("messages: text content blocks must be non-empty")
        results = {each["tool_use_id"] for each in blocks if each["type"] == "tool_result"}
        if results != open_calls:
            return invalid("messages: `tool_use` ids were found without `tool_result` blocks immediately after")
        open_calls = {each["id"] for each in blocks if each["type"] == "tool_use"}
        if any(each["type"] == "tool_use" and each["name"] not in tools for each in blocks):
            return invalid("messages: Requests which include `tool_use` blocks must define the tools")
        if content.get("output_config", {}).get("format") and any("citations" in each for each in blocks):
            return invalid("output_config.format: cannot be used with citations")
    return None


def pauses(turn):
    """A paused turn is handed back as it was, with its blocks, to be taken up again."""
    return isinstance(turn["content"], list) and any(each["type"] == "thinking" for each in turn["content"])


def output_format(content):
    wanted = content.get("output_config", {}).get("format")
    if wanted is None:
        return None
    if wanted.get("type") != "json_schema" or "schema" not in wanted:
        return invalid("output_config.format: Input should be {type: 'json_schema', schema}")
    found = ai_schema.problem(wanted["schema"])
    return invalid(f"output_config.format.schema: {found}") if found else None


def conversation(content, schema):
    system = content.get("system", "")
    system = system if isinstance(system, str) else "\n".join(each["text"] for each in system)
    blocks = [each for turn in content["messages"] if turn["role"] == "user" and isinstance(turn["content"], list)
              for each in turn["content"]]
    data = next((json.loads(each["content"]) for each in blocks if each["type"] == "tool_result"), {})
    task = "\n".join(each["text"] for each in blocks if each["type"] == "text")
    repairs = sum(1 for turn in content["messages"][3:] if turn["role"] == "user")
    name, version = ai_responders.prompt_of(system)
    return ai_responders.Asked(name, version, system, data.get("material"), task, schema, repairs)


def is_told(content):
    """Whether the schema stands in the conversation itself, for a server that takes `output_config.format` and does nothing about it."""
    return any(turn["role"] == "user" and "additionalProperties" in turn["content"] for turn in content["messages"])


def tokens(text):
    return -(-len(text) // 4)


def usage(content, text):
    """What is read from the cache and written to it, up to the last mark (`cache_control`)."""
    system, messages = json.dumps(content.get("system", "")), json.dumps(content["messages"])
    marked = [prefix for part, prefix in ((system, system), (messages, system + messages)) if "cache_control" in part]
    prefixes = [prefix for prefix in marked if tokens(prefix) >= LEAST_CACHED_TOKENS]
    read = max((tokens(prefix) for prefix in prefixes if prefix in cached), default=0)
    written = max(map(tokens, prefixes), default=0) - read
    cached.update(prefixes)
    return {"input_tokens": tokens(system) + tokens(messages) - read - written, "cache_creation_input_tokens": written,
            "cache_read_input_tokens": read, "output_tokens": tokens(text) + 20}

"""Answers in parts, as server-sent events: https://platform.claude.com/docs/en/build-with-claude/streaming and
https://platform.openai.com/docs/api-reference/chat-streaming.

The fault "broken-stream" ends one with an error after the first half of its text, though the status was 200.
"""

import json

LETTERS = 12


def events(is_anthropic, answer, content, kind):
    isBroken = kind == "broken-stream"
    return messages(answer, isBroken) if is_anthropic else chunks(answer, content, isBroken)


def parts(text, is_broken):
    found = [text[start:start + LETTERS] for start in range(0, len(text), LETTERS)]
    return found[:len(found) // 2] if is_broken else found


def messages(answer, is_broken):
    def event(name, **content):
        return f"event: {name}\ndata: {json.dumps({'type': name, **content})}\n\n"
    usage = answer["usage"]
    yield event("message_start", message={
        **answer, "content": [], "stop_reason": None, "stop_sequence": None, "usage": {**usage, "output_tokens": 1}})
    for index, block in enumerate(answer["content"]):
        kind = block["type"]
        begun = {"type": "text", "text": ""} if kind == "text" else {"type": kind, "thinking": "", "signature": ""}
        yield event("content_block_start", index=index, content_block=begun)
        yield event("ping")
        if kind == "text":
            for part in parts(block["text"], is_broken):
                yield event("content_block_delta", index=index, delta={"type": "text_delta", "text": part})
            if is_broken:
                yield event("error", error={"type": "overloaded_error", "message": "Overloaded"})
                return
        else:
            yield event("content_block_delta", index=index, delta={"type": "signature_delta", "signature": block["signature"]})
        yield event("content_block_stop", index=index)
    yield event("message_delta", delta={"stop_reason": answer["stop_reason"], "stop_sequence": None}, usage={"output_tokens": usage["output_tokens"]})
    yield event("message_stop")


def chunks(answer, content, is_broken):
    choice = answer["choices"][0]

    def chunk(choices, **more):
        told = {name: answer[name] for name in ("id", "created", "model")}
        return f"data: {json.dumps({**told, 'object': 'chat.completion.chunk', 'choices': choices, **more})}\n\n"

    def delta(finish=None, **said):
        return chunk([{"index": 0, "delta": said, "finish_reason": finish}])
    yield delta(role="assistant", content="")
    for part in parts(choice["message"]["content"], is_broken):
        yield delta(content=part)
    if is_broken:
        error = {"message": "The server had an error processing your request.", "type": "server_error", "param": None, "code": None}
        yield f"data: {json.dumps({'error': error})}\n\n"
        return
    yield delta(choice["finish_reason"])
    if content.get("stream_options", {}).get("include_usage"):
        yield chunk([], usage=answer["usage"])
    yield "data: [DONE]\n\n"

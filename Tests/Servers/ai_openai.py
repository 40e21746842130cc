"""OpenAI's chat completions and transcriptions (https://platform.openai.com/docs/api-reference). What whisper.cpp's server hears
is heard here, too."""

import json
import re
import subprocess
import tempfile
import uuid
from email.parser import BytesParser
from types import SimpleNamespace

import ai_responders
import ai_schema
import ai_whisper_cpp

KEY = "sk-the-key-of-the-tests"
#: With the name that each has for the most tokens of an answer.
CHAT_MODELS = {"qwen3-30b": "max_tokens", "gpt-5-mini": "max_completion_tokens"}
#: Which `response_format` a transcription model knows.
SPEECH_MODELS = {
    "whisper-1": {"json", "text", "srt", "verbose_json", "vtt"}, "large-v3": {"json", "text", "srt", "verbose_json", "vtt"},
    "gpt-transcribe": {"json", "text"}, "gpt-4o-transcribe-diarize": {"json", "text", "diarized_json"},
}
#: Of the models that tell voices apart: how long a recording may be, in all and without a strategy to cut it.
MOST_SECONDS, MOST_SECONDS_UNCUT = 1400, 30
ENDINGS = {"flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm"}
MOST_BYTES = 25 << 20
DEFAULT = "My task was to help the team. As a result we finished on time."


def read(path, headers, body):
    kind = headers.get("Content-Type", "")
    if kind.startswith("multipart/form-data"):
        fields, file = form(kind, body)
        shown = {"fields": fields, "file": file and {"name": file.name, "bytes": len(file.bytes)}}
        return SimpleNamespace(path=path, headers=headers, fields=fields, file=file, content=None, shown=shown)
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    return SimpleNamespace(path=path, headers=headers, fields=[], file=None, content=content, shown={"body": content})


def form(kind, body):
    message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    fields, file = [], None
    for part in message.get_payload():
        content = part.get_payload(decode=True)
        if part.get_filename():
            file = SimpleNamespace(name=part.get_filename(), bytes=content)
        else:
            fields.append([part.get_param("name", header="Content-Disposition"), content.decode()])
    return fields, file


def error(status, code, message, headers=None):
    kind = "insufficient_quota" if code == "insufficient_quota" else "requests" if status == 429 else \
        "server_error" if status >= 500 else "invalid_request_error"
    # OpenAI has no 529, and says 503 instead.
    return 503 if status == 529 else status, {"error": {"message": message, "type": kind, "param": None, "code": code}}, {
        "x-request-id": f"req_{uuid.uuid4().hex}", **(headers or {})}


def invalid(message, code=None):
    return error(400, code, message)


def answer(request, fault, state):
    if request.path == "/inference":
        return transcription(request, fault, state, "whisper.cpp")
    if request.headers.get("Authorization") != f"Bearer {KEY}":
        return error(401, "invalid_api_key", "Incorrect API key provided.")
    if request.path == "/v1/audio/transcriptions":
        return transcription(request, fault, state, "openai")
    if request.path == "/v1/chat/completions":
        return chat(request, fault, state)
    return error(404, "unknown_url", f"Invalid URL (POST {request.path})")


# ---- Chat --------------------------------------------------------------------------

def chat(request, fault, state):
    content = request.content
    if not isinstance(content, dict) or "messages" not in content:
        return invalid("We could not parse the JSON body of your request.")
    if content.get("model") not in CHAT_MODELS:
        return error(404, "model_not_found", f"The model `{content.get('model')}` does not exist")
    limit = state.chat["limit"] or CHAT_MODELS[content["model"]]
    for other in {"max_tokens", "max_completion_tokens"} - {limit}:
        if other in content:
            return invalid(f"Unsupported parameter: '{other}' is not supported with this model. Use '{limit}' instead.", "unsupported_parameter")
    if "stream_options" in content and not content.get("stream"):
        return invalid("The 'stream_options' parameter is only allowed when 'stream' is enabled.")
    wanted = content.get("response_format", {"type": "text"})
    if wanted["type"] != "text" and wanted["type"] not in state.chat["formats"]:
        return invalid(f"response_format type {wanted['type']} is not supported by this server")
    schema = {}
    if wanted["type"] == "json_schema":
        schema = wanted["json_schema"]["schema"]
        if found := ai_schema.problem(schema, strict=wanted["json_schema"].get("strict", False)):
            return invalid(f"Invalid schema for response_format '{wanted['json_schema']['name']}': {found}")
    system = content["messages"][0]["content"]
    if wanted["type"] == "json_object" and "json" not in json.dumps(content["messages"]).lower():
        return invalid("'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.")
    kind, form = fault["kind"], wanted["type"]
    if not state.chat["heeds"]:
        # Its model knows of the schema what the prompt says.
        kind, form, schema = None if schema_in(system) else "prose", "text", {}
    return completion(content, conversation(content, schema or schema_in(system)), kind, form, content.get(limit, 1 << 20))


def schema_in(system):
    found = re.search(r"JSON Schema:\n(\{.*\})", system)
    return json.loads(found[1]) if found else {}


def conversation(content, schema):
    system, first = content["messages"][0]["content"], content["messages"][1]["content"]
    data, _, task = first.removeprefix("The material:\n").partition("\n\nThe task:\n")
    name, version = ai_responders.prompt_of(system)
    return ai_responders.Asked(
        name, version, system, json.loads(data)["material"], task, schema, len(content["messages"][2:]) // 2)


def completion(content, asked, kind, wanted, limit):
    value = ai_responders.respond(asked)
    reason, text = "stop", json.dumps(value)
    if wanted == "text" and asked.repairs == 0:
        # A model that nothing holds to a format talks around it.
        text = f"Sure! Here is the JSON:\n```json\n{text}\n```\nAnything else?"
    if kind == "refusal":
        reason, text = "content_filter", ""
    elif kind == "truncated" or len(text) // 4 > limit:
        reason, text = "length", text[:len(text) // 2]
    elif kind == "prose":
        text = "Certainly! I looked at it."
    elif kind == "wrong-schema":
        text = json.dumps(ai_schema.broken(value))
    elif kind == "odd-case":
        text = json.dumps(ai_schema.odd_case(value, asked.schema))
    prompt, answered = len(json.dumps(content["messages"])) // 4, len(text) // 4
    return 200, {
        "id": f"chatcmpl-{uuid.uuid4().hex}", "object": "chat.completion", "created": 1_795_251_600, "model": content["model"],
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text, "refusal": None}, "finish_reason": reason}],
        "usage": {"prompt_tokens": prompt, "completion_tokens": answered, "total_tokens": prompt + answered,
                  "prompt_tokens_details": {"cached_tokens": 0}},
    }, {"x-request-id": f"req_{uuid.uuid4().hex}"}


# ---- Transcription -----------------------------------------------------------------

def transcription(request, fault, state, dialect):
    fields = dict(request.fields)
    if not request.file:
        return invalid("Missing required parameter: 'file'.")
    if len(request.file.bytes) > MOST_BYTES:
        return error(413, None, f"413: Maximum content size limit ({MOST_BYTES}) exceeded ({len(request.file.bytes)} bytes read)")
    if request.file.name.rpartition(".")[2] not in ENDINGS:
        return invalid("Invalid file format. Supported formats: " + repr(sorted(ENDINGS)))
    wanted = fields.get("response_format", "json")
    if dialect == "openai":
        known = SPEECH_MODELS.get(fields.get("model"))
        if known is None:
            return error(404, "model_not_found", f"The model `{fields.get('model')}` does not exist")
        if wanted not in known:
            return invalid(f"response_format '{wanted}' is not compatible with model '{fields['model']}'.", "unsupported_value")
        if "timestamp_granularities[]" in fields and wanted != "verbose_json":
            return invalid("timestamp_granularities is only supported with response_format verbose_json")
        if "diarize" in fields["model"] and "prompt" in fields:
            return invalid("Prompt is not supported for diarization models")
    elif not request.file.bytes.startswith(b"RIFF"):
        return 400, {"error": "failed to read WAV file"}, {}
    sound = listen(request.file)
    if sound is None:
        return invalid("The audio file could not be decoded or its format is not supported.")
    if "diarize" in fields.get("model", ""):
        if sound.length > MOST_SECONDS:
            return invalid(f"audio duration {sound.length} seconds is longer than {MOST_SECONDS} seconds which is the maximum for this model", "invalid_value")
        if sound.length > MOST_SECONDS_UNCUT and "chunking_strategy" not in fields:
            return invalid("chunking_strategy is required for diarization models", "invalid_value")
    if dialect == "whisper.cpp":
        return 200, ai_whisper_cpp.told(spoken(sound, wanted, {"word"}, fault["kind"], state), fields), {}
    asked_for = {value for name, value in request.fields if name == "timestamp_granularities[]"}
    return 200, spoken(sound, wanted, asked_for, fault["kind"], state), {"x-request-id": f"req_{uuid.uuid4().hex}"}


def listen(file):
    """Length, and where it is louder than -35 dB; None when it is no sound."""
    with tempfile.NamedTemporaryFile(suffix=file.name) as kept:
        kept.write(file.bytes)
        kept.flush()
        result = subprocess.run(
            ["ffmpeg", "-nostdin", "-hide_banner", "-i", kept.name, "-af", "silencedetect=noise=-35dB:d=0.15", "-f", "null", "-"],
            capture_output=True, text=True)
    if result.returncode != 0:
        return None
    hours, minutes, seconds = re.findall(r"time=(\d+):(\d+):([\d.]+)", result.stderr)[-1]
    length = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    edges = [(float(at), kind == "start") for kind, at in re.findall(r"silence_(start|end): (-?[\d.]+)", result.stderr)]
    voiced, since = [], 0.0
    for at, is_silence in edges:
        if is_silence and at > since:
            voiced.append((since, at))
        since = None if is_silence else at
    if since is not None and since < length:
        voiced.append((since, length))
    return SimpleNamespace(length=length, voiced=voiced)


def spoken(sound, wanted, asked_for, kind, state):
    text = said(sound, state)["text"]
    if wanted == "diarized_json":
        return diarized(text, sound, state)
    if wanted != "verbose_json":
        return {"text": text, "usage": {"type": "duration", "seconds": round(sound.length)}}
    words = [] if kind == "no-words" else labelled(laid_out(text, sound), state, "words")
    quality = {"temperature": 0.0, "avg_logprob": -0.21, "compression_ratio": 1.4, "no_speech_prob": 0.01, "tokens": [50364], "seek": 0}
    segments = [{"id": 0, "start": words[0]["start"], "end": words[-1]["end"], "text": f" {text}", **quality}] if words else []
    if state.voices.get("at") == "segments":
        # As WhisperX: a segment for each turn.
        segments = [{"id": number, **turn, **quality} for number, turn in enumerate(turns(words, sound, state))]
    if kind == "invented":
        # What Whisper says in silence: a phrase again and again, and that it is not sure anybody spoke.
        loop = "Thank you for watching. " * 6
        start = sound.voiced[-1][1] if sound.voiced else 0
        segments.append({"id": 1, "start": start, "end": sound.length, "text": loop, **quality,
                         "avg_logprob": -1.4, "compression_ratio": 5.1, "no_speech_prob": 0.93})
        step = (sound.length - start) / len(loop.split())
        words += [{"word": word, "start": start + step * index, "end": start + step * (index + 1)}
                  for index, word in enumerate(loop.split())]
        text = f"{text} {loop.strip()}"
    answer = {"task": "transcribe", "language": said(sound, state).get("language", "english"), "duration": sound.length, "text": text,
              "segments": segments}
    if kind == "duration-text":
        answer["duration"] = str(sound.length)
    return {**answer, **({"words": words} if "word" in asked_for else {}), "usage": {"type": "duration", "seconds": round(sound.length)}}


# ---- Who speaks --------------------------------------------------------------------

def labelled(words, state, place):
    """As servers label them that tell voices apart without being asked."""
    if state.voices.get("at") != place:
        return words
    whose = [next((speaker for speaker, start, end in state.voices["turns"] if start <= word["start"] < end), None) for word in words]
    return [{**word, "speaker": speaker} if speaker else word for word, speaker in zip(words, whose)]


def turns(words, sound, state):
    """One voice, unless the test has told of several."""
    whole = [["A", sound.voiced[0][0], sound.voiced[-1][1]]] if sound.voiced else []
    return [{"start": start, "end": end, "speaker": speaker,
             "text": " ".join(word["word"] for word in words if start <= word["start"] < end)}
            for speaker, start, end in state.voices.get("turns", whole)]


def diarized(text, sound, state):
    """https://platform.openai.com/docs/api-reference/audio/diarized-json-object"""
    segments = [{"type": "transcript.text.segment", "id": f"seg_{number:03}", **turn}
                for number, turn in enumerate(turns(laid_out(text, sound), sound, state), 1)]
    return {"task": "transcribe", "duration": sound.length, "text": text, "segments": segments,
            "usage": {"type": "duration", "seconds": round(sound.length)}}


def said(sound, state):
    """What was registered for the sound's length, else for all: {"text", "language"}."""
    if not sound.voiced:
        return {"text": ""}
    timed = [each for each in state.transcripts if abs(each.get("seconds", -9) - sound.length) < 1]
    timed.sort(key=lambda each: abs(each["seconds"] - sound.length))
    plain = [each for each in state.transcripts if "seconds" not in each]
    return next(iter(timed + plain[::-1]), {"text": DEFAULT})


def laid_out(text, sound):
    """The words over the voiced stretches, by their letters."""
    words = text.split()
    total = sum(end - start for start, end in sound.voiced)
    letters = sum(len(word) + 1 for word in words)

    def moment(heard):
        for start, end in sound.voiced:
            if heard <= end - start:
                return round(start + heard, 2)
            heard -= end - start
        return round(sound.voiced[-1][1], 2)
    found, heard = [], 0.0
    for word in words:
        length = total * (len(word) + 1) / letters
        found.append({"word": word.strip(".,;:!?"), "start": moment(heard), "end": moment(heard + length)})
        heard += length
    return found

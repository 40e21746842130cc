"""The provider double beside a stack, and the organisation's choice of engines."""

import json
import os
import subprocess
import sys

import pytest
import requests

from machine import CHECKOUT
from parley import accepted

SERVER = CHECKOUT / "Tests/Servers/ai_server.py"
#: The model that tells voices apart.
VOICES = "gpt-4o-transcribe-diarize"


#: Real models that may rate where their keys are in the environment: {the provider's name: (the key's variable, how it is declared)}.
REAL = {
    "real-claude": ("ANTHROPIC_API_KEY", {"kind": "anthropic", "url": "https://api.anthropic.com", "model": "claude-haiku-5-5"}),
    "real-gpt": ("OPENAI_API_KEY", {"kind": "openai-chat", "url": "https://api.openai.com/v1", "model": "gpt-5-mini"}),
}


class Double:
    """A running `Tests/Servers/ai_server.py`."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        told = json.loads(self.process.stdout.readline())
        self.url = f"http://127.0.0.1:{told['port']}"
        self.anthropic_key, self.openai_key = told["anthropicKey"], told["openAIKey"]

    def control(self, name, **content):
        accepted(requests.post(f"{self.url}/control/{name}", json=content, timeout=10))

    def fault(self, kind, times=-1, **content):
        """Answers so, the next times or from now on."""
        self.control("faults", kind=kind, times=times, **content)

    def reset(self):
        self.control("reset")

    def requests(self, path=""):
        found = requests.get(f"{self.url}/control/requests", timeout=10).json()
        return [each for each in found if each["path"].endswith(path)]

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)

    def declaration(self, **settings):
        """What an operator would write into the file of providers."""
        quick = {"private": True, "timeoutSeconds": 20, "attempts": 3, "failuresToRest": 100, "restSeconds": 1, **settings}
        price = [{"model": "claude-sonnet-5-5", "input": 2, "output": 10, "cacheRead": 0.2, "cacheWrite": 2.5}]
        return [
            {"name": "claude", "kind": "anthropic", "url": self.url, "keyVariable": "PARLEY_TEST_ANTHROPIC", "prices": price, **quick},
            {"name": "own-chat", "kind": "openai-chat", "url": f"{self.url}/v1", "model": "qwen3-30b",
             "keyVariable": "PARLEY_TEST_OPENAI", **quick},
            {"name": "hosted-whisper", "kind": "openai-transcription", "url": f"{self.url}/v1", "model": "whisper-1",
             "keyVariable": "PARLEY_TEST_OPENAI", "prices": [{"model": "whisper-1", "minute": 0.006}], **quick},
            {"name": "piecewise", "kind": "openai-transcription", "url": f"{self.url}/v1", "model": "whisper-1", "pieceSeconds": 5,
             "keyVariable": "PARLEY_TEST_OPENAI", **quick},
            {"name": "gpt-transcribe", "kind": "openai-transcription", "url": f"{self.url}/v1", "model": "gpt-transcribe",
             "keyVariable": "PARLEY_TEST_OPENAI", **quick},
            {"name": "two-models", "kind": "openai-transcription", "url": f"{self.url}/v1", "model": "whisper-1",
             "speakersModel": VOICES, "keyVariable": "PARLEY_TEST_OPENAI",
             "prices": [{"model": "whisper-1", "minute": 0.006}, {"model": VOICES, "minute": 0.006}], **quick},
            {"name": "one-for-both", "kind": "openai-transcription", "url": f"{self.url}/v1", "model": VOICES, "speakersModel": VOICES,
             "keyVariable": "PARLEY_TEST_OPENAI", **quick},
            {"name": "own-whisperx", "kind": "openai-transcription", "url": f"{self.url}/v1", "model": "large-v3",
             "keyVariable": "PARLEY_TEST_OPENAI", **quick},
            {"name": "own-whisper", "kind": "whisper.cpp", "url": self.url, "model": "large-v3", **quick},
        ]


def declare(run, content):
    """Gives the stack a file of providers, and brings what runs in step with it; without content, takes it away."""
    file = run / "providers.json"
    if content is None:
        file.unlink(missing_ok=True)
    else:
        file.write_text(json.dumps(content))
    subprocess.run([CHECKOUT / "nginx/local/up.py"], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def double_server(run):
    """The stack with the double's providers declared."""
    server = Double()
    os.environ.update(PARLEY_TEST_ANTHROPIC=server.anthropic_key, PARLEY_TEST_OPENAI=server.openai_key)
    real = [{"name": name, "keyVariable": key, **declared} for name, (key, declared) in REAL.items() if key in os.environ]
    declare(run, {"fallbackAfterSeconds": 4, "providers": server.declaration() + real})
    yield server
    declare(run, None)
    server.close()


@pytest.fixture
def double(double_server, database):
    """The double with nothing scripted and every provider well; afterwards nobody uses it."""
    double_server.reset()
    database.execute("TRUNCATE ai_provider, ai_wait")
    yield double_server
    double_server.reset()
    database.execute("TRUNCATE ai_provider, ai_wait")
    database.execute("DELETE FROM ai_setting")


def choose(client, language_model=None, transcriber=None, **settings):
    """Chooses engines as the page does."""
    current = client.get("/api/ai/settings")["setting"]
    body = {"version": current["version"], "languageModel": language_model, "transcriber": transcriber,
            "monthlyBudgetCents": None, "region": "EU", "wordingTone": None, "countsVoices": True, **settings}
    return accepted(client.call("PUT", "/api/ai/settings", body))

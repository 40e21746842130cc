#!/usr/bin/env python3
"""Films how an interview goes, on the candidate's real page, for nginx/www/assets/film.

    PARLEY_RUN=.run .build/venv/bin/python Tests/Journeys/film.py      (beside a stack that is up)

For each language a film as WebM (VP9) and MP4 (H.264, which Safari plays), its poster and its captions.
The steps come at the same times in every language, so that every film can have the captions of each.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from playwright.sync_api import expect, sync_playwright

from conftest import shorter_assessment
from parley import Interview, sign_in
from screens import pass_device_check, state

OUT = Path(__file__).resolve().parents[2] / "nginx/www/assets/film"
SIZE = {"width": 960, "height": 600}
FRAMES = 12  # a second
# When each step of the film begins, and when it ends, in seconds.
STEPS = {"think": 0, "record": 5, "stop": 11, "look": 14.5, "use": 19.5, "saved": 23, "submit": 26.5, "receipt": 30.5}
END = 36
QUESTIONS = {
    "en": "What are you proud of in your last project?",
    "de": "Worauf sind Sie in Ihrem letzten Projekt stolz?",
    "es": "¿De qué está orgulloso en su último proyecto?",
}
# Who is seen by the camera: nobody who exists.
PERSON = """
    <body style="margin:0"><svg viewBox="0 0 640 360" width="640" height="360">
      <rect width="640" height="360" fill="#cfdcd6"/><rect x="430" y="30" width="150" height="200" rx="6" fill="#e9f0ec"/>
      <path d="M190 360c0-90 50-120 130-120s130 30 130 120z" fill="#0a6459"/>
      <g transform="translate({sway} 0)"><rect x="292" y="200" width="56" height="60" rx="24" fill="#d9a983"/>
      <ellipse cx="320" cy="150" rx="62" ry="74" fill="#e6b991"/>
      <path d="M254 150c-6-70 30-94 66-94s72 24 66 94c-10-38-30-52-66-52s-56 14-66 52z" fill="#4a342a"/>
      <circle cx="296" cy="152" r="6" fill="#2b2320"/><circle cx="344" cy="152" r="6" fill="#2b2320"/>
      <ellipse cx="320" cy="190" rx="16" ry="{mouth}" fill="#8f4d43"/></g></svg></body>"""
POINTER = """
    ([x, y]) => {
        const pointer = document.querySelector("#film-pointer") ?? document.body.appendChild(document.createElement("div"));
        pointer.id = "film-pointer";
        pointer.style.cssText = `position: fixed; z-index: 99; pointer-events: none; width: 26px; height: 26px; border-radius: 50%;
            border: 3px solid #fff; background: rgb(10 100 89 / 70%); box-shadow: 0 0 0 2px #0a6459;
            inset: ${y - 16}px auto auto ${x - 16}px;`;
    }"""


def main():
    OUT.mkdir(exist_ok=True)
    demo = json.loads((Path(os.environ.get("PARLEY_RUN", ".run")) / "demo.json").read_text())
    recruiter = sign_in(demo["baseURL"], demo["recruiter"])
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        camera = draw_camera(playwright, Path(folder))
        for language, question in QUESTIONS.items():
            link = invite(demo, recruiter, question)
            frames = Path(folder) / language
            frames.mkdir()
            texts = film(playwright, camera, f"{link}?lang={language}", frames)
            encode(frames, language)
            (OUT / f"{language}.vtt").write_text(captions(texts))
    for path in sorted(OUT.iterdir()):
        print(f"{path.stat().st_size / 1000:8.1f} kB  {path.name}")


def open_browser(playwright, *arguments):
    root = ["--no-sandbox"] if os.getuid() == 0 else []
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*root, *arguments])


def draw_camera(playwright, folder):
    """What the fake camera shows: a drawn person who talks."""
    browser = open_browser(playwright)
    page = browser.new_page(viewport={"width": 640, "height": 360})
    mouths = [3, 7, 11, 6, 3, 9, 12, 5, 3, 3, 8, 10, 6, 4, 3, 11, 7, 3, 3, 5]
    for number, mouth in enumerate(mouths):
        page.set_content(PERSON.format(mouth=mouth, sway=[0, 1, 2, 1][number // 5]))
        page.screenshot(path=folder / f"person-{number:02}.png")
    browser.close()
    run("ffmpeg", "-nostdin", "-v", "error", "-framerate", "8", "-i", folder / "person-%02d.png",
        "-vf", "scale=1280:720,fps=20", "-pix_fmt", "yuv420p", folder / "person.y4m")
    return folder / "person.y4m"


def invite(demo, recruiter, question):
    """The link of a new interview with one question."""
    person = recruiter.get("/api/auth/profile")["user"]
    assessment = shorter_assessment(demo, person["organization"]["id"], "How it works", 1)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET content = %s WHERE assessment_id = %s", [question, assessment])
        (candidate,) = connection.execute("SELECT id::text FROM candidate ORDER BY created_at LIMIT 1").fetchone()
    interview = Interview(recruiter, {"id": candidate, "email": "candidate@candidates.example"}, assessment,
                          thinkTimeSeconds=60, timeLimitSeconds=120)
    return interview.send().created["candidateURL"]


# ---- Filming -----------------------------------------------------------------------

def film(playwright, camera, link, frames):
    """Goes through one question while frames are kept; the page's texts."""
    browser = open_browser(
        playwright, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={camera}")
    # Without motion of its own the film has none either.
    page = browser.new_context(viewport=SIZE, color_scheme="light", reduced_motion="reduce").new_page()
    page.goto(link)
    pass_device_check(page)
    state(page, "thinking")
    page.wait_for_timeout(1000)
    camera = Frames(page, frames)
    camera.until(STEPS["record"])
    click(page, camera, "#start-recording")
    camera.until(STEPS["stop"])
    click(page, camera, "#stop-recording")
    state(page, "reviewing")
    camera.until(STEPS["look"])
    page.evaluate("document.querySelector('#take').play()")
    camera.until(STEPS["use"])
    click(page, camera, "#use-take")
    expect(page.locator("#safe-to-close")).to_be_visible()
    camera.until(STEPS["submit"] - 1)
    click(page, camera, "#next-question")
    state(page, "final")
    camera.until(STEPS["receipt"] - 1)
    click(page, camera, "#submit-all")
    state(page, "complete")
    page.evaluate("document.querySelector('#film-pointer').remove()")
    camera.until(END)
    texts = page.evaluate("async () => (await import(`/assets/texts/${document.documentElement.lang.slice(0, 2)}.js`)).default")
    browser.close()
    return texts


class Frames:
    """Keeps a picture of the page so often a second, from now on."""

    def __init__(self, page, folder):
        self.devtools = page.context.new_cdp_session(page)
        self.folder = folder
        self.began = time.monotonic()
        self.count = 0

    def until(self, moment):
        """A page that is slow to picture gives the same picture for the frames that were missed."""
        while self.count < moment * FRAMES:
            time.sleep(max(0, self.began + self.count / FRAMES - time.monotonic()))
            picture = base64.b64decode(self.devtools.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})["data"])
            due = min(moment * FRAMES, (time.monotonic() - self.began) * FRAMES)
            while self.count <= due:
                (self.folder / f"{self.count:04}.png").write_bytes(picture)
                self.count += 1


def click(page, camera, selector):
    box = page.locator(selector).bounding_box()
    page.evaluate(POINTER, [box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2])
    camera.until(camera.count / FRAMES + 0.7)
    page.click(selector)


# ---- Writing -----------------------------------------------------------------------

def encode(frames, language):
    source = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-framerate", FRAMES, "-i", frames / "%04d.png", "-an", "-pix_fmt", "yuv420p"]
    vp9 = ["-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "44", "-row-mt", "1", "-g", "240", "-passlogfile", frames / "log"]
    run(*source, *vp9, "-pass", "1", "-f", "null", "-")
    run(*source, *vp9, "-pass", "2", OUT / f"{language}.webm")
    run(*source, "-c:v", "libx264", "-preset", "veryslow", "-tune", "animation", "-crf", "30", "-g", "240", "-movflags", "+faststart",
        OUT / f"{language}.mp4")
    run("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", frames / f"{8 * FRAMES:04}.png", "-vf", "scale=480:-1", "-quality", "45",
        OUT / f"{language}.webp")


def captions(texts):
    ends = [*STEPS.values()][1:] + [END]
    cues = [f"{step}\n{clock(begin)} --> {clock(end)}\n{texts[f'film.{step}']}\n" for (step, begin), end in zip(STEPS.items(), ends)]
    return "WEBVTT\n\n" + "\n".join(cues)


def clock(seconds):
    return f"00:00:{seconds:06.3f}"


def run(*command):
    subprocess.run([str(part) for part in command], check=True)


if __name__ == "__main__":
    sys.exit(main())

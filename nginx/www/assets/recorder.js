// Recording a stream with MediaRecorder.

const PROOF_MS = 5000;
const LAST_CHUNK_MS = 5000;
const webm = ["video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus", "video/webm"];
const mp4 = ["video/mp4;codecs=avc1.42E01E,mp4a.40.2", "video/mp4"];

/**
 * The recording type this browser handles best, or `null`. Safari claims WebM
 * since 18.4 but cannot play its own recordings back, so MP4 comes first there.
 */
export function recordingType(isSupported, isSafari) {
  const candidates = isSafari ? [...mp4, ...webm] : [...webm, ...mp4];
  return candidates.find(isSupported) ?? null;
}

/** The type for this browser; `null` if it cannot record video at all. */
export function ownRecordingType() {
  if (!("MediaRecorder" in window)) return null;
  return recordingType((type) => MediaRecorder.isTypeSupported(type), "GestureEvent" in window);
}

/** Records one take, a chunk every second, so that a crash loses little. */
export class TakeRecorder {
  #recorder;
  #ended;
  #begun = false;

  /**
   * @param on {chunk(Blob): never an empty one, fault(): the device stopped by itself}
   */
  constructor(stream, on) {
    this.#recorder = new MediaRecorder(stream, {
      mimeType: ownRecordingType(),
      videoBitsPerSecond: 1_500_000,
      audioBitsPerSecond: 96_000,
    });
    // Safari 26 emits empty blobs for small timeslices.
    this.#recorder.addEventListener("dataavailable", ({ data }) => { if (data.size > 0) on.chunk(data); });
    this.#recorder.addEventListener("error", on.fault, { once: true });
    for (const track of stream.getTracks()) track.addEventListener("ended", on.fault, { once: true });
    this.#ended = new Promise((resolve) => { this.#recorder.addEventListener("stop", resolve, { once: true }); });
  }

  /** Resolves when the first sample is being recorded. */
  start() {
    return new Promise((resolve, reject) => {
      this.#recorder.addEventListener("start", resolve, { once: true });
      this.#recorder.addEventListener("error", reject, { once: true });
      this.#recorder.start(1000);
      this.#begun = true;
    });
  }

  pause() {
    if (this.#recorder.state === "recording") this.#recorder.pause();
  }

  resume() {
    if (this.#recorder.state === "paused") this.#recorder.resume();
  }

  /** Resolves after the last chunk, which is still to come when the recorder has just stopped by itself: its devices went. */
  async stop() {
    if (!this.#begun) return;
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    let timer;
    // A browser that never says so is not to keep the answer back.
    const late = new Promise((resolve) => { timer = setTimeout(resolve, LAST_CHUNK_MS); });
    await Promise.race([this.#ended, late]);
    clearTimeout(timer);
  }
}

/** Whether the browser can show what it recorded; only a clear refusal counts as no. */
export async function isPlayable(blob) {
  const address = URL.createObjectURL(blob);
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "auto";
  const playable = await new Promise((resolve) => {
    video.addEventListener("loadeddata", () => resolve(true), { once: true });
    video.addEventListener("error", () => resolve(false), { once: true });
    setTimeout(() => resolve(true), PROOF_MS);
    video.src = address;
  });
  video.removeAttribute("src");
  video.load();
  URL.revokeObjectURL(address);
  return playable;
}

/**
 * Gives a video of a MediaRecorder file its real length: WebM written live has
 * none in its header, and a far seek makes the browser find the end. To be
 * called on `loadedmetadata`; afterwards the video stands at its start.
 */
export async function knowLength(video) {
  if (Number.isFinite(video.duration)) return;
  await new Promise((resolve) => {
    video.addEventListener("durationchange", resolve, { once: true });
    video.currentTime = Number.MAX_SAFE_INTEGER;
  });
  video.currentTime = 0;
}

// Recording a stream into one Blob with MediaRecorder.

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

/** One take. Chunks arrive every second, so a crash of the tab's encoder loses little. */
export class TakeRecorder {
  #recorder;
  #chunks = [];

  /** `onFault` is called once if the device stops by itself. */
  constructor(stream, onFault) {
    this.#recorder = new MediaRecorder(stream, {
      mimeType: ownRecordingType(),
      videoBitsPerSecond: 1_500_000,
      audioBitsPerSecond: 96_000,
    });
    // Safari 26 emits empty blobs for small timeslices.
    this.#recorder.addEventListener("dataavailable", ({ data }) => { if (data.size > 0) this.#chunks.push(data); });
    this.#recorder.addEventListener("error", onFault, { once: true });
    for (const track of stream.getTracks()) track.addEventListener("ended", onFault, { once: true });
  }

  /** Resolves when the first sample is being recorded. */
  start() {
    return new Promise((resolve, reject) => {
      this.#recorder.addEventListener("start", resolve, { once: true });
      this.#recorder.addEventListener("error", reject, { once: true });
      this.#recorder.start(1000);
    });
  }

  pause() {
    if (this.#recorder.state === "recording") this.#recorder.pause();
  }

  resume() {
    if (this.#recorder.state === "paused") this.#recorder.resume();
  }

  /** The whole take; its `size` is 0 if the device delivered nothing. */
  stop() {
    return new Promise((resolve) => {
      const finish = () => resolve(new Blob(this.#chunks, { type: this.#recorder.mimeType }));
      if (this.#recorder.state === "inactive") return finish();
      this.#recorder.addEventListener("stop", finish, { once: true });
      this.#recorder.stop();
    });
  }
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

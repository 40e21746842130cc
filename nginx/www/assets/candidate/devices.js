import { ownRecordingType } from "../recorder.js";

/** Why no camera or microphone: the middle part of the `device.…` texts. */
export class DeviceFault extends Error {
  constructor(reason) {
    super(reason);
    this.name = "DeviceFault";
    this.reason = reason;
  }
}

const reasons = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** The candidate's camera and microphone, open from the check to the last answer. */
export class Devices {
  stream = null;
  #chosen = { camera: null, microphone: null };

  /** Opens (or opens again) with the chosen devices; throws `DeviceFault`. */
  async open(chosen = {}) {
    Object.assign(this.#chosen, chosen);
    if (!window.isSecureContext || !navigator.mediaDevices) throw new DeviceFault("insecure");
    if (!ownRecordingType()) throw new DeviceFault("unsupported");
    this.close();
    try {
      this.stream = await navigator.mediaDevices.getUserMedia(this.#constraints());
    } catch (error) {
      throw new DeviceFault(reasons[error.name] ?? "unknown");
    }
    return this.stream;
  }

  /** The open stream; opened again if a device went away meanwhile. */
  async ready() {
    const live = this.stream?.getTracks().every((track) => track.readyState === "live");
    return live ? this.stream : this.open();
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }

  /** {cameras, microphones}, each [{id, label, current}]; labels only while open. */
  async list() {
    const all = await navigator.mediaDevices.enumerateDevices();
    const current = this.stream?.getTracks().map((track) => track.getSettings().deviceId) ?? [];
    const of = (kind) => all.filter((device) => device.kind === kind)
      .map(({ deviceId, label }) => ({ id: deviceId, label, current: current.includes(deviceId) }));
    return { cameras: of("videoinput"), microphones: of("audioinput") };
  }

  #constraints() {
    const { camera, microphone } = this.#chosen;
    return {
      video: {
        width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 },
        ...(camera ? { deviceId: { exact: camera } } : { facingMode: "user" }),
      },
      audio: {
        echoCancellation: true, noiseSuppression: true,
        ...(microphone ? { deviceId: { exact: microphone } } : {}),
      },
    };
  }
}

/** Whether fullscreen could be asked for at all (not on an iPhone). */
export function canFullscreen() {
  return document.fullscreenEnabled === true;
}

/** Asks for fullscreen; `false` if it was refused. Needs a click just before. */
export async function enterFullscreen() {
  if (!canFullscreen()) return false;
  if (document.fullscreenElement) return true;
  try {
    await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    return true;
  } catch {
    return false; // Refused: the interview goes on without it.
  }
}

export async function leaveFullscreen() {
  if (document.fullscreenElement) await document.exitFullscreen();
}

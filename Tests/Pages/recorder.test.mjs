import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { TakeRecorder } = await load("recorder.js");
const turn = () => new Promise((resolve) => { setImmediate(resolve); });

/** A recorder of the browser, which does what it is told here and nothing by itself. */
class Recorder extends EventTarget {
  static isTypeSupported = () => true;
  static newest;
  state = "inactive";
  stops = 0;
  constructor() { super(); Recorder.newest = this; }
  start() { this.state = "recording"; this.dispatchEvent(new Event("start")); }
  stop() { this.state = "inactive"; this.stops += 1; }
  deliver(size) { this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: { size } })); }
  end() { this.dispatchEvent(new Event("stop")); }
}
Object.assign(globalThis, { window: globalThis, MediaRecorder: Recorder });

/** A recording of a stream with one track, and what was heard of it. */
async function record() {
  const track = new EventTarget();
  const heard = { sizes: [], faults: 0, stopped: false };
  const recorder = new TakeRecorder({ getTracks: () => [track] }, {
    chunk: ({ size }) => heard.sizes.push(size),
    fault: () => { heard.faults += 1; },
  });
  await recorder.start();
  const stop = () => recorder.stop().then(() => { heard.stopped = true; });
  return { own: Recorder.newest, track, heard, stop };
}

test("stopping waits for the last chunk", async () => {
  const { own, heard, stop } = await record();
  own.deliver(3);
  const stopped = stop();
  await turn();
  assert.equal(heard.stopped, false);
  own.deliver(4);
  own.end();
  await stopped;
  assert.deepEqual([heard.sizes, own.stops], [[3, 4], 1]);
});

test("the last chunk of a recorder that stopped as its devices went is waited for, too", async () => {
  const { own, track, heard, stop } = await record();
  own.state = "inactive";
  track.dispatchEvent(new Event("ended"));
  assert.equal(heard.faults, 1);
  const stopped = stop();
  await turn();
  assert.equal(heard.stopped, false);
  own.deliver(5);
  own.end();
  await stopped;
  assert.deepEqual([heard.sizes, own.stops], [[5], 0]);
});

test("empty chunks are none", async () => {
  const { own, heard } = await record();
  own.deliver(0);
  own.deliver(1);
  assert.deepEqual(heard.sizes, [1]);
});

test("what never began has nothing to wait for", async () => {
  await new TakeRecorder({ getTracks: () => [] }, { chunk() {}, fault() {} }).stop();
});

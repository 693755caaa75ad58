// A spoken memo, where the programme allows it. It is cut into parts of a minute, each durable before the next begins: a kill
// loses a minute at most. It ends when the page is left, for a memo is what the auditor says, not what a room says.
(() => {
  "use strict";
  const Lists = (self.Lists = self.Lists || {});
  const PART = 60e3;
  const MOST_PARTS = 10;
  const TYPES = ["audio/webm", "audio/mp4", "audio/ogg"];
  let recorder = null;
  let stream = null;
  let stopped = null;

  const pack = async (blob, type) => {
    const bytes = await blob.arrayBuffer();
    const sha256 = await Lists.store.hash(bytes);
    return { id: crypto.randomUUID(), bytes, type, size: bytes.byteLength, sha256, original: sha256 };
  };

  // One part; when its time is over the next begins, and `keep` gets what was recorded.
  const record = (keep, left) => {
    const part = new MediaRecorder(stream, { mimeType: TYPES.find((type) => MediaRecorder.isTypeSupported(type)), audioBitsPerSecond: 32000 });
    const [type] = part.mimeType.split(";");
    recorder = part;
    part.ondataavailable = async ({ data }) => { if (data.size) keep(await pack(data, type)); };
    part.start();
    const timer = setTimeout(() => {
      part.stop();
      if (left > 1) record(keep, left - 1);
      else stop();
    }, PART);
    part.onstop = () => clearTimeout(timer);
  };

  // Begins to record; `keep(memo)` is called for each part, `onStop()` at the end. Rejects as getUserMedia does.
  const start = async (keep, onStop) => {
    stopped = onStop;
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ audio: true });
      stream = opened;
      // Whoever taps again, or leaves the page, while the browser still asks for leave wants no memo any more.
      if (stopped) record(keep, MOST_PARTS);
      else release();
    } catch (error) {
      stopped = null;
      throw error;
    }
  };
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
    stream = null;
  };
  const stop = () => {
    if (!stopped) return;
    stopped();
    stopped = null;
    if (!stream) return;
    if (recorder.state !== "inactive") recorder.stop();
    release();
  };

  Lists.memo = { start, stop, isRunning: () => !!stopped };
})();

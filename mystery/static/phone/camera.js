// The camera in the page: one tap, one photo, without a sound. The picture is a JPEG of its own making, so it says nothing
// of where or with what it was taken.
(() => {
  "use strict";
  const Lists = (self.Lists = self.Lists || {});
  const LONGEST_SIDE = 2000;
  const QUALITY = 0.85;
  let stream = null;

  // Resolves when the picture moves; rejects with the browser's NotAllowedError, NotFoundError, …
  const open = async (video) => {
    if (!navigator.mediaDevices?.getUserMedia) throw Object.assign(new Error("no camera"), { name: "NotFoundError" });
    const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1440 } };
    const opened = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    close();
    stream = opened;
    video.srcObject = opened;
    await video.play();
  };
  const close = () => {
    for (const track of stream?.getTracks() || []) track.stop();
    stream = null;
  };

  const encode = async (source, width, height) => {
    const shrink = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(width * shrink), height: Math.round(height * shrink) });
    canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    // Frees the memory at once; some phones wait long with it.
    canvas.width = 0;
    if (!blob) throw Object.assign(new Error("no picture"), { name: "EncodingError" });
    return blob.arrayBuffer();
  };
  const pack = async (bytes, original) => {
    const sha256 = await Lists.store.hash(bytes);
    return { id: crypto.randomUUID(), bytes, type: "image/jpeg", size: bytes.byteLength, sha256, original: original || sha256 };
  };

  const shoot = async (video) => pack(await encode(video, video.videoWidth, video.videoHeight));

  // A picture that another program took: made smaller and upright, with the hash of what it was before as evidence.
  const take = async (file) => {
    const before = await file.arrayBuffer();
    const image = await createImageBitmap(new Blob([before], { type: file.type }), { imageOrientation: "from-image" });
    const bytes = await encode(image, image.width, image.height);
    image.close();
    return pack(bytes, await Lists.store.hash(before));
  };

  Lists.camera = { open, close, shoot, take };
})();

// Making photos smaller: one that is already safe becomes one that travels fast, under an id of its own.
(() => {
  "use strict";
  const { Lists } = self;
  const { store, sheet: { make } } = Lists;
  const LONGEST_SIDE = 2000;
  const QUALITY = 0.85;
  const MOST_BYTES = 12 * 1024 * 1024;

  const redraw = async (blob) => {
    const picture = await createImageBitmap(blob, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = make("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const context = canvas.getContext("2d", { alpha: false });
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  };

  const shrink = async (photo, desk) => {
    const found = await store.readPhoto(photo.id);
    if (!found) return;
    const small = await redraw(new Blob([found.bytes], { type: found.type })).catch(() => null);
    if (!small) return leave(photo, found.bytes, desk);
    const bytes = await small.arrayBuffer();
    const sha256 = await store.hash(bytes);
    const next = { ...photo, id: crypto.randomUUID(), sha256, size: bytes.byteLength, type: small.type, raw: false };
    let kept = null;
    await desk.change((draft) => {
      kept = null;
      const place = draft.photos.findIndex(({ id }) => id === photo.id);
      // It was removed meanwhile: what came of it goes as well.
      if (place < 0) draft.removed.push(next.id);
      else draft.photos[place] = kept = { ...next, question: draft.photos[place].question };
      if (place >= 0) draft.removed.push(photo.id);
    }, { photo: { id: next.id, bytes, type: small.type, sha256 } });
    desk.heirs.set(photo.id, next.id);
    const figure = desk.find(photo.id);
    if (!figure || !kept) return;
    figure.dataset.photo = next.id;
    desk.show(kept, small);
  };
  // How the files of pictures begin, those that a browser may not know among them: JPEG, PNG, WebP, and what iPhones make.
  const KNOWN = /^(\xff\xd8\xff|\x89PNG|RIFF....WEBP|....ftyp)/s;
  const isPicture = (bytes) => KNOWN.test(String.fromCharCode(...new Uint8Array(bytes.slice(0, 12))));
  // A picture that this browser cannot open goes as it is; so does what is none, and it is said.
  const leave = async (photo, bytes, desk) => {
    const fault = !isPicture(bytes) ? "no_photo" : photo.size > MOST_BYTES ? "too_large" : "unseen";
    await desk.change((draft) => {
      const found = draft.photos.find(({ id }) => id === photo.id);
      if (found) Object.assign(found, { raw: false, fault });
    });
    desk.fail(photo, fault);
  };

  Lists.shrinkAll = async (photos, desk) => {
    for (const photo of photos) {
      // One that fails stays as it was chosen, and is tried again when the page is opened next.
      await shrink(photo, desk).catch(() => {});
    }
  };
})();

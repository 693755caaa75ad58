// "Save a copy": everything of one visit in a file, sealed as on the phone; the server opens it later.
// One line of JSON, a line end, then the sealed content and the sealed photos one after another.
(() => {
  "use strict";
  const { store } = self.Lists;
  const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));

  const build = async (visit, content) => {
    const { row, box, photos } = await store.takeSealed(visit, content);
    const head = {
      format: "lists-copy", v: 1, uid: row.uid, visit, version: row.version, assignment: row.assignment,
      turn: row.changed, made: new Date().toISOString(), iv: encode(box.iv), length: box.data.byteLength,
      photos: photos.map((photo) => ({
        id: photo.id, type: photo.type, sha256: photo.sha256, size: photo.size,
        iv: encode(photo.box.iv), length: photo.box.data.byteLength,
      })),
    };
    const parts = [JSON.stringify(head), "\n", box.data, ...photos.map((photo) => photo.box.data)];
    return new Blob(parts, { type: "application/octet-stream" });
  };

  // `content` wins over what is stored: on a full phone the newest words are on the page only.
  const save = async (visit, content = null) => {
    const address = URL.createObjectURL(await build(visit, content));
    const link = Object.assign(document.createElement("a"), { href: address, download: `list-${visit.slice(0, 8)}.bin` });
    document.body.append(link);
    link.click();
    link.remove();
    // Some browsers read the file only after the tap is over.
    setTimeout(() => URL.revokeObjectURL(address), 60e3);
  };

  self.Lists.rescue = { save, build };
})();

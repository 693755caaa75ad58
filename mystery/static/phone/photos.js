// Photos: stored as they were chosen, made smaller afterwards. A photo is only shown as kept when it is.
(() => {
  "use strict";
  const { Lists } = self;
  const { sheet, store } = Lists;
  const { byId, form, questions, words, make, say, keyOf, numberOf } = sheet;
  const LONGEST_SIDE = 2000;
  const QUALITY = 0.85;
  const MOST_BYTES = 12 * 1024 * 1024;
  const MOST_PHOTOS = 10;
  const MEGABYTE = 1e6;

  let desk = null;
  let waiting = [];
  let trouble = "";
  let chain = Promise.resolve();
  const addresses = new Map();
  // What became of a photo that was made smaller, by its former id; and how many are about to go.
  const heirs = new Map();
  let leaving = 0;

  const find = (id) => document.querySelector(`figure[data-photo="${CSS.escape(id)}"]`);
  const placeOf = (question) => byId("q-" + question)?.querySelector(".pics");
  const asksPhoto = questions.filter((question) => question.querySelector(".pics"));

  // ---- What is seen ----
  const draw = (photo, address) => {
    const place = placeOf(photo.question);
    const holder = place || openTray();
    const number = place ? numberOf(place.closest(".q")) : "";
    const image = make("img", { alt: say("photo", number), src: address });
    const anchor = place ? place.closest(".q").id : "tray";
    const button = make("button", { name: "action", value: `remove:${photo.id}:${anchor}`, textContent: words.remove });
    const figure = find(photo.id) || make("figure");
    figure.dataset.photo = photo.id;
    figure.replaceChildren(image, ...(place ? [] : [choose(photo)]), ...(photo.fault ? [make("p", { className: "warn" }, words[photo.fault])] : []), button);
    image.onerror = () => image.classList.add("blind");
    holder.insertBefore(figure, holder.querySelector(".file"));
    return figure;
  };
  const show = (photo, blob) => {
    URL.revokeObjectURL(addresses.get(photo.id));
    addresses.set(photo.id, URL.createObjectURL(blob));
    return draw(photo, addresses.get(photo.id));
  };
  // Photos of the visit's own screen belong to no question yet.
  const openTray = () => {
    if (!byId("tray")) {
      const box = make("fieldset", { className: "q", id: "tray" }, make("legend", {}, words.tray), make("div", { className: "pics" }));
      form.querySelector("section").append(box);
    }
    return byId("tray").querySelector(".pics");
  };
  const choose = (photo) => {
    const options = asksPhoto.map((question) => {
      const text = question.querySelector("legend").textContent.trim().replace(/\s+/g, " ");
      return make("option", { value: keyOf(question), textContent: text });
    });
    const select = make("select", { ariaLabel: words.which }, make("option", { value: "", textContent: words.which }), ...options);
    select.onchange = () => assign(photo.id, select.value);
    return select;
  };
  const closeTray = () => { if (byId("tray") && !byId("tray").querySelector("figure")) byId("tray").remove(); };

  const change = (work, options) => desk.change(work, options);
  const assign = async (id, question) => {
    await change((draft, row) => {
      const photo = draft.photos.find((each) => each.id === id) || takeOver(draft, row, id);
      photo.question = question;
      sheet.stamp(draft.answered, question, new Date().toISOString());
    });
    const photo = desk.content().photos.find((each) => each.id === id);
    find(id).remove();
    draw(photo, addresses.get(id) || photo.url);
    settleDown();
  };
  // A photo that another device has brought to the server is named from here like one of our own.
  const takeOver = (draft, row, id) => {
    const photo = { ...draft.there.find((each) => each.id === id) };
    draft.there = draft.there.filter((each) => each.id !== id);
    draft.photos.push(photo);
    row.kept = [...row.kept, id];
    return photo;
  };
  const settleDown = () => {
    closeTray();
    sheet.refresh();
    desk.show();
  };

  // ---- Storing ----
  const take = (input) => {
    const question = keyOf(input.closest(".q"));
    const room = MOST_PHOTOS - input.closest(".pics").querySelectorAll("figure").length;
    const files = [...input.files];
    input.value = "";
    warn(input, files, room);
    for (const file of files.slice(0, Math.max(0, room))) {
      const photo = { id: crypto.randomUUID(), question, at: new Date().toISOString(), size: file.size, type: file.type || "application/octet-stream" };
      waiting.push({ photo, file });
      show(photo, file).classList.add("wait");
    }
    work();
  };
  const warn = async (input, files, room) => {
    const note = input.closest(".pics").querySelector("output");
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const { free, quota } = await store.estimate();
    const isTight = quota && free < 3 * bytes + 20 * MEGABYTE;
    note.textContent = files.length > room ? words.too_many : isTight ? say("room", Math.max(0, Math.round(free / MEGABYTE))) : "";
  };
  const work = () => {
    desk.show();
    chain = chain.then(store_all);
    return chain;
  };
  const store_all = async () => {
    trouble = "";
    while (waiting.length && !trouble) {
      const [{ photo, file }] = waiting;
      try {
        await keep(photo, await file.arrayBuffer());
        waiting = waiting.filter((each) => each.photo !== photo);
        find(photo.id)?.classList.remove("wait");
      } catch (error) {
        trouble = error.name;
      }
      settleDown();
    }
    await shrinkAll();
  };
  const keep = async (photo, bytes) => {
    const sha256 = await store.hash(bytes);
    const about = { ...photo, sha256, original: sha256, raw: true };
    await change((draft) => {
      draft.photos.push(about);
      sheet.stamp(draft.answered, photo.question, photo.at);
    }, { photo: { id: photo.id, bytes, type: photo.type, sha256 } });
  };

  // ---- Making smaller: a photo that is already safe becomes one that travels fast, under an id of its own ----
  const shrinkAll = async () => {
    for (const photo of (desk.content()?.photos || []).filter((each) => each.raw)) {
      try {
        await shrink(photo);
      } catch {
        // It stays as it was chosen, and is tried again when the page is opened next.
      }
    }
  };
  const shrink = async (photo) => {
    const found = await store.readPhoto(photo.id);
    if (!found) return;
    const small = await redraw(new Blob([found.bytes], { type: found.type })).catch(() => null);
    if (!small) return leave(photo);
    const bytes = await small.arrayBuffer();
    const sha256 = await store.hash(bytes);
    const next = { ...photo, id: crypto.randomUUID(), sha256, size: bytes.byteLength, type: small.type, raw: false };
    await change((draft) => {
      const place = draft.photos.findIndex(({ id }) => id === photo.id);
      // It was removed meanwhile: what came of it goes as well.
      if (place < 0) draft.removed.push(next.id);
      else draft.photos[place] = { ...next, question: draft.photos[place].question };
      if (place >= 0) draft.removed.push(photo.id);
    }, { photo: { id: next.id, bytes, type: small.type, sha256 } });
    heirs.set(photo.id, next.id);
    const figure = find(photo.id);
    if (!figure) return;
    figure.dataset.photo = next.id;
    show(desk.content().photos.find(({ id }) => id === next.id), small);
  };
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
  // A picture that this browser cannot open, as iPhones make them, goes as it is.
  const leave = async (photo) => {
    const fault = photo.size > MOST_BYTES ? "too_large" : "unseen";
    await change((draft) => {
      const found = draft.photos.find(({ id }) => id === photo.id);
      if (found) Object.assign(found, { raw: false, fault });
    });
    draw({ ...photo, fault }, addresses.get(photo.id) || "");
  };

  // One after the other with storing and shrinking, so that neither brings back what goes. It is gone when that is durable.
  const remove = (id) => {
    const figure = find(id);
    if (figure) figure.hidden = true;
    leaving += 1;
    chain = chain.then(() => erase(id, figure));
    desk.show();
  };
  const erase = async (id, figure) => {
    const isUnkept = waiting.some(({ photo }) => photo.id === id);
    try {
      waiting = waiting.filter(({ photo }) => photo.id !== id);
      if (!isUnkept) await forget([id, heirs.get(id)], keyOf(figure?.closest(".q") || form));
      else if (!waiting.length) trouble = "";
      figure?.remove();
      URL.revokeObjectURL(addresses.get(heirs.get(id) || id));
    } catch (error) {
      trouble = error.name;
      if (figure) figure.hidden = false;
    }
    leaving -= 1;
    settleDown();
  };
  const forget = (ids, question) => change((draft) => {
    if (draft.photos.some((each) => ids.includes(each.id))) sheet.stamp(draft.answered, question, new Date().toISOString());
    draft.removed.push(...ids.filter(Boolean));
    draft.there = (draft.there || []).filter((each) => !ids.includes(each.id));
  });

  // ---- What the draft asks for ----
  const drawAll = async (content) => {
    for (const button of form.querySelectorAll("figure > button")) button.parentElement.dataset.photo = button.value.split(":")[1];
    for (const id of content.removed) find(id)?.remove();
    for (const photo of content.there || []) if (!find(photo.id)) draw(photo, photo.url);
    for (const photo of content.photos) {
      if (find(photo.id) || /^audio/.test(photo.type)) continue;
      const figure = draw(photo, photo.url || "");
      const found = await store.readPhoto(photo.id);
      if (found && figure.isConnected) show(photo, new Blob([found.bytes], { type: found.type }));
    }
    for (const input of form.querySelectorAll("[type=file]")) if (input.files.length) take(input);
    sheet.refresh();
    chain = chain.then(shrinkAll);
  };
  const check = () => (byId("tray") ? [{ anchor: "tray", number: "", text: words.unplaced }] : []);

  Lists.photos = {
    start: (given) => { desk = given; },
    draw: drawAll, take, remove, check,
    retry: work,
    fault: () => trouble,
    isBusy: () => waiting.length + leaving > 0,
    settle: () => chain,
  };
})();

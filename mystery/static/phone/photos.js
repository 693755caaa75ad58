// Photos: stored as they were chosen, made smaller afterwards (shrink.js). A photo is only shown as kept when it is.
(() => {
  "use strict";
  const { Lists } = self;
  const { sheet, store } = Lists;
  const { byId, form, words, make, say, keyOf, numberOf } = sheet;
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

  // ---- What is seen ----
  const draw = (photo, address) => {
    const place = placeOf(photo.question);
    const holder = place || Lists.tray.open();
    const number = place ? numberOf(place.closest(".q")) : "";
    const image = make("img", { alt: say("photo", number), src: address });
    const anchor = place ? place.closest(".q").id : "tray";
    const button = make("button", { name: "action", value: `remove:${photo.id}:${anchor}`, textContent: words.remove });
    const figure = find(photo.id) || make("figure");
    figure.dataset.photo = photo.id;
    figure.replaceChildren(image, ...(place ? [] : [Lists.tray.choose(photo, { change, move })]), ...(photo.fault ? [make("p", { className: "warn" }, words[photo.fault])] : []), button);
    image.onerror = () => image.classList.add("blind");
    holder.insertBefore(figure, holder.querySelector(".file"));
    return figure;
  };
  const show = (photo, blob) => {
    URL.revokeObjectURL(addresses.get(photo.id));
    addresses.set(photo.id, URL.createObjectURL(blob));
    return draw(photo, addresses.get(photo.id));
  };
  const closeTray = () => { if (byId("tray") && !byId("tray").querySelector("figure")) byId("tray").remove(); };

  const change = (work, options) => desk.change(work, options);
  const move = (photo) => {
    find(photo.id).remove();
    draw(photo, addresses.get(photo.id) || photo.url);
    settleDown();
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
    shrinkSoon();
  };
  const keep = async (photo, bytes) => {
    const sha256 = await store.hash(bytes);
    const about = { ...photo, sha256, original: sha256, raw: true };
    await change((draft) => {
      draft.photos.push(about);
      sheet.stamp(draft.answered, photo.question, photo.at);
    }, { photo: { id: photo.id, bytes, type: photo.type, sha256 } });
  };

  // Making them smaller comes by the network when it is needed first, and nothing that is to be stored waits for that.
  const shrinkSoon = () => {
    const isRaw = ({ raw }) => raw;
    if (!desk.content()?.photos.some(isRaw)) return;
    desk.loadMore().then((isHere) => {
      if (isHere) chain = chain.then(() => Lists.shrinkAll(desk.content().photos.filter(isRaw), { change, heirs, find, show, fail }));
    });
  };
  const fail = (photo, fault) => draw({ ...photo, fault }, addresses.get(photo.id) || "");

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
    for (const input of form.querySelectorAll("[type=file]")) if (input.files.length) take(input);
    const all = [...(content.there || []), ...content.photos].filter(({ type }) => !/^audio/.test(type));
    const isPlaced = (photo) => placeOf(photo.question);
    for (const photo of all) if (isPlaced(photo)) await drawKept(photo);
    sheet.refresh();
    shrinkSoon();
    // Photos of the visit's own screen belong to no question yet.
    if (all.every(isPlaced) || !(await desk.loadMore())) return;
    for (const photo of all) if (!isPlaced(photo)) await drawKept(photo);
  };
  const drawKept = async (photo) => {
    if (find(photo.id)) return;
    const figure = draw(photo, photo.url || "");
    const found = await store.readPhoto(photo.id);
    if (found && figure.isConnected) show(photo, new Blob([found.bytes], { type: found.type }));
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

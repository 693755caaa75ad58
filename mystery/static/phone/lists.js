// The lists and the page of an assignment: they say honestly what this phone keeps, and get every open list ready
// for a place without a network. The pages work without this file.
(() => {
  "use strict";
  const { store, sender, pages } = self.Lists;
  const { uid, build, door } = document.body.dataset;
  const words = JSON.parse(document.body.dataset.words);
  const TIME_LIMIT = 15e3;
  const LITTLE_ROOM = 150e6;
  const WITH_AUDITOR = ["waiting", "begun", "returned", "cancelled"];
  const MARKS = { open: "◐", queued: "◐", sent: "●", stuck: "▲", signed_out: "▲", clash: "▲", photo_lost: "▲", locked: "▲" };

  const byId = (id) => document.getElementById(id);
  const say = (name, count = "") => words[name].replace("#", count);
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const cards = new Map([...document.querySelectorAll("[data-visit]")].map((card) => [card.dataset.visit, card]));
  const pathsOf = ({ visit, version, assignment }) =>
    [`/capture/${visit}/${version}`, `/capture/${visit}/${version}/notes`, `/capture/assignments/${assignment}`];

  // ---- What this phone cannot do, and what to do about it ----
  const findMissing = async () => {
    if (!self.isSecureContext) return ["no_secure"];
    const missing = self.caches && navigator.serviceWorker ? [] : ["no_worker"];
    await store.list().catch(() => missing.push("no_store"));
    return missing;
  };
  const warn = (...names) => {
    for (const name of names) {
      if (byId("warnings").querySelector(`[data-name="${name}"]`)) continue;
      const line = make("p", { className: "said warn" }, "▲ " + say(name));
      line.dataset.name = name;
      byId("warnings").append(line);
    }
  };
  const isApple = /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
  const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone;
  const offerInstall = () => {
    const fold = byId("install");
    if (!fold || isInstalled) return;
    fold.hidden = false;
    if (isApple) warn("ios");
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      byId("install-now").hidden = false;
      byId("install-now").onclick = () => { event.prompt(); };
    });
    addEventListener("appinstalled", () => { fold.hidden = true; });
  };

  // ---- What this phone keeps: on each card, and above all of them ----
  const nameState = ({ state, fault, clash, canRead }) => {
    if (!canRead && state !== "sent") return "locked";
    if (clash && state === "open") return "clash";
    return ["signed_out", "photo_lost", "locked"].includes(fault) && state !== "sent" ? fault : state;
  };
  // What the server said says more than "sent", and why a list came back matters more than that it is begun.
  const knowsBetter = ({ state }, name) =>
    (name === "sent" && ["held", "sent"].includes(state)) || (name === "open" && state === "returned");
  const showState = (card, record) => {
    const name = record && nameState(record);
    const theirs = card.querySelector(".state:not([data-local])");
    let line = card.querySelector("[data-local]");
    const isTheirs = !name || (theirs && knowsBetter(card.dataset, name));
    if (theirs) theirs.hidden = !isTheirs;
    if (isTheirs) return line?.remove();
    if (!line) {
      line = make("span", {});
      line.dataset.local = "";
      if (theirs) theirs.after(line);
      else (card.querySelector("a") || card).append(line);
    }
    line.className = "state" + (MARKS[name] === "▲" ? " warn" : "");
    line.textContent = `${MARKS[name]} ${say(name)}`;
  };
  // A list whose assignment went elsewhere meanwhile is still reachable.
  const showOrphans = async (records) => {
    const holder = byId("also");
    if (!holder) return;
    const rows = await Promise.all(records.map(async (record) => {
      const content = (await store.read(record.visit))?.content;
      const link = make("a", { className: "card", href: pathsOf(record)[0] }, make("b", {}, content?.place || "—"));
      const row = make("li", {}, link);
      showState(row, record);
      return row;
    }));
    holder.replaceChildren(...(rows.length ? [make("h2", {}, say("also_here")), make("ul", { className: "cards" }, ...rows)] : []));
  };
  let isSending = false;
  const showWaiting = (records) => {
    const waiting = records.filter((record) => record.uid === uid && store.isWaiting(record));
    const others = records.filter((record) => record.uid !== uid && record.state !== "sent").length;
    const lines = [];
    if (waiting.length) lines.push(make("p", {}, "◐ " + (isSending ? say("sending") : say("waiting", waiting.length))));
    if (waiting.some(({ fault }) => fault === "signed_out")) lines.push(make("a", { className: "go", href: door, textContent: say("sign_in") }));
    else if (waiting.length && !isSending) lines.push(make("button", { className: "go", type: "button", textContent: say("send"), onclick: sendAll }));
    if (others) lines.push(make("p", { className: "soft" }, say("others", others)));
    const text = lines.map((line) => line.textContent).join();
    // Said anew only when it has changed, or a screen reader would repeat it all the time.
    if (text !== byId("waiting").dataset.said) byId("waiting").replaceChildren(...lines);
    byId("waiting").dataset.said = text;
  };
  const sendAll = async () => {
    isSending = true;
    await draw();
    for (const { visit, uid: owner, state } of await store.list()) {
      if (owner === uid && store.isWaiting({ state })) await sender.sendNow(visit);
    }
    isSending = false;
    await draw();
  };
  const draw = async () => {
    const records = await store.list();
    for (const [visit, card] of cards) showState(card, records.find((record) => record.visit === visit && record.uid === uid));
    showWaiting(records);
    await showOrphans(records.filter(({ visit, uid: owner, state }) => owner === uid && state !== "sent" && !cards.has(visit)));
  };

  // ---- Getting ready for a place without a network ----
  const showReady = async (card, isBusy) => {
    const { state } = card.dataset;
    if (!self.caches || !WITH_AUDITOR.includes(state)) return;
    const worker = await navigator.serviceWorker.getRegistration("/capture");
    const checks = worker?.active ? await Promise.all(["/capture", ...pathsOf(card.dataset)].map((path) => pages.isReady(uid, path))) : [false];
    let line = card.querySelector("[data-ready]");
    if (!line) {
      line = make("span", {});
      line.dataset.ready = "";
      (card.querySelector("a") || card).append(line);
    }
    line.textContent = checks.every(Boolean) ? "✓ " + say("ready") : isBusy ? "… " + say("preparing") : "";
  };
  const prepareOne = async (cache, path, stamp) => {
    const kept = await cache.match(path, pages.LOOSE);
    let text = "";
    if (kept?.headers.get(pages.STAMP) === stamp) text = await kept.text();
    else {
      // Blank: what was answered lies sealed in the store, and never readable in a cache.
      const answer = await fetch(path + "?blank=1", { cache: "no-store", signal: AbortSignal.timeout(TIME_LIMIT) });
      text = await pages.keep(path, answer, stamp);
    }
    for (const asset of pages.listAssets(text)) {
      if (!(await pages.find(asset))) await (await caches.open("assets-" + build)).add(asset);
    }
  };
  const prepare = async ({ now, visits }) => {
    const stamp = [build, document.documentElement.lang, now.slice(0, 10)].join();
    const cache = await pages.open(uid);
    const open = visits.filter(({ state }) => WITH_AUDITOR.includes(state));
    await dropOldPages(cache, open);
    await prepareOne(cache, "/capture", stamp);
    for (const visit of open) {
      const card = cards.get(visit.visit);
      if (card) await showReady(card, true);
      for (const path of pathsOf(visit)) await prepareOne(cache, path, stamp);
      if (card) await showReady(card, false);
    }
  };
  const dropOldPages = async (cache, open) => {
    const mine = (await store.list()).filter((record) => record.uid === uid && record.state !== "sent");
    const wanted = new Set(["/capture", ...[...open, ...mine].flatMap(pathsOf)]);
    for (const request of await cache.keys()) if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  };

  // ---- What the server knows ----
  const fetchState = async () => {
    const signal = AbortSignal.timeout(TIME_LIMIT);
    const answer = await fetch("/capture/phone/state", { cache: "no-store", redirect: "manual", signal });
    if (answer.ok) return answer.json();
    return answer.status === 401 || answer.type === "opaqueredirect" ? { isStranger: true } : null;
  };
  const reconcile = async (visits, since) => {
    for (const record of await store.list()) {
      if (record.uid !== uid) continue;
      const theirs = visits.find(({ visit }) => visit === record.visit);
      const isThere = theirs && !WITH_AUDITOR.includes(theirs.state);
      // Given back to be mended: the mark that it was sent would hide it.
      if (record.state === "sent" && !isThere && record.sentAt < since) await store.removeMark(record.visit);
      if (record.state !== "open" || record.dirty || !isThere) continue;
      // Sent from another device, and the server has all that is here.
      const content = (await store.read(record.visit))?.content;
      if (content?.photos.every(({ id }) => record.kept.includes(id))) await store.dropSent(record.visit, record.changed);
    }
  };

  const bindBegin = () => {
    const form = byId("begin");
    if (!form) return;
    // The visit's address is known before anybody begins, so this works without a network too.
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.assign(form.dataset.page);
    });
  };

  const start = async () => {
    offerInstall();
    const missing = await findMissing();
    warn(...missing);
    if (missing.includes("no_secure") || missing.includes("no_store")) return;
    bindBegin();
    for (const link of document.querySelectorAll("[data-needs-script]")) link.hidden = false;
    // Neither is waited for: one browser never answers the first, and the second may take as long as it likes.
    navigator.storage?.persist?.().catch(() => {});
    const worker = navigator.serviceWorker?.register("/capture/worker.js", { scope: "/", updateViaCache: "none" });
    worker?.catch(() => warn("no_worker"));
    store.listen(({ what }) => { if (what !== "person") draw().catch(() => {}); });
    await draw();
    const since = Date.now();
    const state = await fetchState().catch(() => null);
    if (!state || state.isStranger) {
      // Kept here, so it opens all the same; only the server has to know who is asking.
      byId("network").replaceChildren(...(state ? [make("a", { className: "go", href: door, textContent: say("sign_in") })] : ["○ " + say("offline")]));
      for (const card of cards.values()) await showReady(card, false);
      return;
    }
    await store.setPerson(state.uid, state.key);
    // This page was kept for somebody else who used the phone before.
    if (state.uid !== uid) return location.reload();
    await store.keepVisits(uid, state.visits);
    await reconcile(state.visits, since);
    await draw();
    sender.run({ reason: "lists" });
    const { quota, free } = await store.estimate();
    if (quota && free < LITTLE_ROOM) warn("little_room");
    if (!self.caches || !worker) return;
    await navigator.serviceWorker.ready;
    await prepare(state).catch(() => {});
    for (const card of cards.values()) await showReady(card, false);
  };
  start().catch(() => warn("no_store"));
})();

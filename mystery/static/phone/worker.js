// The service worker of the phone pages: opens them without a network, and sends what waits when nobody looks.
// Whatever is not a GET is left alone: some browsers lose the files of a form that a worker passes on.
(() => {
  "use strict";
  const { store, sender, pages } = self.Lists;
  const { build, assets, offline } = self.SHELL;
  const CACHE = "assets-" + build;
  const OLDER_KEPT = 2;
  const PATIENCE = 3e3;
  const LONGEST = 20e3;
  const ID = "[0-9a-f-]{36}";
  const SHEET = new RegExp(`^/capture/${ID}/${ID}(/notes)?$`);
  const INSIDE = /^\/capture(\/|$)/;
  const LIST = new RegExp(`^/capture(/assignments/${ID})?/?$`);

  const within = (milliseconds, work) => Promise.race([
    work,
    new Promise((_resolve, reject) => { setTimeout(() => reject(new Error("time")), milliseconds); }),
  ]);

  addEventListener("install", (event) => event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(assets);
    const page = await fetch(offline, { cache: "reload" });
    if (!page.ok || page.redirected) throw new Error("no page to show without a network");
    await cache.put(offline, page);
    await self.skipWaiting();
  })()));

  // Pages that are kept name the assets of the build that made them, so older ones stay for a while.
  addEventListener("activate", (event) => event.waitUntil((async () => {
    const older = (await caches.keys()).filter((name) => name.startsWith("assets-") && name !== CACHE);
    await Promise.all(older.slice(0, -OLDER_KEPT).map((name) => caches.delete(name)));
    await self.clients.claim();
  })()));

  addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname, search } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    if (request.mode === "navigate") event.respondWith(INSIDE.test(pathname) ? navigate(event, pathname, search) : pass(request));
    else if (pathname.startsWith("/assets/") || assets.includes(pathname)) event.respondWith(serveAsset(event, pathname));
  });

  const serveAsset = async (event, path) => {
    const found = await pages.find(path);
    if (found) return found;
    const response = await within(LONGEST, fetch(event.request));
    if (response.ok && path.startsWith("/assets/")) {
      const copy = response.clone();
      event.waitUntil(caches.open(CACHE).then((cache) => cache.put(path, copy)).catch(() => {}));
    }
    return response;
  };

  const findPage = async (path) => {
    const person = await store.currentPerson();
    return person ? (await pages.open(person.uid)).match(path, pages.LOOSE) : undefined;
  };

  // The other pages of the house are not kept here; without a network there is at least a way back to the lists. They may
  // take their time: a report is not printed in seconds.
  const pass = async (request) => {
    try {
      return await fetch(request);
    } catch {
      return (await pages.find(offline)) || Response.error();
    }
  };

  // Whoever comes from the door may be somebody else, and what was kept for the last person is not for his eyes. The referrer
  // is the browser's own word, through redirects too. Where something has taken it out, little is shown: who signs out takes
  // his pages along, no answers are in them, and the lists go as soon as the server names somebody else.
  // Who comes from another page of the house had a network a moment ago, and waits for the server's own word.
  const navigate = async (event, path, search) => {
    const from = new URL(event.request.referrer || location.href).pathname;
    const isFromElsewhere = from.startsWith("/") && !INSIDE.test(from);
    const finding = from.startsWith("/sign-in") ? Promise.resolve() : findPage(path);
    const find = (milliseconds) => within(milliseconds, finding).catch(() => undefined);
    const kept = await find(PATIENCE);
    // A list never changes within its version. With a query the server has something of its own to say.
    if (kept && !search && SHEET.test(path)) return kept;
    const fresh = fetch(event.request);
    if (LIST.test(path)) event.waitUntil(fresh.then((response) => pages.keep(path, response.clone())).catch(() => {}));
    try {
      const response = await within(kept && !isFromElsewhere ? PATIENCE : LONGEST, fresh);
      return kept && response.status >= 500 ? kept : response;
    } catch {
      // A store that was busy had more time now than the network deserved.
      return (await find(LONGEST)) || (await pages.find(offline)) || Response.error();
    }
  };

  // What is not due yet is waited for a little; when something is left, the browser is asked to come again.
  const sendAll = async () => {
    for (let round = 0; round < 3; round++) {
      const wait = await sender.run({ reason: "sync" });
      if (wait === null) return;
      if (wait > LONGEST) break;
      await new Promise((resolve) => { setTimeout(resolve, wait); });
    }
    throw new Error("something is left to be sent");
  };
  addEventListener("sync", (event) => event.waitUntil(sendAll()));
  addEventListener("message", (event) => event.waitUntil(sendAll().catch(() => {})));
})();

// Pages kept for reading without a network: one cache a person, and only pages that are surely his.
(() => {
  "use strict";
  const { store } = self.Lists;
  const LOOSE = { ignoreSearch: true, ignoreVary: true };
  const STAMP = "X-Stamp";

  const open = (uid) => caches.open("pages-" + uid);

  // A sign-in page that came instead, or the page of whoever else is signed in, is never kept.
  const keep = async (path, response, stamp = "") => {
    const person = await store.currentPerson();
    const isHis = person && response.ok && !response.redirected && response.headers.get("X-Page-Uid") === person.uid;
    if (!isHis) return "";
    const text = await response.text();
    const headers = new Headers(response.headers);
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    headers.set(STAMP, stamp);
    await (await open(person.uid)).put(path, new Response(text, { headers }));
    return text;
  };

  // What a page needs besides itself; every asset is named by its content, so whichever cache has it will do.
  const listAssets = (text) => [...new Set(text.match(/\/assets\/[\w.-]+/g) || [])];
  const find = (path) => caches.match(path, LOOSE);

  // Whether a page would open with the server dead.
  const isReady = async (uid, path) => {
    const page = await (await open(uid)).match(path, LOOSE);
    if (!page) return false;
    const found = await Promise.all(listAssets(await page.text()).map(find));
    return found.every(Boolean);
  };

  self.Lists.pages = { LOOSE, STAMP, open, keep, listAssets, find, isReady };
})();

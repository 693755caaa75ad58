// Brings to the server what waits on this phone: photos in pieces, then the report or the draft. It deletes nothing
// before the server has named the hash of every photo. One sender works at a time, in whichever tab or worker it is.
(() => {
  "use strict";
  const { store } = self.Lists;
  const CHUNK = 256 * 1024;
  const TIME_LIMIT = 60e3;
  const LONGEST_WAIT = 300e3;
  const BETWEEN_DRAFTS = 15e3;
  // So long a page whose person is there has a list to itself, after each time that it has tried in vain.
  const HOLD = 40e3;
  const AWAY = ["network", "server"];
  const PASSING = [...AWAY, "signed_out"];

  const stop = (fault, status = 0) => Object.assign(new Error(fault), { fault, status });

  // The answer, if its status is one of `wanted`; else throws what stopped us.
  const ask = async (method, path, { headers, body, uid }, ...wanted) => {
    let response, text;
    try {
      const signal = AbortSignal.timeout(TIME_LIMIT);
      response = await fetch("/capture/phone/" + path, { method, headers, body, signal, redirect: "manual", cache: "no-store" });
      text = await response.text();
    } catch {
      throw stop("network");
    }
    const { status } = response;
    const reader = response.headers.get("X-Page-Uid");
    // Somebody else may have signed in on this phone meanwhile; what needs its person's own session waits for it.
    const isOther = uid && reader && reader !== uid;
    if (status === 401 || isOther || response.type === "opaqueredirect") throw stop("signed_out", status);
    if (status >= 500 || [408, 425, 429].includes(status)) throw stop("server", status);
    if (!wanted.includes(status)) throw stop(status === 413 ? "too_large" : "refused", status);
    try {
      return { status, header: (name) => response.headers.get(name), said: text ? JSON.parse(text) : {} };
    } catch {
      // Not our server: somebody's page in between, as hotels have them.
      throw stop("network");
    }
  };
  const put = (path, { headers, uid }, value, ...wanted) => {
    const body = JSON.stringify({ ...value, at: new Date().toISOString() });
    return ask("PUT", path, { headers: { ...headers, "Content-Type": "application/json" }, body, uid }, ...wanted);
  };

  const upload = async (path, headers, photo, { bytes, type, size, sha256 }) => {
    const head = await ask("HEAD", path, { headers }, 200, 404);
    let offset = Number(head.header("Upload-Offset"));
    let state = head.header("Upload-State") || "receiving";
    for (let left = Math.ceil(size / CHUNK) + 5; state === "receiving"; left--) {
      // Pieces that come out wrong again and again would empty the battery.
      if (!left) throw stop("hash");
      const about = {
        "Content-Type": type, "Upload-Offset": offset, "Upload-Length": size, "Upload-Sha256": sha256,
        "Upload-Original": photo.original || sha256, "Upload-Question": photo.question || "",
      };
      const body = bytes.slice(offset, offset + CHUNK);
      const answer = await ask("PATCH", path, { headers: { ...headers, ...about }, body }, 204, 409, 460);
      offset = Number(answer.header("Upload-Offset"));
      state = answer.header("Upload-State") || state;
    }
  };

  // What stood in the way of a photo, if anything did: the others go on, and an open draft is copied all the same.
  const sendPhotos = async (record, headers) => {
    let trouble = null;
    for (const photo of record.content.photos) {
      // While the page is open it makes the picture smaller first.
      if (record.kept.includes(photo.id) || (photo.raw && record.state === "open")) continue;
      try {
        const found = await store.readPhoto(photo.id);
        if (!found) throw stop("photo_lost");
        await upload(`${record.visit}/photos/${photo.id}`, headers, photo, found);
        await store.patch(record.visit, (row) => { row.kept.push(photo.id); });
      } catch (error) {
        if (PASSING.includes(error.fault)) throw error;
        trouble = error;
      }
    }
    return trouble;
  };

  // A draft whose saving was never confirmed is no clash: the server knows it again by its writer.
  const sendDraft = async (record, value) => {
    const { status, said } = await put(`${record.visit}/draft`, record, value, 200, 409);
    if (status === 409) {
      await store.keepClash(record.visit, said);
      return { state: "clash" };
    }
    const isDraft = said.state === "draft";
    await store.patch(record.visit, (row) => {
      if (isDraft) row.base = said.revision;
      // It was sent from elsewhere; as a report, what is here will be kept beside it.
      else row.state = "queued";
      if (isDraft && row.changed === record.changed) row.dirty = false;
    });
    return isDraft ? { state: "draft" } : null;
  };

  const sendReport = async (record, headers, value, strict) => {
    const { visit, changed } = record;
    const photos = value.photos.map(({ id, question, sha256 }) => ({ id, question, sha256 }));
    const { status, said } = await put(`${visit}/report`, { headers }, { ...value, visit, photos, strict }, 200, 409, 422);
    if (status === 422) {
      await store.patch(visit, (row) => { Object.assign(row, { state: "open", base: said.revision ?? row.base }); });
      return { state: "problems", problems: said.problems };
    }
    if (said.error === "clash") {
      // Refused, and saved from elsewhere meanwhile: whoever is there to mend it chooses first. What stands there is told to
      // the session of its person only, when the draft is sent.
      await store.patch(visit, (row) => { row.state = "open"; });
      return null;
    }
    const isNamed = ({ id, sha256 }) => said.photos?.some((each) => each.id === id && each.sha256 === sha256);
    if (status === 200 && photos.every(isNamed)) {
      await store.dropSent(visit, changed);
      return said;
    }
    const isKept = (id) => (status === 409 ? !said.missing.includes(id) : isNamed(photos.find((each) => each.id === id) || {}));
    await store.patch(visit, (row) => { row.kept = row.kept.filter(isKept); });
    return null;
  };

  const pack = ({ content: { ticket, place, ...content }, version, assignment, base, changed }) => ({
    headers: ticket ? { "X-Ticket": ticket } : {},
    // The turn tells the server which of two is the later, should the network deliver the earlier one last.
    value: { ...content, version, assignment, revision: base, turn: changed },
  });

  // For a page that can write nothing down here: all goes to the server as a draft. Gives its revision, or the one gone on from.
  const bring = async (record) => {
    const { headers, value } = pack(record);
    await sendPhotos({ ...record, state: "queued" }, headers);
    const { status, said } = await put(`${record.visit}/draft`, record, value, 200, 409);
    return status === 200 && said.state === "draft" ? said.revision : record.base;
  };

  // One go at one visit; null when it has to be done anew with what was learned.
  const deliver = async (record, strict) => {
    const { headers, value } = pack(record);
    const trouble = await sendPhotos(record, headers);
    if (record.state !== "open" && !trouble) return sendReport(record, headers, value, strict);
    const result = record.state === "open" && (record.clash ? { state: "clash" } : await sendDraft(record, value));
    if (trouble && result !== null) throw trouble;
    return result;
  };

  const send = async (visit, strict) => {
    let answer = null;
    try {
      for (let rounds = 3; !answer; rounds--) {
        const record = await store.read(visit);
        if (!record || record.state === "sent") return { state: record ? "sent" : "none" };
        if (!record.content) throw stop("locked");
        if (!rounds) throw stop("unnamed");
        answer = await deliver(record, strict);
      }
    } catch (error) {
      answer = { state: "fault", fault: error.fault || "phone", status: error.status || 0 };
    }
    const { state, fault = "", status = 0 } = answer;
    await store.patch(visit, (row) => {
      row.tries = fault ? row.tries + 1 : 0;
      const wait = Math.min(LONGEST_WAIT, 1e3 * 2 ** row.tries) * (0.5 + Math.random() / 2);
      row.nextTry = Date.now() + (fault ? wait : state === "draft" ? BETWEEN_DRAFTS : 0);
      row.heldUntil = fault && strict ? Date.now() + HOLD : 0;
      Object.assign(row, { fault, status });
      if (row.state === "queued" && ["refused", "too_large"].includes(fault)) row.state = "stuck";
    });
    store.tell(visit, { draft: "synced", submitted: "sent", set_aside: "sent", problems: "written" }[state] || state);
    return answer;
  };

  // Milliseconds until a record may be tried; undefined for one with nothing to send. A clock that was set back strands none.
  const waitOf = (record, person) => {
    const { state, dirty, clash, uid, canRead, nextTry } = record;
    const isDraft = state === "open" && dirty && !clash && uid === person?.uid;
    if (!canRead || !(isDraft || store.isWaiting(record))) return undefined;
    const wait = Math.max(nextTry, holdOf(record)) - Date.now();
    return wait > 0 && wait <= LONGEST_WAIT ? wait : 0;
  };
  const holdOf = ({ state, heldUntil = 0 }) => (state === "queued" && heldUntil - Date.now() <= HOLD ? heldUntil : 0);

  let pause = 0;
  const pass = async (isEager) => {
    const person = await store.currentPerson();
    // Whatever failed most comes last, so that one list the server chokes on holds up no other.
    const records = (await store.list()).sort((one, other) => one.tries - other.tries);
    if (isEager) pause = 0;
    for (const record of records) {
      const isWorthIt = isEager && holdOf(record) <= Date.now() && (record.state === "open" || PASSING.includes(record.fault));
      const wait = waitOf(record, person);
      if (wait === undefined || (wait && !isWorthIt)) continue;
      const { fault } = await send(record.visit, false);
      if (!AWAY.includes(fault)) continue;
      pause = Date.now() + ((await store.list()).find(({ visit }) => visit === record.visit)?.nextTry - Date.now() || 0);
      break;
    }
    const waits = (await store.list()).map((record) => waitOf(record, person)).filter((wait) => wait !== undefined);
    return waits.length ? Math.max(1e3, Math.min(...waits), pause - Date.now()) : null;
  };

  let chain = Promise.resolve();
  const alone = (options, work) => {
    if (navigator.locks) return navigator.locks.request("lists-send", options, work);
    chain = chain.then(work, work);
    return chain;
  };

  let timer = 0;
  let due = 0;
  const later = (wait) => {
    if (!self.document || (timer && due <= Date.now() + wait)) return;
    clearTimeout(timer);
    due = Date.now() + wait;
    timer = setTimeout(() => { timer = 0; run({ reason: "timer" }); }, wait);
  };

  // One pass over everything that is due; the milliseconds until more will be, or null when nothing waits.
  const run = async ({ reason = "" } = {}) => {
    if (reason === "draft") return later(4e3);
    // A phone that is full cannot even write down that it has tried; later perhaps it can.
    const wait = await alone({ ifAvailable: true }, (lock) => (lock === null ? 2e3 : pass(reason !== "timer"))).catch(() => 15e3);
    if (wait === null) return null;
    later(wait);
    if (self.document) navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("lists-send")).catch(() => {});
    return wait;
  };

  const sendNow = async (visit, { strict = false } = {}) => {
    const signal = AbortSignal.timeout(TIME_LIMIT);
    const answer = await alone({ signal }, () => send(visit, strict)).catch(() => ({ state: "fault", fault: "network" }));
    later(1e3);
    return answer;
  };

  self.Lists.sender = { run, sendNow, bring };
  if (!self.document) return;
  // When the page is hidden as well: the phone may be put away for long.
  const wake = (event) => { run({ reason: event.type }); };
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", wake);
  store.listen(({ what }) => { if (what === "written") later(4e3); });
})();

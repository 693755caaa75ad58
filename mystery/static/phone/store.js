// What was entered, kept on this phone: durable before it is acknowledged, and unreadable without its person's key.
// Database "lists": people {uid, key}, meta {id, uid}, drafts by visit, photos by id. Only boxes hold what was entered.
(() => {
  "use strict";
  const Lists = (self.Lists = self.Lists || {});
  const encoder = new TextEncoder();
  const fail = (name) => Object.assign(new Error(name), { name });

  let opening = null;
  const open = () => {
    opening ||= new Promise((resolve, reject) => {
      const request = indexedDB.open("lists", 1);
      request.onupgradeneeded = () => {
        const make = (name, keyPath) => request.result.createObjectStore(name, { keyPath });
        make("people", "uid");
        make("meta", "id");
        make("drafts", "visit");
        make("photos", "id").createIndex("visit", "visit");
      };
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const db = request.result;
        // Phones close connections when memory is short, another tab may bring a newer version: the next use opens anew.
        db.onclose = () => { opening = null; };
        db.onversionchange = () => { opening = null; db.close(); };
        resolve(db);
      };
    }).catch((error) => { opening = null; throw error; });
    return opening;
  };

  const ask = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  // `work` gets the named stores, and awaits nothing but them: the transaction would close. Resolves when it is durable.
  const transact = async (mode, names, work) => {
    for (let isFirst = true; ; isFirst = false) {
      const db = await open();
      try {
        const transaction = db.transaction(names, mode, { durability: "strict" });
        const done = new Promise((resolve, reject) => {
          transaction.oncomplete = resolve;
          transaction.onabort = () => reject(transaction.error || fail("AbortError"));
        });
        const result = work(...names.map((name) => transaction.objectStore(name))).catch((error) => {
          try { transaction.abort(); } catch { /* It has ended already. */ }
          throw error;
        });
        return (await Promise.all([result, done]))[0];
      } catch (error) {
        // The connection was lost behind our back; what failed left nothing behind, so it may be tried once more.
        if (!isFirst || !["InvalidStateError", "UnknownError", "AbortError"].includes(error.name)) throw error;
        opening = null;
      }
    }
  };
  const look = (names, work) => transact("readonly", names, work);
  const alter = (names, work) => transact("readwrite", names, work);

  // Everything that is sealed is bound to what it is and to whom it belongs: a box moved elsewhere does not open.
  const algorithm = (iv, label) => ({ name: "AES-GCM", iv, additionalData: encoder.encode(label) });
  const seal = async (key, label, bytes) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt(algorithm(iv, label), key, bytes) };
  };
  const unseal = (key, label, box) => crypto.subtle.decrypt(algorithm(box.iv, label), key, box.data);
  const sealText = (key, label, value) => seal(key, label, encoder.encode(JSON.stringify(value)));
  const unsealText = async (key, label, box) => JSON.parse(new TextDecoder().decode(await unseal(key, label, box)));
  const label = (kind, id, uid) => `${kind}:${id}:${uid}`;
  const hash = async (bytes) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const strip = ({ box, ...plain }) => plain;
  const channel = new BroadcastChannel("lists");
  const tell = (visit, what) => channel.postMessage({ visit, what });
  // A channel of its own, so that a page hears itself as well.
  const listen = (hear) => { new BroadcastChannel("lists").onmessage = (event) => hear(event.data); };

  // The row of a visit and the key of its person; either may be missing.
  const fetchRow = (visit) => look(["drafts", "people"], async (drafts, people) => {
    const row = await ask(drafts.get(visit));
    const person = row && (await ask(people.get(row.uid)));
    return [row, person && person.key];
  });

  const read = async (visit) => {
    const [row, key] = await fetchRow(visit);
    if (!row) return null;
    const opened = (kind, box) => key && box ? unsealText(key, label(kind, visit, row.uid), box).catch(() => null) : null;
    return { ...strip(row), content: await opened("draft", row.box), clash: await opened("clash", row.clash) };
  };

  // Changes that wait for the same visit share a transaction. A photo travels alone: a full phone shall refuse the photo,
  // not the words that were typed beside it.
  const queues = new Map();
  const write = (visit, change, { photo } = {}) => new Promise((resolve, reject) => {
    const job = { change, photo, resolve, reject };
    const queue = queues.get(visit);
    if (queue) return queue.push(job);
    queues.set(visit, [job]);
    drain(visit);
  });
  const drain = async (visit) => {
    const queue = queues.get(visit);
    while (queue.length) {
      const words = queue.findIndex((job) => job.photo);
      let jobs = queue.splice(0, words < 0 ? queue.length : words || 1);
      let record = null;
      while (jobs.length && !record) {
        try {
          record = await commit(visit, jobs);
        } catch (error) {
          // One change that fails takes only itself away; anything else is everybody's trouble.
          const bad = jobs.filter((job) => !error.job || job === error.job);
          for (const job of bad) job.reject(error.job ? error.cause : error);
          jobs = jobs.filter((job) => !bad.includes(job));
        }
      }
      if (record) tell(visit, "written");
      for (const job of jobs) job.resolve(record);
    }
    queues.delete(visit);
  };

  // The record as it is now on the phone; null when another tab or the sender was faster, and all has to be done anew.
  const commit = async (visit, jobs) => {
    const [row, key] = await fetchRow(visit);
    if (!row) throw fail("NotBegunError");
    if (!row.box) throw fail("SentError");
    if (!key) throw fail("NoKeyError");
    const content = await unsealText(key, label("draft", visit, row.uid), row.box);
    const record = { ...strip(row), dirty: true };
    const pictures = [];
    for (const job of jobs) {
      try {
        job.change?.(content, record);
      } catch (cause) {
        throw Object.assign(new Error("change", { cause }), { job });
      }
      if (job.photo) pictures.push(await sealPhoto(key, row, job.photo));
    }
    content.photos = content.photos.filter((each) => !content.removed.includes(each.id));
    // What was queued just now is tried first by the page, which can show what is missing.
    if (record.state !== row.state) Object.assign(record, { fault: "", tries: 0, nextTry: Date.now() + 15e3, heldUntil: 0 });
    const changes = Object.entries(record).filter(([name, value]) => row[name] !== value);
    const box = await sealText(key, label("draft", visit, row.uid), content);
    return alter(["drafts", "photos"], async (drafts, photos) => {
      const now = await ask(drafts.get(visit));
      if (now?.changed !== row.changed) return null;
      const next = { ...now, ...Object.fromEntries(changes), box, changed: row.changed + 1 };
      drafts.put(next);
      for (const picture of pictures) photos.put(picture);
      for (const id of content.removed) photos.delete(id);
      return strip(next);
    });
  };

  // Bytes never change under an id. What is known about a photo besides is the content's, and `change` puts it there.
  const sealPhoto = async (key, { visit, uid }, { id, bytes, type, sha256 }) => ({
    id, visit, uid, size: bytes.byteLength, type, sha256: sha256 || (await hash(bytes)),
    box: await seal(key, label("photo", id, uid), bytes),
  });

  const readPhoto = async (id) => {
    const [row, person] = await look(["photos", "people"], async (photos, people) => {
      const found = await ask(photos.get(id));
      return [found, found && (await ask(people.get(found.uid)))];
    });
    if (!row || !person) return null;
    return { ...strip(row), bytes: await unseal(person.key, label("photo", id, row.uid), row.box) };
  };

  // Plain fields only, for the sender; what a person entered is not touched.
  const patch = (visit, change) => alter(["drafts"], async (drafts) => {
    const row = await ask(drafts.get(visit));
    if (!row) return null;
    change(row);
    drafts.put(row);
    return strip(row);
  });

  // What the server said about a person's visits (their tickets too), for pages that are opened without a network.
  const keepVisits = async (uid, visits) => {
    const box = await sealText(await keyOf(uid), label("visits", "", uid), visits);
    await alter(["meta"], async (meta) => { meta.put({ id: "visits:" + uid, box }); });
  };
  const recall = async (visit, uid) => {
    const row = await look(["meta"], (meta) => ask(meta.get("visits:" + uid)));
    const visits = row ? await unsealText(await keyOf(uid), label("visits", "", uid), row.box) : [];
    return visits.find((each) => each.visit === visit) || null;
  };
  const keyOf = async (uid) => {
    const person = await look(["people"], (people) => ask(people.get(uid)));
    if (!person) throw fail("NoKeyError");
    return person.key;
  };

  const begin = async ({ visit, version, assignment, uid, ticket, place = "", base = 0 }) => {
    const known = ticket ? null : await recall(visit, uid).catch(() => null);
    // The server knows this draft again by its writer, even when the answer to its last save was lost.
    const content = { fields: [], events: [], answered: {}, photos: [], removed: [], writer: crypto.randomUUID(), ticket: ticket || known?.ticket || "", place };
    const box = await sealText(await keyOf(uid), label("draft", visit, uid), content);
    const plain = { visit, uid, assignment, version, state: "open", base, dirty: false, changed: 1 };
    await alter(["drafts"], async (drafts) => {
      if (await ask(drafts.getKey(visit))) return;
      drafts.put({ ...plain, queuedAt: 0, tries: 0, nextTry: 0, fault: "", kept: [], clash: null, box });
    });
    return read(visit);
  };

  // The other side of a clash is as private as the draft.
  const keepClash = async (visit, theirs) => {
    const [row, key] = await fetchRow(visit);
    const clash = await sealText(key, label("clash", visit, row.uid), theirs);
    return patch(visit, (each) => { each.clash = clash; });
  };

  // Only the sender calls this, when the server has named the hash of every photo. What changed meanwhile stays.
  const dropSent = (visit, changed) => alter(["drafts", "photos"], async (drafts, photos) => {
    const row = await ask(drafts.get(visit));
    if (row?.changed !== changed) return false;
    for (const id of await ask(photos.index("visit").getAllKeys(visit))) photos.delete(id);
    drafts.put({ ...row, state: "sent", dirty: false, fault: "", clash: null, box: null, sentAt: Date.now() });
    return true;
  });
  // The mark that a visit was sent from here; never a draft.
  const removeMark = (visit) => alter(["drafts"], async (drafts) => {
    const row = await ask(drafts.get(visit));
    if (row && !row.box) drafts.delete(visit);
  });

  const dropPages = async (stays) => {
    const names = self.caches ? await caches.keys().catch(() => []) : [];
    await Promise.all(names.filter((name) => name.startsWith("pages-") && !stays(name.slice(6))).map((name) => caches.delete(name)));
  };
  const isWaiting = ({ state }) => state === "queued" || state === "stuck";

  // Whoever uses the phone now. The key of somebody else stays only while something of his waits to be sent.
  const setPerson = async (uid, encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    await alter(["people", "meta", "drafts"], async (people, meta, drafts) => {
      const rows = (await ask(drafts.getAll())).filter((row) => row.box);
      const known = await ask(people.getAllKeys());
      for (const each of known) {
        if (each !== uid && !rows.some((row) => row.uid === each && isWaiting(row))) people.delete(each);
      }
      const own = rows.filter((row) => row.uid === uid);
      // A key that has sealed something is never replaced, even if the server were to derive another one.
      if (!known.includes(uid) || !own.length) people.put({ uid, key });
      meta.put({ id: "current", uid });
      for (const row of own) if (row.fault === "signed_out") drafts.put({ ...row, fault: "", nextTry: 0 });
    });
    await dropPages((each) => each === uid);
    tell("", "person");
  };

  const currentPerson = () => look(["meta", "people"], async (meta, people) => {
    const current = await ask(meta.get("current"));
    return current ? { uid: current.uid, canRead: !!(await ask(people.getKey(current.uid))) } : null;
  });

  // At sign-out: without the key and the pages, what waits cannot be read here until its person signs in again.
  const forgetPerson = async (uid) => {
    await alter(["people", "meta"], async (people, meta) => {
      people.delete(uid);
      meta.delete("visits:" + uid);
      if ((await ask(meta.get("current")))?.uid === uid) meta.delete("current");
    });
    await dropPages((each) => each !== uid);
    tell("", "person");
  };

  // For the emergency file: nothing is opened but what has to be sealed anew.
  const takeSealed = async (visit, content) => {
    const [row, key] = await fetchRow(visit);
    if (!row?.box || (content && !key)) throw fail(row?.box ? "NoKeyError" : "NotBegunError");
    const box = content ? await sealText(key, label("draft", visit, row.uid), content) : row.box;
    const photos = await look(["photos"], (rows) => ask(rows.index("visit").getAll(visit)));
    return { row: strip(row), box, photos };
  };

  const list = () => look(["drafts", "people"], async (drafts, people) => {
    const known = await ask(people.getAllKeys());
    return (await ask(drafts.getAll())).map((row) => ({ ...strip(row), canRead: known.includes(row.uid) }));
  });

  const estimate = async () => {
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.().catch(() => null)) || {};
    return { usage, quota, free: quota - usage };
  };

  Lists.store = {
    setPerson, currentPerson, forgetPerson, begin, read, write, patch, list, readPhoto, keepClash, keepVisits, recall, takeSealed,
    dropSent, removeMark, estimate, hash, tell, listen, isWaiting,
  };
})();

// The screen for the time of a visit. To anybody else it is a list; each tap is a moment that is durable before it is shown.
// Whoever comes back to it, by whatever way, first meets the shopping list.
(() => {
  "use strict";
  const { store, opening, events: reader, camera, memo, openDecoy } = self.Lists;
  const { visit, version, assignment, uid, words: encoded } = document.body.dataset;
  const words = JSON.parse(encoded);
  const byId = (id) => document.getElementById(id);
  const taps = byId("taps");
  const rows = [...taps.querySelectorAll("[data-kind]")];
  const cueOf = (question) => rows.find((row) => row.dataset.question === question)?.dataset.cue || "";
  const DOUBLE_TAP = 450;
  const OPEN = "open";

  let log = [];
  let seen = reader.read(log);
  // Why nothing can be kept just now: a word of `words`, or empty.
  let closed = "opening";

  // ---- What is shown ----
  const tell = (text, isTrouble = false) => {
    byId("kept").textContent = (isTrouble ? "▲ " : "") + text;
    byId("kept").classList.toggle("warn", isTrouble);
  };
  const showTimer = (row) => {
    const { running, last } = seen.timers[row.dataset.question] || {};
    row.setAttribute("aria-pressed", !!running);
    row.querySelector(".mark").textContent = running ? "◐" : last ? "●" : "○";
    row.querySelector(".figure").textContent = running ? reader.write(reader.measure(running, Date.now())) : last ? reader.write(last.seconds) : "";
  };
  const showTally = (row) => {
    const { count = 0 } = seen.tallies[row.dataset.question] || {};
    row.querySelector(".mark").textContent = count ? "●" : "○";
    row.querySelector(".figure").textContent = count || "";
    row.nextElementSibling.disabled = !count || !!closed;
  };
  const show = () => {
    for (const row of rows) (row.dataset.kind === "timer" ? showTimer : showTally)(row);
    for (const control of taps.querySelectorAll("[data-writes]")) control.disabled = !!closed;
    byId("undo").disabled = !!closed || !seen.last;
    byId("undone").textContent = seen.last ? describe(seen.last) : "";
    byId("full").hidden = !(seen.end || closed) || closed === "opening";
    byId("here").hidden = closed !== "elsewhere";
    byId("door").hidden = closed !== "locked";
    tick();
  };
  const describe = ({ kind, question, value, id }) => {
    const cue = cueOf(question);
    if (kind === "start") return `${cue} 0:00`;
    if (kind === "stop") return `${cue} ${reader.write(seen.timers[question]?.last?.seconds || 0)}`;
    if (kind === "tally") return `${cue} ${seen.tallies[question]?.count || 0}`;
    if (kind === "name" || kind === "note") return value.slice(0, 24);
    return words[kind] || "";
  };

  let timer = 0;
  const tick = () => {
    clearTimeout(timer);
    const running = rows.filter((row) => seen.timers[row.dataset.question]?.running);
    if (taps.hidden || !running.length) return;
    running.forEach(showTimer);
    timer = setTimeout(tick, 1000 - (Date.now() % 1000));
  };

  // ---- A tap ----
  const explain = ({ name }) => {
    if (/Quota/.test(name)) return words.full;
    if (name === "NoKeyError") return words.locked;
    return name === "SentError" ? words.finished : words.failed;
  };
  // `build` gets what the taps say so far, and the content to be changed along; it returns the event, or null for none.
  const tap = async (build, options) => {
    const made = { id: crypto.randomUUID(), at: new Date().toISOString() };
    let event = null;
    let latest = log;
    try {
      await store.write(visit, (content) => {
        event = build(reader.read(content.events), content);
        if (event) content.events.push({ ...made, question: "", value: "", ...event });
        latest = content.events;
      }, options);
    } catch (error) {
      tell(`${words.lost} ${explain(error)}`, true);
      return false;
    }
    log = latest;
    seen = reader.read(log);
    show();
    tell(`${event && event.kind !== "undo" ? describe(event) : words.undone} · ${words.kept}`);
    return true;
  };
  const refresh = async () => {
    const record = await store.read(visit);
    log = record?.content?.events || log;
    seen = reader.read(log);
    show();
    return record;
  };

  const turnTimer = (question) => tap(({ timers }) => ({ kind: timers[question]?.running ? "stop" : "start", question }));
  // Nobody notices a timer that runs on in a pocket.
  const finish = async () => {
    if (!(await tap(() => ({ kind: "end" })))) return;
    const running = rows.filter((row) => seen.timers[row.dataset.question]?.running).map((row) => row.dataset.cue);
    if (running.length) tell(words.running.replace("#", running.join(", ")), true);
  };
  const count = (question) => tap(() => ({ kind: "tally", question, value: 1 }));
  const takeBack = (find) => tap((now, content) => {
    const last = find(now);
    if (!last) return null;
    if (last.kind === "photo" || last.kind === "memo") content.removed.push(last.value);
    return { kind: "undo", question: last.question, value: last.id };
  });

  // ---- Words: a name that was heard, or a line to remember ----
  const writing = byId("writing");
  const openWriting = (kind) => {
    writing.hidden = writing.dataset.kind === kind && !writing.hidden;
    writing.dataset.kind = kind;
    const box = writing.elements.line;
    box.maxLength = kind === "name" ? 60 : 300;
    box.setAttribute("aria-label", words[kind]);
    if (!writing.hidden) box.focus();
  };
  writing.addEventListener("submit", async (event) => {
    event.preventDefault();
    const box = writing.elements.line;
    const value = box.value.trim();
    if (!value || !(await tap(() => ({ kind: writing.dataset.kind, value })))) return;
    box.value = "";
    writing.hidden = true;
  });

  // ---- Pictures and sound ----
  const view = byId("view");
  const keepFile = (kind, question, packing) => packing.then(({ bytes, ...about }) => tap((_now, content) => {
    content.photos.push({ ...about, question, at: new Date().toISOString() });
    return { kind, question, value: about.id };
  }, { photo: { ...about, bytes } }), () => tell(`${words.lost} ${words.unreadable}`, true));
  const closeCamera = () => {
    camera.close();
    byId("camera").hidden = true;
  };
  const openCamera = async () => {
    if (!byId("camera").hidden) return closeCamera();
    byId("camera").hidden = false;
    byId("shoot").hidden = true;
    try {
      await camera.open(view);
      if (taps.hidden) return closeCamera();
      byId("shoot").hidden = false;
    } catch {
      tell(words.no_camera);
    }
    view.hidden = byId("shoot").hidden;
    byId("camera").scrollIntoView({ block: "end" });
  };
  const shoot = () => keepFile("photo", byId("about").value, camera.shoot(view));
  byId("shoot").addEventListener("click", shoot);
  byId("file").addEventListener("change", async ({ target }) => {
    for (const file of [...target.files]) await keepFile("photo", byId("about").value, camera.take(file));
    target.value = "";
  });

  const showMemo = (isRunning) => byId("memo")?.setAttribute("aria-pressed", isRunning);
  const turnMemo = () => {
    if (memo.isRunning()) return memo.stop();
    showMemo(true);
    return memo.start((part) => keepFile("memo", "", Promise.resolve(part)), () => showMemo(false)).catch(() => {
      showMemo(false);
      tell(words.no_sound, true);
    });
  };

  // One fix: to about ten metres, which tells the shop and not the shelf.
  const noteplace = () => {
    tell(words.looking);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const [latitude, longitude] = [coords.latitude, coords.longitude].map((degrees) => Math.round(degrees * 1e4) / 1e4);
      const accuracy = Math.max(10, Math.ceil(coords.accuracy / 10) * 10);
      tap(() => ({ kind: "place", value: { latitude, longitude, accuracy } }));
    }, () => tell(words.no_place, true), { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 });
  };

  const act = {
    timer: (row) => turnTimer(row.dataset.question),
    tally: (row) => count(row.dataset.question),
    less: (row) => takeBack(({ tallies }) => tallies[row.dataset.question]?.last),
    name: () => openWriting("name"),
    note: () => openWriting("note"),
    photo: openCamera,
    memo: turnMemo,
    place: noteplace,
    undo: () => takeBack(({ last }) => last),
    end: finish,
    here: () => takeOver(),
    close: closeCamera,
  };
  taps.addEventListener("click", ({ target }) => {
    const control = target.closest("[data-act]");
    if (control) act[control.dataset.act](control);
  });

  // ---- Two faces: the taps are shown only after a double tap on the title, and never again once the page was left ----
  const face = (isOpen) => {
    if (!isOpen) {
      closeCamera();
      memo.stop();
      document.activeElement?.blur();
    }
    taps.hidden = !isOpen;
    byId("decoy").hidden = isOpen;
    byId("turn").className = isOpen ? "" : "skip";
    byId("turn").textContent = isOpen ? words.shopping : words.other;
    tick();
  };
  const turn = () => face(taps.hidden);
  let tapped = -DOUBLE_TAP;
  byId("title").addEventListener("click", ({ timeStamp }) => {
    const isDouble = timeStamp - tapped < DOUBLE_TAP;
    tapped = isDouble ? -DOUBLE_TAP : timeStamp;
    if (isDouble) turn();
  });
  byId("turn").addEventListener("click", turn);
  document.addEventListener("visibilitychange", () => { if (document.hidden) face(false); });
  addEventListener("pagehide", () => face(false));

  // ---- Opening ----
  const close = (reason) => {
    closed = reason;
    if (reason) tell(words[reason], reason !== "opening");
    show();
  };
  const own = async (isOurs) => {
    if (!isOurs) return close("elsewhere");
    const { state, content } = (await refresh().catch(() => null)) || {};
    close(state !== OPEN ? "finished" : content ? "" : "locked");
    if (!closed) tell(words.ready);
  };
  // The page may come from the cache of the day before, and the lead may have switched these off since.
  const forbid = ({ voice, fix }) => {
    if (voice === false) byId("memo")?.remove();
    if (fix === false) byId("place")?.remove();
  };
  // The other tab gets a moment to finish what it is writing.
  const takeOver = () => {
    store.tell(visit, "yield");
    setTimeout(() => opening.hold(visit, own, { steal: true }), 400);
  };
  const load = async () => {
    try {
      await opening.open({ visit, version, assignment, uid, isHurried: true });
    } catch (error) {
      return close(["NoKeyError", "SignedOutError"].includes(error.name) ? "locked" : "failed");
    }
    opening.hold(visit, own);
    opening.inquire(visit).then(forbid, () => {});
    return opening.adopt(visit).catch((error) => { if (error.name === "SentError") close("finished"); });
  };
  store.listen(({ visit: which, what }) => {
    if (what === "person" && closed === "locked") load();
    if (which === visit && ["written", "synced"].includes(what)) refresh();
    if (which === visit && what === "sent") close("finished");
  });
  addEventListener("online", () => { if (closed === "locked") load(); });
  face(false);
  openDecoy(words.items.split(", "));
  load();
})();

// The form and what this phone keeps of it. A tap is durable before the page calls it saved; while the phone can keep it,
// the form itself is never posted.
(() => {
  "use strict";
  const { Lists } = self;
  const { sheet, photos, dock, opening, store } = Lists;
  const { tell } = dock;
  const { byId, form, words, make, say, keyOf, collect, fill, controls } = sheet;
  const { uid, visit, version, assignment, door, more } = document.body.dataset;
  const AWAY = ["network", "server"];

  // "opening", then "kept" (everything goes into the store), "away" (another tab writes), "sent", or "plain".
  let mode = "opening";
  let record = null;
  let content = null;
  let trouble = "";
  let made = 0, kept = 0;
  let stamps = {};
  // A line that stays until something is entered, instead of "saved".
  let notice = null;
  // What the form said when it last agreed with the store.
  let drawn = collect();
  let isWriting = false, isSending = false, isFirst = true;
  let asked = undefined;
  let openDoor;
  const opened = new Promise((resolve) => { openDoor = resolve; });

  // ---- What stands on the status line ----
  const signIn = ["sign_in", door];
  const save = async () => (await loadMore()) && Lists.rescue.save(visit, content && { ...content, fields: collect() });

  const show = () => {
    if (mode !== "kept") return;
    const { state, fault } = record;
    dock.freeze(isSending || state !== "open");
    const back = state === "open" ? [] : [["take_back", takeBack]];
    if (state === "sent") {
      mode = "sent";
      tell("●", words.sent);
      loadMore().then((isHere) => isHere && Lists.showSent(visit));
    } else if (trouble || photos.fault()) showTrouble(trouble || photos.fault());
    else if (made > kept || photos.isBusy()) tell("◐", words.keeping);
    else if (isSending) tell("◐", words.sending);
    else if (record.clash) tell("▲", words.clash, ["keep_mine", () => Lists.clash.keepMine(desk)], ["take_other", () => Lists.clash.takeOther(desk)]);
    else if (fault === "signed_out") tell("▲", words.signed_out, signIn, ...back);
    else if (fault && !AWAY.includes(fault)) tell("▲", words.stuck, ["again", again], ["copy", save], ...back);
    else if (state !== "open") tell("◐", words.queued, ...back);
    else tell(...(notice || ["●", words.kept]));
  };
  const showTrouble = (name) => {
    if (name === "NoKeyError") tell("▲", words.locked, signIn, ["again", retry]);
    else tell("▲", /Quota/i.test(name) ? words.full : words.not_kept, ["again", retry], ["copy", save]);
  };
  const retry = async () => {
    await opening.open({ visit, version, assignment, uid }).catch(() => null);
    photos.retry();
    pump();
  };

  // ---- Writing: the newest state of the form, until nothing newer was entered meanwhile ----
  const touch = (...keys) => {
    const now = new Date().toISOString();
    for (const key of keys) stamps[key] = now;
    made += 1;
    notice = null;
    show();
    pump();
  };
  const pump = async () => {
    if (isWriting || mode !== "kept") return;
    isWriting = true;
    while (kept < made) {
      const goal = made, fields = collect(), base = drawn, times = stamps;
      stamps = {};
      try {
        await change((draft) => {
          draft.fields = draft.fields.length ? sheet.merge(base, fields, draft.fields) : fields;
          for (const key of Object.keys(times)) sheet.stamp(draft.answered, key, times[key]);
        });
        kept = goal;
        trouble = "";
        refill(fields);
      } catch (error) {
        stamps = { ...times, ...stamps };
        trouble = error.name;
        setTimeout(pump, 3000);
        break;
      }
    }
    isWriting = false;
    show();
  };
  // Somebody else's answers came in between: they are put where nothing was entered here.
  const refill = (written) => {
    const other = sheet.findChanged(written, content.fields);
    const busy = sheet.findChanged(written, collect());
    const isBusy = ([name]) => busy.includes(name);
    if (other.length) {
      fill(content.fields, (name) => other.includes(name) && !busy.includes(name));
      sheet.refresh();
    }
    drawn = [...content.fields.filter((field) => !isBusy(field)), ...written.filter(isBusy)];
  };
  const put = (fields) => {
    fill(fields);
    drawn = collect();
    sheet.refresh();
  };
  const change = async (work, options) => {
    let draft;
    record = await store.write(visit, (each, row) => { work(each, row); draft = each; }, options);
    content = draft;
    if (record.state === "open" && !record.clash) sendSoon();
    return record;
  };
  const settle = async () => {
    await photos.settle();
    for (pump(); isWriting; ) await new Promise((resolve) => setTimeout(resolve, 20));
    return kept === made && !trouble && !photos.fault();
  };
  const look = async () => {
    const found = await store.read(visit);
    if (found) await meet(found);
  };
  const meet = async (found) => {
    if (mode !== "kept") return;
    // The sender has asked while we were taking over that very version: there is nothing to choose.
    if (found.clash?.revision <= found.base) {
      await store.patch(visit, (row) => { row.clash = null; });
      found.clash = null;
    }
    record = found;
    content = found.content || content;
    if (found.clash && asked !== found.clash.revision && (await loadMore())) Lists.clash.show(found.clash, desk);
    asked = found.clash?.revision;
    show();
  };

  // ---- Sending ----
  // What sends needs a network, and so may come by it: the page is ready sooner without. Once it is here it wakes by itself.
  let alarm = 0;
  const sendNow = async (reason) => {
    clearTimeout(alarm);
    alarm = 0;
    if (await loadMore()) return Lists.sender.run({ reason });
    sendSoon(15e3);
  };
  const sendSoon = (wait = 4e3) => {
    if (Lists.sender) Lists.sender.run({ reason: "draft" });
    else alarm ||= setTimeout(sendNow, wait, "timer");
  };
  const sendWaiting = async ({ type }) => {
    if (Lists.sender) return;
    const rows = await store.list().catch(() => []);
    const isDue = (row) => store.isWaiting(row) || (row.state === "open" && row.dirty && row.uid === uid);
    if (rows.some(isDue)) type === "pageshow" ? sendSoon() : sendNow(type);
  };
  const send = async () => {
    if (await loadMore()) {
      const problems = [...photos.check(), ...sheet.check(desk)];
      sheet.clearProblems();
      if (problems.length) return sheet.showProblems(problems);
    } else if (await isGone()) {
      // A page older than the server finds its other half gone; everything is kept, so it is opened anew.
      if (await settle()) return location.reload();
    }
    if (record.clash || !(await settle())) return show();
    return post();
  };
  const post = async () => {
    isSending = true;
    show();
    try {
      await change((draft, row) => Object.assign(row, { state: "queued", queuedAt: Date.now() }));
      await follow();
    } catch (error) {
      trouble = error.name;
    }
    isSending = false;
    show();
  };
  // While somebody sits before the page it sends by itself (strict.js); `nudge` makes it try at once, or see that he has left.
  let nudge = null;
  const follow = async () => {
    if (mode !== "kept" || record.state !== "queued" || document.hidden) return;
    if (nudge) return nudge();
    nudge = () => {};
    isSending = true;
    show();
    // A network that hangs shall not look as if something had to be waited for.
    const rest = () => { isSending = false; show(); };
    const patience = setTimeout(rest, 15e3);
    const onWait = (wake) => {
      nudge = wake;
      if (!navigator.onLine) rest();
    };
    let problems = null;
    try {
      const isStill = () => record.state === "queued" && mode === "kept";
      if (await loadMore()) ({ problems } = await Lists.sendStrictly({ visit, look, isStill, onWait }));
    } finally {
      nudge = null;
      clearTimeout(patience);
      rest();
    }
    if (problems) sheet.showProblems(problems);
    if (!Lists.sender) sendSoon(15e3);
  };
  const again = () => (record.state === "open" ? sendNow("again") : post());
  const takeBack = async () => {
    await change((draft, row) => { if (store.isWaiting(row)) row.state = "open"; }).catch(() => null);
    nudge?.();
    await look();
  };

  // ---- What is not needed at first, and is fetched when it is; the worker has it for the time without a network ----
  let fetched = null;
  const loadMore = () => {
    fetched ||= new Promise((resolve) => {
      const script = make("script", { src: more, onload: () => resolve(true), onerror: () => { fetched = null; resolve(false); } });
      document.head.append(script);
    });
    // A network that hangs holds nobody up.
    return Promise.race([fetched, new Promise((resolve) => setTimeout(resolve, 8e3, false))]);
  };

  const isGone = () => fetch(more, { method: "HEAD" }).then(({ status }) => status === 404, () => false);
  Lists.loadMore = loadMore;

  // What the other parts of the page may do with the draft.
  const note = (...line) => {
    notice = line;
    show();
  };
  const desk = { visit, change, put, touch, show, note, loadMore, content: () => content, stamps: () => stamps };

  // ---- Opening ----
  const load = async () => {
    const revision = Number(form.elements.revision.value);
    record = await opening.open({ visit, version, assignment, uid, isNew: !revision && !("blank" in form.dataset) });
    const { isKnown } = record;
    const isPosted = sessionStorage.posted === visit;
    if (record.content && (isPosted || !record.content.fields.length) && revision > record.base) {
      // The page has come with what the server keeps, and it is as new as anything: it was empty here, or was just posted.
      const fields = collect();
      await store.write(visit, (draft, row) => {
        Object.assign(draft, { fields });
        Object.assign(row, { base: revision, dirty: false, clash: null });
      });
      record = await store.read(visit);
    }
    delete sessionStorage.posted;
    content = record.content;
    mode = "kept";
    if (content) restore();
    offerDay();
    await meet(record);
    openDoor();
    follow();
    showReturned();
    if (isKnown && content && record.state === "open") await adopt().then(catchUp);
  };
  const adopt = () => opening.adopt(visit).catch((error) => { if (error.name === "SentError") location.replace(`/capture/${visit}/sent`); });
  const catchUp = async () => {
    const before = content;
    await look();
    if (made === kept && mode === "kept" && JSON.stringify(before.fields) !== JSON.stringify(content.fields)) put(content.fields);
    photos.draw(content);
  };
  // Why a reviewer gave the list back, as the lists have heard it; the page that the server makes says it itself.
  const showReturned = async () => {
    const reason = (await store.recall(visit, uid).catch(() => null))?.returned;
    if (reason && !byId("returned")) form.before(make("p", { id: "returned", className: "said warn" }, "▲ " + say("returned", reason)));
  };
  // The page from the cache was made on another day: where the visit is wanted today, today is offered here.
  const offerDay = () => {
    const box = form.elements["v.day"];
    const today = new Date().toLocaleDateString("sv", { timeZone: form.dataset.zone });
    if (!box.value && !content?.answered.when && today >= box.dataset.first && today <= box.dataset.last) box.value = today;
    sheet.refresh();
  };

  const restore = () => {
    // A thumb may have been faster than this script.
    const early = isFirst ? controls.filter(sheet.isTouched) : [];
    const names = new Set(early.map(({ name }) => name));
    const typed = collect().filter(([name]) => names.has(name));
    isFirst = false;
    if (content.fields.length) fill(content.fields);
    drawn = collect();
    fill(typed, (name) => names.has(name));
    photos.draw(content);
    sheet.refresh();
    if (early.length) touch(...early.map((field) => keyOf(field.closest(".q"))));
    if (content.events.length) loadMore().then((isHere) => isHere && Lists.showEvents(desk));
  };

  // ---- One writer for each visit ----
  const enter = (options) => opening.hold(visit, (isOurs) => (isOurs ? load().catch(giveUp) : leave()), options);
  const leave = () => {
    if (mode === "sent" || mode === "plain") return;
    const text = mode === "opening" ? words.away : words.robbed;
    mode = "away";
    dock.freeze(true);
    tell("▲", kept < made ? `${words.not_kept} ${text}` : text, ["take", takeOver]);
  };
  const takeOver = async () => {
    mode = "opening";
    // The other tab gets a moment to finish what it is writing.
    store.tell(visit, "yield");
    await new Promise((resolve) => setTimeout(resolve, 400));
    enter({ steal: true });
  };
  const giveUp = async (error) => {
    const isKnown = await store.read(visit).catch(() => null);
    if (error.name !== "SignedOutError" && !(error.name === "NoKeyError" && isKnown)) return goPlain();
    mode = "away";
    dock.freeze(true);
    tell("▲", words.locked_away, signIn);
  };
  // What the phone cannot keep, the plain form still can.
  const goPlain = () => {
    mode = "plain";
    dock.freeze(false);
    tell("▲", words.plain);
    openDoor();
  };

  // ---- What the thumb does ----
  form.addEventListener("input", ({ target }) => {
    const question = target.closest(".q");
    if (!question || mode === "plain") return;
    sheet.forgive?.(question);
    if (target.type === "file" && mode === "kept") photos.take(target);
    else if (target.name && mode === "kept") touch(keyOf(question));
  });
  // The form does not carry what lies in the store, and posted into nowhere it takes with it what was typed (last_resort.js).
  let ahead = null;
  const postForm = async (button) => {
    tell("◐", words.sending);
    const newest = content && { ...content, fields: collect(), answered: { ...content.answered, ...stamps } };
    ahead = (await loadMore()) && (await Lists.bringAhead(newest && { ...record, content: newest }).catch(() => null));
    if (ahead) form.requestSubmit(button);
    else tell("▲", words.not_kept);
  };
  form.addEventListener("submit", (event) => {
    // What the phone cannot keep, the plain form still can.
    if (mode === "plain" || (trouble && mode === "kept")) {
      if (!ahead) {
        event.preventDefault();
        return void postForm(event.submitter);
      }
      for (const [name, value] of Object.entries(ahead)) form.append(make("input", { type: "hidden", name, value }));
      ahead = null;
      sheet.isDirty = false;
      sessionStorage.posted = visit;
      mode = "plain";
      return;
    }
    event.preventDefault();
    // A button that was pressed too soon is pressed again.
    if (mode === "opening") opened.then(() => form.requestSubmit(event.submitter));
    if (mode !== "kept") return;
    const [action, subject, anchor] = (event.submitter?.value || "save").split(":");
    if (action === "send") send();
    else if (action === "remove") photos.remove(subject);
    else if (subject) location.hash = subject;
    if (action === "save") sendNow("save");
    if (anchor) byId(anchor)?.scrollIntoView({ block: "nearest" });
  });
  addEventListener("beforeunload", (event) => {
    if (mode === "plain" ? sheet.isDirty : made > kept || photos.isBusy()) event.preventDefault();
  });

  if (!self.indexedDB || !self.crypto?.subtle || !AbortSignal.timeout) return goPlain();
  photos.start(desk);
  for (const [place, name] of [[self, "online"], [self, "pageshow"], [document, "visibilitychange"]]) {
    place.addEventListener(name, (event) => {
      sendWaiting(event);
      if (nudge) nudge();
      else follow();
    });
  }
  // Somebody has signed in or out in another tab. What is not kept yet waits for its person; the rest is nobody else's business.
  const meetPerson = async () => {
    const person = await store.currentPerson().catch(() => ({ uid }));
    if (person?.uid === uid) return trouble === "NoKeyError" && retry();
    if (made === kept && !trouble) location.replace("/capture");
  };
  store.listen(({ visit: about, what }) => {
    if (what === "person") meetPerson();
    if (about !== visit || mode !== "kept") return;
    if (what === "yield") dock.freeze(true);
    // Our own writing needs no second look.
    else if (!isSending && (what !== "written" || document.hidden)) look();
  });
  enter();
})();

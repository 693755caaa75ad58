// Opening a visit on this phone: whose it is, what the server has of it already, and which tab writes.
(() => {
  "use strict";
  const Lists = (self.Lists = self.Lists || {});
  const { store } = Lists;
  const TIME_LIMIT = 4000;
  const fail = (name) => Object.assign(new Error(name), { name });

  const ask = async (path) => {
    const answer = await fetch("/capture/phone/" + path, { signal: AbortSignal.timeout(TIME_LIMIT), cache: "no-store" });
    if (!answer.ok || answer.redirected) throw fail(answer.ok || answer.status === 401 ? "SignedOutError" : "NetworkError");
    return answer.json();
  };

  // The key of whoever the page was made for; without a network only a key that is here already.
  const identify = async (uid) => {
    const person = await store.currentPerson();
    if (person?.uid === uid && person.canRead) return;
    const state = await ask("state");
    if (state.uid !== uid) throw fail("SignedOutError");
    await store.setPerson(uid, state.key);
  };

  // What the server keeps, put into what this phone keeps; nothing that is only here is lost.
  const merge = (draft, theirs) => {
    const { fields = [], events = [], answered = {}, photos = [], ticket = "" } = theirs;
    const known = new Set(draft.events.map((event) => event.id));
    Object.assign(draft, { fields, answered, ticket: ticket || draft.ticket });
    draft.events.push(...events.filter((event) => !known.has(event.id)));
    draft.there = photos.filter((photo) => !draft.photos.some((own) => own.id === photo.id));
  };

  // A tap that comes in between counts as made after it: it is on top of what was taken over, and is still to be sent.
  const take = async ({ visit, changed }, theirs) => {
    await store.write(visit, (draft) => merge(draft, theirs));
    await store.patch(visit, (row) => {
      row.base = theirs.revision;
      if (row.changed === changed + 1) row.dirty = false;
    });
  };

  // Takes over what was saved elsewhere, unless something newer waits here: then the sender finds the clash, and asks.
  const adopt = async (visit) => {
    const theirs = await ask(visit + "/draft");
    if (!["none", "draft"].includes(theirs.state)) throw fail("SentError");
    const record = await store.read(visit);
    if (!record?.content || record.state !== "open") return;
    const isNewer = theirs.state === "draft" && theirs.revision > record.base;
    if (isNewer && !record.dirty) {
      await take(record, theirs);
    } else if (!record.content.ticket && theirs.ticket) {
      await store.write(visit, (draft) => { draft.ticket = theirs.ticket; });
    }
  };

  // The record of a visit, begun here when it was not. Rejects with NoKeyError or SignedOutError where nobody can write.
  const open = async ({ visit, version, assignment, uid }) => {
    await identify(uid).catch((error) => { throw error.name === "SignedOutError" ? error : fail("NoKeyError"); });
    const found = await store.read(visit);
    if (found) return found;
    const [known, theirs] = await Promise.all([
      ask("state").then(({ visits }) => visits.find((each) => each.visit === visit), () => null),
      ask(visit + "/draft").catch(() => null),
    ]);
    const record = await store.begin({ visit, version, assignment, uid, ticket: known?.ticket, place: known?.place });
    if (theirs?.state !== "draft" || !theirs.revision) return record;
    await take(record, theirs);
    return store.read(visit);
  };

  // One tab writes a visit. `tell(true)` when it is this one, `tell(false)` when another has it or takes it over.
  const hold = (visit, tell, { steal = false } = {}) => {
    if (!navigator.locks) return tell(true);
    const keep = (lock) => {
      tell(!!lock);
      return lock && new Promise(() => {});
    };
    navigator.locks.request("visit:" + visit, steal ? { steal } : { ifAvailable: true }, keep).catch(() => tell(false));
  };

  Lists.opening = { open, adopt, hold };
})();

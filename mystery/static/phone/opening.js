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

  // The key of whoever the page was made for; without a network only a key that is here already. Returns what the server
  // said of this person's visits, if it had to be asked.
  const identify = async (uid) => {
    const person = await store.currentPerson();
    if (person?.uid === uid && person.canRead) return null;
    const state = await ask("state");
    if (state.uid !== uid) throw fail("SignedOutError");
    await store.setPerson(uid, state.key);
    return state;
  };

  // What the server keeps, put into what this phone keeps; nothing that is only here is lost.
  const merge = (draft, theirs) => {
    const { fields = [], events = [], answered = {}, photos = [], ticket = "" } = theirs;
    const known = new Set(draft.events.map((event) => event.id));
    Object.assign(draft, { fields, answered, ticket: ticket || draft.ticket });
    draft.events.push(...events.filter((event) => !known.has(event.id)));
    draft.there = photos.filter((photo) => !draft.photos.some((own) => own.id === photo.id));
  };

  // What was entered here in between counts as entered after it: it is on top of what was taken over, and is still to be sent.
  const take = async ({ visit, changed, dirty }, theirs) => {
    await store.write(visit, (draft) => merge(draft, theirs));
    await store.patch(visit, (row) => {
      row.base = theirs.revision;
      if (!dirty && row.changed === changed + 1) row.dirty = false;
    });
  };
  const isOnlyTaps = ({ fields, answered }) => !fields.length && !Object.keys(answered).length;

  const complete = async (visit, { ticket, place }) => {
    if (ticket || place) await store.write(visit, (draft) => Object.assign(draft, { ticket: draft.ticket || ticket, place: draft.place || place }));
  };
  const findVisit = (state, visit) => state?.visits.find((each) => each.visit === visit) || {};
  // What the server says of a visit just now, as the list of visits has it.
  const inquire = async (visit) => findVisit(await ask("state"), visit);

  // Takes over what was saved elsewhere, unless other answers wait here: then the sender finds the clash, and asks.
  const adopt = async (visit) => {
    const theirs = await ask(visit + "/draft");
    if (!["none", "draft"].includes(theirs.state)) throw fail("SentError");
    const record = await store.read(visit);
    if (!record?.content || record.state !== "open" || record.clash) return;
    const { content, dirty, base } = record;
    if (theirs.state === "draft" && theirs.revision > base && (!dirty || isOnlyTaps(content))) await take(record, theirs);
    else if (!content.ticket && theirs.ticket) await complete(visit, theirs);
    if (!content.place) await complete(visit, await inquire(visit));
  };

  // The record of a visit, begun here when it was not. Who is in a hurry takes over later what the server has (`adopt`);
  // a page that the server made just now, when it had no draft, is all that there is to take over (`isNew`).
  // Rejects with NoKeyError or SignedOutError where nobody can write.
  const open = async ({ visit, version, assignment, uid, isHurried = false, isNew = false }) => {
    const early = store.read(visit).catch((error) => error);
    const state = await identify(uid).catch((error) => { throw error.name === "SignedOutError" ? error : fail("NoKeyError"); });
    // What could not be opened a moment ago opens with the key that has come meanwhile.
    const found = state ? await store.read(visit) : await early;
    if (found instanceof Error) throw found;
    if (found) return { ...found, isKnown: true };
    // What the lists have heard of it spares a question.
    const heard = state ? findVisit(state, visit) : await store.recall(visit, uid).catch(() => null);
    const [{ ticket, place }, theirs] = isHurried ? [heard || {}, null] : await Promise.all([
      heard?.ticket ? heard : inquire(visit).catch(() => ({})),
      isNew ? null : ask(visit + "/draft").catch(() => null),
    ]);
    const record = await store.begin({ visit, version, assignment, uid, ticket, place });
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

  Lists.opening = { open, adopt, inquire, hold };
})();

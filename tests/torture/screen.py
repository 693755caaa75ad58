"""The screen of the phone: the scripts that look at it and meddle with it, and what they see."""

from __future__ import annotations

from dataclasses import dataclass, field

# Put into every page before its own scripts: a phone that may be full, and a clock that may go wrong.
MEDDLE = """(() => {
  const { put, add } = IDBObjectStore.prototype;
  const refuse = (work) => function (...rest) {
    if ((self.torture || {}).full) throw new DOMException("The phone is full.", "QuotaExceededError");
    return work.apply(this, rest);
  };
  Object.assign(IDBObjectStore.prototype, { put: refuse(put), add: refuse(add) });
  const Real = Date;
  const tell = () => Real.now() + ((self.torture || {}).shift || 0);
  self.Date = class extends Real {
    constructor(...rest) { super(...(rest.length ? rest : [tell()])); }
    static now() { return tell(); }
  };
})();"""
SHIFT_WORKER = """(shift) => {
  const Real = self.tortureDate || (self.tortureDate = Date);
  self.Date = class extends Real {
    constructor(...rest) { super(...(rest.length ? rest : [Real.now() + shift])); }
    static now() { return Real.now() + shift; }
  };
}"""
LOOK = """() => {
  const sheet = document.getElementById("sheet"), line = document.getElementById("kept");
  const next = document.getElementById("next"), words = JSON.parse(document.body.dataset.words || "{}");
  const isSaid = (each) => words[each] && line.textContent.includes(words[each]);
  const fields = {};
  if (sheet) for (const [name, value] of new FormData(sheet))
    if (typeof value === "string" && /^[acv][.]/.test(name)) (fields[name] ||= []).push(value);
  const typed = [...document.querySelectorAll("input, textarea")].map((box) => box.value);
  return {
    path: location.pathname, page: document.body.dataset.page || "", uid: document.body.dataset.uid || "",
    mark: line ? line.textContent.trim().slice(0, 1) : "", said: line ? line.textContent : "", fields,
    word: (line && Object.keys(words).find(isSaid)) || "",
    next: next && !next.hidden ? next.hash.slice(1) : "",
    is_open: !!sheet && !sheet.querySelector("section[inert]"),
    problems: [...document.querySelectorAll("#problems a[href^='#']")].map((link) => link.hash.slice(1)),
    is_sheet: !!sheet, is_sent: !!document.getElementById("sent") || location.pathname.endsWith("/sent"),
    photos: [...document.querySelectorAll("figure")].length,
    text: document.body.textContent + typed.join(" "),
  };
}"""
READY = """() => {
  const cards = [...document.querySelectorAll("[data-visit][data-state]")]
    .filter((card) => ["waiting", "begun", "returned", "cancelled"].includes(card.dataset.state));
  const isReady = (card) => (card.querySelector("[data-ready]") || {}).textContent?.startsWith("✓");
  const ids = cards.filter(isReady).map((card) => card.dataset.visit);
  return [ids, cards.length - ids.length];
}"""
FIND = """({ anchor, name }) => {
  const question = document.getElementById(anchor);
  if (!question || question.hidden || question.closest("[inert]")) return false;
  const note = question.querySelector(".note");
  if (note && name.startsWith("c.")) note.open = true;
  return !!question.querySelector(`[name="${CSS.escape(name)}"]`);
}"""
READ_PHOTOS = """async (visit) => {
  const { store } = self.Lists, record = await store.read(visit);
  if (!record || !record.content) return [];
  return Promise.all(record.content.photos.map(async ({ id, question, sha256, original }) => {
    const kept = await store.readPhoto(id);
    return { id, question, sha256, original, real: kept && (await store.hash(kept.bytes)) };
  }));
}"""
READ_STORE = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("lists");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const db = opening.result, names = ["drafts", "photos"];
    if (!names.every((name) => db.objectStoreNames.contains(name))) return resolve({ drafts: [], photos: 0 });
    const look = db.transaction(names), drafts = look.objectStore("drafts").getAll();
    const photos = look.objectStore("photos").count();
    look.oncomplete = () => {
      db.close();
      const rows = drafts.result.map(({ visit, uid, state, fault, box, clash, tries, status }) =>
        ({ visit, uid, state, fault, tries, status, hasContent: !!box, hasClash: !!clash }));
      resolve({ drafts: rows, photos: photos.result });
    };
  };
})"""


@dataclass(frozen=True)
class Sight:
    """What is to be seen on the screen."""

    path: str = ""
    page: str = ""
    uid: str = ""
    mark: str = ""
    said: str = ""
    word: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    next: str = ""
    is_open: bool = False
    is_sheet: bool = False
    is_sent: bool = False
    photos: int = 0
    text: str = ""

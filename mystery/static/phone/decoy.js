// The shopping list that everybody may see: it can be ticked and added to, and belongs to the phone, not to a visit.
(() => {
  "use strict";
  const Lists = (self.Lists = self.Lists || {});
  const MOST = 100;
  const byId = (id) => document.getElementById(id);
  const ask = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const open = () => {
    const request = indexedDB.open("shopping", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("lists");
    return ask(request);
  };
  const reach = async (mode, work) => {
    const db = await open();
    try {
      return await ask(work(db.transaction("lists", mode).objectStore("lists")));
    } finally {
      db.close();
    }
  };

  let items = [];
  // A shopping list that cannot be kept is a shopping list all the same.
  const keep = () => reach("readwrite", (lists) => lists.put(items, "shopping")).catch(() => {});

  const show = () => {
    byId("items").replaceChildren(...items.map((item) => {
      const [line, label, box] = ["li", "label", "input"].map((name) => document.createElement(name));
      Object.assign(box, { type: "checkbox", checked: item.done });
      box.addEventListener("change", () => { item.done = box.checked; keep(); });
      const text = document.createElement("span");
      text.textContent = item.text;
      label.append(box, text);
      line.append(label);
      return line;
    }));
  };

  Lists.openDecoy = async (first) => {
    items = (await reach("readonly", (lists) => lists.get("shopping")).catch(() => null)) || first.map((text) => ({ text, done: false }));
    show();
    byId("add").addEventListener("submit", (event) => {
      event.preventDefault();
      const box = event.target.elements.entry;
      const text = box.value.trim();
      box.value = "";
      if (!text || items.length >= MOST) return;
      items.push({ text, done: false });
      show();
      keep();
    });
    byId("tidy").addEventListener("click", () => {
      items = items.filter((item) => !item.done);
      show();
      keep();
    });
  };
})();

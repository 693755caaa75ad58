// The page works without this file. It hides what is not asked, counts what is open, and saves a few taps.
(() => {
  "use strict";
  const sheet = document.getElementById("sheet");
  const questions = [...sheet.querySelectorAll(".q")];
  const byId = (id) => document.getElementById(id);
  const DAY = 86400;

  // What a box of digits says, as a list; empty where the server could not read it either.
  const readDuration = (boxes) => {
    const texts = boxes.map((box) => box.value.trim());
    const total = Number(texts[0]) * 60 + Number(texts[1]);
    return texts.some(Boolean) && texts.every((text) => /^[0-9]{0,9}$/.test(text)) && total <= DAY ? [String(total)] : [];
  };
  const readNumber = (box) => {
    const text = box.value.trim().replace(",", ".");
    const { low, high } = box.dataset;
    if (!/^[+-]?[0-9]{1,10}([.][0-9]{1,6})?$/.test(text) || Math.abs(text) > 1e9) return [];
    return low && !(Number.isInteger(Number(text)) && Number(text) >= Number(low) && Number(text) <= Number(high)) ? [] : [text];
  };

  // What is answered here: a list of values; empty while the question is open.
  const read = (question) => {
    const fields = [...question.querySelectorAll("[name^='a.'], [name^='v.']")];
    const marked = fields.filter((field) => field.checked && field.value).map((field) => field.value);
    const typed = fields.filter((field) => !["radio", "checkbox"].includes(field.type));
    if (marked.includes("n/a")) return ["n/a"];
    // A choice or a name says whom; the visit needs both day and time; minutes or seconds make a duration.
    if (question.id === "whom") return typed.map((field) => field.value.trim()).filter(Boolean);
    if (typed.length > 1 && question.id !== "when") return readDuration(typed);
    if (typed.length && typed[0].inputMode === "decimal") return readNumber(typed[0]);
    if (typed.length && typed.every((field) => field.value.trim())) return [...marked, typed[0].value.trim()];
    const pictures = question.querySelector("figure") || [...question.querySelectorAll("[type=file]")].some((field) => field.files.length);
    return fields.every((field) => field.type === "checkbox" && field.value === "n/a") && pictures ? ["photo"] : marked;
  };

  const holds = (data, values) => {
    if (!values.length || values[0] === "n/a") return false;
    if (data.in) return data.in.split(" ").some((value) => values.includes(value));
    const number = Number(values[0]);
    if (data.min && !(number >= Number(data.min))) return false;
    return !(data.max && !(number <= Number(data.max)));
  };

  const shown = (question) => {
    const parent = question.dataset.if && byId("q-" + question.dataset.if);
    return !parent || (shown(parent) && holds(question.dataset, read(parent)));
  };

  let open = [];

  // "Next" leads to the first open question below the middle of the screen, else to the first of all.
  const point = () => {
    const link = byId("next");
    link.hidden = !open.length;
    if (!open.length) return;
    const next = open.find((question) => question.getBoundingClientRect().top > innerHeight / 2) || open[0];
    const number = next.querySelector("legend b");
    link.hash = next.id;
    link.textContent = number ? link.dataset.numbered.replace("#", number.textContent) : link.dataset.plain;
  };

  const refresh = () => {
    for (const question of questions) {
      question.hidden = !shown(question);
      const note = question.querySelector(".if");
      if (note) note.hidden = true;
    }
    const required = questions.filter((question) => !question.hidden && "required" in question.dataset);
    open = required.filter((question) => !read(question).length);
    byId("bar").max = required.length;
    byId("bar").value = required.length - open.length;
    byId("done").textContent = required.length - open.length;
    byId("total").textContent = required.length;
    point();
  };

  // "Not applicable" and "none of these" exclude everything else in their question, and the other way round.
  const exclude = (field) => {
    const others = sheet.querySelectorAll(`[name="${CSS.escape(field.name)}"]`);
    const alone = "alone" in field.dataset && field.checked;
    for (const other of others) {
      if (other === field || other.type === "radio") continue;
      if (other.type === "checkbox" && (alone || ("alone" in other.dataset && (field.checked || field.type !== "checkbox")))) other.checked = false;
    }
  };

  sheet.addEventListener("input", (event) => {
    exclude(event.target);
    if (event.target.type === "file") event.target.nextElementSibling.value = [...event.target.files].map((file) => "✓ " + file.name).join(", ");
    const question = event.target.closest(".q");
    const note = question && question.querySelector(".note");
    if (note && question.querySelector("[data-c]:checked")) note.open = true;
    refresh();
    changed = true;
  });

  let changed = false;
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  sheet.addEventListener("submit", () => { changed = false; });
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; point(); });
  }, { passive: true });
  refresh();
})();

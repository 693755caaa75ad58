// The page works without this file. It hides what is not asked, counts what is open, and puts saved answers back into
// their boxes.
(() => {
  "use strict";
  const Lists = (self.Lists = self.Lists || {});
  const byId = (id) => document.getElementById(id);
  const form = byId("sheet");
  const questions = [...form.querySelectorAll(".q")];
  const words = JSON.parse(document.body.dataset.words);
  const DAY = 86400;

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const say = (name, detail) => words[name].replace("#", detail);

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
  // The controls of a sheet are those it came with. They are looked for once: every tap asks all of them what they say.
  const controls = [...form.elements].filter((field) => /^[acv]\./.test(field.name));
  const isTick = (field) => field.type === "radio" || field.type === "checkbox";
  const parts = new Map(questions.map((question) => [question, {
    fields: [], files: [...question.querySelectorAll("[type=file]")], condition: question.querySelector(".if"),
    note: question.querySelector(".note"), isRequired: "required" in question.dataset, wanting: [...question.querySelectorAll("[data-c]")],
    parent: question.dataset.if && byId("q-" + question.dataset.if),
  }]));
  for (const field of controls) if (field.name[0] !== "c") parts.get(field.closest(".q")).fields.push(field);
  const listFields = (question) => parts.get(question).fields;
  const hasPhoto = (question) => !!question.querySelector("figure") || parts.get(question).files.some((field) => field.files.length);
  const isPicture = (question) => parts.get(question).files.length && listFields(question).every((field) => field.value === "n/a");

  // What is answered here: a list of values; empty while the question is open.
  const read = (question) => {
    const fields = listFields(question);
    const marked = fields.filter((field) => field.checked && field.value).map((field) => field.value);
    const typed = fields.filter((field) => !isTick(field));
    if (marked.includes("n/a")) return ["n/a"];
    // A choice or a name says whom; the visit needs both day and time; minutes or seconds make a duration.
    if (question.id === "whom") return typed.map((field) => field.value.trim()).filter(Boolean);
    if (typed.length > 1 && question.id !== "when") return readDuration(typed);
    if (typed.length && typed[0].inputMode === "decimal") return readNumber(typed[0]);
    if (typed.length && typed.every((field) => field.value.trim())) return [...marked, typed[0].value.trim()];
    return isPicture(question) && hasPhoto(question) ? ["photo"] : marked;
  };

  const holds = (data, values) => {
    if (!values.length || values[0] === "n/a") return false;
    if (data.in) return data.in.split(" ").some((value) => values.includes(value));
    const number = Number(values[0]);
    if (data.min && !(number >= Number(data.min))) return false;
    return !(data.max && !(number <= Number(data.max)));
  };
  const shown = (question) => {
    const { parent } = parts.get(question);
    return !parent || (shown(parent) && holds(question.dataset, read(parent)));
  };

  let open = [];
  // "Next" leads to the first open question below the middle of the screen, else to the first of all.
  const point = () => {
    const link = byId("next");
    if (!link) return;
    if (link.hidden !== !open.length) link.hidden = !open.length;
    if (!open.length) return;
    const next = open.find((question) => question.getBoundingClientRect().top > innerHeight / 2) || open[0];
    const number = next.querySelector("legend b");
    const text = number ? link.dataset.numbered.replace("#", number.textContent) : link.dataset.plain;
    if (link.hash !== "#" + next.id) link.hash = next.id;
    if (link.textContent !== text) link.textContent = text;
  };
  // Where things stand is known only after the page was laid out, so it is asked once a picture.
  let isDue = false;
  const pointSoon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => { isDue = false; point(); });
  };

  const refresh = () => {
    for (const [question, { parent, condition, note, wanting }] of parts) {
      if (parent) question.hidden = !shown(question);
      if (condition) condition.hidden = true;
      if (note && !note.open && wanting.some((field) => field.checked)) note.open = true;
    }
    const asked = questions.filter((question) => !question.hidden);
    const required = asked.filter((question) => parts.get(question).isRequired);
    const blank = new Set(required.filter((question) => !read(question).length));
    // What is to be mended is open as well.
    open = asked.filter((question) => blank.has(question) || question.matches(".bad"));
    byId("bar").max = required.length;
    byId("bar").value = required.length - blank.size;
    byId("done").textContent = required.length - blank.size;
    byId("total").textContent = required.length;
    pointSoon();
  };

  // "Not applicable" and "none of these" exclude everything else in their question, and the other way round.
  const exclude = (field) => {
    const alone = "alone" in field.dataset && field.checked;
    for (const other of form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)) {
      if (other === field || other.type !== "checkbox") continue;
      if (alone || ("alone" in other.dataset && (field.checked || field.type !== "checkbox"))) other.checked = false;
    }
  };

  // Everything entered, as the plain form would send it: also what a condition hides just now. A FormData says the same,
  // and takes ten times as long over it.
  const collect = () => controls.filter((field) => !isTick(field) || field.checked).map(({ name, value }) => [name, value]);

  // The values of each name; what is empty says the same as what is not there.
  const group = (fields) => {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
    return values;
  };
  const write = (values = []) => values.filter(Boolean).join("\n").replace(/\r/g, "");
  const findChanged = (before, after) => {
    const [old, now] = [group(before), group(after)];
    return [...new Set([...old.keys(), ...now.keys()])].filter((name) => write(old.get(name)) !== write(now.get(name)));
  };
  // What came from elsewhere since `base`, where nothing was changed here.
  const merge = (base, mine, theirs) => {
    const changed = findChanged(base, mine);
    const other = findChanged(base, theirs).filter((name) => !changed.includes(name));
    const isOther = ([name]) => other.includes(name);
    return [...mine.filter((field) => !isOther(field)), ...theirs.filter(isOther)];
  };

  // Put what was saved into its controls; boxes of one name are filled in their order, and `only` names what may change.
  const fill = (fields, only = () => true) => {
    const given = group(fields);
    for (const field of controls) {
      if (!only(field.name)) continue;
      const values = given.get(field.name) || [];
      if (isTick(field)) {
        field.checked = values.includes(field.value);
        continue;
      }
      // The box "not applicable" has the same name as the text it stands beside.
      const hasBox = form.querySelector(`[name="${CSS.escape(field.name)}"][value="n/a"]`);
      const place = values.findIndex((value) => !hasBox || value !== "n/a");
      const value = place < 0 ? "" : values.splice(place, 1)[0];
      // Somebody who left the staff since stays chosen all the same.
      if (field.options && ![...field.options].some((option) => option.value === value)) field.add(new Option("–", value));
      field.value = value;
      if (value && field.parentElement.matches(".note")) field.parentElement.open = true;
    }
  };
  const readTexts = (where, name) => [...where.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((field) => !isTick(field)).map((field) => field.value).join(" ");
  // When a question was answered last. A clock that was set back stops it, and never turns it back.
  const stamp = (answered, key, at) => {
    const last = answered[key];
    answered[key] = last >= at ? new Date(Date.parse(last) + 1).toISOString() : at;
  };
  const isTouched = (field) => {
    if (isTick(field)) return field.checked !== field.defaultChecked;
    const first = field.options && ([...field.options].find((option) => option.defaultSelected) || field.options[0]);
    return field.value !== (field.options ? first.value : field.defaultValue);
  };

  form.addEventListener("input", ({ target }) => {
    if (!target.name) return;
    exclude(target);
    if (target.type === "file") target.closest(".pics").querySelector("output").value = [...target.files].map((file) => "✓ " + file.name).join(", ");
    Lists.sheet.isDirty = true;
    refresh();
  });
  addEventListener("scroll", pointSoon, { passive: true });
  refresh();

  Lists.sheet = {
    // Whether something was entered since the page was opened.
    isDirty: false,
    byId, form, questions, words, make, say, read, refresh, collect, controls, listFields, fill, merge, findChanged, stamp, isTick, isTouched, readTexts,
    isPicture, hasPhoto,
    keyOf: (question) => question.id.replace(/^q-/, ""),
    numberOf: (question) => question.querySelector("legend b")?.textContent || "",
  };
})();

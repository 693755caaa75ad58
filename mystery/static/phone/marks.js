// What the taps of the visit have filled in: put into the sheet, and marked until somebody answers otherwise.
(() => {
  "use strict";
  const { Lists } = self;
  const { sheet } = Lists;
  const { byId, form, words, make, say, isTick, readTexts } = sheet;

  // `fresh` is a question whose timer was stopped just now: its time is wanted, even where a box was emptied before.
  Lists.showEvents = (desk, fresh = "") => {
    const content = desk.content();
    // What was tapped while this was on its way counts as answered.
    const answered = { ...content.answered, ...desk.stamps() };
    delete answered[fresh];
    if (Lists.prefill({ ...content, answered }, form).filled.length) desk.touch();
    sheet.refresh();
    // Filled into an empty copy, the taps say what they would answer: what stands there unchanged has come from them.
    const blank = form.cloneNode(true);
    for (const field of blank.elements) Object.assign(field, { checked: false, value: isTick(field) ? field.value : "" });
    const { filled, notes } = Lists.prefill({ ...content, answered: {} }, blank);
    for (const { key, names, kind, text } of filled) {
      const place = byId("q-" + key) || byId(key);
      const isSame = names.every((name) => readTexts(form, name) === readTexts(blank, name));
      if (isSame && !place.querySelector(".mark")) place.append(make("p", { className: "hint mark" }, "◷ " + say(kind, text)));
    }
    const list = Lists.listNotes(notes, words.notes);
    if (list && !document.querySelector(".noted")) form.before(list);
  };
})();

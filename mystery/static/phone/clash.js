// Two versions of one list: beside each question stands what the other device says, and it may be taken over one by one.
(() => {
  "use strict";
  const { Lists } = self;
  const { sheet, store } = Lists;
  const { form, questions, words, make, say, keyOf, collect, fill, listFields, isTick } = sheet;

  const pick = (fields, names) => fields
    .filter(([name, value]) => names.includes(name) && value !== "")
    .map(([, value]) => value.replace(/\r\n/g, "\n"));

  // An answer as people read it: the words of what is ticked or chosen, else what was typed.
  const sayAnswer = (question, values) => {
    const boxes = listFields(question);
    const parts = values.map((value) => {
      const tick = boxes.find((box) => isTick(box) && box.value === value);
      if (tick) return tick.nextElementSibling.firstChild.textContent.trim();
      const option = boxes.flatMap((box) => [...(box.options || [])]).find((each) => each.value === value);
      return option ? option.textContent : value;
    });
    return parts.join(question.querySelector(".unit") ? ":" : ", ") || words.nothing;
  };

  const clear = () => { for (const note of form.querySelectorAll(".else")) note.remove(); };
  const show = (theirs, desk) => {
    clear();
    const mine = collect();
    for (const question of questions) {
      const names = listFields(question).map(({ name }) => name);
      const note = question.querySelector(".note textarea");
      const lines = [];
      const add = (kind, which, write) => {
        const [here, there] = [mine, theirs.fields].map((fields) => pick(fields, which));
        if (here.join("\n") !== there.join("\n")) lines.push(say(kind, write(there)));
      };
      add("elsewhere", names, (values) => sayAnswer(question, values));
      if (note) add("elsewhere_comment", [note.name], ([text]) => text || "–");
      if (!lines.length) continue;
      const button = make("button", { type: "button", textContent: words.take_this });
      const box = make("div", { className: "else" }, ...lines.map((line) => make("p", {}, line)), button);
      button.onclick = () => {
        takeOne(question, theirs.fields, desk);
        box.remove();
      };
      question.querySelector("legend").after(box);
    }
    form.querySelector(".else")?.scrollIntoView({ block: "center" });
  };

  const takeOne = (question, fields, desk) => {
    const names = [...listFields(question), question.querySelector(".note textarea")].map((field) => field?.name);
    fill(fields, (name) => names.includes(name));
    sheet.refresh();
    desk.touch(keyOf(question));
  };

  const keepMine = async ({ visit, change, show: tell }) => {
    const { clash } = await store.read(visit);
    await change((draft, row) => Object.assign(row, { clash: null, base: clash.revision }));
    clear();
    tell();
  };
  const takeOther = async ({ visit, change, put, touch, note }) => {
    const { clash } = await store.read(visit);
    const mine = collect();
    await change((draft, row) => {
      Object.assign(draft, { fields: clash.fields, answered: clash.answered || draft.answered });
      Object.assign(row, { clash: null, base: clash.revision });
    });
    clear();
    put(clash.fields);
    const undo = () => {
      fill(mine);
      sheet.refresh();
      touch();
    };
    note("●", words.taken, ["undo", undo]);
  };

  Lists.clash = { show, keepMine, takeOther };
})();

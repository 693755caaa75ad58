// From the taps of a visit to the boxes of the sheet. Only what is blank is filled: what a person typed, cleared or marked
// "not applicable" is left alone.
(() => {
  "use strict";
  const Lists = (self.Lists = self.Lists || {});
  const LONGEST_NAMES = 120;
  const ONE_VISIT = 12 * 3600e3;

  // The day and the time of a moment on the clock of the place.
  const readClock = (moment, zone) => {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
    const format = (timeZone) => new Intl.DateTimeFormat("en", { ...parts, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn", timeZone });
    let written;
    try {
      written = format(zone || undefined);
    } catch {
      // A zone that this phone does not know: its own clock stands on the same counter.
      written = format(undefined);
    }
    const found = Object.fromEntries(written.formatToParts(moment).map(({ type, value }) => [type, value]));
    return [`${found.year}-${found.month}-${found.day}`, `${found.hour}:${found.minute}`];
  };

  // When the visit began: its first tap. A tap made long before, when trying the screen out at home, is not part of it.
  const findBeginning = ({ kept, end, last }) => {
    const until = Date.parse((end || last).at);
    return kept.find((event) => Math.abs(until - Date.parse(event.at)) <= ONE_VISIT);
  };

  const makeFiller = (content, form) => {
    const answered = content.answered || {};
    const filled = [];
    const boxesOf = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    // `offered` is what may stand in a box without having been typed.
    const put = (key, names, values, { offered = [], ...found }) => {
      const all = names.flatMap(boxesOf);
      const boxes = all.filter((box) => !["radio", "checkbox", "hidden", "file"].includes(box.type));
      const isFree = (box) => ["", ...offered].includes(box.value.trim());
      const isMarked = all.some((box) => box.type === "checkbox" && box.checked);
      if (answered[key] || isMarked || boxes.length !== values.length) return;
      if (!boxes.every(isFree) || !boxes.some((box) => !box.value.trim())) return;
      boxes.forEach((box, place) => { box.value = values[place]; });
      filled.push({ key, names, ...found });
    };
    return [filled, put];
  };

  // Returns what was filled, from which tap, and the notes: {filled: [{key, names, kind, event, text}], notes: [{at, text}]}.
  // `key` is the question's id, or "when" and "whom"; `text` is the value in short ("3:20").
  Lists.prefill = (content, form) => {
    const seen = Lists.events.read(content.events || []);
    const [filled, put] = makeFiller(content, form);
    for (const [question, { last }] of Object.entries(seen.timers)) {
      if (!last || last.seconds > Lists.events.DAY) continue;
      const values = [Math.floor(last.seconds / 60), last.seconds % 60].map(String);
      put(question, ["a." + question], values, { kind: "timer", event: last.event.id, text: Lists.events.write(last.seconds) });
    }
    for (const [question, { count, last }] of Object.entries(seen.tallies)) {
      put(question, ["a." + question], [String(count)], { kind: "tally", event: last.id, text: String(count) });
    }
    if (seen.names.length) {
      const names = seen.names.join(", ").slice(0, LONGEST_NAMES);
      put("whom", ["v.note"], [names], { kind: "name", event: seen.pick("name").pop().id, text: names });
    }
    if (seen.last) {
      const first = findBeginning(seen);
      const clock = readClock(Date.parse(first.at), form.dataset.zone);
      const [today] = readClock(Date.now(), form.dataset.zone);
      put("when", ["v.day", "v.clock"], clock, { kind: "moment", event: first.id, text: clock[1], offered: [today, clock[0]] });
    }
    // Where nobody is asked whom it was about, the names that were heard stand among the notes.
    const heard = form.elements["v.note"] ? [] : seen.pick("name");
    const notes = [...seen.notes, ...heard].sort((one, other) => (one.at < other.at ? -1 : 1)).map(({ at, value }) => ({ at: readClock(Date.parse(at), form.dataset.zone)[1], text: value }));
    return { filled, notes };
  };

  // The notes of the visit as a list to copy from; it belongs above the sheet. Null when there are none.
  Lists.listNotes = (notes, title) => {
    if (!notes.length) return null;
    const make = (name, text, ...children) => {
      const element = document.createElement(name);
      element.textContent = text;
      element.append(...children);
      return element;
    };
    const lines = notes.map(({ at, text }) => make("li", "", make("time", at), " " + text));
    const fold = make("details", "", make("summary", title), make("ul", "", ...lines));
    fold.className = "fold noted";
    fold.open = true;
    return fold;
  };
})();

// A timer that nobody has stopped answers nothing. Before sending it is asked about, where its question is still open.
(() => {
  "use strict";
  const { Lists } = self;
  const { sheet, events } = Lists;
  const { byId, say, read, numberOf } = sheet;

  const ask = (question, running, desk) => {
    const seconds = events.measure(running, Date.now());
    const settle = async (event) => {
      const made = { id: crypto.randomUUID(), at: new Date().toISOString(), question: running.question, value: "", ...event };
      try {
        await desk.change((draft) => { draft.events.push(made); });
        sheet.forgive(question);
        Lists.showEvents(desk, event.kind === "stop" ? running.question : "");
      } catch {
        // Writing once more says what is the matter.
        desk.touch();
      }
    };
    const stop = ["stop_now", () => settle({ kind: "stop" })];
    const leave = ["leave_out", () => settle({ kind: "undo", value: running.id })];
    const text = say("timer_runs", events.write(seconds));
    return { anchor: question.id, number: numberOf(question), text, ways: seconds > events.DAY ? [leave] : [stop, leave] };
  };

  Lists.checkTimers = (desk) => Object.entries(events.read(desk.content()?.events || []).timers)
    .map(([id, { running }]) => [byId("q-" + id), running])
    .filter(([question, running]) => running && question && !question.hidden && !read(question).length)
    .map(([question, running]) => ask(question, running, desk));
})();

// What the taps of a visit say: which timers run, what was counted, named and noted. Only the taps are kept, never a sum,
// so a reload, a kill or another device loses nothing and comes to the same figures.
(() => {
  "use strict";
  const Lists = (self.Lists = self.Lists || {});
  const DAY = 86400;

  // A tap that was taken back counts as never made.
  const listKept = (events) => {
    const undone = new Set(events.filter((event) => event.kind === "undo").map((event) => event.value));
    return events.filter((event) => event.kind !== "undo" && !undone.has(event.id));
  };

  // Seconds between two taps; a clock that was set back in between makes none, never less.
  const measure = (start, stop) => Math.max(0, Math.round((stop - Date.parse(start.at)) / 1000) || 0);

  // Each timer in the order of the taps: the one that runs, and its last finished run. A wrong start is mended by timing
  // anew, so runs are not added up.
  const readTimers = (kept) => {
    const timers = {};
    for (const event of kept) {
      const timer = (timers[event.question] ||= { running: null, last: null });
      if (event.kind === "start") timer.running ||= event;
      if (event.kind !== "stop" || !timer.running) continue;
      timer.last = { event, seconds: measure(timer.running, Date.parse(event.at)) };
      timer.running = null;
    }
    return timers;
  };

  const readTallies = (kept) => {
    const tallies = {};
    for (const event of kept) {
      const tally = (tallies[event.question] ||= { count: 0, last: null });
      tally.count += Number(event.value) || 1;
      tally.last = event;
    }
    return tallies;
  };

  const read = (events) => {
    const kept = listKept(events);
    const pick = (...kinds) => kept.filter((event) => kinds.includes(event.kind));
    return {
      kept,
      timers: readTimers(pick("start", "stop")),
      tallies: readTallies(pick("tally")),
      names: [...new Set(pick("name").map((event) => event.value))],
      notes: pick("note"),
      end: pick("end").pop() || null,
      last: kept[kept.length - 1] || null,
      pick,
    };
  };

  // 3:20, and 1:02:03 once it is an hour.
  const two = (number) => String(number).padStart(2, "0");
  const write = (seconds) => {
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    return (hours ? `${hours}:${two(minutes)}` : minutes) + ":" + two(seconds % 60);
  };

  Lists.events = { read, measure, write, DAY };
})();

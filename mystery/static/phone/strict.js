// Sending while somebody sits before the page: he can mend what the server finds. So while the page is open and seen, only it
// sends, and asks to be told (`strict`); others send what is late only after the page was put away.
(() => {
  "use strict";
  const { Lists } = self;
  const { store } = Lists;
  const AWAY = ["network", "server"];
  const SHORTEST = 2e3, LONGEST = 30e3;

  // `onWait(wake)` is told how to wake it before its time is over; false when the page was put away meanwhile.
  const wait = (milliseconds, onWait) => new Promise((resolve) => {
    const wake = () => resolve(!document.hidden);
    setTimeout(wake, milliseconds);
    onWait(wake);
  });

  // What the server answered at last; empty where the list is no longer `isStill` to be sent from here.
  Lists.sendStrictly = async ({ visit, look, isStill, onWait }) => {
    for (let pause = SHORTEST; isStill(); pause = Math.min(LONGEST, 2 * pause)) {
      const answer = await Lists.sender.sendNow(visit, { strict: true });
      await look();
      if (!AWAY.includes(answer.fault)) return answer;
      if (document.hidden || !(await wait(pause, onWait))) break;
    }
    await store.patch(visit, (row) => { row.heldUntil = 0; });
    Lists.sender.run({ reason: "left" });
    return {};
  };
})();

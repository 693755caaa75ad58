// Moves the bar of an archive at work, and opens the page anew when the packing is over. Without this script
// the page asks for itself every few seconds.
"use strict";
(() => {
  const box = document.querySelector("[data-progress]");
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-words]");
  const look = async () => {
    let pause = 1000;
    try {
      const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
      const archive = await answer.json();
      if (!archive.working) {
        location.reload();
        return;
      }
      if (archive.done) {
        bar.max = archive.total;
        bar.value = archive.done;
      }
      // Read aloud only when it says something new.
      if (words.textContent !== archive.words) words.textContent = archive.words;
    } catch {
      // The server restarts, or the network is away: the packing goes on, and we ask again.
      pause = 5000;
    }
    setTimeout(look, pause);
  };
  setTimeout(look, 1000);
})();

// Shows what a choice of filters leads to in the page that is open, so that place and focus stay where they are.
// Without this script, or when the answer is another page, the browser goes there as with any form.
"use strict";
(() => {
  const PAUSE = 300; // Milliseconds: who walks through a list with the arrow keys passes what he does not mean.
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  document.body.append(status);
  let asking = new AbortController();
  let due = 0;

  const findForm = () => document.querySelector("form[data-live]");
  const address = (form) => `${location.pathname}?${new URLSearchParams(new FormData(form))}`;

  // What stands in the new page for what had the focus: the field of that name, else the same button or link.
  const findAgain = (main, held) =>
    (held.name && findForm()?.elements.namedItem(held.name)) ||
    [...main.querySelectorAll(held.tagName)].find((each) => each.textContent === held.textContent);

  const show = (page) => {
    const main = document.querySelector("main");
    const held = document.activeElement;
    const isInPage = main.contains(held);
    const open = new Set([...main.querySelectorAll("details[open] > summary")].map((each) => each.textContent));
    main.replaceChildren(...page.querySelector("main").childNodes);
    for (const summary of main.querySelectorAll("details > summary")) {
      if (open.has(summary.textContent)) summary.parentElement.open = true;
    }
    document.title = page.title;
    if (isInPage) findAgain(main, held)?.focus({ preventScroll: true });
    status.textContent = main.querySelector(".lead-sentence")?.textContent || page.title;
  };

  const follow = async (target, isNew) => {
    asking.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(target, { signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // An answer from elsewhere, such as the sign-in, and one without this form are pages of their own.
      if (answer.redirected || !page.querySelector("main form[data-live]")) throw new Error(String(answer.status));
      if (isNew) history.pushState(null, "", target);
      show(page);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(target);
    }
  };

  document.addEventListener("submit", (event) => {
    if (event.target !== findForm()) return;
    event.preventDefault();
    clearTimeout(due);
    follow(address(event.target), true);
  });
  document.addEventListener("change", (event) => {
    const form = findForm();
    if (event.target.tagName !== "SELECT" || event.target.form !== form) return;
    clearTimeout(due);
    due = setTimeout(() => follow(address(form), true), PAUSE);
  });
  addEventListener("popstate", () => follow(location.href, false));
})();

// The foot of the page: one line that is always true, and what can be done about it.
(() => {
  "use strict";
  const { Lists } = self;
  const { byId, form, words, make } = Lists.sheet;
  const bodies = [...form.querySelectorAll("section")];

  const tell = (mark, text, ...ways) => {
    const line = byId("kept");
    const said = `${mark} ${text}`;
    // What would be read aloud after every tap is only shown.
    line.setAttribute("aria-live", mark === "●" || text === words.keeping ? "off" : "polite");
    if (line.textContent !== said) line.textContent = said;
    byId("ways").replaceChildren(...ways.map(([name, act]) => (typeof act === "string"
      ? make("a", { href: act, textContent: words[name] })
      : make("button", { type: "button", textContent: words[name], onclick: act }))));
  };
  // Nothing can be entered; the line and its buttons stay.
  const freeze = (isFrozen) => {
    for (const body of bodies) body.inert = isFrozen;
    byId("dock").classList.toggle("still", isFrozen);
  };

  Lists.dock = { tell, freeze };
})();

// The foot of the page: one line that is always true, what can be done about it, and the end of the way.
(() => {
  "use strict";
  const { Lists } = self;
  const { byId, form, words, make, say, collect } = Lists.sheet;
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

  const count = (kind) => new Set(collect().filter(([name, value]) => name[0] === kind && value.trim()).map(([name]) => name)).size;
  const showSent = (visit) => {
    if (!form.isConnected) return;
    const counts = [["answers", count("a")], ["comments", count("c")], ["photos", document.querySelectorAll("figure").length]];
    const lines = counts.filter(([, number]) => number).map(([name, number]) => make("li", {}, say(name, number)));
    const link = make("a", { href: `/capture/${visit}/sent`, textContent: words.see });
    const panel = make("div", { className: "said", id: "sent", tabIndex: -1 },
      make("p", {}, "● " + words.sent), make("ul", {}, ...lines), make("p", {}, words.done), make("p", {}, link));
    for (const rest of document.querySelectorAll("#problems, main > details")) rest.remove();
    form.replaceWith(panel);
    panel.focus();
    scrollTo(0, 0);
  };

  Lists.dock = { tell, freeze, showSent };
})();

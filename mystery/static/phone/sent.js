// The end of the way: the form gives place to what was sent.
(() => {
  "use strict";
  const { Lists } = self;
  const { form, words, make, say, collect } = Lists.sheet;

  const count = (kind) => new Set(collect().filter(([name, value]) => name[0] === kind && value.trim()).map(([name]) => name)).size;
  Lists.showSent = (visit) => {
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
})();

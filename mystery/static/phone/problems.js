// Before sending: what the phone can find by itself, and where every problem is shown, whoever has found it.
(() => {
  "use strict";
  const { sheet } = self.Lists;
  const { byId, form, questions, words, make, say, read, keyOf, numberOf, isPicture, hasPhoto } = sheet;

  // What the phone can find without asking the server, in the order of the page.
  sheet.check = (desk) => {
    const timers = self.Lists.checkTimers(desk);
    const isTimed = ({ anchor }) => timers.some((timer) => timer.anchor === anchor);
    return [...timers, ...checkAnswers().filter((problem) => !isTimed(problem))];
  };
  const checkAnswers = () => questions.filter((question) => !question.hidden).flatMap((question) => {
    const values = read(question);
    const orNot = question.querySelector("[value='n/a']") ? "_or_na" : "";
    const isRequired = "required" in question.dataset;
    const found = [];
    if (!values.length && words[question.id]) found.push(question.id === "when" && !form.elements["v.day"].value ? "day" : question.id);
    else if (sheet.listWrong(question).length) found.push(...sheet.listWrong(question));
    else if (!values.length && isRequired) found.push((isPicture(question) ? "photo_missing" : "answer_missing") + orNot);
    else if (values.length) {
      const note = question.querySelector(".note textarea");
      const isAlways = question.querySelector(".need.on");
      const why = values[0] === "n/a" && !isAlways ? "comment_missing_na" : "comment_missing";
      if (note && !note.value.trim() && (isAlways || question.querySelector("[data-c]:checked"))) found.push(why);
      if (question.querySelector("[data-must]") && values[0] !== "n/a" && !hasPhoto(question)) found.push("photo_missing" + orNot);
    }
    return found.map((name) => ({ anchor: question.id, number: numberOf(question), text: words[name] }));
  });

  // Problems stand where the page without a script has them: a list on top, and each beside its question.
  sheet.clearProblems = () => {
    byId("problems")?.remove();
    for (const note of form.querySelectorAll(".mend")) note.remove();
    for (const question of form.querySelectorAll(".bad")) question.classList.remove("bad");
  };
  sheet.showProblems = (problems) => {
    sheet.clearProblems();
    const isMissing = ({ text, number }) => number && (text === words.answer_missing || text === words.answer_missing_or_na);
    const lines = make("ul"), jumps = make("ul", { className: "jump" });
    for (const problem of problems) {
      const { anchor, number, text, ways = [] } = problem;
      const place = byId(anchor);
      const label = number ? say("question", number) : place?.querySelector("legend, h2")?.textContent || "";
      if (place?.matches(".q")) mend(place, text, ways);
      if (isMissing(problem)) jumps.append(make("li", {}, make("a", { href: "#" + anchor, ariaLabel: label }, number)));
      else lines.append(make("li", {}, place ? make("a", { href: "#" + anchor }, make("b", {}, label), ": " + text) : text));
    }
    const box = make("div", { id: "problems", className: "said warn", tabIndex: -1 }, make("p", {}, `▲ ${words.not_sent} ${words.mend}`), lines);
    box.setAttribute("role", "alert");
    if (jumps.childElementCount) box.append(make("p", {}, words.missing), jumps);
    form.before(box);
    sheet.refresh();
    const first = byId(problems[0].anchor) || box;
    first.tabIndex = -1;
    first.focus();
  };
  // What is being mended needs no reminder; sending looks at it again.
  sheet.forgive = (question) => {
    question.querySelector(".mend")?.remove();
    question.classList.remove("bad");
    for (const link of document.querySelectorAll(`#problems [href="#${CSS.escape(question.id)}"]`)) link.parentElement.remove();
    if (!document.querySelector("#problems li")) byId("problems")?.remove();
  };
  const mend = (question, text, ways = []) => {
    let note = question.querySelector(".mend");
    if (!note) {
      note = make("div", { className: "mend", id: "p-" + keyOf(question) });
      question.querySelector("legend").after(note);
      question.setAttribute("aria-describedby", note.id);
    }
    const buttons = ways.map(([name, onclick]) => make("button", { type: "button", textContent: words[name], onclick }));
    note.append(make("p", {}, "▲ " + text), ...buttons);
    question.classList.add("bad");
    if (text.startsWith(words.comment_missing) || text === words.comment_missing_na) question.querySelector(".note").open = true;
  };
  sheet.mend = mend;
  sheet.judgeAll();
})();

// While the list is being filled in: a word beside what cannot be taken as it stands, as soon as its field is left. Nothing
// is refused, shortened or changed here.
(() => {
  "use strict";
  const { sheet } = self.Lists;
  const { byId, form, questions, words, make, read, listFields, isTick } = sheet;
  const LONGEST = 4000, NEAR = 3600;
  // So many days ahead only a slip of the thumb is, and not a clock that runs wrong.
  const FAR = 31;

  const addDays = (day, count) => new Date(Date.parse(day) + count * 864e5).toISOString().slice(0, 10);
  const measure = (box) => [...box.value].length;
  const isTyped = (field) => field.name && !isTick(field) && field.type !== "file" && !field.options;

  const isAhead = ({ value, max }, days) => {
    const [today] = [new Date().toLocaleDateString("sv", { timeZone: form.dataset.zone }), max].sort().reverse();
    return value > addDays(today, days);
  };
  // The names of the words for what is wrong in a question, whether it is open or not. The clock of a phone may be wrong: a
  // day that is `ahead` by less does not stop the list, and the server looks at it.
  const listWrong = (question, ahead = 0) => {
    const typed = listFields(question).filter((field) => !isTick(field) && field.value.trim());
    const found = [];
    if (question.id === "when" && isAhead(form.elements["v.day"], ahead)) found.push("in_future");
    if (question.matches("[id^=q-]") && typed.length && !read(question).length) found.push(question.querySelector(".unit") ? "duration" : "unread");
    if ([...question.querySelectorAll("textarea")].some((box) => measure(box) > LONGEST)) found.push("too_long");
    return found;
  };

  // A day outside the window is an honest answer: it is only said, to whoever may have mistyped it.
  const showWindow = () => {
    const box = form.elements["v.day"];
    const { value, dataset: { first, last } } = box;
    // Half typed, the year is 2 or 20.
    byId("outside").hidden = !(value >= "1900") || isAhead(box, 0) || (value >= first && value <= last);
  };
  // How much of a text still fits, once little does.
  const showLength = (box) => {
    const length = measure(box);
    let line = box.parentElement.querySelector(".length");
    if (!line && length > NEAR) box.after(line = make("p", { className: "length small" }));
    if (!line) return;
    line.hidden = length <= NEAR;
    line.textContent = `${length} / ${LONGEST}`;
    line.classList.toggle("warn", length > LONGEST);
  };
  const judge = (question) => {
    if (question.id === "when") showWindow();
    // What stands there came of sending, or is about these very words: entering something takes it away.
    if (question.querySelector(".mend")) return;
    const wrong = listWrong(question);
    for (const name of wrong) sheet.mend(question, words[name]);
    if (!wrong.length) return;
    question.querySelector(".mend").setAttribute("role", "alert");
    sheet.refresh();
  };

  const follow = ({ target }) => {
    const question = target.closest(".q");
    if (question && isTyped(target)) judge(question);
  };
  form.addEventListener("change", follow);
  form.addEventListener("focusout", follow);
  form.addEventListener("input", ({ target }) => { if (target.matches("textarea")) showLength(target); });
  // Called when the whole page is there: this came later than the first thing that was entered.
  sheet.judgeAll = () => {
    for (const box of form.querySelectorAll("textarea")) showLength(box);
    for (const question of questions) if (!question.contains(document.activeElement)) judge(question);
  };
  sheet.listWrong = (question) => listWrong(question, FAR);
})();

// Photos that belong to no question yet, as the screen for the time of a visit takes them: each is given its place here.
(() => {
  "use strict";
  const { Lists } = self;
  const { sheet } = Lists;
  const { byId, form, questions, words, make, keyOf } = sheet;
  const asksPhoto = questions.filter((question) => question.querySelector(".pics"));

  const open = () => {
    if (!byId("tray")) {
      const box = make("fieldset", { className: "q", id: "tray" }, make("legend", {}, words.tray), make("div", { className: "pics" }));
      form.querySelector("section").append(box);
    }
    return byId("tray").querySelector(".pics");
  };
  const choose = ({ id }, desk) => {
    const options = asksPhoto.map((question) => {
      const text = question.querySelector("legend").textContent.trim().replace(/\s+/g, " ");
      return make("option", { value: keyOf(question), textContent: text });
    });
    const select = make("select", { ariaLabel: words.which }, make("option", { value: "", textContent: words.which }), ...options);
    select.onchange = () => assign(id, select.value, desk);
    return select;
  };
  const assign = async (id, question, { change, move }) => {
    let photo = null;
    await change((draft, row) => {
      photo = draft.photos.find((each) => each.id === id) || takeOver(draft, row, id);
      photo.question = question;
      sheet.stamp(draft.answered, question, new Date().toISOString());
    });
    move(photo);
  };
  // A photo that another device has brought to the server is named from here like one of our own.
  const takeOver = (draft, row, id) => {
    const photo = { ...draft.there.find((each) => each.id === id) };
    draft.there = draft.there.filter((each) => each.id !== id);
    draft.photos.push(photo);
    row.kept = [...row.kept, id];
    return photo;
  };

  Lists.tray = { open, choose };
})();

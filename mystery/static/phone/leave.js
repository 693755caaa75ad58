// Signing in and out on a phone that others may use too: what waits is sent first, whoever it belongs to, and the person
// who leaves takes the key along. Drafts stay, locked, until their person signs in again.
(() => {
  "use strict";
  const { store, sender } = self.Lists;
  const PATIENCE = 8e3;
  const holder = document.querySelector("[data-leave-words]");
  if (!holder || !self.isSecureContext) return;
  const words = JSON.parse(holder.dataset.leaveWords);
  const say = (name, count, person) => words[name].replace("#", count).replaceAll("@", person);
  const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
  const tell = (text) => { holder.textContent = text; holder.hidden = !text; };

  const listWaiting = async () => (await store.list()).filter((record) => record.canRead && store.isWaiting(record));
  const listUnsent = async (person) => (await store.list())
    .filter((record) => record.uid === person?.uid && (store.isWaiting(record) || (record.state === "open" && record.dirty)));
  const sendAll = async (records) => { for (const { visit } of records) await sender.sendNow(visit); };
  const send = (records) => Promise.race([sendAll(records).catch(() => {}), pause(PATIENCE)]);

  // The ticket in each list lets it go out even though nobody is signed in.
  const sendFromDoor = async () => {
    const waiting = await listWaiting();
    if (!waiting.length) return;
    tell(words.sending);
    await send(waiting);
    const left = (await listWaiting()).length;
    tell(left ? say("waiting", left) : words.sent);
  };

  const leave = async (form, button) => {
    const person = await store.currentPerson();
    const unsent = await listUnsent(person);
    if (unsent.length && !form.dataset.told) {
      tell(words.sending);
      await send(unsent);
    }
    const left = (await listUnsent(person)).length;
    if (left && !form.dataset.told) {
      form.dataset.told = "yes";
      tell(say("kept", left, form.dataset.person));
      button.textContent = words.leave;
      button.disabled = false;
      button.focus();
      return;
    }
    if (person) await store.forgetPerson(person.uid);
    form.submit();
  };

  for (const form of document.querySelectorAll("form[data-person]")) {
    form.addEventListener("submit", (event) => {
      const button = form.querySelector("button");
      event.preventDefault();
      button.disabled = true;
      // Whatever goes wrong here, nobody is kept from leaving.
      const tooLong = pause(2 * PATIENCE).then(() => { throw new Error("time"); });
      Promise.race([leave(form, button), tooLong]).catch(() => form.submit());
    });
  }
  if (!document.querySelector("form[data-person]")) sendFromDoor().catch(() => {});
})();

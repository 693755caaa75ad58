// The last way of a page that can keep nothing any more: it posts its form, as a browser without scripts would. What the form
// does not carry, photos of the store and what happened during the visit, goes to the server ahead of it.
(() => {
  "use strict";
  const { Lists } = self;

  // What the form has to say besides; rejects when the server cannot be reached. There is no record where nothing was ever kept.
  Lists.bringAhead = async (record) => {
    if (record) {
      // What lies in the store is an earlier state of what is posted, and says nothing new if it comes later.
      const newest = { ...record, changed: record.changed + 1 };
      const revision = await Lists.sender.bring(newest);
      Lists.sheet.form.elements.revision.value = revision;
      return { writer: record.content.writer || "", turn: newest.changed };
    }
    const signal = AbortSignal.timeout?.(8e3);
    const { ok } = await fetch("/capture/phone/state", { method: "HEAD", cache: "no-store", signal });
    if (!ok) throw new Error("signed_out");
    return {};
  };
})();

// What is written in the room: a single answer in place of speech, and the pad.

const SETTLED = 400; // milliseconds without a key until the pad is sent

export class Typing {
  constructor(form, field, send) {
    this.form = form;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return field.focus();
      field.value = "";
      send(text);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
      if (event.key === "Escape") form.querySelector("[data-do=type]").click(); // what was typed stays
    });
  }

  show(wanted) {
    this.form.hidden = !wanted;
  }
}

export class Pad {
  // What stands in it is kept in this tab, so that a reload loses nothing.
  constructor(field, name, send) {
    this.field = field;
    this.name = name;
    this.send = send;
    this.last = "";
    field.value = this.kept("getItem") ?? "";
    let settled = 0;
    field.addEventListener("input", () => {
      clearTimeout(settled);
      settled = setTimeout(() => this.sent(), SETTLED);
      this.kept("setItem", field.value);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
      const indent = /[^\n]*$/.exec(field.value.slice(0, field.selectionStart))[0].match(/^[ \t]*/)[0];
      if (!indent) return;
      event.preventDefault();
      field.setRangeText(`\n${indent}`, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input"));
    });
  }

  // With a server that may lack what stands here, or have what another window wrote.
  agree(written) {
    if (!this.field.value && this.kept("getItem") === null) this.field.value = written;
    this.last = written;
    this.sent();
  }

  sent() {
    if (this.field.value !== this.last) this.send((this.last = this.field.value));
  }

  forget() {
    this.kept("removeItem");
  }

  kept(what, ...values) {
    try {
      return sessionStorage[what](this.name, ...values);
    } catch {
      return null; // the browser keeps nothing
    }
  }
}

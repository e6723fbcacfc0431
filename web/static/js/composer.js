/** The text field: grows with its text, counts, sends on Enter, and never while an input method is composing. */
export class Composer {
  constructor(form) {
    this.form = form;
    this.field = form.elements.message;
    this.counter = document.getElementById("counter");
    this.limit = Number(this.counter.dataset.limit);
    this.field.addEventListener("input", () => this.refresh());
    this.field.addEventListener("keydown", (event) => this.#sendOnEnter(event));
    this.refresh();
  }

  get conversation() {
    return this.form.elements.conversation_id.value || null;
  }

  /** The day whose law is asked for; null for today. */
  get day() {
    return this.form.elements.as_of.value || null;
  }

  set conversation(id) {
    this.form.elements.conversation_id.value = id;
  }

  clear() {
    this.field.value = "";
    this.refresh();
  }

  refresh() {
    const length = [...this.field.value].length;
    this.counter.textContent = `${length} / ${this.limit}`;
    this.counter.classList.toggle("counter-full", length >= this.limit);
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  /** isComposing covers today's browsers; 229 is what older Safari reports for the Enter that ends a composition. */
  #sendOnEnter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (this.field.value.trim()) this.form.requestSubmit();
  }
}

import { slot } from "./slots.js";

const SHOWN = 2000;

/** Every button with data-copy puts that text on the clipboard and says so for a moment. */
export function enableCopying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    event.preventDefault();
    await write(button.dataset.copy);
    confirm(slot(button, "label") ?? button, button.dataset.copied);
  });
}

/** The clipboard API is missing on plain HTTP, which an intranet portal may well use. */
async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const focused = document.activeElement;
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = text;
  field.select();
  document.execCommand("copy");
  field.remove();
  focused?.focus();
}

function confirm(label, words) {
  if (label.dataset.busy) return;
  const before = label.textContent;
  label.dataset.busy = "yes";
  label.textContent = words;
  setTimeout(() => {
    label.textContent = before;
    delete label.dataset.busy;
  }, SHOWN);
}

import "./enhanced.js";

/** j and k go down and up the list, / goes to the search; phrases go in where the cursor stands. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "/") focus(event, document.getElementById("q"));
  if (event.key === "j" || event.key === "k") focus(event, neighbour(event.key === "j" ? 1 : -1));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-phrase]");
  if (button) insert(document.getElementById("body"), button.dataset.phrase);
});

document.getElementById("problem")?.focus();

function focus(event, element) {
  if (!element) return;
  event.preventDefault();
  element.focus();
}

function neighbour(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.indexOf(document.activeElement);
  return rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
}

function insert(area, words) {
  area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
  area.focus();
}

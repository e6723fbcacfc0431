import { slot } from "./slots.js";

/** The contact of a receipt is left without leaving the talk; the code stands in the receipt itself. */
export function enableContacts(root) {
  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-contact]");
    const code = form && slot(form.closest(".receipt"), "access-code");
    if (!code) return;
    event.preventDefault();
    const problem = await leave(form.dataset.contact, code.textContent, form.elements.contact.value);
    if (problem) complain(form, problem);
    else confirm(form);
  });
}

async function leave(number, code, contact) {
  const response = await fetch(`/api/v1/tickets/${encodeURIComponent(number)}/contact`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Access-Code": code },
    body: JSON.stringify({ contact }),
  });
  if (response.ok) return null;
  const document = await response.json().catch(() => ({}));
  return document.detail ?? response.statusText;
}

function complain(form, words) {
  form.querySelector("[role=alert]")?.remove();
  form.append(line("alert", words));
  form.elements.contact.setAttribute("aria-invalid", "true");
  form.elements.contact.focus();
}

/** The form goes, and the focus with it to what takes its place. */
function confirm(form) {
  const kept = line("status", form.dataset.kept);
  kept.tabIndex = -1;
  form.replaceWith(kept);
  kept.focus();
}

function line(role, words) {
  const paragraph = document.createElement("p");
  paragraph.setAttribute("role", role);
  paragraph.className = role === "alert" ? "problem" : "";
  paragraph.textContent = words;
  return paragraph;
}

/** Thumbs without leaving the page: each form with data-rate sends its rating to the API. */
export function enableRating(root) {
  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-rate]");
    if (!form) return;
    event.preventDefault();
    const thanks = form.querySelector("[role=status]");
    const rating = event.submitter.value;
    const kept = await rate(form.dataset.rate, rating);
    if (kept) press(form, rating);
    thanks.textContent = kept ? form.dataset.thanks : form.dataset.failed;
  });
}

async function rate(message, rating) {
  const response = await fetch("/api/v1/feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ message_id: message, rating }),
  }).catch(() => null);
  return Boolean(response?.ok);
}

function press(form, rating) {
  for (const button of form.querySelectorAll("[name=rating]")) {
    button.setAttribute("aria-pressed", String(button.value === rating));
  }
}

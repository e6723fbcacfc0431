import { copyOf, slot } from "./slots.js";

const MOVE = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";

/** A question on the page, and its answer as it comes. What has come whole is drawn by the server, as without JavaScript. */
export class Exchange {
  constructor(message) {
    this.element = copyOf("live-exchange");
    slot(this.element, "question").textContent = message;
  }

  /** Brings the question to the top of the window; after a button was pressed, the focus goes with it. */
  show({ focus }) {
    const question = this.element.querySelector(".question");
    if (focus) question.focus({ preventScroll: true });
    question.scrollIntoView({ block: "start", behavior: MOVE });
  }

  hear(name, data, words) {
    if (name === "citations") slot(this.element, "step").textContent = words.writing;
    if (name === "delta") slot(this.element, "text").textContent += data.text;
  }

  /** Shows the finished exchange as the server draws it; should that fail, the words alone, which have come whole. */
  async finish(answer) {
    slot(this.element, "step").remove();
    slot(this.element, "text").textContent = answer.answer;
    slot(this.element, "answer").removeAttribute("aria-busy");
    const drawn = await drawing(answer).catch(() => null);
    if (drawn) this.#replaceBy(drawn);
  }

  fail(detail, retry) {
    const problem = copyOf("chat-problem");
    slot(problem, "detail").textContent = detail;
    slot(problem, "retry").addEventListener("click", retry);
    slot(this.element, "answer").replaceChildren(problem);
  }

  /** A long answer has made room to bring its question to the top; whoever has scrolled away is left in peace. */
  #replaceBy(drawn) {
    const focused = this.element.contains(document.activeElement);
    const inView = this.element.getBoundingClientRect().top < innerHeight;
    this.element.replaceWith(drawn);
    this.element = drawn;
    const question = drawn.querySelector(".question");
    question.tabIndex = -1;
    if (focused) question.focus({ preventScroll: true });
    if (inView) question.scrollIntoView({ block: "start", behavior: MOVE });
  }
}

/** Our own template from our own server. The code of a new ticket is known here alone, so it is sent along. */
async function drawing({ conversation_id: conversation, message_id: message, ticket }) {
  const address = `/conversations/${conversation}/answers/${message}`;
  const code = ticket?.access_code;
  const page = code
    ? await fetch(`${address}?ticket=${ticket.number}`, { headers: { "X-Access-Code": code } })
    : await fetch(address);
  if (!page.ok) return null;
  const drawn = new DOMParser().parseFromString(await page.text(), "text/html");
  return document.importNode(drawn.querySelector(".exchange"), true);
}

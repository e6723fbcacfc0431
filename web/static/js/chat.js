import "./enhanced.js";
import { Composer } from "./composer.js";
import { enableContacts } from "./contact.js";
import { enableCopying } from "./copying.js";
import { Exchange } from "./exchange.js";
import { enableRating } from "./rating.js";
import { Problem, put } from "./question.js";

const chat = document.getElementById("chat");
const announcer = document.getElementById("announcer");
const composer = new Composer(document.getElementById("composer"));
const send = composer.form.querySelector("[type=submit]");
let busy = false;

enableCopying();
enableRating(chat);
enableContacts(chat);
document.getElementById("latest")?.scrollIntoView();

/** Examples, suggestions, choices and the composer are all forms that ask; only the way there differs. */
chat.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-ask]")) return;
  event.preventDefault();
  const typed = event.target === composer.form;
  const message = (typed ? composer.field.value : event.submitter.value).trim();
  if (!message || busy) return;
  if (typed) composer.clear();
  ask(message, { focus: !typed, literal: "literal" in event.target.elements });
});

async function ask(message, { focus, literal = false }) {
  setBusy(true);
  chat.classList.add("is-talking");
  const exchange = new Exchange(message);
  document.getElementById("exchanges").append(exchange.element);
  exchange.show({ focus });
  announce(chat.dataset.searching);
  try {
    await answer(exchange, message, literal);
  } catch (error) {
    exchange.fail(worded(error), () => {
      exchange.element.remove();
      ask(message, { focus: true, literal });
    });
  } finally {
    setBusy(false);
  }
}

async function answer(exchange, message, literal) {
  const question = {
    message,
    literal,
    as_of: composer.day,
    conversation_id: composer.conversation,
    locale: chat.dataset.locale,
  };
  const whole = await put(question, (name, data) => exchange.hear(name, data, chat.dataset));
  if (!whole) throw new Problem(chat.dataset.unfinished);
  composer.conversation = whole.conversation_id;
  history.replaceState(null, "", `/conversations/${whole.conversation_id}${composer.day ? `?as_of=${composer.day}` : ""}`);
  await exchange.finish(whole);
  announce(`${chat.dataset.answered}${whole.answer}`);
}

function worded(error) {
  if (!(error instanceof Problem)) return chat.dataset.offline;
  return error.wait ? `${error.message} ${chat.dataset.wait.replace("{seconds}", error.wait)}` : error.message;
}

function setBusy(value) {
  busy = value;
  send.setAttribute("aria-disabled", String(value));
}

/** Heard once, not word by word as it streams. */
function announce(text) {
  announcer.textContent = text;
}

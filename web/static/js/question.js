import { events } from "./event_stream.js";

const SILENCE = 30_000;

/** What went wrong, in words for the asker; wait is a number of seconds when the server asked for patience. */
export class Problem extends Error {
  constructor(detail, wait = null) {
    super(detail);
    this.wait = wait;
  }
}

/**
 * Send a question and report the answer as it comes: hear(name, data) for every event. Resolves to the whole
 * answer; rejects with a Problem, or with another error when the line broke.
 */
export async function put(question, hear) {
  const patience = new AbortController();
  let timer = setTimeout(() => patience.abort(), SILENCE);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => patience.abort(), SILENCE);
  };
  try {
    const response = await fetch("/api/v1/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(question),
      signal: patience.signal,
    });
    if (!response.ok) throw await problemOf(response);
    for await (const { name, data } of events(response)) {
      heard();
      if (name === "error") throw new Problem(data.detail);
      if (name === "done") return data;
      hear(name, data);
    }
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function problemOf(response) {
  const wait = Number(response.headers.get("Retry-After")) || null;
  const document = await response.json().catch(() => ({}));
  return new Problem(document.detail ?? response.statusText, wait);
}

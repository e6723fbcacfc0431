/**
 * Named events of a fetch response in text/event-stream form, one after the other, as {name, data}; data is parsed JSON.
 * EventSource cannot send a POST, hence a reader of our own.
 */
export async function* events(response) {
  let buffer = "";
  for await (const text of chunks(response.body)) {
    buffer += text.replaceAll("\r\n", "\n");
    const blocks = buffer.split("\n\n");
    buffer = blocks.pop();
    yield* blocks.map(parse).filter(Boolean);
  }
}

/** Read by hand: Safari's streams cannot be iterated. */
async function* chunks(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

function parse(block) {
  const lines = block.split("\n");
  const field = (name) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ""));
  const data = field("data").join("\n");
  return data ? { name: field("event")[0] ?? "message", data: JSON.parse(data) } : null;
}

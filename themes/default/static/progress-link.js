// Progress in the fragment of a link, which browsers send to nobody: compressed (raw DEFLATE), in base64url.

const LIMIT = 4_000_000; // bytes when inflated
const LONGEST = 200_000; // characters of a link that are looked at

/** Whether this browser can. */
export const isAble = typeof CompressionStream === "function" && typeof DecompressionStream === "function";

/** All that a stream gives; `null` when it is more than `limit` bytes. */
async function gather(stream, limit) {
  const parts = [];
  let size = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    size += value.length;
    // A few bytes can be blown up to many: stop before they fill the memory.
    if (size > limit) return reader.cancel().then(() => null);
    parts.push(value);
  }
}

const through = (bytes, stream) => new Blob([bytes]).stream().pipeThrough(stream);

/** A text as characters that may stand in a link. */
export async function pack(text) {
  const packed = await gather(through(text, new CompressionStream("deflate-raw")), Infinity);
  const bytes = new Uint8Array(await packed.arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The text again; empty for what was not packed so, and for what is too much. */
export async function unpack(packed) {
  if (packed.length > LONGEST || !/^[A-Za-z0-9_-]*$/.test(packed)) return "";
  try {
    const letters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return (await (await gather(through(bytes, new DecompressionStream("deflate-raw")), LIMIT))?.text()) ?? "";
  } catch {
    return "";
  }
}

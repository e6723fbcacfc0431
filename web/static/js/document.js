import "./enhanced.js";
import { enableCopying } from "./copying.js";

enableCopying();
// After load: until then the browser keeps scrolling to the anchor, which may stand far above the marked words.
addEventListener("load", () => document.querySelector(".official mark")?.scrollIntoView({ block: "center" }));

const outline = document.querySelector(".outline");
outline.querySelector("details").open = matchMedia("(min-width: 62rem)").matches;
const entries = new Map([...outline.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));

const passages = [...entries.keys()].map((id) => document.getElementById(id));

let asked = 0;
for (const moved of ["load", "scroll", "resize", "hashchange"]) {
  addEventListener(moved, () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => setCurrent(entries.get(passageRead()?.id)));
  });
}

/** The passage jumped to, as long as it is in view; else the last that begins above a line near the window's top. */
function passageRead() {
  const line = innerHeight * 0.05;
  const target = document.querySelector(".official :target");
  const { top, bottom } = target?.getBoundingClientRect() ?? {};
  if (bottom > line && top < innerHeight) return target;
  return passages.findLast((passage) => passage.getBoundingClientRect().top <= line);
}

function setCurrent(link) {
  outline.querySelector("[aria-current]")?.removeAttribute("aria-current");
  if (!link) return;
  link.setAttribute("aria-current", "location");
  const { offsetTop, offsetHeight } = link;
  if (offsetTop < outline.scrollTop || offsetTop + offsetHeight > outline.scrollTop + outline.clientHeight) {
    outline.scrollTop = offsetTop - outline.clientHeight / 3;
  }
}

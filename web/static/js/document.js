import "./enhanced.js";
import { enableCopying } from "./copying.js";

enableCopying();
// After load: until then the browser keeps scrolling to the anchor, which may stand far above the marked words.
addEventListener("load", () => document.querySelector(".official mark")?.scrollIntoView({ block: "center" }));

const outline = document.querySelector(".outline");
outline.querySelector("details").open = matchMedia("(min-width: 62rem)").matches;
const links = new Map([...outline.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));

/** Marks where the reader is: the passage that crosses a line just below the top of the window. */
const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) setCurrent(links.get(entry.target.id));
  },
  { rootMargin: "-5% 0px -94% 0px" },
);
for (const id of links.keys()) watcher.observe(document.getElementById(id));

function setCurrent(link) {
  outline.querySelector("[aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "location");
  const { offsetTop, offsetHeight } = link;
  if (offsetTop < outline.scrollTop || offsetTop + offsetHeight > outline.scrollTop + outline.clientHeight) {
    outline.scrollTop = offsetTop - outline.clientHeight / 3;
  }
}

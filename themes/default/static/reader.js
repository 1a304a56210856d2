// Every page loads this: it marks what the reader has learned, and loads what the page at hand needs beside it.

import { kind } from "./site.js";

/** What each kind of page needs. */
const PAGES = {
  compare: () => import("./compare.js"),
  home: () => import("./home.js"),
  plan: () => import("./plan.js"),
  roadmap: () => import("./roadmap.js"),
  stage: () => import("./roadmap.js"),
  timeline: () => import("./timeline.js"),
  topic: () => import("./topic.js"),
};

import("./marks.js");
import("./keys.js");
PAGES[kind]?.();

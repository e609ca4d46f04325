// The scripts of all pages. Each works on what stands in the page and does nothing where that is missing;
// without scripts every form and link does the same, a page at a time.
import { begin as beginGuard, watch } from "./guard.js";
import { begin as beginKeys, listen } from "./keys.js";
import { watch as watchHelp } from "./help.js";
import { begin as beginEvidence } from "./evidence.js";
import { begin as beginEdits } from "./edits.js";
import { begin as beginDrafts } from "./drafts.js";
import { begin as beginQueue } from "./queue.js";
import { begin as beginValues } from "./values.js";
import { begin as beginPicker } from "./picker.js";
import { begin as beginCopying } from "./copying.js";
import { begin as beginTalk } from "./talk.js";
import { begin as beginPlace } from "./place.js";
import { begin as beginRemark } from "./remark.js";
import { begin as beginLease } from "./lease.js";
import { begin as beginJustMade } from "./justmade.js";
import { begin as beginDeciding, flush, onPage } from "./deciding.js";

document.documentElement.classList.add("js");

const parts = [beginGuard, beginKeys, beginEvidence, beginEdits, beginDrafts, beginQueue, beginValues, beginPicker, beginTalk, beginCopying, beginPlace, beginRemark, beginLease, beginJustMade, beginDeciding];

/** Set up what stands in <main>; called again whenever another page is put there. */
function start() {
  document.querySelector("[data-focus]")?.focus();
  for (const part of parts) part(document.getElementById("main"));
}

watch();
listen();
watchHelp();
onPage(start);
start();
flush();

// A reason that says too little by itself needs a remark: asked for here, and by the server where this does not run.
import { say } from "./say.js";

export function begin(main) {
  for (const button of main.querySelectorAll("button[data-remark]"))
    button.addEventListener("click", (event) => {
      const remark = button.form.elements.reason;
      if (remark.value.trim()) return;
      event.preventDefault();
      button.closest("details").open = false;
      remark.focus();
      say("Nothing was decided: this reason needs a remark. Write one, then reject again");
    });
}

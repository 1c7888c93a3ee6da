"use strict";
// The day that a page is seen from stands in its address; the slider and the field set it.
const day = document.getElementById("as_of");
const slider = document.getElementById("as_of_slider");
if (day && slider) {
  const milliseconds = 86400000;
  slider.hidden = false;
  slider.max = Math.floor(Date.parse(day.max) / milliseconds);
  slider.min = Math.floor(Date.parse(day.min) / milliseconds);
  slider.value = Math.floor(Date.parse(day.value) / milliseconds);
  slider.addEventListener("input", () => { day.value = new Date(slider.value * milliseconds).toISOString().slice(0, 10); });
  for (const each of [day, slider]) each.addEventListener("change", () => { if (day.value) day.form.requestSubmit(); });
}
// A key presses the button, follows the link or enters the field that carries it, unless somebody is writing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && document.activeElement) { document.activeElement.blur(); return; }
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!found) return;
  event.preventDefault();
  const closed = found.closest("details");
  if (closed) closed.open = true;
  if (found.matches("textarea, input, select, [tabindex]")) found.focus(); else found.click();
});
// A file that is dropped anywhere on the page of bringing in is sent as if it had been chosen.
const drop = document.getElementById("drop");
if (drop) {
  const carried = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => { if (carried(event)) { event.preventDefault(); drop.classList.add("over"); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    if (!carried(event) || !event.dataTransfer.files.length) return;
    event.preventDefault();
    drop.querySelector("input[type=file]").files = event.dataTransfer.files;
    drop.requestSubmit();
  });
}

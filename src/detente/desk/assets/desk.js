"use strict";
// The day that a page is seen from stands in its address; the slider and the field set it.
const day = document.getElementById("as_of");
const slider = document.getElementById("as_of_slider");
if (day && slider) {
  const milliseconds = 86400000;
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
